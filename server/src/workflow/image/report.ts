// The report on an image: what each instruction brought, the biggest files, what later layers hide, what few images need,
// and the attack surface.
import type { BuildDescription } from '../build-description';
import { stageChain } from '../scan/attribution';
import { layerMakers } from '../scan/layer-makers';
import { mergeLayers } from './file-tree';
import type { HiddenFile, Merged, PresentFile } from './file-tree';
import type { ReadImage, ReadLayer } from './image';
import { stepText } from './step-text';
import { readSurface } from './surface';
import type { Surface } from './surface';
import { wasteKinds, wasteOf } from './waste';

/** `base`: below the first instruction of the file. `unknown`: no file was given, or its texts do not fit. */
export type StepOrigin = 'file' | 'base' | 'unknown';

export interface ReportStep {
  /** Index of its layer. */
  readonly layer: number;
  readonly digest: string;
  /** As the history has it, or as the file has it where that is known. */
  readonly instruction: string;
  /** One-based; undefined if the instruction is not known. */
  readonly line: number | undefined;
  readonly origin: StepOrigin;
  /** Bytes of its files. */
  readonly unpacked: number;
  readonly compressed: number | undefined;
  readonly files: number;
  /** Bytes of its files that a later layer deletes or replaces. */
  readonly hidden: number;
  /** Its biggest files that are there at the end; only if they were asked for. */
  readonly biggest?: readonly ReportFile[];
}

export interface ReportFile {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** Index into the steps. */
  readonly step: number;
}

export interface ReportHidden extends ReportFile {
  readonly by: number;
  readonly how: HiddenFile['how'];
}

export interface ReportWaste {
  readonly kind: string;
  readonly title: string;
  readonly bytes: number;
  readonly files: number;
  /** The steps that brought it, those with most first. */
  readonly steps: readonly number[];
  readonly biggest: string;
}

export interface ImageReport {
  readonly version: 1;
  readonly names: readonly string[];
  readonly platform: string;
  /** Bytes of the files of all layers, also of those that later layers hide. */
  readonly unpacked: number;
  /** Bytes of all layers, compressed; undefined if that was not measured. */
  readonly compressed: number | undefined;
  /** Whether those are the bytes that a registry sends, or what gzip makes of layers that are stored unpacked. */
  readonly compressedHow: 'stored' | 'measured' | 'both' | undefined;
  readonly steps: readonly ReportStep[];
  readonly biggest: readonly ReportFile[];
  readonly hiddenBytes: number;
  readonly hiddenFiles: number;
  readonly hidden: readonly ReportHidden[];
  readonly waste: readonly ReportWaste[];
  readonly surface: Surface;
  /** What is not known. */
  readonly notes: readonly ReportNote[];
}

export interface ReportNote {
  readonly kind: 'foreign' | 'refused' | 'history';
  readonly count: number;
}

export interface ReportOptions {
  /** How many files each list has. */
  readonly top: number;
  /** The Dockerfile that it was built from. */
  readonly description?: BuildDescription | undefined;
  /** The stage that was built; the last one without it. */
  readonly target?: string | undefined;
  /** How many files each step names; without it none. */
  readonly perStep?: number;
}

export function reportOn(image: ReadImage, options: ReportOptions): ImageReport {
  const merged = mergeLayers(image.layers);
  const biggest = [...merged.present.values()].filter(
    ({ entry }) => entry.kind === 'file' && entry.bytes > 0,
  );
  const { top } = options;
  return {
    version: 1,
    names: image.names,
    platform: image.platform,
    unpacked: sum(image.layers.map(({ unpacked }) => unpacked)),
    ...compressedOf(image.layers),
    steps: withFiles(stepsOf(image, merged, options), biggest, options.perStep),
    biggest: largest(biggest, top).map(toFile),
    hiddenBytes: sum(merged.hidden.map(({ entry }) => entry.bytes)),
    hiddenFiles: merged.hidden.length,
    hidden: largest(merged.hidden, top).map(({ by, how, ...file }) => ({ ...toFile(file), by, how })),
    waste: wasteIn(biggest),
    surface: readSurface(merged, image.config),
    notes: notesOn(image),
  };
}

function compressedOf(layers: readonly ReadLayer[]): Pick<ImageReport, 'compressed' | 'compressedHow'> {
  const known = layers.map(({ compressed }) => compressed).filter((one) => one !== undefined);
  if (known.length < layers.length) return { compressed: undefined, compressedHow: undefined };
  const hows = new Set(known.map(({ how }) => how));
  const [only = 'stored'] = hows;
  return { compressed: sum(known.map(({ bytes }) => bytes)), compressedHow: hows.size > 1 ? 'both' : only };
}

