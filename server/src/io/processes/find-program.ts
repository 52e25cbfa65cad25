// Finds programs by absolute path, so that nothing starts through a shell or from the current folder.
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import type { Surroundings } from '../../workflow/tool';

export interface SearchPlace extends Surroundings {
  /** Folders to search after the PATH; by default the usual ones of the platform. */
  readonly usual?: readonly string[];
}

/** Where installers put container tools. The PATH of a program started from the desktop often lacks these folders. */
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
    // Missing or not accessible: the same answer.
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
