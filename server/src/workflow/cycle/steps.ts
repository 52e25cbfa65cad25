// The steps of a cycle up to the gate of the scan, each made of what the other commands are made of.
import { findingsOf } from '../scan/findings';
import { findingsMarkdown } from '../scan/findings-markdown';
import { gateText, headline } from '../scan/findings-text';
import type { ScanPolicy } from '../scan/policy';
import { attemptsOnBuilt } from '../scan/scan-image';
import type { BuildDescription } from '../../protocol';
import type { BuildChoice } from '../build/build-run';
import { toOrder } from '../build/choices';
import { runBuild } from '../build/run-build';
import { sizeText } from '../build/stored-image';
import { imageId } from '../checked-arguments';
import type { FilePath, FolderPath, ImageId, RepositoryName } from '../checked-arguments';
import type { FactsSoFar, Step, StepOutcome } from './cycle';
import { text } from '../foreign-json';
import { troubleText } from '../outcome-text';
import { findStored } from '../release/compare-targets';
import type { Outlet } from '../release/compare-targets';
import type { Translate } from '../translate';
import type { Printed, Run, Outcome } from '../run';
import type { ProjectFacts } from '../release/resolve-tags';
import type { BuildFailure } from '../build/output-parser';
import type { ToolPaths } from '../find-tools';
import type { Scanned } from '../scan/findings';
import type { ReadyScanner, ScanAttempt } from '../scan/scan-image';
import type { Machine, ScanExtras } from '../tool';

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
  readonly policy: ScanPolicy;
  /** Id of a scanner; undefined: the first that is there. */
  readonly scanner: string | undefined;
  readonly sign: { readonly key: FilePath } | 'keyless' | undefined;
  /** Which services take part in signing; undefined: the public ones. */
  readonly signingConfig: FilePath | undefined;
  /** As `2026-12-31`. */
  readonly today: string;
}

/** Why a build failed, as far as its log and its file tell. */
export interface Explained {
  /** Zero-based; undefined if none is known. */
  readonly line?: number | undefined;
  /** Without a full stop. */
  readonly message: string;
}

/** What a cycle needs of the front end that runs it. */
export interface Surroundings {
  readonly outlet: Outlet;
  readonly machine: Machine;
  readonly paths: ToolPaths;
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

/** `problem`: why there is no report, without a full stop. */
export type ScanEnd = { readonly scanned: Scanned } | { readonly problem: string };

/** How to scan something, one way after the other. */
export type ScanAttempts = (
  ready: ReadyScanner,
  scratch: FolderPath,
  extras?: ScanExtras,
) => readonly ScanAttempt[];

/** Characters of a log that are kept: the failure is told of at its end. */
const logLimit = 1_000_000;

/** The image that the build left. */
export function builtImage(facts: FactsSoFar): ImageId | undefined {
  return imageId(text(facts.build?.['image']));
}

const noImage: StepOutcome = { kind: 'broken', said: 'no image is known' };

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
        const { line, message } = await explain(outcome.value.failure, log);
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

export function inspectStep({ description, maximumSize }: CyclePlan, { outlet, t }: Surroundings): Step {
  return {
    id: 'inspect',
    input: (facts) => inputOf(facts, { maximumSize: maximumSize ?? null }),
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
      const bytes = facts.build?.['bytes'];
      if (typeof bytes !== 'number') {
        return maximumSize === undefined
          ? { kind: 'passed', said: 'the engine does not say its size', facts: {} }
          : { kind: 'broken', said: 'the engine does not say its size' };
      }
      const size = sizeText(bytes);
      return maximumSize !== undefined && bytes > maximumSize
        ? { kind: 'failed', said: `${size}, larger than ${sizeText(maximumSize)}` }
        : { kind: 'passed', said: size, facts: { bytes } };
    },
  };
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
