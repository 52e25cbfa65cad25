// Creates files that a fix adds, and never changes one that is there.
import { lstatSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Creates a file if nothing is at its path, not even a link that leads nowhere.
 * @param folder absolute; the path may not leave it, also not through a link
 * @param path relative, with forward slashes
 * @returns the absolute path; undefined if something is there
 * @throws when it cannot be written
 */
export function createFile(folder: string, path: string, text: string): string | undefined {
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\\')))
    return undefined;
  const target = join(folder, ...parts);
  for (let at = dirname(target); at !== folder && at.startsWith(folder); at = dirname(at))
    if (!lstatSync(at, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  try {
    // Exclusive creation neither replaces a file nor follows a link.
    writeFileSync(target, text, { flag: 'wx' });
    return target;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  }
}
