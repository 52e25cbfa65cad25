// hadolint's configuration for everything that a user lints, at the places where hadolint looks for it.
// https://github.com/hadolint/hadolint#configure
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * The first of them that exists. It belongs to the user, so it needs no trust in the workspace.
 * @param env variables of the process
 * @param home folder of the user
 * @returns an absolute path
 */
export function userHadolint(env: NodeJS.ProcessEnv = process.env, home = homedir()): string | undefined {
  const inFolder = (folder: string | undefined, ...names: string[]): string[] =>
    folder !== undefined && isAbsolute(folder) ? names.map((name) => join(folder, name)) : [];
  const places = [
    ...inFolder(env['XDG_CONFIG_HOME'], 'hadolint'),
    // On Windows these stand for the one above.
    ...inFolder(env['LOCALAPPDATA'], 'hadolint'),
    ...inFolder(env['APPDATA'], 'hadolint'),
    ...inFolder(home, '.config/hadolint', '.hadolint/hadolint', 'hadolint/config', '.hadolint'),
  ];
  return places.flatMap((place) => [`${place}.yaml`, `${place}.yml`]).find((path) => existsSync(path));
}
