// Finds files below a folder, for the tools.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} folder
 * @param {(path: string) => boolean} wanted
 * @returns {string[]} sorted paths with forward slashes
 */
export function globFiles(folder, wanted) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).replaceAll('\\', '/'))
    .filter(wanted)
    .sort();
}
