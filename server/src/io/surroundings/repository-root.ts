// Where a repository begins.
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/**
 * The nearest folder from this one upwards that holds `.git`.
 * @param folder absolute
 * @param known answers for folders asked about before, in a run in which nothing changes; filled as it goes
 */
export function repositoryRoot(
  folder: string,
  known = new Map<string, string | undefined>(),
): string | undefined {
  if (known.has(folder)) return known.get(folder);
  const parent = dirname(folder);
  const isTop = existsSync(join(folder, '.git'));
  const root = isTop ? folder : parent === folder ? undefined : repositoryRoot(parent, known);
  known.set(folder, root);
  return root;
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
