// The files of a project, for the search for its language, versions and programs. Within bounds, and never through links.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../files/read-text';

const mostFiles = 5000;
const deepest = 5;
/** Packages of Java and Kotlin are folders: com/example/shop. */
const packages = /(?:^|\/)src\/main\/(?:java|kotlin)(?:\/|$)/;
const deepestPackage = 14;
/** Manifests and sources that people write are shorter. */
const maximumBytes = 500_000;

/** What tools make or download, and what version control keeps. */
const skipped =
  /^(?:\.(?!config$|python-version$).*|node_modules|vendor|target|dist|build|out|bin|obj|venv|env|__pycache__|coverage|testdata)$/;

/** Files in skipped folders that say something. */
const wanted = ['.git/config', 'vendor/modules.txt'];

/** A skipped folder whose own files say something. */
const wantedFolder = '.github/workflows';

/** Below a folder; the text of a file is read when it is asked for, once. */
export interface FolderFiles {
  readonly paths: readonly string[];
  text(path: string): string | undefined;
}

/** @param folder absolute @returns no paths if it cannot be listed */
export function readProjectFiles(folder: string): FolderFiles {
  const paths = [
    ...filesBelow(folder),
    ...wanted.filter((path) => read(folder, path) !== undefined),
    ...filesIn(folder, wantedFolder),
  ].sort();
  const known = new Set(paths);
  const texts = new Map<string, string | undefined>();
  return {
    paths,
    text(path) {
      if (!known.has(path)) return undefined;
      if (!texts.has(path)) texts.set(path, read(folder, path));
      return texts.get(path);
    },
  };
}

function filesBelow(folder: string): readonly string[] {
  const found: string[] = [];
  const queue = [{ path: '', depth: 0 }];
  for (let next = queue.shift(); next && found.length < mostFiles; next = queue.shift()) {
    const { path, depth } = next;
    try {
      for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
        const below = path === '' ? entry.name : `${path}/${entry.name}`;
        if (entry.isFile()) found.push(below);
        else if (
          entry.isDirectory() &&
          depth < (packages.test(below) ? deepestPackage : deepest) &&
          !isSkipped(entry.name, path)
        )
          queue.push({ path: below, depth: depth + 1 });
      }
    } catch {
      // Nothing is known about a folder that cannot be listed.
    }
  }
  return found.slice(0, mostFiles);
}

function filesIn(folder: string, below: string): readonly string[] {
  try {
    const entries = readdirSync(join(folder, below), { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => `${below}/${name}`);
  } catch {
    // There is none, or it cannot be listed.
    return [];
  }
}

/** Programs of Rust lie in `src/bin`. */
function isSkipped(name: string, parent: string): boolean {
  return skipped.test(name) && !(name === 'bin' && parent.endsWith('src'));
}

function read(folder: string, path: string): string | undefined {
  try {
    return readText(join(folder, path), maximumBytes);
  } catch {
    // Missing, a link to a device, or not to be read: nothing is known.
    return undefined;
  }
}