function stepsOf(image: ReadImage, { hidden }: Merged, { description, target }: ReportOptions): ReportStep[] {
  const texts = layerTexts(image);
  const chain = description ? stageChain(description, target) : [];
  const instructions = description?.instructions ?? [];
  const members = instructions.flatMap(({ stage }, at) =>
    stage !== undefined && chain.includes(stage) ? [at] : [],
  );
  const makers = layerMakers(
    texts.map((createdBy) => ({ createdBy })),
    members,
    instructions,
  );
  const isKnown = makers.some((one) => one !== undefined);
  const hiddenIn = new Map<number, number>();
  for (const { layer, entry } of hidden) hiddenIn.set(layer, (hiddenIn.get(layer) ?? 0) + entry.bytes);
  return image.layers.map((layer, at): ReportStep => {
    const maker = makers[at]?.length === 1 ? instructions[makers[at][0] ?? -1] : undefined;
    return {
      layer: at,
      digest: layer.digest,
      instruction: maker?.text ?? stepText(texts[at] ?? ''),
      line: maker && maker.mark.start.line + 1,
      origin: makers[at] ? 'file' : isKnown ? 'base' : 'unknown',
      unpacked: layer.unpacked,
      compressed: layer.compressed?.bytes,
      files: layer.entries.filter(({ kind }) => kind === 'file' || kind === 'hardlink').length,
      hidden: hiddenIn.get(at) ?? 0,
    };
  });
}

function withFiles(
  steps: readonly ReportStep[],
  files: readonly PresentFile[],
  count: number | undefined,
): readonly ReportStep[] {
  if (count === undefined) return steps;
  const byLayer = new Map<number, PresentFile[]>();
  for (const file of files) {
    const list = byLayer.get(file.layer);
    if (list) list.push(file);
    else byLayer.set(file.layer, [file]);
  }
  return steps.map((step) => ({
    ...step,
    biggest: largest(byLayer.get(step.layer) ?? [], count).map(toFile),
  }));
}

/** From the end: a base image that was put together by another tool may lack a part of its history. */
function layerTexts({ history, layers }: ReadImage): string[] {
  const steps = history.filter(({ isEmpty }) => !isEmpty);
  const missing = layers.length - steps.length;
  return layers.map((_, at) => steps[at - missing]?.createdBy ?? '');
}

function notesOn({ layers, history }: ReadImage): ReportNote[] {
  const foreign = layers.filter(({ isForeign }) => isForeign).length;
  const refused = sum(layers.map((layer) => layer.refused));
  const silent = layers.length - history.filter(({ isEmpty }) => !isEmpty).length;
  const notes: ReportNote[] = [
    { kind: 'foreign', count: foreign },
    { kind: 'refused', count: refused },
    { kind: 'history', count: Math.max(0, silent) },
  ];
  return notes.filter(({ count }) => count > 0);
}

function wasteIn(files: readonly PresentFile[]): ReportWaste[] {
  const found = new Map<string, PresentFile[]>();
  for (const file of files) {
    const kind = wasteOf(file.entry.path);
    if (!kind) continue;
    const list = found.get(kind.id);
    if (list) list.push(file);
    else found.set(kind.id, [file]);
  }
  return wasteKinds
    .flatMap(({ id, title }): ReportWaste[] => {
      const all = found.get(id);
      if (!all) return [];
      const bySteps = new Map<number, number>();
      for (const { layer, entry } of all) bySteps.set(layer, (bySteps.get(layer) ?? 0) + entry.bytes);
      const steps = [...bySteps].sort((a, b) => b[1] - a[1]).map(([step]) => step);
      const [first] = largest(all, 1);
      const bytes = sum(all.map(({ entry }) => entry.bytes));
      return [{ kind: id, title, bytes, files: all.length, steps, biggest: `/${first?.entry.path ?? ''}` }];
    })
    .sort((a, b) => b.bytes - a.bytes);
}

function largest<T extends PresentFile>(files: readonly T[], count: number): T[] {
  return [...files]
    .sort((a, b) => b.entry.bytes - a.entry.bytes || (a.entry.path < b.entry.path ? -1 : 1))
    .slice(0, count);
}

function toFile({ entry, layer }: PresentFile): ReportFile {
  return { path: `/${entry.path}`, bytes: entry.bytes, step: layer };
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
