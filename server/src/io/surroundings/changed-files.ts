// Where changed files lie in the build context of a Dockerfile, and the ignore file that decides about them. Reads the
// ignore file and what tells the context, and never the changed files.
import { statSync } from 'node:fs';
import { dirname, isAbsolute, relative } from 'node:path';
import { inWords } from '../files/file-errors';
import { readIgnoreFile } from './context-facts';
import { readSurroundings } from './surroundings';

export interface DockerfileOnDisk {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  /** Absolute folder that the user named as the context; undefined: it is looked for. */
  readonly context: string | undefined;
  /** Absolute folder at which the search for the context ends. */
  readonly root: string | undefined;
}

export interface ChangedFiles {
  /** Absolute folder of the context. */
  readonly context: string;
  /** Whether nothing tells the context, so that the folder of the Dockerfile is taken. */
  readonly isGuess: boolean;
  /** Its path in the context, and its text. */
  readonly ignoreFile: { readonly path: string; readonly text: string } | undefined;
  /** The Dockerfile in the context; undefined if it lies elsewhere. */
  readonly dockerfile: string | undefined;
  /** Those that lie in the context, by their paths in it; `exact: false` for a folder. */
  readonly changed: readonly { readonly path: string; readonly exact: boolean }[];
}

/** @param paths absolute; the files need not be there any more @returns a clause that says why nothing is known */
export function placeChangedFiles(
  { path, text, context: named, root }: DockerfileOnDisk,
  paths: readonly string[],
): ChangedFiles | { readonly problem: string } {
  const options = { configRoot: root, contextRoot: root };
  const found = named ?? readSurroundings(path, text, options).contextFolder;
  const context = found ?? dirname(path);
  const inside = (file: string): string | undefined => {
    const below = relative(context, file).replaceAll('\\', '/');
    return below.startsWith('../') || below === '..' || isAbsolute(below) ? undefined : below;
  };
  let ignoreFile;
  try {
    ignoreFile = readIgnoreFile(context, path);
  } catch (error) {
    return { problem: `the ignore file cannot be read: ${inWords(error)}` };
  }
  return {
    context,
    isGuess: found === undefined,
    ignoreFile,
    dockerfile: inside(path),
    changed: paths.flatMap((file) => {
      const below = inside(file);
      return below === undefined ? [] : [{ path: below, exact: !isFolder(file) }];
    }),
  };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    // A file that nobody may look at is still no folder that is known.
    return false;
  }
}
