// Decides which folder is the build context of a Dockerfile: what a build file says, else where its sources lie.
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isNamedBy, literalSources, patternSources } from '../../core/analysis/context/telling-sources';
import { nearPath } from '../../core/analysis/context/near-path';
import type { ContextFacts } from '../../core/lint/facts';
import type { Dockerfile } from '../../core/syntax/nodes';
import { normalizePath } from '../../core/text/paths';
import { foldersUpTo, isInside } from '../files/on-disk';
import type { BuildDefinition, FoundBuilds } from './builds/find-builds';
import { describeFolder, listFolder } from './context-facts';
import type { Listing, Listings } from './context-facts';

const mostFolders = 32;

export interface BuildContext {
  readonly folder: string;
  readonly facts: ContextFacts;
  /** Absolute folders in it that were listed so far. */
  readonly listed: () => readonly string[];
  /** Whether the start of a file below it was read, by its absolute path. */
  readonly hasRead: (path: string) => boolean;
}

export interface ContextQuestion {
  /** Absolute path of the Dockerfile. */
  readonly path: string;
  readonly file: Dockerfile;
  /** Absolute folder at which the search ends; without one only the Dockerfile's own folder is looked at. */
  readonly root: string | undefined;
  /** What the files around say. */
  readonly found: Pick<FoundBuilds, 'builds' | 'mentions'>;
  /** Of folders listed before, for a run in which they do not change; filled as it goes. */
  readonly listings?: Listings | undefined;
}

/** Folders that exist to hold build files for the project above them. */
export const buildFolder =
  /^(?:\.?docker|dockerfiles?|\.?containers?|containerfiles?|\.?build|deploy(?:ment)?|\.?ci|packaging|\.devcontainer)$/i;

/**
 * The build context of a Dockerfile, as far as it can be told. A build file that names the Dockerfile decides. Else it
 * is the nearest folder, from the file's own up to the root, that holds all sources that COPY, ADD and bind mounts name;
 * if none does, the one that holds most of them, or names so near that they are typing errors. A file that names no
 * source is taken to be built in its own folder.
 * @returns undefined if nothing is known
 */
export function findBuildContext(question: ContextQuestion): BuildContext | undefined {
  const { path, file, found, listings = new Map<string, Listing | undefined>() } = question;
  const root = question.root ?? dirname(path);
  const sources = literalSources(file);
  const patterns = patternSources(file);
  const held = (folder: string): number =>
    sources.filter((source) => existsSync(join(folder, source))).length +
    patterns.filter((pattern) =>
      listFolder(folder, listings)?.entries.some((name) => isNamedBy(pattern, name)),
    ).length;
  const candidates = foldersUpTo(dirname(path), root);
  const stated = statedFolders(found.builds, root).map((folder) => ({ folder, count: held(folder) }));
  const [best] = [...stated].sort((a, b) => b.count - a.count);
  const guessed = guess(candidates, { sources, count: sources.length + patterns.length, held }, listings);
  // What is said elsewhere of a template or a copy of the file does not hold for this one.
  const isStated = best !== undefined && (best.count > 0 || guessed === undefined || guessed.count === 0);
  const chosen = isStated ? best.folder : guessed?.folder;
  const listing = chosen === undefined ? undefined : listFolder(chosen, listings);
  if (chosen === undefined || !listing || (!isStated && !listing.hasOthers)) return undefined;
  const listed = new Set<string>();
  const read = new Set<string>();
  const facts = describeFolder(chosen, path, root, listing, {
    onList: (folder) => listed.add(folder),
    onRead: (file) => read.add(file),
  });
  const others = (isStated ? stated.map(({ folder }) => folder) : candidates).filter((one) => one !== chosen);
  return (
    facts && {
      folder: chosen,
      listed: () => [chosen, ...listed],
      hasRead: (file) => read.has(file),
      facts: {
        ...facts,
        isCertain: isStated || (guessed?.count ?? 0) > 0,
        liesElsewhere: (source) =>
          others.some((other) => existsSync(join(other, normalizePath(`/${source}`)))),
        mentions: found.mentions,
      },
    }
  );
}

/** The folders that build files name, inside the root. */
function statedFolders(builds: readonly BuildDefinition[], root: string): readonly string[] {
  const folders = new Set(builds.flatMap(({ context }) => context ?? []));
  return [...folders]
    .slice(0, mostFolders)
    .filter((folder) => isInside(folder, root) && statSync(folder, { throwIfNoEntry: false })?.isDirectory());
}

interface Wanted {
  /** Those without a pattern. */
  readonly sources: readonly string[];
  /** With those that are patterns. */
  readonly count: number;
  /** How many lie in a folder. */
  held(folder: string): number;
}

/** @returns the folder and how many sources lie there */
function guess(
  candidates: readonly string[],
  { sources, count: wanted, held }: Wanted,
  listings: Listings,
): { readonly folder: string; readonly count: number } | undefined {
  const [own] = candidates;
  if (own === undefined) return undefined;
  if (wanted === 0) {
    const folder = withoutSources(own, candidates);
    return folder === undefined ? undefined : { folder, count: 0 };
  }
  let best: { folder: string; count: number } | undefined;
  for (const folder of candidates) {
    const count = held(folder);
    if (count > (best?.count ?? 0)) best = { folder, count };
    if (count === wanted) break;
  }
  if (best) return best;
  const near = candidates.find((folder) => {
    const names = listFolder(folder, listings)?.entries ?? [];
    return sources.some((source) => nearPath(source.split('/')[0] ?? '', names) !== undefined);
  });
  // Somebody is writing the name.
  const begun = candidates.find((folder) =>
    listFolder(folder, listings)?.entries.some((name) => sources.some((source) => name.startsWith(source))),
  );
  const folder = near ?? begun ?? (candidates.length === 1 ? own : undefined);
  return folder === undefined ? undefined : { folder, count: 0 };
}

/**
 * For a file that names no source: its own folder. But an ignore file further up that belongs to no other Dockerfile
 * is for a build from there, and a folder such as `docker/` is for the project around it.
 */
function withoutSources(own: string, candidates: readonly string[]): string | undefined {
  if (existsSync(join(own, '.dockerignore')) || candidates.length === 1) return own;
  const above = candidates.find((folder) => existsSync(join(folder, '.dockerignore')));
  if (above !== undefined && !existsSync(join(above, 'Dockerfile'))) return above;
  return buildFolder.test(basename(own)) ? undefined : own;
}
