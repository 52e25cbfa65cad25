// Where a repository begins.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The nearest folder from this one upwards that holds `.git`. @param folder absolute */
export function repositoryRoot(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}
