// Finds what the files around a Dockerfile say about its build: the nearest first, within bounds, and nothing but names
// and paths. No value of an environment is read, and nothing is run.
import { lstatSync, readdirSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { readText } from '../../files/read-text';
import { buildFiles, buildFolders } from './build-files';
import type { BuildFileKind } from './build-files';
import type { ArgumentSource, StatedBuild } from './stated-build';

export interface BuildDefinition {
  readonly kind: BuildFileKind;
  /** The service, target, step or image; for people. */
  readonly name: string;
  /** Absolute path of the file that says so. */
  readonly source: string;
  /** Absolute folder; undefined if it is remote or not known. */
  readonly context: string | undefined;
  /** Absolute path; undefined if it is not known. */
  readonly dockerfile: string | undefined;
  readonly target: string | undefined;
  /** Only arguments whose value is known. */
  readonly args: ReadonlyMap<string, string>;
  readonly argNames: ReadonlyMap<string, ArgumentSource>;
  /** References; those with an unknown part are left out. */
  readonly tags: readonly string[];
}

export interface FoundBuilds {
  /** Those that build the Dockerfile, of the nearest file first. */
  readonly builds: readonly BuildDefinition[];
  /** What all images are called that the files build, as far as it is known; the rest keeps its `$`. */
  readonly images: readonly string[];
  /** Whether a script or pipeline among the files contains a word. */
  readonly mentions: (word: string) => boolean;
  /** The files that state builds, of this Dockerfile or of others. */
  readonly sources: () => readonly BuildSource[];
  /** Absolute folders in which such a file is looked for. */
  readonly folders: readonly string[];
}

export interface BuildSource {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  /** What it would state if this were its text. Paths are read so that the Dockerfile is found, where there is a choice. */
  readonly read: (text: string) => readonly BuildDefinition[];
}

const maximumBytes = 64_000;
/** Of all files whose builds are read; scripts of others are looked through for words alone. */
const maximumTotal = 400_000;
/** Files that are read, folders that are listed for them, and entries of such a folder. */
const maximumFiles = 100;
const maximumFolders = 60;
const maximumEntries = 2000;

/** What was read so far, filled as it goes. */
export interface BuildMemory {
  /** What a file states, by its path, as long as it does not change. */
  readonly files: Map<string, { readonly state: string; readonly read: ReadFile }>;
  /** What is known of folders, for a run in which nothing changes. */
  readonly folders?: FolderMemory;
}

interface FolderMemory {
  /** All that lies around a folder. */
  readonly around: Map<string, Around>;
  readonly listed: Map<string, ListedFolder>;
}

export function newFolderMemory(): FolderMemory {
  return { around: new Map(), listed: new Map() };
}

/** What of a folder matters here: most of what it holds does not. */
interface ListedFolder {
  /** Names of folders in it that may hold build files. */
  readonly folders: readonly string[];
  /** Absolute paths of its build files. */
  readonly files: readonly string[];
}

interface Around {
  readonly folders: readonly string[];
  readonly files: readonly (ReadFile & { readonly path: string })[];
}

type PlacedBuild = StatedBuild & {
  readonly kind: BuildFileKind;
  /** Folders at which its paths may begin, at least one. */
  readonly bases: readonly string[];
};

interface ReadFile {
  readonly text: string;
  /** Characters that had to be read for their builds. */
  readonly cost: number;
  readonly builds: readonly PlacedBuild[];
  /** The builds of another text in its place. */
  readonly reread: (text: string) => readonly PlacedBuild[];
}

/**
 * @param path absolute path of the Dockerfile
 * @param root absolute folder at which the search ends; without one only the Dockerfile's own is looked at
 */
export function findBuilds(path: string, root: string | undefined, memory: BuildMemory): FoundBuilds {
  const { folders, files } = lookAround(dirname(path), root ?? dirname(path), memory);
  const builds = new Map<string, BuildDefinition>();
  for (const { path: file, builds: stated } of files) {
    for (const one of stated) {
      const build = defineFor(path, one, file);
      if (build.dockerfile !== path) continue;
      const key = JSON.stringify([
        file,
        build.name,
        build.context,
        build.target,
        [...build.args],
        build.tags,
      ]);
      if (!builds.has(key)) builds.set(key, build);
    }
  }
  return {
    builds: [...builds.values()],
    images: files.flatMap((file) => file.builds.flatMap(({ tags }) => tags)),
    sources: () =>
      files
        .filter((file) => file.builds.length > 0)
        .map(({ path: file, text, reread }) => ({
          path: file,
          text,
          read: (changed) => reread(changed).map((one) => defineFor(path, one, file)),
        })),
    mentions: (word) => files.some(({ text }) => text.includes(word)),
    folders,
  };
}

function lookAround(folder: string, top: string, memory: BuildMemory): Around {
  const { around: known, listed } = memory.folders ?? newFolderMemory();
  const before = known.get(folder);
  if (before) return before;
  const list = (one: string): ListedFolder => {
    const found = listed.get(one) ?? listFolder(one);
    listed.set(one, found);
    return found;
  };
  const folders = foldersAround(folder, top, list);
  const paths = folders.flatMap((one) => list(one).files).slice(0, maximumFiles);
  let total = 0;
  const files = paths.flatMap((path) => {
    const read = total < maximumTotal ? readBuildFile(path, top, memory) : undefined;
    total += read?.cost ?? 0;
    return read ? { ...read, path } : [];
  });
  const around = { folders, files };
  known.set(folder, around);
  return around;
}

/** The folder and those above it up to the top, each with those below it that hold build files. */
function foldersAround(
  folder: string,
  top: string,
  list: (folder: string) => ListedFolder,
): readonly string[] {
  const found: string[] = [];
  for (let at = folder; found.length < maximumFolders; at = dirname(at)) {
    found.push(at);
    for (const name of list(at).folders) {
      const below = join(at, name);
      found.push(below);
      if (name === '.github') found.push(join(below, 'workflows'));
      if (name === '.devcontainer') found.push(...foldersIn(below));
    }
    if (at === top || dirname(at) === at) break;
  }
  return [...new Set(found)].slice(0, maximumFolders);
}

function foldersIn(folder: string): readonly string[] {
  return entriesOf(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));
}

