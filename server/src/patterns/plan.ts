// What would be written for a pattern, before anything is.
import type { Answer } from './answers';
import type { Pattern, PatternFile } from './pattern';
import { fill } from './template';

export interface PlannedFile {
  /** Relative, with slashes. */
  readonly path: string;
  readonly text: string;
  /** `fill`: the file is there and blank. */
  readonly state: 'create' | 'fill' | 'same' | 'differs';
  /** What is there now. */
  readonly present?: string;
}

/**
 * The files of a pattern with their values, beside what is there.
 * @param extras words that ask for further files of the pattern
 * @param present the text of a file that exists, by its path; undefined where there is none
 */
export function plan(
  pattern: Pattern,
  answers: readonly Answer[],
  extras: ReadonlySet<string>,
  present: (path: string) => string | undefined,
): readonly PlannedFile[] {
  const values = new Map(answers.map(({ parameter, value }) => [parameter.name, value]));
  return pattern.files
    .filter(({ extra }) => extra === undefined || extras.has(extra))
    .map(({ path, text }) => planned(fill(path, values), fill(text, values), present));
}

/** One file, beside what is there. */
export function planned(
  path: string,
  text: string,
  present: (path: string) => string | undefined,
): PlannedFile {
  const there = present(path);
  if (there === undefined) return { path, text, state: 'create' };
  if (there.trim() === '') return { path, text, state: 'fill', present: there };
  const isSame = there.replaceAll('\r\n', '\n') === text;
  return { path, text, state: isSame ? 'same' : 'differs', present: there };
}

/** The words that ask for further files of a pattern. */
export function extrasOf(files: readonly PatternFile[]): readonly string[] {
  return [...new Set(files.flatMap(({ extra }) => extra ?? []))];
}
