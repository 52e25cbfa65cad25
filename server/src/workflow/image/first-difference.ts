// Why two builds of one file made different images: the first layer that differs and its files, or the fields of the
// configuration. Takes facts, so that the reader decides how much it keeps.
import { isRecord } from '../../core/text/record';
import type { Translate } from '../translate';
import { shortened, stepText } from './step-text';

/** One file of a layer, with all that its layer's digest depends on. */
export interface FilePrint {
  /** As in the archive. */
  readonly path: string;
  readonly kind: string;
  readonly mode: number;
  readonly owner: string;
  readonly modified: number;
  readonly target: string;
  /** SHA-256 of what it holds. */
  readonly content: string;
  /** Extended attributes. */
  readonly attributes: string;
}

export interface LayerPrint {
  /** Counts from 1, from the bottom. */
  readonly number: number;
  /** What made it, as the history says; empty if it does not. */
  readonly step: string;
  readonly files: readonly FilePrint[];
}

/** Of one place in two images. */
export interface Difference {
  /** Path of a file, or of a field: `config.Env.0`. */
  readonly place: string;
  readonly what:
    'missing' | 'kind' | 'content' | 'target' | 'mode' | 'owner' | 'time' | 'attributes' | 'value';
  readonly first: string;
  readonly second: string;
}

export type ArchivesCompared =
  /** `differences` is empty if the archives of the layers differ and their files do not: in their order, say. */
  | {
      readonly kind: 'layer';
      readonly number: number;
      readonly step: string;
      readonly differences: readonly Difference[];
    }
  /** One has more layers than the other. */
  | { readonly kind: 'layers'; readonly first: number; readonly second: number }
  | { readonly kind: 'config'; readonly differences: readonly Difference[] };

/** Each file once, with what weighs most of it; in the order of the first layer, then what the second has beside it. */
export function fileDifferences(first: LayerPrint, second: LayerPrint): Difference[] {
  const others = new Map(second.files.map((file) => [file.path, file]));
  const known = new Set(first.files.map(({ path }) => path));
  return [
    ...first.files.flatMap((file) => {
      const difference = fileDifference(file, others.get(file.path));
      return difference ? [difference] : [];
    }),
    ...second.files
      .filter(({ path }) => !known.has(path))
      .map(({ path, kind }) => ({ place: path, what: 'missing' as const, first: 'not there', second: kind })),
  ];
}

function fileDifference(one: FilePrint, other: FilePrint | undefined): Difference | undefined {
  const place = one.path;
  if (!other) return { place, what: 'missing', first: one.kind, second: 'not there' };
  const pairs: readonly (readonly [what: Difference['what'], first: string, second: string])[] = [
    ['kind', one.kind, other.kind],
    ['content', one.content.slice(0, 12), other.content.slice(0, 12)],
    ['target', one.target, other.target],
    ['mode', octal(one.mode), octal(other.mode)],
    ['owner', one.owner, other.owner],
    ['attributes', one.attributes, other.attributes],
    ['time', timeText(one.modified), timeText(other.modified)],
  ];
  const [what, first, second] = pairs.find(([, a, b]) => a !== b) ?? [];
  return what === undefined ? undefined : { place, what, first: first ?? '', second: second ?? '' };
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** Seconds since 1970 as a date; far ones stay numbers. */
function timeText(seconds: number): string {
  const last = 253_402_300_799;
  return seconds >= 0 && seconds <= last
    ? new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
    : String(seconds);
}

/** How deep configurations go. */
const deepest = 20;

/** Fields of two configurations that are not the same. */
export function configDifferences(first: unknown, second: unknown): Difference[] {
  const [one, other] = [fieldsOf(first), fieldsOf(second)];
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((place) => one.get(place) !== other.get(place))
    .map((place) => ({
      place,
      what: 'value',
      first: one.get(place) ?? 'not there',
      second: other.get(place) ?? 'not there',
    }));
}

function fieldsOf(root: unknown): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const walk = (value: unknown, place: string, depth: number): void => {
    const isInner = depth < deepest && (Array.isArray(value) || isRecord(value));
    const inner = isInner ? Object.entries(value as object) : [];
    if (inner.length === 0) fields.set(place, JSON.stringify(value) ?? '');
    for (const [name, one] of inner) walk(one, place === '' ? name : `${place}.${name}`, depth + 1);
  };
  walk(root, '', 0);
  return fields;
}

/** What differs, for people. */
export interface DifferenceText {
  /** A sentence without a full stop. */
  readonly head: string;
  /** A path or a field, and what stands there in the first and in the second. */
  readonly rows: readonly (readonly [place: string, change: string])[];
  /** How many rows are left out. */
  readonly more: number;
  /** What helps; empty if there is nothing to say. */
  readonly advice: string;
}

/** How many differences are shown. */
const shown = 10;

export function differenceText(compared: ArchivesCompared, t: Translate): DifferenceText {
  if (compared.kind === 'layers')
    return {
      head: t('The first has {0} layers, the second {1}', compared.first, compared.second),
      rows: [],
      more: 0,
      advice: '',
    };
  const { differences } = compared;
  const rows = differences
    .slice(0, shown)
    .map(({ place, what, first, second }): [string, string] => [
      compared.kind === 'layer' ? `/${place.replace(/^(?:\.?\/)+/, '')}` : place,
      `${what === 'value' || what === 'missing' ? '' : `${what}: `}${t('{0}, then {1}', first, second)}`,
    ]);
  const more = differences.length - rows.length;
  if (compared.kind === 'config')
    return { head: t('The layers are the same; the configuration differs'), rows, more, advice: '' };
  const step = shortened(stepText(compared.step), 80);
  const head =
    step === ''
      ? t('The first layer that differs is number {0}', compared.number)
      : t('The first layer that differs is number {0}, of {1}', compared.number, step);
  const advice =
    rows.length === 0
      ? t('Its files are the same; they stand in another order')
      : differences.every(({ what }) => what === 'time')
        ? t(
            'Only times differ: buildx sets those of files with --argument=--output=type=docker,rewrite-timestamp=true',
          )
        : t('drydock check --profile reproducible names instructions whose result changes');
  return { head, rows, more, advice };
}
