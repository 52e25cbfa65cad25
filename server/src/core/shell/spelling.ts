// What a shell makes of a written word: quotes removed, variables with known values and braces expanded, and which
// `*`, `?` and `[` still stand for the names of files.
import type { Dialect, ShellWord } from './types';

/** How a shell reads words. */
export interface Reading {
  /** Undefined in exec form: no shell reads the words. */
  readonly dialect: Dialect | undefined;
  /** Whether `{a,b}` stands for two words; undefined if the shell is not known exactly. */
  readonly expandsBraces: boolean | undefined;
  /** Whether `*` stands for the names of files. */
  readonly expandsGlobs: boolean;
}

/** One word that a shell makes of a written word. */
export interface SpelledWord {
  readonly text: string;
  /** Whether `*`, `?` or `[` in it stand for file names. */
  readonly isGlob: boolean;
  /** The text, where a backslash stands before each character that a pattern would read in another way. */
  readonly pattern: string;
}

/** The value of a variable; undefined if it is not known. */
type Values = (name: string) => string | undefined;

/** More words than this are not made of one word, and no longer word is read. */
const mostWords = 64;
const longest = 4096;

/**
 * The words that a shell makes of a word, as far as the text tells. The home directory is `~`.
 * @param values of variables, if they are of interest
 * @returns undefined if it contains a substitution or a variable without a known value, or depends on an unknown shell
 */
export function spellWord(
  { text, value }: ShellWord,
  shell: Reading,
  values: Values = () => undefined,
): readonly SpelledWord[] | undefined {
  if (text.length > longest) return undefined;
  if (shell.dialect === undefined) return [spelled(escaped(value ?? text), false)];
  const words = new Speller(text, shell.dialect, values).read();
  if (!words) return undefined;
  const found: SpelledWord[] = [];
  for (const word of words) {
    const all = bracesIn(word, shell.expandsBraces);
    if (!all || all.length + found.length > mostWords) return undefined;
    for (const one of all) found.push(spelled(one, shell.expandsGlobs));
  }
  return found;
}

