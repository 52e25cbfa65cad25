// .dockerignore, evaluated like the builder does (moby's patternmatcher): patterns apply in order, the last match
// decides, `!` includes again, and everything in an excluded folder is excluded. The matcher treats four kinds of
// pattern slightly differently: plain names, `**` before or after one, and expressions.

import { isBelow, normalizePath } from '../../text/paths';

interface Pattern {
  readonly matches: (path: string) => boolean;
  readonly exclusion: boolean;
  /** Cleaned, without the exclamation mark. */
  readonly text: string;
}

export class IgnoreFile {
  readonly #patterns: readonly Pattern[];

  constructor(text: string) {
    this.#patterns = text
      .replace(/^\uFEFF/, '')
      .split('\n')
      .flatMap((line) => readPattern(line));
  }

  /**
   * Whether a path is excluded from the build context.
   * @param path relative to its root, with forward slashes, without a slash at the end
   */
  ignores(path: string): boolean {
    const parts = path.split('/');
    let ignored = false;
    for (const { matches, exclusion } of this.#patterns) {
      if (exclusion !== ignored) continue;
      for (let depth = 1; depth <= parts.length; depth += 1) {
        if (!matches(parts.slice(0, depth).join('/'))) continue;
        ignored = !exclusion;
        break;
      }
    }
    return ignored;
  }

  /** Whether it excludes everything without an exception: `*`, then the wanted entries. */
  get isAllowList(): boolean {
    return this.ignores('a name that nobody has thought of');
  }

  /** Whether a pattern includes an entry of the root, or part of it, again by its name. */
  allows(name: string): boolean {
    return this.#patterns.some(({ exclusion, text }) => exclusion && isBelow(text, name));
  }

  /** Whether an exception may include entries of a folder that is otherwise excluded. */
  mayKeepIn(folder: string): boolean {
    return this.#patterns.some(
      ({ exclusion, text }) => exclusion && (text.startsWith('*') || isBelow(text, folder)),
    );
  }

  /** Whether a pattern excludes an entry of a folder by its path. */
  thins(folder: string): boolean {
    return this.#patterns.some(({ exclusion, text }) => !exclusion && text.startsWith(`${folder}/`));
  }
}

/** Reads a line. Comments begin in the first column; blanks around a pattern and a leading slash are ignored. */
function readPattern(line: string): Pattern[] {
  if (line.startsWith('#')) return [];
  let text = trimmed(line);
  const exclusion = text.startsWith('!');
  if (exclusion) text = trimmed(text.slice(1));
  // A pattern that leads out of the context keeps its `..` and matches nothing.
  const pattern = normalizePath(text).replace(/^\//, '');
  const matches = pattern === '' ? undefined : matcherOf(pattern);
  return matches ? [{ matches, exclusion, text: pattern }] : [];
}

/** The text without blanks around it. For the builder a byte order mark is not a blank. */
function trimmed(text: string): string {
  return text.startsWith('\uFEFF') || text.endsWith('\uFEFF') ? text : text.trim();
}

function matcherOf(pattern: string): Pattern['matches'] | undefined {
  if (!isWellFormed(pattern)) return undefined;
  if (!/[*?\\[\]]/.test(pattern)) return (path) => path === pattern;
  if (/^[^*?\\[\]]*\*\*$/.test(pattern)) {
    const start = pattern.slice(0, -2);
    return (path) => path.startsWith(start);
  }
  if (/^\*\*[^*?\\[\]]+$/.test(pattern)) {
    const end = pattern.slice(2);
    return (path) => path.endsWith(end) || (end.startsWith('/') && path === end.slice(1));
  }
  try {
    const expression = new RegExp(`^${toExpression(pattern)}$`);
    return (path) => expression.test(path);
  } catch {
    // A range such as [z-a]: the builder refuses the file.
    return undefined;
  }
}

/** Whether Go's path matching accepts a pattern; the builder refuses a file with any other pattern. */
function isWellFormed(pattern: string): boolean {
  const literal = String.raw`\\[^]`;
  const inClass = String.raw`(?:${literal}|[^\\\]-])`;
  const range = String.raw`${inClass}(?:-${inClass})?`;
  return new RegExp(String.raw`^(?:${literal}|\[\^?(?:${range})+\]|[^\\[])*$`, 'u').test(pattern);
}

/**
 * Translates a pattern: `**` stands for any number of folders, `*` and `?` stop at a slash, and a backslash takes the
 * next character literally. `|` and `{2}` keep their meaning of an expression, because the builder does not escape
 * them.
 */
function toExpression(pattern: string): string {
  return pattern.replaceAll(/\*\*\/?|\\([^])|[*?]|[.+()$/]/g, (found, escaped?: string, at?: number) => {
    if (escaped !== undefined) return /\w/.test(escaped) ? escaped : found;
    if (found.startsWith('**')) return (at ?? 0) + found.length === pattern.length ? '.*' : '(?:.*/)?';
    return found === '*' ? '[^/]*' : found === '?' ? '[^/]' : `\\${found}`;
  });
}
