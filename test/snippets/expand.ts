// Snippets as an editor inserts them: the grammar of TextMate snippets as VS Code documents it, without
// transforms, which no snippet of ours has.
import { patterns } from '../../server/src/patterns/library';
import type { Pattern } from '../../server/src/patterns/pattern';
import { fill, valuesOf } from '../../server/src/patterns/template';

/** The first file of a pattern. @param given values; the other parameters have their defaults @throws when there is none */
export function patternText(id: string, given: ReadonlyMap<string, string> = new Map()): string {
  const pattern = patterns.find((one) => one.id === id);
  if (!pattern) throw new Error(`there is no pattern ${id}`);
  return fill(pattern.files[0]?.text ?? '', valuesOf(pattern, given));
}

/** A file of a pattern, filled with the defaults. */
export interface FilledFile {
  /** Of its pattern. */
  readonly id: string;
  readonly path: string;
  readonly text: string;
}

/** The files of the patterns that a person wants, with the defaults of their parameters. */
export function filledFiles(wanted: (pattern: Pattern) => boolean): readonly FilledFile[] {
  return patterns.filter(wanted).flatMap((pattern) => {
    const values = valuesOf(pattern);
    return pattern.files.map(({ path, text }) => ({
      id: pattern.id,
      path: fill(path, values),
      text: fill(text, values),
    }));
  });
}

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'stop'; readonly number: number; readonly content?: readonly Part[] }
  | { readonly kind: 'choice'; readonly number: number; readonly options: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string };

/** Characters that a backslash takes the meaning of, outside and inside of choices. */
const escapedInText = new Set(['$', '}', '\\']);
const escapedInChoice = new Set([',', '|', '\\']);

class Reader {
  #at = 0;

  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  /** Parts up to the end, or up to the brace that closes the placeholder around them. */
  parts(nested: boolean): readonly Part[] {
    const found: Part[] = [];
    let text = '';
    const flush = (): void => {
      if (text !== '') found.push({ kind: 'text', text });
      text = '';
    };
    for (;;) {
      const character = this.#source[this.#at];
      if (character === undefined) {
        if (nested) throw new Error(`a placeholder is not closed: ${this.#source}`);
        flush();
        return found;
      }
      if (nested && character === '}') {
        flush();
        return found;
      }
      const next = this.#source[this.#at + 1] ?? '';
      if (character === '\\' && escapedInText.has(next)) {
        text += next;
        this.#at += 2;
        continue;
      }
      const special = character === '$' ? this.#special() : undefined;
      if (special) {
        flush();
        found.push(special);
      } else {
        text += character;
        this.#at += 1;
      }
    }
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#source) ?? undefined;
    if (match) this.#at += match[0].length;
    return match;
  }

  #special(): Part | undefined {
    const bare = this.#match(/\$(?:(\d+)|([A-Za-z_]\w*))/y) ?? this.#match(/\$\{(?:(\d+)|([A-Za-z_]\w*))\}/y);
    if (bare) {
      if (bare[1] === undefined) return { kind: 'variable', name: bare[2] ?? '' };
      return { kind: 'stop', number: Number(bare[1]) };
    }
    const choice = this.#match(/\$\{(\d+)\|/y);
    if (choice) return { kind: 'choice', number: Number(choice[1]), options: this.#options() };
    const placeholder = this.#match(/\$\{(\d+):/y);
    if (!placeholder) {
      if (this.#source.startsWith('${', this.#at))
        throw new Error(`not a placeholder: ${this.#source.slice(this.#at)}`);
      return undefined;
    }
    const content = this.parts(true);
    this.#at += 1;
    return { kind: 'stop', number: Number(placeholder[1]), content };
  }

  #options(): readonly string[] {
    const options = [''];
    for (;;) {
      const character = this.#source[this.#at];
      if (character === undefined) throw new Error(`a choice is not closed: ${this.#source}`);
      const next = this.#source[this.#at + 1] ?? '';
      if (character === '|' && next === '}') {
        this.#at += 2;
        return options;
      }
      const escaped = character === '\\' && escapedInChoice.has(next);
      if (character === ',' && !escaped) options.push('');
      else options[options.length - 1] += escaped ? next : character;
      this.#at += escaped ? 2 : 1;
    }
  }
}

export interface Expansion {
  readonly text: string;
  /** Numbers of the tab stops, in the order in which the editor visits them; the last place to stop is 0. */
  readonly stops: readonly number[];
  /** What a tab stop offers, for those with a choice. */
  readonly choices: ReadonlyMap<number, readonly string[]>;
  /** Names of editor variables: the text left them without a backslash. */
  readonly variables: readonly string[];
}

/**
 * What a snippet becomes.
 * @param filled what is typed at tab stops; the others keep their placeholder or their first choice
 * @throws when the body is not well-formed
 */
export function expandSnippet(body: string, filled: ReadonlyMap<number, string> = new Map()): Expansion {
  const parts = new Reader(body).parts(false);
  const contents = new Map<number, readonly Part[]>();
  const choices = new Map<number, readonly string[]>();
  const numbers = new Set<number>();
  const variables: string[] = [];
  const collect = (list: readonly Part[]): void => {
    for (const part of list) {
      if (part.kind === 'variable') variables.push(part.name);
      if (part.kind === 'text' || part.kind === 'variable') continue;
      numbers.add(part.number);
      if (part.kind === 'choice') choices.set(part.number, part.options);
      else if (part.content) {
        // Places with one number mirror each other: two defaults would fight.
        const known = contents.get(part.number);
        if (known && JSON.stringify(known) !== JSON.stringify(part.content))
          throw new Error(`tab stop ${part.number} has two placeholders`);
        contents.set(part.number, part.content);
        collect(part.content);
      }
    }
  };
  collect(parts);
  const value = (number: number): string =>
    filled.get(number) ?? choices.get(number)?.[0] ?? render(contents.get(number) ?? []);
  const render = (list: readonly Part[]): string =>
    list
      .map((part) => {
        if (part.kind === 'text') return part.text;
        return part.kind === 'variable' ? '' : value(part.number);
      })
      .join('');
  const stops = [...numbers].filter((number) => number > 0).sort((a, b) => a - b);
  return { text: render(parts), stops: [...stops, 0], choices, variables };
}
