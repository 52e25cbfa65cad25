// What builds and scans need from the disk: a scratch folder, and whether a path exists.
import { mkdtempSync, rmSync } from 'node:fs';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** Whether a file or folder exists at the path. */
export function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
