// .dockerignore, evaluated like the builder does (moby's patternmatcher): patterns apply in order, the last match
// decides, `!` includes again, and everything in an excluded folder is excluded.
import { once } from '../../text/memo';
import { isBelow, normalizePath } from '../../text/paths';
import { codeOf, readPattern } from './ignore-pattern';
import type { Path, PathTest } from './ignore-pattern';

interface Pattern {
  readonly matches: PathTest;
  readonly exclusion: boolean;
  /** Cleaned, without the exclamation mark. */
  readonly text: string;
}

/** No system has longer paths; a longer path or pattern matches nothing. */
const longestPath = 4096;

export class IgnoreFile {
  readonly #patterns: readonly Pattern[];
  /** Answers so far: rules ask for the same entries at every key. */
  readonly #known = new Map<string, boolean>();

  constructor(text: string) {
    this.#patterns = text
      .replace(/^\uFEFF/, '')
      .split('\n')
      .flatMap((line) => readLine(line));
  }

  /** How many patterns it has. */
  get size(): number {
    return this.#patterns.length;
  }

  /**
   * Whether a path is excluded from the build context.
   * @param path relative to its root, with forward slashes, without a slash at the end
   */
  ignores(path: string): boolean {
    if (this.#patterns.length === 0 || path.length > longestPath) return false;
    const known = this.#known.get(path);
    if (known !== undefined) return known;
    const asked: Path = { text: path, codes: Array.from(path, codeOf) };
    let ignored = false;
    for (const { matches, exclusion } of this.#patterns)
      if (exclusion === ignored && matches(asked)) ignored = !exclusion;
    this.#known.set(path, ignored);
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

  /** Whether a pattern may exclude something in a folder that is itself included. */
  mayLeaveOutOf(folder: string): boolean {
    return this.#patterns.some(({ exclusion, text }) => {
      if (exclusion) return false;
      const sign = text.search(/[*?[\\]/);
      if (sign < 0) return isBelow(text, folder);
      const above = text.slice(0, Math.max(text.lastIndexOf('/', sign), 0));
      const isNear = above === '' || isBelow(above, folder) || isBelow(folder, above);
      return isNear && (text.includes('**') || text.split('/').length > folder.split('/').length);
    });
  }

  /** Whether a pattern excludes an entry of a folder by its path. */
  thins(folder: string): boolean {
    return this.#patterns.some(({ exclusion, text }) => !exclusion && text.startsWith(`${folder}/`));
  }
}

/** The ignore file in force in a context, read once; without one it ignores nothing. */
export const ignoreFileOf = once(
  ({ ignoreFile }: { readonly ignoreFile: { readonly text: string } | undefined }): IgnoreFile =>
    new IgnoreFile(ignoreFile?.text ?? ''),
);

/** Reads a line. Comments begin in the first column; blanks around a pattern and a leading slash are ignored. */
function readLine(line: string): Pattern[] {
  if (line.startsWith('#') || line.length > longestPath) return [];
  let text = trimmed(line);
  const exclusion = text.startsWith('!');
  if (exclusion) text = trimmed(text.slice(1));
  // A pattern that leads out of the context keeps its `..` and matches nothing.
  const pattern = normalizePath(text).replace(/^\//, '');
  const matches = pattern === '' ? undefined : readPattern(pattern);
  return matches ? [{ matches, exclusion, text: pattern }] : [];
}

/** The text without blanks around it. For the builder a byte order mark is not a blank. */
function trimmed(text: string): string {
  return text.startsWith('\uFEFF') || text.endsWith('\uFEFF') ? text : text.trim();
}
