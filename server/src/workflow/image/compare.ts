// Compares two images, or two builds of one: which files and packages came, went and grew, and what changed of the surface.
import { sizeText } from '../build/stored-image';
import type { Translate } from '../translate';
import { mergeLayers } from './file-tree';
import type { ReadImage } from './image';
import { surfaceRows } from './report-sheet';
import type { Sheet, SheetSection } from './sheet';
import { readSurface } from './surface';
import type { Surface } from './surface';

export interface FileChange {
  /** Absolute. */
  readonly path: string;
  /** 0: it is new. */
  readonly before: number;
  /** 0: it is gone. */
  readonly now: number;
}

export interface ImageComparison {
  readonly before: { readonly unpacked: number; readonly compressed: number | undefined };
  readonly now: { readonly unpacked: number; readonly compressed: number | undefined };
  readonly came: Changes<FileChange>;
  readonly went: Changes<FileChange>;
  /** Grew or shrank. */
  readonly changed: Changes<FileChange>;
  readonly packages: readonly PackageChange[];
  readonly surfaces: { readonly before: Surface; readonly now: Surface };
}

export interface Changes<T> {
  readonly count: number;
  /** How many bytes more that makes; negative: fewer. */
  readonly bytes: number;
  /** The largest. */
  readonly largest: readonly T[];
}

export interface PackageChange {
  readonly name: string;
  /** Empty: it is new. */
  readonly before: string;
  /** Empty: it is gone. */
  readonly now: string;
}

/** @param top how many files each list has */
export function compareImages(before: ReadImage, now: ReadImage, top: number): ImageComparison {
  const [old, current] = [mergeLayers(before.layers), mergeLayers(now.layers)];
  const sizes = (merged: typeof old): Map<string, number> =>
    new Map(
      [...merged.present.values()].flatMap(({ entry }) =>
        entry.kind === 'file' ? [[entry.path, entry.bytes]] : [],
      ),
    );
  const [oldSizes, nowSizes] = [sizes(old), sizes(current)];
  const came: FileChange[] = [];
  const changed: FileChange[] = [];
  for (const [path, bytes] of nowSizes) {
    const earlier = oldSizes.get(path);
    if (earlier === undefined) came.push({ path: `/${path}`, before: 0, now: bytes });
    else if (earlier !== bytes) changed.push({ path: `/${path}`, before: earlier, now: bytes });
  }
  const went = [...oldSizes]
    .filter(([path]) => !nowSizes.has(path))
    .map(([path, bytes]) => ({ path: `/${path}`, before: bytes, now: 0 }));
  const surfaces = { before: readSurface(old, before.config), now: readSurface(current, now.config) };
  return {
    before: totals(before),
    now: totals(now),
    came: changesOf(came, top),
    went: changesOf(went, top),
    changed: changesOf(changed, top),
    packages: packageChanges(surfaces.before, surfaces.now),
    surfaces,
  };
}

function totals({ layers }: ReadImage): ImageComparison['now'] {
  let compressed: number | undefined = 0;
  for (const layer of layers)
    compressed =
      compressed === undefined || !layer.compressed ? undefined : compressed + layer.compressed.bytes;
  return { unpacked: layers.reduce((all, { unpacked }) => all + unpacked, 0), compressed };
}

function changesOf(changes: readonly FileChange[], top: number): Changes<FileChange> {
  const size = ({ before, now }: FileChange): number => Math.abs(now - before);
  return {
    count: changes.length,
    bytes: changes.reduce((all, { before, now }) => all + now - before, 0),
    largest: [...changes].sort((a, b) => size(b) - size(a) || (a.path < b.path ? -1 : 1)).slice(0, top),
  };
}

function packageChanges(before: Surface, now: Surface): PackageChange[] {
  const versions = ({ packages }: Surface): Map<string, string> =>
    new Map(packages.map(({ name, version }) => [name, version]));
  const [old, current] = [versions(before), versions(now)];
  return [...new Set([...old.keys(), ...current.keys()])]
    .sort()
    .map((name) => ({ name, before: old.get(name) ?? '', now: current.get(name) ?? '' }))
    .filter((one) => one.before !== one.now);
}

/** @param names of the two, as the user said them */
export function comparisonSheet(
  comparison: ImageComparison,
  names: { readonly before: string; readonly now: string },
  t: Translate,
): Sheet {
  const { before, now, came, went, changed, packages } = comparison;
  const sizes = [t('{0} unpacked, before {1}', sizeText(now.unpacked), sizeText(before.unpacked))];
  if (now.compressed !== undefined && before.compressed !== undefined)
    sizes.push(t('{0} compressed, before {1}', sizeText(now.compressed), sizeText(before.compressed)));
  return {
    title: t('{0} compared with {1}', names.now, names.before),
    sections: [
      { title: '', lines: sizes },
      fileSection(t('New files'), came, t),
      fileSection(t('Files that are gone'), went, t),
      fileSection(t('Files whose size changed'), changed, t),
      packageSection(packages, t),
      surfaceSection(comparison, t),
    ],
  };
}

function fileSection(
  title: string,
  { count, bytes, largest }: Changes<FileChange>,
  t: Translate,
): SheetSection {
  if (count === 0) return { title, lines: [t('None.')] };
  const rows = largest.map(({ path, before, now }) => [signed(now - before), path]);
  const lines = [t('{0} in all: {1}', count, signed(bytes))];
  return {
    title,
    lines,
    table: { columns: [{ title: t('size'), isNumber: true }, { title: t('file') }], rows },
  };
}

function packageSection(packages: readonly PackageChange[], t: Translate): SheetSection {
  const title = t('Packages');
  if (packages.length === 0) return { title, lines: [t('The same.')] };
  const rows = packages.map(({ name, before, now }) => [
    name,
    before === '' ? '-' : before,
    now === '' ? '-' : now,
  ]);
  return {
    title,
    lines: [],
    table: { columns: [{ title: t('package') }, { title: t('before') }, { title: t('now') }], rows },
  };
}

function surfaceSection({ surfaces }: ImageComparison, t: Translate): SheetSection {
  const old = surfaceRows(surfaces.before, t);
  const rows = surfaceRows(surfaces.now, t).flatMap(([name, now], at) => {
    const before = old[at]?.[1] ?? '';
    return before === now ? [] : [[name, before, now]];
  });
  const title = t('Attack surface');
  if (rows.length === 0) return { title, lines: [t('The same.')] };
  return {
    title,
    lines: [],
    table: { columns: [{ title: '' }, { title: t('before') }, { title: t('now') }], rows },
  };
}

/** `+1.0 MB`, `-300 kB` */
export function signed(bytes: number): string {
  return bytes < 0 ? `-${sizeText(-bytes)}` : `+${sizeText(bytes)}`;
}
