// What builds and scans need from the disk: a scratch folder, the folders above one, and whether a path exists.
import { mkdtempSync, rmSync } from 'node:fs';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import type { FolderPath } from '../../workflow/checked-arguments';

/** @param work is given the absolute path of an empty folder that nobody else can read */
export async function withScratchFolder<T>(work: (folder: FolderPath) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-'));
  try {
    return await work(folder as FolderPath);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same for work that is done at once. */
export function withScratchFolderNow<T>(work: (folder: FolderPath) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-'));
  try {
    return work(folder as FolderPath);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** More than a project nests. */
const mostFolders = 32;

/** Whether an absolute folder is the root or lies below it. */
export function isInside(folder: string, root: string): boolean {
  return folder === root || folder.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** A folder and those above it up to the root, the nearest first. Itself alone if it is outside of the root. */
export function foldersUpTo<F extends string>(folder: F, root: string): readonly F[] {
  const folders = [folder];
  if (!isInside(folder, root)) return folders;
  for (let at: string = folder; at !== root && dirname(at) !== at && folders.length < mostFolders;) {
    at = dirname(at);
    folders.push(at as F);
  }
  return folders;
}

/** Whether a file or folder exists at the path. */
export function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
