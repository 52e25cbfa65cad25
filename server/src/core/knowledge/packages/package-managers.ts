// Verbs, options and caches of each package manager. One table, so that rules need no special cases.
import { languagePackageManagers } from './language-package-managers';
import type { PackageManager } from './package-manager';
import { systemPackageManagers } from './system-package-managers';

export type { PackageAction, PackageManager } from './package-manager';

export const packageManagers: readonly PackageManager[] = [
  ...systemPackageManagers,
  ...languagePackageManagers,
];

const byProgram: ReadonlyMap<string, PackageManager> = new Map(
  packageManagers.flatMap((entry) => entry.programs.map((program) => [program, entry] as const)),
);
const byModule: ReadonlyMap<string, PackageManager> = new Map(
  packageManagers.flatMap((entry) => entry.modules.map((module) => [module, entry] as const)),
);

/** The manager with this program. @param program base name, perhaps with a version: `pip3.11` */
export function managerOfProgram(program: string): PackageManager | undefined {
  const exact = byProgram.get(program);
  if (exact || !/[\d.]$/.test(program)) return exact;
  const stem = /^([a-z]+)-?\d[\d.]*$/.exec(program)?.[1];
  const versioned = stem === undefined ? undefined : byProgram.get(stem);
  return versioned?.versioned ? versioned : undefined;
}

/** The manager after `python -m MODULE`. */
export function managerOfModule(module: string): PackageManager | undefined {
  return byModule.get(module);
}

/**
 * The package name in a word, without version, release and architecture: `curl` in `curl=8.*`, `curl/stable` and
 * `curl:arm64`.
 * @param word a package word; a path or an address gives a name that matches no package
 */
export function packageName({ pins }: PackageManager, word: string): string {
  let end = word.length;
  // The first character may be part of the name: npm scopes begin with @.
  for (const mark of [...pins, ':']) {
    const at = word.indexOf(mark, 1);
    if (at > 0 && at < end) end = at;
  }
  return word.slice(0, end);
}
