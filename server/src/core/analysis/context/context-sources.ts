// What COPY and ADD take from the build context.
import type { Copy, Model } from '../../model/model';
import { once } from '../../text/memo';
import { normalizePath } from '../../text/paths';
import { IgnoreFile } from './ignore-file';

/** What the build context around the Dockerfile holds; every field is undefined while unknown. */
export interface ContextFacts {
  /** Names of the entries at the root of the build context; folders end in `/`. */
  readonly entries: readonly string[];
  /** The ignore file in force: its path relative to the context, its text. Undefined when there is none. */
  readonly ignoreFile: { readonly path: string; readonly text: string } | undefined;
  /** Path of the Dockerfile relative to the context. */
  readonly dockerfile: string;
  /** Text of a file at the root of the context, by its name; undefined where there is none, or nobody may look. */
  readonly textOf?: (name: string) => string | undefined;
  /**
   * Names of the entries of a folder at the root of the context, by its name; folders end in `/`. Undefined where
   * there are too many, or nobody may look.
   */
  readonly entriesOf?: (folder: string) => readonly string[] | undefined;
}

/** A copy with those of its sources that lie in the build context. */
export type ContextCopy = Copy;

/**
 * COPY and ADD that read the build context, in file order; those from stages, images, URLs and heredocs left out,
 * and those under ONBUILD, which read the context of another build.
 */
export const contextCopies = once((model: Model): readonly ContextCopy[] =>
  model.copies.flatMap((copy) => {
    const sources = copy.onbuild ? [] : copy.sources.filter(({ kind }) => kind === 'context');
    if (sources.length === 0) return [];
    return sources.length === copy.sources.length ? [copy] : [{ ...copy, sources }];
  }),
);

/** Whether a source stands for the whole build context: `.`, `/`, `./*`. @param source as written */
export function isEverything(source: string): boolean {
  const path = normalizePath(`/${source}`);
  return path === '/' || path === '/*';
}

/** What a copy of everything takes from the root of the context: what neither the ignore file nor --exclude leaves out. */
export function visibleEntries(copy: ContextCopy, { entries, ignoreFile }: ContextFacts): readonly string[] {
  const ignores = [new IgnoreFile(ignoreFile?.text ?? ''), excludedBy(copy)];
  return entries.filter((entry) => !ignores.some((ignore) => isLeftOut(ignore, entry)));
}

/** Whether all that is not named stays out: then a copy of everything is one of what the ignore file names. */
export function isNamedByIgnoreFile({ ignoreFile }: ContextFacts): boolean {
  return new IgnoreFile(ignoreFile?.text ?? '').isAllowList;
}

/** Whether it is open what of the folders at the root a copy takes: exceptions reach into some that are left out. */
export function isPartlyVisible(copy: ContextCopy, { entries, ignoreFile }: ContextFacts): boolean {
  return [new IgnoreFile(ignoreFile?.text ?? ''), excludedBy(copy)].some((ignore) =>
    entries.some(
      (entry) => entry.endsWith('/') && isLeftOut(ignore, entry) && ignore.mayKeepIn(entry.slice(0, -1)),
    ),
  );
}

/** The patterns of `COPY --exclude`. */
export function excludedBy({ excludes }: Copy): IgnoreFile {
  return new IgnoreFile(excludes.join('\n'));
}

/** Of a folder that is left out itself, `!src/**` brings everything back; with `.git/*` nothing of it is left. */
export function isLeftOut(ignore: IgnoreFile, entry: string): boolean {
  return ignore.ignores(entry.endsWith('/') ? `${entry}x` : entry);
}