function spelled(pattern: string, expandsGlobs: boolean): SpelledWord {
  const plain = pattern.replace(/\\./gs, '');
  return {
    text: pattern.replace(/\\(.)/gs, '$1'),
    isGlob: expandsGlobs && /[*?[]/.test(plain),
    pattern,
  };
}

/** The text with a backslash before everything that has a meaning in a pattern. */
function escaped(text: string): string {
  return text.replace(/[*?[\]{},\\~]/g, '\\$&');
}

/** Reads one word from left to right. */
class Speller {
  readonly #text: string;
  readonly #dialect: Dialect;
  readonly #values: Values;
  readonly #words: string[] = [];
  #word = '';
  #at = 0;

  constructor(text: string, dialect: Dialect, values: Values) {
    this.#text = text;
    this.#dialect = dialect;
    this.#values = values;
  }

  /** @returns the words as patterns; undefined if one is not known */
  read(): readonly string[] | undefined {
    const text = this.#text;
    while (this.#at < text.length) {
      const letter = text[this.#at] ?? '';
      if (letter === "'") {
        const end = text.indexOf("'", this.#at + 1);
        if (end < 0) return undefined;
        this.#word += escaped(text.slice(this.#at + 1, end));
        this.#at = end + 1;
      } else if (letter === '"') {
        if (!this.#doubleQuoted()) return undefined;
      } else if (letter === '\\') {
        if (text[this.#at + 1] !== '\n') this.#word += escaped(text[this.#at + 1] ?? '');
        this.#at += 2;
      } else if (letter === '`' || letter === '(') return undefined;
      else if (letter === '$') {
        if (!this.#expansion(false)) return undefined;
      } else {
        this.#word += letter === '~' && this.#at > 0 ? '\\~' : letter;
        this.#at += 1;
      }
    }
    return [...this.#words, this.#word];
  }

  #doubleQuoted(): boolean {
    const text = this.#text;
    this.#at += 1;
    while (this.#at < text.length) {
      const letter = text[this.#at] ?? '';
      if (letter === '"') {
        this.#at += 1;
        return true;
      }
      if (letter === '`') return false;
      if (letter === '$') {
        if (!this.#expansion(true)) return false;
      } else if (letter === '\\' && /[$`"\\\n]/.test(text[this.#at + 1] ?? '')) {
        if (text[this.#at + 1] !== '\n') this.#word += escaped(text[this.#at + 1] ?? '');
        this.#at += 2;
      } else {
        this.#word += escaped(letter);
        this.#at += 1;
      }
    }
    return false;
  }

  /** `$NAME`, `${NAME}`, `${NAME:-value}` and `$'text'`. */
  #expansion(quoted: boolean): boolean {
    const rest = this.#text.slice(this.#at);
    const text = /^\$'((?:[^'\\]|\\['\\])*)'/.exec(rest);
    if (text && !quoted) {
      // dash reads `$` and a quoted text.
      if (this.#dialect === 'posix') return false;
      this.#word += this.#dialect === 'dash' ? '$' : '';
      this.#word += escaped((text[1] ?? '').replace(/\\(.)/g, '$1'));
      this.#at += text[0].length;
      return true;
    }
    const variable = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?::?-([\w/.:~-]*))?\})/.exec(rest);
    if (!variable) {
      if (/^\$[\w{('@*#?!$-]/.test(rest)) return false;
      this.#word += '$';
      this.#at += 1;
      return true;
    }
    this.#at += variable[0].length;
    const [, plain, braced, fallback] = variable;
    const name = plain ?? braced ?? '';
    if (name === 'HOME') {
      this.#word += '~';
      return true;
    }
    const value = this.#values(name) ?? fallback;
    if (value === undefined || value.length > longest) return false;
    if (quoted) this.#word += escaped(value);
    else this.#split(value);
    return true;
  }

  /** An unquoted value may be several words. */
  #split(value: string): void {
    const [first = '', ...more] = value.split(/\s+/);
    this.#word += first;
    for (const word of more) {
      if (this.#word !== '') this.#words.push(this.#word);
      this.#word = word;
    }
  }
}

/**
 * Expands braces as bash does.
 * @param expands undefined if it is not known whether the shell does
 * @returns undefined if that decides what the word is, or if there are too many words
 */
export function bracesIn(pattern: string, expands: boolean | undefined): readonly string[] | undefined {
  if (expands === false || !pattern.includes('{')) return [pattern];
  const open = [pattern];
  const done: string[] = [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const parts = firstBraces(next);
    if (parts === undefined) done.push(next);
    else if (expands === undefined || parts.length === 0) return undefined;
    else open.push(...parts.reverse());
    if (done.length + open.length > mostWords) return undefined;
  }
  return done;
}

/** The words that the first braces stand for; none for a range such as `{1..3}`; undefined without braces. */
function firstBraces(pattern: string): string[] | undefined {
  const opened: { at: number; cuts: number[] }[] = [];
  let found: { cuts: readonly number[]; end: number } | undefined;
  for (let at = 0; at < pattern.length && !(found && opened.length === 0); at += 1) {
    const letter = pattern[at];
    if (letter === '\\') at += 1;
    else if (letter === '{') opened.push({ at, cuts: [at] });
    else if (letter === ',') opened.at(-1)?.cuts.push(at);
    else if (letter === '}') {
      const braces = opened.pop();
      if (!braces) continue;
      if (braces.cuts.length > 1) found = { cuts: braces.cuts, end: at };
      else if (/^\{\w+\.\.\w+$/.test(pattern.slice(braces.at, at))) return [];
    }
  }
  if (!found) return undefined;
  const { cuts, end } = found;
  const before = pattern.slice(0, cuts[0]);
  const after = pattern.slice(end + 1);
  return cuts.map((cut, index) => before + pattern.slice(cut + 1, cuts[index + 1] ?? end) + after);
}

/**
 * Whether a name matches a pattern of one part of a path. `*` matches no hidden name.
 * @param pattern see SpelledWord
 */
export function matchesGlob(pattern: string, name: string): boolean {
  // Behind the last `]` no set can begin.
  const last = pattern.lastIndexOf(']') + 1;
  const units = [
    ...(pattern.slice(0, last).match(/\\.|\[[!^]?\]?[^\]]*\]|./gs) ?? []),
    ...(pattern.slice(last).match(/\\.|./gs) ?? []),
  ];
  if (name.startsWith('.') && /^[*?[]/.test(pattern)) return false;
  let at = 0;
  let unit = 0;
  let star = -1;
  let from = 0;
  while (at < name.length) {
    const one = units[unit];
    if (one === '*') {
      star = unit;
      from = at;
      unit += 1;
    } else if (one !== undefined && matchesOne(one, name[at] ?? '')) {
      unit += 1;
      at += 1;
    } else if (star >= 0) {
      from += 1;
      at = from;
      unit = star + 1;
    } else return false;
  }
  while (units[unit] === '*') unit += 1;
  return unit === units.length;
}

function matchesOne(unit: string, letter: string): boolean {
  if (unit === '?') return true;
  if (unit.startsWith('\\')) return unit.slice(1) === letter;
  if (unit.length === 1) return unit === letter;
  const isNegated = /^\[[!^]/.test(unit);
  const inner = unit.slice(isNegated ? 2 : 1, -1);
  for (let at = 0; at < inner.length; at += 1) {
    const first = inner[at] ?? '';
    const last = inner[at + 1] === '-' && at + 2 < inner.length ? (inner[at + 2] ?? '') : first;
    if (letter >= first && letter <= last) return !isNegated;
    if (last !== first) at += 2;
  }
  return isNegated;
}
