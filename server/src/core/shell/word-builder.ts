// Builds a word's value part by part.
import type { TreeName, TreeScript, TreeWord } from './tree';

const none: readonly never[] = [];

/** A word of plain characters, as most are; undefined if it must be parsed in parts. */
export function plainWord(text: string, start: number, end: number): TreeWord | undefined {
  if (!/^[\w\-./:=@+,%^]+$|^[[\]{}!]$/.test(text)) return undefined;
  return literalWord(text, text, start, end);
}

/** A word without expansions and quotes. */
export function literalWord(text: string, value: string, start: number, end: number): TreeWord {
  return {
    start,
    end,
    text,
    value,
    pattern: value,
    prefix: value,
    suffix: value,
    variables: none,
    quoted: false,
    splits: false,
    scripts: none,
  };
}

export class WordBuilder {
  #scripts: TreeScript[] | undefined;
  #variables: TreeName[] | undefined;
  quoted = false;
  #splits = false;
  #pattern = '';
  /** The text before the first expansion or glob; undefined while there is none. */
  #prefix: string | undefined;
  #suffix = '';
  #expands = false;

  /** Substitutions found so far; made on first use, as most quoted words have none. */
  get scripts(): TreeScript[] {
    return (this.#scripts ??= []);
  }

  get variables(): TreeName[] {
    return (this.#variables ??= []);
  }

  add(text: string): void {
    this.#pattern += text;
    this.#suffix += text;
  }

  /** Adds a glob or brace expression: part of the pattern, but not of a value. */
  glob(text: string): void {
    this.#prefix ??= this.#pattern;
    this.#pattern += text;
    this.#suffix = '';
  }

  /** Adds an expansion with an unknown result. @param splits whether it may become several words, or none */
  expand(splits: boolean): void {
    this.#prefix ??= this.#pattern;
    this.#suffix = '';
    this.#expands = true;
    this.#splits ||= splits;
  }

  finish(text: string, start: number, end: number): TreeWord {
    return {
      start,
      end,
      text,
      value: this.#prefix === undefined ? this.#pattern : undefined,
      pattern: this.#expands ? undefined : this.#pattern,
      prefix: this.#prefix ?? this.#pattern,
      suffix: this.#suffix,
      variables: this.#variables ?? none,
      quoted: this.quoted,
      splits: this.#splits,
      scripts: this.#scripts ?? none,
    };
  }
}
