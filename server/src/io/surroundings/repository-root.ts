// Where a repository begins.
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** The nearest folder from this one upwards that holds `.git`. @param folder absolute */
export function repositoryRoot(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}

/**
 * How CI systems name a file: by its path from the root of the repository, or from this folder if there is none.
 * @param folder absolute: the current one
 * @returns makes a path relative, with slashes; one outside becomes absolute
 */
export function inRepository(folder: string): (path: string) => string {
  const root = repositoryRoot(folder) ?? folder;
  return (path) => {
    const absolute = resolve(folder, path);
    const inside = relative(root, absolute);
    return (inside.startsWith('..') || inside === '' ? absolute : inside).replaceAll(sep, '/');
  };
}
