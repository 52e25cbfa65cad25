// The steps of a scan: the scanner finds the image itself, or we export it from the engine's own store first.
import type { BuildDescription, DescribedStage } from '../../protocol';
import type { BuiltImage } from '../build/built-image';
import { fileIn, imageReference } from '../checked-arguments';
import type { FolderPath, ImageReference } from '../checked-arguments';
import type { Outcome, Printed, Run, Runner, RunOptions } from '../run';
import type { Engine, FoundTool, Scanner, Subject } from '../tool';
import type { ScanReport } from './report';

/** One way to get at an image. */
export interface ScanAttempt {
  /** Has to be done first. */
  readonly save?: Run<undefined, Printed>;
  readonly subject: Subject;
}

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

/** First as the scanner finds it by itself, then out of the engine's store. */
export function attemptsOnBuilt(
  { tag, engine: id, program }: BuiltImage,
  engine: Engine,
  scratch: FolderPath,
): readonly ScanAttempt[] {
  const file = fileIn(scratch, 'image.tar');
  const save = engine.commands.save({ id, program }, tag, file);
  const archive: ScanAttempt = { save, subject: { kind: 'archive', file } };
  return engine.keepsImagesInService ? [{ subject: { kind: 'docker', image: tag } }, archive] : [archive];
}

/**
 * Tries in order until one attempt gives a report.
 * @param scratch an empty folder
 * @returns the outcome of the last attempt. An image that cannot be written out ends it.
 */
export async function scanImage(
  attempts: readonly ScanAttempt[],
  scanner: Scanner,
  found: FoundTool,
  scratch: FolderPath,
  runner: Runner,
  options: RunOptions<Printed>,
): Promise<Outcome<ScanReport>> {
  let outcome: Outcome<ScanReport> = { kind: 'cancelled' };
  for (const { save, subject } of attempts) {
    if (save) {
      const saved = await runner.run(save, options);
      if (saved.kind !== 'done') return saved;
    }
    outcome = await runner.run(scanner.commands.scan(found, subject, scratch), options);
    if (outcome.kind === 'done' || outcome.kind === 'cancelled') return outcome;
  }
  return outcome;
}
