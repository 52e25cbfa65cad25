// The size budget: compares an image with a baseline, platform by platform, and says which instruction and which files made
// it grow. It fails for growth above a percentage and an absolute floor, so that small images may change.
import { list, object, text } from '../foreign-json';
import type { ReadImage } from './image';
import { mergeLayers } from './file-tree';
import type { ImageReport } from './report';

/** What a baseline keeps of one image and platform. */
export interface SizeRecord {
  readonly compressed: number | undefined;
  readonly unpacked: number;
  readonly steps: readonly {
    readonly instruction: string;
    readonly compressed: number | undefined;
    readonly unpacked: number;
  }[];
  /** Its files of at least `filesFrom` bytes: path → bytes. */
  readonly filesFrom: number;
  readonly files: Readonly<Record<string, number>>;
}

/** Image → platform → record. */
export type SizeBaseline = Readonly<Record<string, Readonly<Record<string, SizeRecord>>>>;

/** The file that a project commits. */
export const baselineFile = '.drydock-size.json';

/** In bytes. A baseline of many images and platforms has some hundred kilobytes. */
export const largestBaseline = 20_000_000;

/** A baseline is of all versions of an image: `registry/team/app` of `registry/team/app:1.4.0`. */
export function baselineKey(name: string): string {
  const bare = name.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
  return bare.replace(/^(?:docker\.io\/library|localhost)\//, '');
}

/** A baseline names the biggest files and no smaller ones. */
const mostFiles = 200;
const smallestFile = 10_000;

export function sizeRecord(image: ReadImage, { compressed, unpacked, steps }: ImageReport): SizeRecord {
  const all = [...mergeLayers(image.layers).present.values()]
    .filter(({ entry }) => entry.kind === 'file' && entry.bytes >= smallestFile)
    .sort((a, b) => b.entry.bytes - a.entry.bytes);
  const kept = all.slice(0, mostFiles);
  const last = kept.at(-1)?.entry.bytes ?? smallestFile;
  const files = kept.map(({ entry }): [string, number] => [`/${entry.path}`, entry.bytes]);
  return {
    compressed,
    unpacked,
    steps: steps.map((step) => ({
      instruction: step.instruction,
      compressed: step.compressed,
      unpacked: step.unpacked,
    })),
    filesFrom: all.length > mostFiles ? last + 1 : smallestFile,
    files: Object.fromEntries(files.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** @param file the text of a baseline @returns undefined if it is none */
export function readBaseline(file: string): SizeBaseline | undefined {
  let root: unknown;
  try {
    root = JSON.parse(file);
  } catch {
    return undefined;
  }
  const { version, images } = object(root);
  if (version !== 1) return undefined;
  return mapped(images, (platforms) => mapped(platforms, readRecord));
}

/** What a baseline knows of one image: a record for each platform. */
export interface KnownSizes {
  /** Where it comes from. */
  readonly source: string;
  /** Undefined: it has no such platform. */
  recordFor(platform: string): SizeRecord | undefined;
}

/** A sentence without a full stop. */
export function noBaselineText(path: string): string {
  return `there is no baseline: ${path} is missing. Write it with --write-baseline of drydock size, and commit it`;
}

/** The same for a baseline that lacks one size. @param name of the image */
export function noRecordText(
  { source }: KnownSizes,
  {
    measure,
    name,
    platform,
  }: { readonly measure: SizeMeasure; readonly name: string; readonly platform: string },
): string {
  return `there is no baseline: ${source} has no ${measure} size of ${baselineKey(name)} for ${platform}. Add it with --write-baseline`;
}

/** What a file of a baseline says of an image. @param key as `baselineKey` makes it */
export function sizesOf(
  baseline: SizeBaseline,
  key: string,
  source: string,
): KnownSizes | { readonly problem: string } {
  const platforms = Object.hasOwn(baseline, key) ? baseline[key] : undefined;
  if (!platforms) {
    const others = Object.keys(baseline).join(', ') || 'nothing';
    return {
      problem: `there is no baseline: ${source} has no size of ${key}, but of ${others}. Add it with --write-baseline`,
    };
  }
  return {
    source,
    recordFor: (platform) => (Object.hasOwn(platforms, platform) ? platforms[platform] : undefined),
  };
}

/** The file of a baseline, in an order that does not change. */
export function baselineText(baseline: SizeBaseline): string {
  const sorted = <T>(all: Readonly<Record<string, T>>): [string, T][] =>
    Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
  const images = Object.fromEntries(
    sorted(baseline).map(([name, platforms]) => [name, Object.fromEntries(sorted(platforms))]),
  );
  return `${JSON.stringify({ version: 1, images }, undefined, 2)}\n`;
}

function mapped<T>(raw: unknown, read: (value: unknown) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(object(raw)).map(([name, value]) => [name, read(value)]));
}

function readRecord(raw: unknown): SizeRecord {
  const { compressed, unpacked, steps, filesFrom, files } = object(raw);
  const sizes = Object.entries(object(files)).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return {
    compressed: typeof compressed === 'number' ? compressed : undefined,
    unpacked: number(unpacked),
    steps: list(steps)
      .map(object)
      .map((step) => ({
        instruction: text(step['instruction']),
        compressed: typeof step['compressed'] === 'number' ? step['compressed'] : undefined,
        unpacked: number(step['unpacked']),
      })),
    filesFrom: number(filesFrom),
    files: Object.fromEntries(sizes),
  };
}

function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

export type SizeMeasure = 'compressed' | 'unpacked';

export interface SizeLimits {
  readonly measure: SizeMeasure;
  /** Growth in percent that is fine. */
  readonly percent: number;
  /** Growth in bytes that is fine. */
  readonly floor: number;
}

/** What counts without an option: the bytes of a registry, and growth that is worth a look. */
export const defaultLimits = {
  measure: 'compressed',
  percent: 5,
  floor: 512 * 1024,
} as const satisfies SizeLimits;

export interface SizeGrowth {
  readonly before: number;
  readonly now: number;
  /** Beyond both limits. */
  readonly isTooMuch: boolean;
  /** Index of the step of the report that grew most, and by how much; undefined if none grew. */
  readonly step: { readonly at: number; readonly bytes: number } | undefined;
  /** New files and files that grew, the largest growth first. */
  readonly files: readonly { readonly path: string; readonly before: number; readonly now: number }[];
}

/** How many files a person reads. */
const mostNamed = 5;

/** @returns undefined if one of the two was not measured that way */
export function growthSince(
  before: SizeRecord,
  {
    now,
    steps,
  }: {
    readonly now: SizeRecord;
    readonly steps: readonly Pick<ImageReport['steps'][number], 'instruction' | SizeMeasure>[];
  },
  { measure, percent, floor }: SizeLimits,
): SizeGrowth | undefined {
  const [old, current] = [before[measure], now[measure]];
  if (old === undefined || current === undefined) return undefined;
  const grown = current - old;
  return {
    before: old,
    now: current,
    isTooMuch: grown > floor && grown * 100 > old * percent,
    step: grownStep(before, steps, measure),
    files: grownFiles(before, now),
  };
}

/** Steps are the same if they read the same; what has no counterpart is new. */
function grownStep(
  before: SizeRecord,
  steps: readonly Pick<ImageReport['steps'][number], 'instruction' | SizeMeasure>[],
  measure: SizeMeasure,
): SizeGrowth['step'] {
  const old = new Map<string, number[]>();
  for (const step of before.steps) {
    const { instruction } = step;
    old.set(instruction, [...(old.get(instruction) ?? []), step[measure] ?? 0]);
  }
  let most: SizeGrowth['step'];
  steps.forEach((step, at) => {
    const bytes = (step[measure] ?? 0) - (old.get(step.instruction)?.shift() ?? 0);
    if (bytes > 0 && bytes > (most?.bytes ?? 0)) most = { at, bytes };
  });
  return most;
}

function grownFiles(before: SizeRecord, now: SizeRecord): SizeGrowth['files'] {
  const from = Math.max(before.filesFrom, now.filesFrom);
  return Object.entries(now.files)
    .map(([path, bytes]) => ({ path, before: before.files[path] ?? 0, now: bytes }))
    .filter((one) => one.now > one.before && (one.before > 0 || one.now >= from))
    .sort((a, b) => b.now - b.before - (a.now - a.before))
    .slice(0, mostNamed);
}

/** `5%`, `5` @returns undefined if it is no such number */
export function readPercent(given: string): number | undefined {
  const [, digits] = /^(\d{1,6}(?:\.\d{1,6})?)\s*%?$/.exec(given) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

const units: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** `512KiB`, `1.5 MB`, `100000` in bytes @returns undefined if it is no size */
export function readSize(given: string): number | undefined {
  const [, digits, unit = ''] = /^(\d{1,12}(?:\.\d{1,6})?)\s*([A-Za-z]{0,3})$/.exec(given.trim()) ?? [];
  const factor = units[unit.toLowerCase() || 'b'];
  return digits === undefined || factor === undefined ? undefined : Math.round(Number(digits) * factor);
}
