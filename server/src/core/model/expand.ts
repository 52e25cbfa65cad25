// Expands variables in the words of an instruction as the builder does: removes quotes and escapes and replaces
// references. Follows ProcessWord of BuildKit's frontend/dockerfile/shell. Besides set and unset there is a third
// state: unknown, because the base image or the command line decides.
import { nameEndAt } from '../syntax/expansion';

/** What is known about a variable at one point of the build. */
export interface VariableState {
  /** Undefined if not known or not set. */
  readonly value: string | undefined;
  /** Whether it has a value; undefined if not known. */
  readonly set: boolean | undefined;
  /** Whether a --build-arg may give it another value. */
  readonly overridable: boolean;
}

export type Lookup = (name: string) => VariableState;

export interface Expansion {
  /** Undefined if any part is not known. */
  readonly text: string | undefined;
  /** Whether the text depends on the default of an ARG. */
  readonly overridable: boolean;
  /** The known parts, split at every unknown part; undefined if the word is malformed. */
  readonly pattern: readonly string[] | undefined;
}

/** Longer values count as unknown: `ENV A=$A$A` doubles with every line. */
const longest = 16_384;

/** Deeper nesting of `${a:-${b:-…}}` counts as unknown, so that no text can exhaust the stack. */
const deepest = 50;

/**
 * Expands one word.
 * @param raw as written, with its quotes and escapes
 * @param escape the escape character in force
 * @param unset the text for a variable without a value: undefined makes the whole word unknown, the builder uses ''
 */
export function expandWord(
  raw: string,
  escape: string,
  lookup: Lookup,
  unset: string | undefined = undefined,
): Expansion {
  if (!/[$'"\\`]/.test(raw)) return { text: raw, overridable: false, pattern: [raw] };
  const reader = new Reader(raw, escape, lookup, unset);
  reader.word(undefined, 0);
  if (reader.broken) return { text: undefined, overridable: reader.overridable, pattern: undefined };
  const { parts, overridable } = reader;
  if (parts.some((part) => part.length > longest))
    return { text: undefined, overridable, pattern: undefined };
  return { text: parts.length === 1 ? parts[0] : undefined, overridable, pattern: parts };
}

class Reader {
  /** The known parts, split at every unknown part. */
  parts: string[] = [''];
  overridable = false;
  broken = false;
  #at = 0;

  readonly text: string;
  readonly escape: string;
  readonly lookup: Lookup;
  readonly unset: string | undefined;

  constructor(text: string, escape: string, lookup: Lookup, unset: string | undefined) {
    this.text = text;
    this.escape = escape;
    this.lookup = lookup;
    this.unset = unset;
  }

  #add(text: string): void {
    this.parts[this.parts.length - 1] += text;
  }

  #hole(): void {
    this.parts.push('');
  }

  /** Reads to the end, or to `stop`, which is consumed. */
  word(stop: string | undefined, depth: number): void {
    const { text, escape } = this;
    while (this.#at < text.length && !this.broken) {
      const char = text.charAt(this.#at);
      if (char === stop) {
        this.#at += 1;
        return;
      }
      if (char === "'") this.#single();
      else if (char === '"') this.#double(depth);
      else if (char === '$') this.#dollar(depth);
      else if (char === escape) {
        this.#at += 1;
        this.#add(text.charAt(this.#at));
        this.#at += 1;
      } else {
        this.#add(char);
        this.#at += 1;
      }
    }
    if (stop !== undefined) this.broken = true;
  }

  #single(): void {
    const end = this.text.indexOf("'", this.#at + 1);
    if (end < 0) {
      this.broken = true;
      return;
    }
    this.#add(this.text.slice(this.#at + 1, end));
    this.#at = end + 1;
  }

  #double(depth: number): void {
    const { text, escape } = this;
    this.#at += 1;
    while (this.#at < text.length && !this.broken) {
      const char = text.charAt(this.#at);
      if (char === '"') {
        this.#at += 1;
        return;
      }
      if (char === '$') {
        this.#dollar(depth);
        continue;
      }
      this.#at += 1;
      const next = text.charAt(this.#at);
      if (char === escape && (next === '"' || next === '$' || next === escape)) {
        this.#add(next);
        this.#at += 1;
      } else this.#add(char);
    }
    this.broken = true;
  }

  #name(): string {
    const start = this.#at;
    this.#at = nameEndAt(this.text, start, this.text.length);
    return this.text.slice(start, this.#at);
  }

  #dollar(depth: number): void {
    const { text } = this;
    this.#at += 1;
    if (text.charAt(this.#at) !== '{') {
      const name = this.#name();
      if (name === '') this.#add('$');
      else this.#value(this.lookup(name));
      return;
    }
    this.#at += 1;
    const name = this.#name();
    let modifier = text.charAt(this.#at);
    this.#at += 1;
    if (name === '' || modifier === '' || depth >= deepest) {
      this.broken = true;
      return;
    }
    if (modifier === '}') {
      this.#value(this.lookup(name));
      return;
    }
    if (modifier === ':') {
      modifier += text.charAt(this.#at);
      this.#at += 1;
    }
    this.#modified(this.lookup(name), modifier, depth);
  }

  #use(state: VariableState): void {
    if (state.overridable) this.overridable = true;
  }

  #value(state: VariableState): void {
    this.#use(state);
    const value = state.set === false ? this.unset : state.value;
    if (value === undefined) this.#hole();
    else this.#add(value);
  }

  #modified(state: VariableState, modifier: string, depth: number): void {
    const outer = this.parts;
    this.parts = [''];
    this.word('}', depth + 1);
    const operand = this.parts;
    this.parts = outer;
    if (this.broken) return;
    this.#use(state);
    // With `:` an empty value counts as not set.
    const { set, value } = state;
    let has = set;
    if (modifier.startsWith(':') && set) has = value === undefined ? undefined : value !== '';
    const kind = modifier.replace(':', '');
    if (kind === '-' && has !== undefined) {
      if (has) this.#value(state);
      else this.#append(operand);
    } else if (kind === '+' && has !== undefined) {
      if (has) this.#append(operand);
    } else if (kind === '?' && has) this.#value(state);
    // The string forms (`#`, `%`, `/`) and unknown modifiers.
    else this.#hole();
  }

  #append(parts: readonly string[]): void {
    this.#add(parts[0] ?? '');
    this.parts.push(...parts.slice(1));
  }
}
