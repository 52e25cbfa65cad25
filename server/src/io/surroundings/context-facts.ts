// Reads what a folder holds, as the facts about a build context: names, the ignore file, manifests, the start of scripts.
// Within bounds, and never through links.
import { lstatSync, opendirSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { ContextFacts } from '../../core/lint/facts';
import { readStart, readText } from '../files/read-text';

/** A folder with more entries is not taken for a build context. */
const maximumEntries = 5000;
/** How many folders below it to list, and the most entries that such a folder may have. */
const maximumFolders = 500;
const maximumNestedEntries = 1000;
const longestPath = 4096;
/** Ignore files that people write are shorter. One with a pattern for each entry costs their product. */
const maximumIgnoreBytes = 64_000;
const maximumMatches = 2_000_000;
/** Manifests that people write are shorter. */
const maximumManifestBytes = 500_000;
/** Folders above the context whose files for git are read. */
const mostGitFolders = 8;
/** Of how many files the start is read, and how much of it. */
const mostStarts = 50;
const startBytes = 64_000;

/** What a folder holds. */
export interface Listing {
  /** Sorted names; folders end with a slash. */
  readonly entries: readonly string[];
  /** Whether it contains anything but Dockerfiles and files that belong to them. */
  readonly hasOthers: boolean;
}

/** By folder, for a run over many files; undefined where a folder cannot be listed. */
export type Listings = Map<string, Listing | undefined>;

/** Whether a name is that of a Dockerfile or of what belongs to one. */
function isBuildFile(name: string): boolean {
  return /^(?:Dockerfile|Containerfile)(?:\..+|[-_][\w-]+)?$|\.(?:dockerfile|containerfile|dockerignore)$|^\.(?:dockerignore|containerignore|drydock\.ya?ml|hadolint\.ya?ml)$/i.test(
    name,
  );
}

/** @param listings of folders listed before, in a run in which they do not change */
export function listFolder(folder: string, listings: Listings): Listing | undefined {
  if (listings.has(folder)) return listings.get(folder);
  let listing: Listing | undefined;
  try {
    const found = readdirSync(folder, { withFileTypes: true });
    if (found.length <= maximumEntries) {
      const entries = found.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
      listing = { entries, hasOthers: entries.some((name) => !isBuildFile(name)) };
    }
  } catch {
    // Nothing is known about a folder that cannot be listed.
  }
  listings.set(folder, listing);
  return listing;
}

interface Watcher {
  /** Told each folder below the context that is listed. */
  readonly onList: (folder: string) => void;
  /** Told each file below it of which the start is read. */
  readonly onRead: (path: string) => void;
}

/**
 * The facts about a folder that is a build context, without those about how it was found.
 * @param path absolute path of the Dockerfile
 * @param root absolute folder at which the search for files of git ends
 * @returns undefined if it cannot be read as a whole
 */
export function describeFolder(
  folder: string,
  path: string,
  root: string,
  { entries }: Listing,
  { onList, onRead }: Watcher,
): ContextFacts | undefined {
  try {
    const ignoreFile = readIgnoreFile(folder, path);
    if (ignoreFile && entries.length * ignoreFile.text.split('\n').length > maximumMatches) return undefined;
    const entriesOf = listFolders(folder, entries, onList);
    return {
      entries,
      ignoreFile,
      dockerfile: relative(folder, path).replaceAll('\\', '/'),
      textOf: readManifests(folder),
      entriesOf,
      fileAt: lookIntoFiles(folder, entriesOf, onRead),
      gitIgnores: readGitFiles('.gitignore', folder, root),
      gitAttributes: readGitFiles('.gitattributes', folder, root),
    };
  } catch {
    // The ignore file cannot be read, so nothing is known.
    return undefined;
  }
}

/** The files of a name in the folder and in those above it. */
function readGitFiles(name: string, folder: string, root: string): NonNullable<ContextFacts['gitIgnores']> {
  const found: { below: string; text: string }[] = [];
  let at = folder;
  for (let count = 0; count < mostGitFolders; count += 1) {
    try {
      const text = readText(join(at, name), maximumIgnoreBytes);
      if (text !== undefined) found.push({ below: relative(at, folder).replaceAll('\\', '/'), text });
    } catch {
      // There is none, or it cannot be read.
    }
    if (at === root || dirname(at) === at) break;
    at = dirname(at);
  }
  return found;
}

/** Lists folders below a context, each once. A folder that its parent does not list is missing, or a link. */
function listFolders(
  root: string,
  entries: readonly string[],
  onList: (folder: string) => void,
): (path: string) => readonly string[] | undefined {
  const known = new Map<string, readonly string[] | undefined>([['', entries]]);
  const list = (path: string): readonly string[] | undefined => {
    if (known.has(path)) return known.get(path);
    const slash = path.lastIndexOf('/');
    const isListed =
      known.size <= maximumFolders &&
      path.length < longestPath &&
      list(path.slice(0, Math.max(slash, 0)))?.includes(`${path.slice(slash + 1)}/`) === true;
    if (isListed) onList(join(root, path));
    const names = isListed ? namesIn(join(root, path)) : undefined;
    known.set(path, names);
    return names;
  };
  return list;
}

function namesIn(path: string): readonly string[] | undefined {
  try {
    const names: string[] = [];
    const folder = opendirSync(path);
    try {
      for (let entry = folder.readSync(); entry; entry = folder.readSync()) {
        if (names.length === maximumNestedEntries) return undefined;
        names.push(entry.isDirectory() ? `${entry.name}/` : entry.name);
      }
    } finally {
      folder.closeSync();
    }
    return names.sort();
  } catch {
    // Missing or not accessible, so nothing is known.
    return undefined;
  }
}

/** Texts of regular files directly in a folder. */
function readManifests(folder: string): (name: string) => string | undefined {
  const read = readOnChange((path) => readText(path, maximumManifestBytes));
  return (name) => (name === basename(name) ? read(join(folder, name)) : undefined);
}

/**
 * The start of regular files below a context, and whether they may be executed. One that its folder does not list is
 * missing, or lies behind a link.
 */
function lookIntoFiles(
  root: string,
  entriesOf: (folder: string) => readonly string[] | undefined,
  onRead: (path: string) => void,
): NonNullable<ContextFacts['fileAt']> {
  const asked = new Set<string>();
  const read = readOnChange((path) => {
    const { text, mode } = readStart(path, startBytes);
    return { text, executable: process.platform === 'win32' ? undefined : (mode & 0o111) !== 0 };
  });
  return (path) => {
    const name = basename(path);
    if (entriesOf(path.slice(0, Math.max(0, path.length - name.length - 1)))?.includes(name) !== true)
      return undefined;
    if (!asked.has(path) && asked.size === mostStarts) return undefined;
    asked.add(path);
    const place = join(root, path);
    onRead(place);
    return read(place);
  };
}

/**
 * What is read of regular files, by absolute path. Rules ask at every key and not everybody watches, so it is read again
 * on change.
 */
function readOnChange<T>(read: (path: string) => T): (path: string) => T | undefined {
  const known = new Map<string, { readonly state: string; readonly value: T }>();
  return (path) => {
    try {
      const stat = lstatSync(path);
      if (!stat.isFile()) return undefined;
      const state = [stat.mtimeMs, stat.ctimeMs, stat.size, stat.ino].join(' ');
      const before = known.get(path);
      if (before?.state === state) return before.value;
      const value = read(path);
      known.set(path, { state, value });
      return value;
    } catch {
      // Missing or not accessible, so nothing is known.
      return undefined;
    }
  };
}

/**
 * BuildKit's order: `<Dockerfile>.dockerignore` beside the Dockerfile, then `.dockerignore` at the root.
 * @throws when the one in force cannot be read
 */
export function readIgnoreFile(folder: string, path: string): ContextFacts['ignoreFile'] {
  for (const candidate of [`${path}.dockerignore`, join(folder, '.dockerignore')]) {
    if (!statSync(candidate, { throwIfNoEntry: false })?.isFile()) continue;
    const text = readText(candidate, maximumIgnoreBytes);
    if (text === undefined) throw new Error('the ignore file is too large');
    return { path: relative(folder, candidate).replaceAll('\\', '/'), text };
  }
  return undefined;
}
