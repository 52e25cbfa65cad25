// Where a program of this machine is.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * @param {string} path absolute
 * @returns {boolean} whether a file is there that may be run
 */
export function canRun(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // It is not there, or not for us.
    return false;
  }
}

/**
 * @param {string} name
 * @param {readonly string[]} more folders to look into after those of PATH
 * @returns {string | undefined} its absolute path. Daemons are in folders that a user's PATH leaves out: there too.
 */
export function findProgram(name, more = []) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin', ...more];
  return folders.map((folder) => join(folder, name)).find(canRun);
}
