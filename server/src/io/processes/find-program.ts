// Finds programs by absolute path, so that nothing is ever started through a shell or out of the folder
// that happens to be current.
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import type { Surroundings } from '../../workflow/tool';

export interface SearchPlace extends Surroundings {
  /** Folders to search behind the PATH; those that are usual on the platform without it. */
  readonly usual?: readonly string[];
}

/**
 * Where container tools are installed by their own installers without the PATH of a program that was started
 * from the desktop knowing it.
 */
function usualFolders({ platform }: Surroundings): string[] {
  if (platform === 'darwin') {
    return [
      '/usr/local/bin',
      '/opt/homebrew/bin',
      '/opt/podman/bin',
      '/Applications/Docker.app/Contents/Resources/bin',
      `${homedir()}/.docker/bin`,
      `${homedir()}/.rd/bin`,
    ];
  }
  if (platform === 'win32') return [];
  return ['/usr/local/bin', '/usr/bin', `${homedir()}/.docker/bin`, `${homedir()}/.rd/bin`];
}

/** The folders of the PATH in order, relative ones left out, then the usual ones. */
export function searchFolders(surroundings: SearchPlace): string[] {
  const { env, platform } = surroundings;
  const path = platform === 'win32' ? win32 : posix;
  // Windows writes it `Path`; a plain copy of the environment is case-sensitive.
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const listed = (env[name] ?? '').split(path.delimiter).map((folder) => folder.replace(/^"(.*)"$/, '$1'));
  return [
    ...new Set([
      ...listed.filter((folder) => path.isAbsolute(folder)),
      ...(surroundings.usual ?? usualFolders(surroundings)),
    ]),
  ];
}

/** Whether the path is a file that may be run. */
export async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    // Not there, or not for us: the same answer.
    return false;
  }
}

/**
 * @param name without `.exe`
 * @returns the absolute path of the first match, or undefined. On Windows only `.exe`: scripts need a shell.
 */
export async function findProgram(name: string, surroundings: SearchPlace): Promise<string | undefined> {
  const windows = surroundings.platform === 'win32';
  const path = windows ? win32 : posix;
  for (const folder of searchFolders(surroundings)) {
    const candidate = path.join(folder, windows ? `${name}.exe` : name);
    if (await isProgram(candidate)) return candidate;
  }
  return undefined;
}
