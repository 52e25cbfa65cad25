// The steps of a scan: the scanner finds the image itself, or we export it from the engine's own store first.
import type { BuildDescription, DescribedStage } from '../build-description';
import type { BuiltImage } from '../build/built-image';
import { fileIn, imageName, imageReference } from '../checked-arguments';
import type { FilePath, FolderPath, ImageReference } from '../checked-arguments';
import { lookInStores } from '../image/look-in-stores';
import type { StoreSearch } from '../image/look-in-stores';
import type { Outcome, Printed, Run, Runner, RunOptions } from '../run';
import type { Engine, FoundTool, ScanExtras, Scanner, Subject } from '../tool';
import type { Scanned } from './findings';
import type { ScanReport } from './report';
import { scanProblem } from './scan-problem';

/** One way to get at an image. */
export interface ScanAttempt {
  /** Has to be done first. */
  readonly save?: Run<undefined, Printed>;
  readonly scan: Run<ScanReport, Printed>;
}

/** A scanner, as it is on this machine. */
export interface ReadyScanner {
  readonly scanner: Scanner;
  readonly found: FoundTool;
}

/** How to scan something, one way after the other. */
export type ScanAttempts = (
  ready: ReadyScanner,
  scratch: FolderPath,
  extras?: ScanExtras,
) => readonly ScanAttempt[] | Promise<readonly ScanAttempt[]>;

/** `problem`: why there is no report, without a full stop. */
export type ScanEnd = { readonly scanned: Scanned } | { readonly problem: string };

/** Base images of a file whose names are known without a build. */
export interface KnownBase {
  readonly stage: DescribedStage;
  readonly image: ImageReference;
}

/** The text comes from the file, so it drops everything that is not the name of an image in a registry. */
export function knownBases({ stages }: Pick<BuildDescription, 'stages'>): readonly KnownBase[] {
  return stages.flatMap((stage) => {
    const image = stage.baseImage === undefined ? undefined : imageReference(stage.baseImage);
    return image === undefined ? [] : [{ stage, image }];
  });
}

/** First where the engine keeps it, if a scanner can read that, then out of the engine's store. */
export function attemptsOnBuilt(
  { id: image, engine: id, program }: Pick<BuiltImage, 'id' | 'engine' | 'program'>,
  engine: Engine,
  { scanner, found }: ReadyScanner,
  scratch: FolderPath,
  extras?: ScanExtras,
): readonly ScanAttempt[] {
  const file = fileIn(scratch, 'image.tar');
  const scanOf = (subject: Subject): Run<ScanReport, Printed> =>
    scanner.commands.scan(found, subject, scratch, extras);
  const save = engine.commands.save({ id, program }, image, file);
  const archive: ScanAttempt = { save, scan: scanOf({ kind: 'archive', file }) };
  return engine.keepsImagesInService ? [{ scan: scanOf({ kind: 'docker', image }) }, archive] : [archive];
}

/** One attempt for each place where the image may be. */
export function attemptsByName(
  image: ImageReference,
  { scanner, found }: ReadyScanner,
  scratch: FolderPath,
  extras?: ScanExtras,
): readonly ScanAttempt[] {
  return scanner.commands.scanByName(found, image, scratch, extras).map((scan) => ({ scan }));
}

/** Where images are looked for. */
export type StorePlaces = Pick<StoreSearch, 'machine' | 'paths' | 'signal'>;

/**
 * The same, for an image that podman or buildah may have: they keep images where no scanner can look, so that one has to be
 * written out first.
 */
export async function attemptsEverywhere(
  image: ImageReference,
  ready: ReadyScanner,
  scratch: FolderPath,
  places: StorePlaces,
  extras?: ScanExtras,
): Promise<readonly ScanAttempt[]> {
  const byName = attemptsByName(image, ready, scratch, extras);
  // A store is asked by name or id; what has a digest comes from a registry.
  const name = imageName(image);
  if (name === undefined) return byName;
  for await (const { engine, program, outcome } of lookInStores(name, { ...places, scratch })) {
    if (outcome.kind !== 'done') continue;
    if (engine.keepsImagesInService) return byName;
    const stored = { id: outcome.value.id, engine: engine.id, program: program.program };
    return attemptsOnBuilt(stored, engine, ready, scratch, extras);
  }
  return byName;
}

/** An archive may have either layout, and only a look tells which. */
export function attemptsOnFile(
  kind: 'archive' | 'sbom',
  file: FilePath,
  { scanner, found }: ReadyScanner,
  scratch: FolderPath,
  extras?: ScanExtras,
): readonly ScanAttempt[] {
  const subjects: readonly Subject[] =
    kind === 'sbom'
      ? [{ kind, file }]
      : [
          { kind, file },
          { kind, file, layout: 'oci' },
        ];
  return subjects.map((subject) => ({ scan: scanner.commands.scan(found, subject, scratch, extras) }));
}

/**
 * Tries in order until one attempt gives a report.
 * @returns the outcome of the last attempt. An image that cannot be written out ends it, and so does what would stop
 * every attempt.
 */
export async function scanImage(
  attempts: readonly ScanAttempt[],
  runner: Runner,
  options: RunOptions<Printed>,
): Promise<Outcome<ScanReport>> {
  let outcome: Outcome<ScanReport> = { kind: 'cancelled' };
  for (const { save, scan } of attempts) {
    if (save) {
      const saved = await runner.run(save, options);
      if (saved.kind !== 'done') return saved;
    }
    outcome = await runner.run(scan, options);
    if (outcome.kind === 'done' || outcome.kind === 'cancelled' || outcome.kind === 'missing') return outcome;
    if (outcome.kind === 'failed' && scanProblem(outcome.said) === 'noDatabase') return outcome;
  }
  return outcome;
}