function listFolder(folder: string): ListedFolder {
  const folders: string[] = [];
  const files: string[] = [];
  for (const entry of entriesOf(folder)) {
    if (entry.isDirectory()) {
      if (buildFolders.test(entry.name)) folders.push(entry.name);
    } else if (entry.isFile()) {
      const path = join(folder, entry.name);
      if (rowOf(path)) files.push(path);
    }
  }
  return { folders, files };
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.length > maximumEntries ? [] : entries;
  } catch {
    // A folder that cannot be listed says nothing.
    return [];
  }
}

/** Whether a path is that of a file which may say how images are built. */
export function isBuildFile(path: string): boolean {
  return rowOf(path) !== undefined;
}

function rowOf(path: string): (typeof buildFiles)[number] | undefined {
  return buildFiles.find(
    ({ name, within }) => name.test(basename(path)) && (!within || within.test(basename(dirname(path)))),
  );
}

function readBuildFile(path: string, top: string, memory: BuildMemory): ReadFile | undefined {
  try {
    const stat = lstatSync(path);
    const state = [stat.mtimeMs, stat.ctimeMs, stat.size, stat.ino, top].join(' ');
    const before = memory.files.get(path);
    if (before?.state === state) return before.read;
    const text = readText(path, maximumBytes);
    const row = rowOf(path);
    if (text === undefined || !row) return undefined;
    const own = dirname(path);
    // Scripts are started from their own folder or from the top: the one that has the Dockerfile is meant.
    const bases = row.atRoot ? [top] : row.kind === 'command' ? [own, top] : [own];
    const isRead = row.mentions.test(text);
    const reread = (one: string): readonly PlacedBuild[] =>
      row.read(one, basename(path)).map((build) => ({ ...build, kind: row.kind, bases }));
    const read = { text, cost: isRead ? text.length : 0, builds: isRead ? reread(text) : [], reread };
    memory.files.set(path, { state, read });
    return read;
  } catch {
    // Gone in the meantime, or not accessible.
    return undefined;
  }
}

/** A build as a file states it, from the base at which it builds a Dockerfile, if there is one. */
function defineFor(path: string, one: PlacedBuild, source: string): BuildDefinition {
  const all = one.bases.map((base) => define(one, source, base));
  return all.find(({ dockerfile }) => dockerfile === path) ?? (all[0] as BuildDefinition);
}

function define(
  { kind, name, context, dockerfile, dockerfileFrom, target, args, argNames, tags }: PlacedBuild,
  source: string,
  base: string,
): BuildDefinition {
  const folder = context === undefined ? undefined : resolve(base, context);
  const file =
    folder === undefined
      ? undefined
      : resolve(
          dockerfileFrom === 'base' && dockerfile !== undefined ? base : folder,
          dockerfile ?? 'Dockerfile',
        );
  const known = tags.filter((tag) => !tag.includes('$'));
  return { kind, name, source, context: folder, dockerfile: file, target, args, argNames, tags: known };
}
