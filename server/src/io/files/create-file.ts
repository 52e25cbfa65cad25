// Creates files that a fix adds, and never changes one that is there.
import { lstatSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readRegular } from './read-text';
import { rewriteFile, writeNew } from './rewrite';

/** Scripts can be started. */
const executable = 0o755;

const longestBlank = 10_000;

/** Creates a file with the folders above it. Parameters, result and errors as those of `createFile`. */
export function createFileAndFolders(folder: string, path: string, text: string): string | undefined {
  const parts = path.split('/');
  if (!isInside(parts)) return undefined;
  for (let count = 1; count < parts.length; count += 1) {
    const above = join(folder, ...parts.slice(0, count));
    if (lstatSync(above, { throwIfNoEntry: false }) === undefined) mkdirSync(above);
  }
  return createFile(folder, path, text);
}

/**
 * Creates a file if nothing is at its path, not even a link that leads nowhere.
 * @param folder absolute; the path may not leave it, also not through a link
 * @param path relative, with forward slashes
 * @returns the absolute path; undefined if something is there
 * @throws when it cannot be written
 */
export function createFile(folder: string, path: string, text: string): string | undefined {
  const parts = path.split('/');
  if (!isInside(parts)) return undefined;
  const target = join(folder, ...parts);
  for (let at = dirname(target); at !== folder && at.startsWith(folder); at = dirname(at))
    if (!lstatSync(at, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  try {
    // This neither replaces a file nor follows a link.
    writeNew(target, text, text.startsWith('#!') ? executable : undefined);
    return target;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  }
}

/**
 * Writes into a file that is blank.
 * @param path absolute
 * @throws when it is not blank any more, or cannot be written
 */
export function fillFile(path: string, text: string): void {
  const read = readRegular(path, longestBlank);
  if (read?.bytes.toString('utf8').trim() !== '') throw new Error('it is not empty any more');
  rewriteFile(path, text, read.state);
}

/** Whether a path of these parts stays in its folder. */
function isInside(parts: readonly string[]): boolean {
  return !parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\\'));
}
