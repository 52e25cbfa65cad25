// Finds what each file was at a git revision: under the same path, or under another one if it was renamed. Files that are
// gone come as files of their own.
import { existsSync } from 'node:fs';
import { basename, dirname, extname, relative, resolve, sep } from 'node:path';
import { byPath, isDockerfileName, isSkippedPath } from '../io/files/find-dockerfiles';
import type { FoundFile } from '../io/files/find-dockerfiles';
import { readRegular } from '../io/files/read-text';
import { findRevision, objectOf, readOldFiles, realPath } from '../io/git/revision';
import type { OldContents, OldFile, Revision } from '../io/git/revision';
import { groupedBy } from '../core/text/groups';
import { similarity } from '../service/compare';
import { maximumDockerfile } from './checked-file';
import type { OldState } from './checked-file';

/** A file to check, with what it was. */
export interface ComparedFile extends FoundFile {
  /** Undefined: nothing is compared. */
  readonly since?: Since | undefined;
}

export interface Since {
  readonly revision: string;
  /** Undefined: the file was not there. */
  readonly old: OldFile | undefined;
  /** As it is reported; undefined: the same path. */
  readonly previousPath?: string;
  readonly deleted?: true;
}

/** Beyond this, a file is only taken for a renamed one if it is unchanged. */
const mostPairs = 250_000;
const alike = 0.5;

/**
 * @param paths that the user gave
 * @param files found there
 * @returns the files with what they were, and those that are gone; or why they cannot be compared
 */
export function compareWith(
  name: string,
  paths: readonly string[],
  files: readonly FoundFile[],
): readonly ComparedFile[] | { readonly problem: string } {
  const revision = findRevision(name, startFolder(paths));
  if ('problem' in revision) return revision;
  const real = new Map<string, string>();
  const { commit } = revision;
  const compared = files.map((file): ComparedFile => {
    if (file.error !== undefined) return file;
    const old = revision.find(realPath(file.path, real));
    if (old === 'outside')
      return { ...file, error: 'lies outside the repository that --since compares with' };
    if (old === 'unknown')
      return {
        ...file,
        error: 'lies in a submodule whose old commit is missing. Fetch it, or check the submodule alone',
      };
    return { ...file, since: { revision: commit, old } };
  });
  const present = new Set(files.map(({ path }) => realPath(path, real)));
  const fresh = compared.filter(({ since }) => since && !since.old);
  const gone = goneFiles(revision, present, fresh);
  const renamed = renames(fresh, gone);
  if ('problem' in renamed) return renamed;
  const taken = new Set([...renamed.values()].map(({ path }) => path));
  const roots = paths.map((path) => realPath(path, real) + sep);
  const deleted = gone.filter(
    ({ path }) => !taken.has(path) && isDockerfileName(path) && roots.some((root) => isFound(path, root)),
  );
  return [
    ...compared.map((file) => {
      const old = renamed.get(file);
      return old ? { ...file, since: { revision: commit, old, previousPath: shownPath(old.path) } } : file;
    }),
    ...[...deleted]
      .sort((a, b) => byPath(a.path, b.path))
      .map((old) => ({
        path: shownPath(old.path),
        since: { revision: commit, old, deleted: true as const },
      })),
  ];
}

function startFolder(paths: readonly string[]): string {
  const path = resolve(paths[0] ?? '.');
  // Only a folder is there with a separator behind it.
  return existsSync(path + sep) ? path : dirname(path);
}

/** Whether a search from a folder would have found the file. */
function isFound(path: string, root: string): boolean {
  return path.startsWith(root) && !isSkippedPath(path.slice(root.length));
}

function shownPath(path: string): string {
  const shown = relative(process.cwd(), path);
  return shown.startsWith('..') ? path : shown.replaceAll(sep, '/');
}

/** Files of the revision that are not on disk any more and could have become one of the new ones. */
function goneFiles(
  revision: Revision,
  present: ReadonlySet<string>,
  fresh: readonly ComparedFile[],
): readonly OldFile[] {
  const odd = new Set(fresh.filter(({ path }) => !isDockerfileName(path)).map(({ path }) => kindOf(path)));
  return [...revision.files()].filter(
    ({ path }) =>
      (isDockerfileName(path) || odd.has(kindOf(path))) && !present.has(path) && !existsSync(path),
  );
}

/** Files whose names do not say that they are Dockerfiles are compared with their like. */
function kindOf(path: string): string {
  return extname(path) === '' ? basename(path) : extname(path);
}

/** Which gone file each new one was. Unchanged ones first, then the most alike. */
function renames(
  fresh: readonly ComparedFile[],
  gone: readonly OldFile[],
): ReadonlyMap<ComparedFile, OldFile> | { readonly problem: string } {
  const found = new Map<ComparedFile, OldFile>();
  if (fresh.length === 0 || gone.length === 0) return found;
  const free = new Set(gone);
  const byObject = groupedBy(gone, ({ object }) => object);
  const [like] = gone.map(({ object }) => object);
  const texts = new Map<ComparedFile, Buffer>();
  for (const file of fresh) {
    const bytes = bytesOf(file.path);
    if (!bytes) continue;
    texts.set(file, bytes);
    const object = like && objectOf(bytes, like);
    const same = (object && byObject.get(object))?.filter((old) => free.has(old)) ?? [];
    const best = same.find(({ path }) => basename(path) === basename(file.path)) ?? same[0];
    if (!best) continue;
    found.set(file, best);
    free.delete(best);
  }
  const open = fresh.filter((file) => texts.has(file) && !found.has(file));
  if (open.length === 0 || free.size === 0 || open.length * free.size > mostPairs) return found;
  const read = readOldFiles([...free], maximumDockerfile);
  if ('problem' in read) return read;
  const scores = open.flatMap((file) => {
    const text = String(texts.get(file));
    return [...free].map((old) => {
      const before = read.contents.get(old.object);
      return { file, old, score: before ? similarity(before.toString('utf8'), text) : 0 };
    });
  });
  scores.sort((a, b) => b.score - a.score);
  for (const { file, old, score } of scores)
    if (score >= alike && !found.has(file) && free.delete(old)) found.set(file, old);
  return found;
}

function bytesOf(path: string): Buffer | undefined {
  try {
    return readRegular(path, maximumDockerfile)?.bytes;
  } catch {
    // It is reported when it is checked.
    return undefined;
  }
}

/** What a file was, with its content. */
export function oldState({ revision, old, previousPath, deleted }: Since, texts: OldContents): OldState {
  return {
    revision,
    ...(previousPath !== undefined && { previousPath }),
    ...(deleted && { deleted }),
    // What is too large to check had no findings.
    content: old && (texts.has(old.object) ? texts.get(old.object) : 'same'),
  };
}

/**
 * The contents that files of a batch had; one that is as it was has none.
 * @returns by object; `problem` without a full stop
 */
export function readOldTexts(files: readonly ComparedFile[]): OldContents | { readonly problem: string } {
  const needed = files.flatMap(({ path, since }) => {
    if (!since?.old) return [];
    const bytes = since.deleted ? undefined : bytesOf(path);
    return bytes && objectOf(bytes, since.old.object) === since.old.object ? [] : [since.old];
  });
  if (needed.length === 0) return new Map();
  const read = readOldFiles(needed, maximumDockerfile);
  return 'problem' in read ? read : read.contents;
}
