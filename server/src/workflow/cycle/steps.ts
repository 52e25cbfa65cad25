// The steps of a cycle up to the gate of the scan, each made of what the other commands are made of.
import { findingsOf } from '../scan/findings';
import { findingsMarkdown } from '../scan/findings-markdown';
import { gateText, headline } from '../scan/findings-text';
import type { ScanPolicy } from '../scan/policy';
import { attemptsOnBuilt } from '../scan/scan-image';
import type { ScanAttempts, ScanEnd } from '../scan/scan-image';
import type { BuildDescription } from '../build-description';
import type { BuildChoice } from '../build/build-run';
import { toOrder } from '../build/choices';
import { runBuild } from '../build/run-build';
import { sizeText } from '../build/stored-image';
import { fileIn, imageId } from '../checked-arguments';
import type { FilePath, FolderPath, ImageId, RepositoryName } from '../checked-arguments';
import { imageTroubleText } from '../image/image';
import type { ImageTrouble, ReadImage } from '../image/image';
import { reportOn } from '../image/report';
import { growthSince, noRecordText, sizeRecord } from '../image/size-budget';
import type { KnownSizes, SizeLimits } from '../image/size-budget';
import { growthSentence, sizeLines } from '../image/size-text';
import type { SbomFormat } from '../release/sbom';
import type { FactsSoFar, Step, StepOutcome } from './cycle';
import { text } from '../foreign-json';
import { troubleText } from '../outcome-text';
import { findStored } from '../release/compare-targets';
import type { Outlet } from '../release/compare-targets';
import type { Translate } from '../translate';
import type { CancelSignal, Printed, Run, Outcome } from '../run';
import type { ProjectFacts } from '../release/resolve-tags';
import type { BuildFailure } from '../build/output-parser';
import type { ToolPaths } from '../find-tools';
import type { Machine } from '../tool';

export interface CyclePlan {
  /** The Dockerfile, as the user calls it. */
  readonly fileName: string;
  readonly description: BuildDescription;
  readonly choice: BuildChoice;
  readonly repositories: readonly RepositoryName[];
  /** As the user wrote it; undefined: what the project says. */
  readonly version: string | undefined;
  readonly tags: readonly string[];
  /** In bytes. */
  readonly maximumSize: number | undefined;
  /** What it may grow by; undefined: the project has no baseline. */
  readonly budget: SizeBudget | undefined;
  readonly policy: ScanPolicy;
  /** Id of a scanner; undefined: the first that is there. */
  readonly scanner: string | undefined;
  /** The list of contents to write; undefined: none. `attest`: attach it, too. */
  readonly sbom:
    { readonly file: FilePath; readonly format: SbomFormat; readonly attest: boolean } | undefined;
  readonly sign: { readonly key: FilePath } | 'keyless' | undefined;
  /** Which services take part in signing; undefined: the public ones. */
  readonly signingConfig: FilePath | undefined;
  /** As `2026-12-31`. */
  readonly today: string;
}

export interface SizeBudget {
  readonly known: KnownSizes;
  /** Differs when the baseline does. */
  readonly state: string;
  readonly limits: SizeLimits;
}

/** What a cycle does with files. */
export interface CycleFiles {
  /** @param work is given an empty folder, which goes away again */
  withScratch<T>(work: (folder: FolderPath) => Promise<T>): Promise<T>;
  /** @returns images with their compressed sizes */
  readImages(
    archive: FilePath,
    signal: CancelSignal | undefined,
  ): Promise<{ readonly images: readonly ReadImage[] } | { readonly trouble: ImageTrouble }>;
  /** Over an older file, too. @returns why it could not, without a full stop */
  write(path: FilePath, text: string): string | undefined;
}

/** Why a build failed, as far as its log and its file tell. */
export interface Explained {
  /** Zero-based; undefined if none is known. */
  readonly line?: number | undefined;
  /** Without a full stop. */
  readonly message: string;
  /** Id of the cause. */
  readonly cause?: string | undefined;
}

/** Causes that say nothing of the file: the same build may succeed once the machine is well. */
const ofMachine: ReadonlySet<string> = new Set(['daemon-unreachable', 'disk-full']);

