// The Dockerfiles that a file may be built by: beside it, in the folders above it, and in folders there that exist to hold
// build files.
import { basename, dirname, join } from 'node:path';
import { isDockerfileName } from '../files/find-dockerfiles';
import { foldersUpTo } from '../files/on-disk';
import { buildFolder } from './build-context';
import { listFolder } from './context-facts';

/**
 * @param path absolute
 * @param root absolute folder at which the search ends; undefined: only beside the file
 * @returns absolute paths, the nearest first
 */
export function dockerfilesAround(path: string, root: string | undefined): readonly string[] {
  const own = dirname(path);
  return foldersUpTo(own, root ?? own).flatMap((folder) => {
    const inside = namesIn(folder).filter(
      (name) => name.endsWith('/') && buildFolder.test(name.slice(0, -1)),
    );
    return [folder, ...inside.map((name) => join(folder, basename(name)))].flatMap(dockerfilesIn);
  });
}

function dockerfilesIn(folder: string): readonly string[] {
  return namesIn(folder).flatMap((name) =>
    isDockerfileName(name) && !name.endsWith('/') ? join(folder, name) : [],
  );
}

function namesIn(folder: string): readonly string[] {
  return listFolder(folder, new Map())?.entries ?? [];
}
