// What a cycle is to do, put together from what was asked for, the section `cycle` of the configuration, and the file.
import type { OptionValues } from '../../core/lint/option';
import type { BuildDescription } from '../build-description';
import { completeChoice, readSavedChoice } from '../build/choices';
import type { SavedChoice } from '../build/choices';
import { repositoryName } from '../checked-arguments';
import type { FilePath, FolderPath } from '../checked-arguments';
import { object, text } from '../foreign-json';
import type { ScanPolicy } from '../scan/policy';
import { stepIds } from './cycle';
import type { Kept, KeptStep, Step, StepId } from './cycle';
import type { cycleSection } from './cycle-section';
import {
  defaultLimits,
  noBaselineText,
  readPercent,
  readSize,
  sizesOf,
  baselineKey,
} from '../image/size-budget';
import type { SizeBaseline } from '../image/size-budget';
import { attestStep, sbomStep } from './sbom-steps';
import { pushStep, signStep, tagStep } from './release-steps';
import { buildStep, inspectStep, scanStep } from './steps';
import type { CyclePlan, SizeBudget, Surroundings } from './steps';

export type CycleValues = Partial<OptionValues<typeof cycleSection>>;

/** The Dockerfile of a cycle. */
export interface CycleFile {
  /** As the user calls it. */
  readonly fileName: string;
  readonly dockerfile: FilePath;
  readonly context: FolderPath;
  /** The last parts of both paths, for the name of the image. */
  readonly names: { readonly fileName: string; readonly projectName: string };
  readonly description: BuildDescription;
  /** What was chosen for its builds before; the configuration counts more. */
  readonly saved?: SavedChoice;
}

/** What was asked for beside the configuration, and counts more. */
export interface CycleWish {
  readonly version: string | undefined;
  readonly repositories: readonly string[];
  readonly scanner: string | undefined;
  /** As `2026-12-31`. */
  readonly today: string;
  readonly policy: ScanPolicy;
  /** The key of the configuration, as a file that is there. */
  readonly key: FilePath | undefined;
  /** The same for the services that take part in signing. */
  readonly signingConfig: FilePath | undefined;
  /** The size baseline of the configuration: its text, read; or why it is none. */
  readonly baseline: BaselineFile | undefined;
  /** Where the list of contents goes. */
  readonly sbom: FilePath | undefined;
}

/** `read`: as `readBaselineFile` gives it; undefined if the file is missing. */
export interface BaselineFile {
  /** As the user calls it. */
  readonly name: string;
  readonly read: SizeBaseline | string | undefined;
}

/** @returns `problem`: without a full stop */
export function completePlan(
  values: CycleValues,
  { fileName, dockerfile, context, names, description, saved: before = {} }: CycleFile,
  wish: CycleWish,
): CyclePlan | { readonly problem: string } {
  const wanted = wish.repositories.length > 0 ? wish.repositories : (values.repositories ?? []);
  const wrong = wanted.find((name) => repositoryName(name) === undefined);
  if (wrong !== undefined)
    return { problem: `${wrong} is not the name of a repository, such as registry.example.com/team/app` };
  const maximumSize = values.maximumSize === undefined ? undefined : readSize(values.maximumSize);
  if (values.maximumSize !== undefined && maximumSize === undefined)
    return { problem: `cycle.maximumSize must be a size such as 120 MB, not ${values.maximumSize}` };
  const { target } = values;
  if (
    target !== undefined &&
    !description.stages.some((stage) => stage.target.toLowerCase() === target.toLowerCase())
  )
    return { problem: `cycle.target: ${fileName} has no stage ${target}` };
  const { key } = wish;
  const sign = key === undefined ? (values.keyless === true ? ('keyless' as const) : undefined) : { key };
  const attest = values.attest ?? false;
  if (attest && wish.sbom === undefined)
    return { problem: 'cycle.attest needs cycle.sbom, the list to attach' };
  if (attest && sign === undefined) return { problem: 'cycle.attest needs cycle.signKey or cycle.keyless' };
  const saved = { ...before, ...readSavedChoice({ target, buildArgs: values.buildArgs }) };
  const choice = completeChoice({ dockerfile, context, ...names }, saved, description);
  const budget = budgetOf(values, wish.baseline, choice.tag);
  if (budget && 'problem' in budget) return budget;
  return {
    fileName,
    description,
    choice,
    repositories: wanted.map(repositoryName).filter((one) => one !== undefined),
    version: wish.version ?? values.version,
    tags: values.tags ?? [],
    maximumSize,
    policy: wish.policy,
    scanner: wish.scanner,
    budget,
    sbom:
      wish.sbom === undefined ? undefined : { file: wish.sbom, format: values.sbomFormat ?? 'spdx', attest },
    sign,
    signingConfig: wish.signingConfig,
    today: wish.today,
  };
}

function budgetOf(
  { sizeLimit, sizeFloor }: CycleValues,
  baseline: BaselineFile | undefined,
  name: string,
): SizeBudget | undefined | { readonly problem: string } {
  const percent = sizeLimit === undefined ? defaultLimits.percent : readPercent(sizeLimit);
  if (percent === undefined)
    return { problem: `cycle.sizeLimit must be a percentage such as 5%, not ${sizeLimit ?? ''}` };
  const floor = sizeFloor === undefined ? defaultLimits.floor : readSize(sizeFloor);
  if (floor === undefined)
    return { problem: `cycle.sizeFloor must be a size such as 512 KiB, not ${sizeFloor ?? ''}` };
  if (!baseline)
    return sizeLimit === undefined && sizeFloor === undefined
      ? undefined
      : { problem: 'cycle.sizeLimit and cycle.sizeFloor need cycle.sizeBaseline' };
  if (baseline.read === undefined) return { problem: noBaselineText(baseline.name) };
  if (typeof baseline.read === 'string')
    return { problem: baseline.read || `${baseline.name} is not a baseline of drydock size` };
  const key = baselineKey(name);
  const known = sizesOf(baseline.read, key, baseline.name);
  return 'problem' in known
    ? known
    : { known, state: JSON.stringify(baseline.read[key]), limits: { ...defaultLimits, percent, floor } };
}

/** A cycle has a gate also where the project says nothing of it: high. */
export function cycleGate(policy: ScanPolicy, hasGate: boolean): ScanPolicy {
  return hasGate ? policy : { ...policy, failOn: 'high' };
}

/** The steps of a cycle, in their order. */
export function cycleSteps(plan: CyclePlan, surroundings: Surroundings): readonly Step[] {
  // The list comes behind the tags: a new file in the project would make its commit look changed.
  const makers = [buildStep, inspectStep, scanStep, tagStep, sbomStep, pushStep, signStep, attestStep];
  return makers.map((make) => make(plan, surroundings));
}

/** What an earlier run has kept. What cannot be read counts as nothing: then every step runs. */
export function readKept(raw: unknown): Kept {
  const kept: Partial<Record<StepId, KeptStep>> = {};
  for (const id of stepIds) {
    const { input, said, facts } = object(object(raw)[id]);
    if (text(input) !== '') kept[id] = { input: text(input), said: text(said), facts: object(facts) };
  }
  return kept;
}