/** What a cycle needs of the front end that runs it. */
export interface Surroundings {
  readonly outlet: Outlet;
  readonly machine: Machine;
  readonly paths: ToolPaths;
  readonly files: CycleFiles;
  /** Gets what programs print, and what is being done. */
  say(text: string): void;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** @param log the end of what the builder printed */
  explain(failure: BuildFailure, log: string): Promise<Explained>;
  /** @param name of what is scanned, as the user knows it */
  scan(name: string, attempts: ScanAttempts): Promise<ScanEnd>;
  projectFacts(): Promise<ProjectFacts>;
  /** Where a person is there to be asked for a password, they are. */
  sign(run: Run<undefined, Printed>): Promise<Outcome<undefined>>;
  readonly t: Translate;
}

/** Characters of a log that are kept: the failure is told of at its end. */
const logLimit = 1_000_000;

/** The image that the build left. */
export function builtImage(facts: FactsSoFar): ImageId | undefined {
  return imageId(text(facts.build?.['image']));
}

export const noImage: StepOutcome = { kind: 'broken', said: 'no image is known' };

export function buildStep(
  { choice, description, fileName }: CyclePlan,
  { outlet: { engine, found, runner, signal }, machine: { lockBuild }, say, now, explain, t }: Surroundings,
): Step {
  return {
    id: 'build',
    // Only the builder knows whether a file of its context changed, and it has a cache for that.
    input: () => undefined,
    run: async () => {
      const run = engine.commands.build(found, toOrder(choice, description, []));
      const plan = { engine, found, choice, run };
      let log = '';
      const print = (printed: string): void => {
        log = (log + printed).slice(-logLimit);
        say(printed);
      };
      const { outcome, image } = await runBuild(plan, { runner, lockBuild }, { print, now, signal, t });
      if (outcome.kind !== 'done') return { kind: 'broken', said: troubleText(outcome, t) };
      if (outcome.value.kind === 'stopped') {
        const { line, message, cause = '' } = await explain(outcome.value.failure, log);
        if (ofMachine.has(cause)) return { kind: 'broken', said: message };
        const place = line === undefined ? fileName : `${fileName}:${line + 1}`;
        return { kind: 'failed', said: `${place}: ${message}` };
      }
      if (!image) return { kind: 'broken', said: `${engine.title} stored no image` };
      const { id, bytes } = image;
      return {
        kind: 'passed',
        said: `${choice.tag} with ${engine.title}`,
        facts: { image: id, name: choice.tag, bytes: bytes ?? null, engine: engine.id },
      };
    },
  };
}

export function inspectStep(plan: CyclePlan, surroundings: Surroundings): Step {
  const { description, maximumSize, budget } = plan;
  const { outlet, t } = surroundings;
  return {
    id: 'inspect',
    input: (facts) =>
      inputOf(facts, {
        maximumSize: maximumSize ?? null,
        ...(budget ? { limits: budget.limits, baseline: budget.state } : {}),
      }),
    run: async (facts) => {
      const id = builtImage(facts);
      if (id === undefined) return noImage;
      const looked = await findStored(id, outlet);
      if (looked.kind !== 'done') return { kind: 'broken', said: troubleText(looked, t) };
      const { image } = looked.value;
      const wantsCheck = description.instructions.some(
        ({ keyword, stage }) =>
          keyword === 'HEALTHCHECK' && stage !== undefined && description.stages.at(-1)?.index === stage,
      );
      if (wantsCheck && image?.healthcheck !== 'kept')
        return {
          kind: 'failed',
          said: 'the image lost the HEALTHCHECK of its file: build it in docker format',
        };
      const size = largestSize(facts.build?.['bytes'], maximumSize);
      return size.kind !== 'passed' || budget === undefined
        ? size
        : growthOutcome(id, budget, { plan, surroundings, size });
    },
  };
}

