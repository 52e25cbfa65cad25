// Reads the lists of packages that dpkg and apk keep in an image; distroless images have one file for each package.
import type { PresentFile } from './file-tree';

export interface InstalledPackage {
  readonly kind: 'deb' | 'apk';
  readonly name: string;
  readonly version: string;
}

/** @param present by path @returns sorted by name */
export function readPackages(present: ReadonlyMap<string, PresentFile>): readonly InstalledPackage[] {
  const found = new Map<string, InstalledPackage>();
  for (const [path, { entry }] of present) {
    if (entry.text === undefined) continue;
    const read = path.includes('/apk/db/')
      ? readApk(entry.text)
      : path.includes('/dpkg/')
        ? readDpkg(entry.text)
        : [];
    for (const one of read) found.set(`${one.kind} ${one.name}`, one);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Paragraphs of `Package:`, `Status:` and `Version:`; distroless images have no status, as all is installed. */
function readDpkg(text: string): InstalledPackage[] {
  return text.split(/\n\n+/).flatMap((paragraph) => {
    const fields = new Map(paragraph.split('\n').flatMap(pairOf));
    const field = (name: string): string => fields.get(name) ?? '';
    const name = field('Package');
    const status = field('Status');
    if (name === '' || (status !== '' && !status.endsWith(' installed'))) return [];
    return [{ kind: 'deb' as const, name, version: field('Version') }];
  });
}

function pairOf(line: string): [string, string][] {
  const at = line.indexOf(': ');
  return at < 1 || line.startsWith(' ') ? [] : [[line.slice(0, at), line.slice(at + 2).trim()]];
}

/** Paragraphs of `P:name` and `V:version`. */
function readApk(text: string): InstalledPackage[] {
  return text.split(/\n\n+/).flatMap((paragraph) => {
    const field = (letter: string): string =>
      paragraph
        .split('\n')
        .find((line) => line.startsWith(`${letter}:`))
        ?.slice(2)
        .trim() ?? '';
    const name = field('P');
    return name === '' ? [] : [{ kind: 'apk' as const, name, version: field('V') }];
  });
}
