// The steps of a cycle on this machine, each made of what the other commands are made of.
import { findingsOf } from '../../workflow/scan/findings';
import { findingsMarkdown } from '../../workflow/scan/findings-markdown';
import { gateText, headline } from '../../workflow/scan/findings-text';
import type { ScanPolicy } from '../../workflow/scan/policy';
import { attemptsOnBuilt } from '../../workflow/scan/scan-image';
import type { BuildDescription } from '../../protocol';
import { explainFailure } from '../../service/explain-failure';
import type { BuildChoice } from '../../workflow/build/build-run';
import { toOrder } from '../../workflow/build/choices';
import { runBuild } from '../../workflow/build/run-build';
import { sizeText } from '../../workflow/build/stored-image';
import { imageId } from '../../workflow/checked-arguments';
import type { FilePath, ImageId, RepositoryName } from '../../workflow/checked-arguments';
import type { FactsSoFar, Step, StepOutcome } from '../../workflow/cycle/cycle';
import { text } from '../../workflow/foreign-json';
import { troubleText } from '../../workflow/outcome-text';
import { findStored } from '../../workflow/release/compare-targets';
import type { Outlet } from '../../workflow/release/compare-targets';
import { english } from '../../workflow/translate';
import type { Machine } from '../../workflow/tool';
import { scanWith } from '../scan/scanning';
import type { Terminal } from '../terminal';

export interface CyclePlan {
  /** The Dockerfile, as the user calls it. */
  readonly fileName: string;
  readonly description: BuildDescription;
  /** The text of the file. */
  readonly source: string;
  readonly choice: BuildChoice;
  readonly repositories: readonly RepositoryName[];
  /** As the user wrote it; undefined: what the project says. */
  readonly version: string | undefined;
  readonly tags: readonly string[];
  /** In bytes. */
  readonly maximumSize: number | undefined;
  readonly policy: ScanPolicy;
  readonly scanner: string | undefined;
  readonly sign: { readonly key: FilePath } | 'keyless' | undefined;
  /** As `2026-12-31`. */
  readonly today: string;
}

export interface Surroundings {
  readonly outlet: Outlet;
  readonly machine: Machine;
  readonly terminal: Terminal;
}

/** The image that the build left. */
export function builtImage(facts: FactsSoFar): ImageId | undefined {
  return imageId(text(facts.build?.['image']));
}

const noImage: StepOutcome = { kind: 'broken', said: 'no image is known' };

export function buildStep(
  { choice, description, fileName, source }: CyclePlan,
  { outlet: { engine, found, runner, signal }, machine: { lockBuild }, terminal }: Surroundings,
): Step {
  return {
    id: 'build',
    // Only the builder knows whether a file of its context changed, and it has a cache for that.
    input: () => undefined,
    run: async () => {
      const run = engine.commands.build(found, toOrder(choice, description, []));
      const plan = { engine, found, choice, run };
      const { outcome, image } = await runBuild(
        plan,
        { runner, lockBuild },
        { print: (text) => terminal.note(text), now: () => performance.now(), signal, t: english },
      );
      if (outcome.kind !== 'done') return { kind: 'broken', said: troubleText(outcome, english) };
      if (outcome.value.kind === 'stopped') {
        const { line, message } = explainFailure(outcome.value.failure, source);
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

export function inspectStep({ description, maximumSize }: CyclePlan, { outlet }: Surroundings): Step {
  return {
    id: 'inspect',
    input: (facts) => inputOf(facts, { maximumSize: maximumSize ?? null }),
    run: async (facts) => {
      const id = builtImage(facts);
      if (id === undefined) return noImage;
      const looked = await findStored(id, outlet);
      if (looked.kind !== 'done') return { kind: 'broken', said: troubleText(looked, english) };
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

export function scanStep(plan: CyclePlan, { outlet, machine, terminal }: Surroundings): Step {
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
      const wish = { scanner, ignoreFile: undefined, vex: undefined };
      const end = await scanWith(
        choice.tag,
        (ready, scratch) => attemptsOnBuilt(image, engine, ready, scratch),
        wish,
        machine,
        terminal,
      );
      if ('problem' in end) return { kind: 'broken', said: end.problem };
      const relation = {
        kind: 'image' as const,
        ...(choice.target === undefined ? {} : { target: choice.target }),
      };
      const findings = findingsOf(end.scanned, policy, today, {
        file: { name: fileName, description, relation },
      });
      const said = `${headline(findings, english)}. ${gateText(findings, english)}`;
      const details = findingsMarkdown(findings, english);
      if (findings.failing.length > 0) return { kind: 'failed', said, details };
      return { kind: 'passed', said, details, facts: { vulnerabilities: findings.judged.counted.length } };
    },
  };
}

function inputOf(facts: FactsSoFar, more: object): string | undefined {
  const id = builtImage(facts);
  return id === undefined ? undefined : JSON.stringify({ id, ...more });
}