/** The gate `maximumSize`. */
function largestSize(bytes: unknown, maximumSize: number | undefined): StepOutcome {
  if (typeof bytes !== 'number') {
    return maximumSize === undefined
      ? { kind: 'passed', said: 'the engine does not say its size', facts: {} }
      : { kind: 'broken', said: 'the engine does not say its size' };
  }
  const size = sizeText(bytes);
  return maximumSize !== undefined && bytes > maximumSize
    ? { kind: 'failed', said: `${size}, larger than ${sizeText(maximumSize)}` }
    : { kind: 'passed', said: size, facts: { bytes } };
}

/** The gate of the baseline: reads the layers, as `drydock size` does. */
async function growthOutcome(
  id: ImageId,
  { known, limits }: SizeBudget,
  {
    plan: { choice, description, fileName },
    surroundings: { outlet, files, t },
    size,
  }: {
    readonly plan: CyclePlan;
    readonly surroundings: Surroundings;
    readonly size: StepOutcome & { readonly kind: 'passed' };
  },
): Promise<StepOutcome> {
  const { engine, found, runner, signal } = outlet;
  return files.withScratch(async (folder): Promise<StepOutcome> => {
    const archive = fileIn(folder, 'image.tar');
    const saved = await runner.run(engine.commands.save(found, id, archive), {
      folder,
      ...(signal ? { signal } : {}),
    });
    if (saved.kind !== 'done')
      return {
        kind: 'broken',
        said: `${engine.title} could not write out the image: ${troubleText(saved, t)}`,
      };
    const read = await files.readImages(archive, signal);
    if ('trouble' in read)
      return { kind: 'broken', said: `the image cannot be read: ${imageTroubleText(read.trouble, t)}` };
    const [image] = read.images;
    if (!image) return noImage;
    // As the baseline was written: without a file, whose texts may differ from those of the history.
    const plain = reportOn(image, { top: 1 });
    const before = known.recordFor(image.platform);
    const growth =
      before && growthSince(before, { now: sizeRecord(image, plain), steps: plain.steps }, limits);
    if (!growth) {
      const missing = { measure: limits.measure, name: choice.tag, platform: image.platform };
      return { kind: 'broken', said: noRecordText(known, missing) };
    }
    const { source } = known;
    const { steps } = reportOn(image, { top: 1, description, target: choice.target });
    const lines = sizeLines(
      choice.tag,
      { report: { ...plain, steps }, growth },
      { limits, source, file: fileName },
      t,
    );
    const details = lines
      .trimEnd()
      .split('\n')
      .map((line) => `- ${line.trim()}`);
    if (growth.isTooMuch)
      return { kind: 'failed', said: growthSentence(growth, { limits, source }, t), details };
    return { ...size, said: `${size.said}, within the budget of ${source}`, details };
  });
}

export function scanStep(plan: CyclePlan, { outlet, scan, t }: Surroundings): Step {
  const { policy, scanner, description, fileName, choice, today } = plan;
  return {
    id: 'scan',
    // Tomorrow more is known, and some entries end.
    input: (facts) => inputOf(facts, { policy, scanner: scanner ?? null, today }),
    run: async (facts) => {
      const id = builtImage(facts);
      if (id === undefined) return noImage;
      const { engine, found } = outlet;
      const image = {
        id,
        tag: choice.tag,
        context: choice.context,
        engine: engine.id,
        program: found.program,
      };
      const end = await scan(choice.tag, (ready, scratch) => attemptsOnBuilt(image, engine, ready, scratch));
      if ('problem' in end) return { kind: 'broken', said: end.problem };
      const relation = {
        kind: 'image' as const,
        ...(choice.target === undefined ? {} : { target: choice.target }),
      };
      const findings = findingsOf(end.scanned, policy, today, {
        file: { name: fileName, description, relation },
      });
      const said = `${headline(findings, t)}. ${gateText(findings, t)}`;
      const details = findingsMarkdown(findings, t);
      if (findings.failing.length > 0) return { kind: 'failed', said, details };
      return { kind: 'passed', said, details, facts: { vulnerabilities: findings.judged.counted.length } };
    },
  };
}

function inputOf(facts: FactsSoFar, more: object): string | undefined {
  const id = builtImage(facts);
  return id === undefined ? undefined : JSON.stringify({ id, ...more });
}
