// Which instruction brought each vulnerable package: the step that made its layer where the report says so,
// the base image for the layers below.
import type { BuildDescription, DescribedInstruction } from '../build-description';
import { managers } from './ecosystems';
import type { Ecosystem } from './ecosystems';
import { layerMakers } from './layer-makers';
import type { ScanReport, Vulnerability } from './report';

/**
 * Where packages came from. `steps`: from this instruction or one above it. `image`: the report does not say from where in
 * the image.
 */
export type Origin = 'base' | 'step' | 'steps' | 'image';

export interface Blame {
  /** Index into the description's instructions. */
  readonly instruction: number;
  readonly origin: Origin;
  readonly vulnerabilities: readonly Vulnerability[];
}

/** @returns for the stages that make up `target` (the last stage without it): one entry per instruction, in file order */
export function attribute(
  result: ScanReport,
  description: BuildDescription,
  target?: string,
): readonly Blame[] {
  const chain = stageChain(description, target);
  const bottom = chain.at(-1);
  if (bottom === undefined) return [];
  const { instructions, stages } = description;
  const from = stages[bottom]?.from ?? 0;
  const members = instructions.flatMap((one, at) =>
    one.stage !== undefined && chain.includes(one.stage) ? [at] : [],
  );
  const makers = layerMakers(result.layers, members, instructions);
  const found = new Map<string, { blame: Omit<Blame, 'vulnerabilities'>; all: Vulnerability[] }>();
  for (const vulnerability of result.vulnerabilities) {
    const blame = blameOf(vulnerability, makers, instructions, from);
    const key = `${blame.instruction} ${blame.origin}`;
    const there = found.get(key);
    if (there) there.all.push(vulnerability);
    else found.set(key, { blame, all: [vulnerability] });
  }
  return [...found.values()]
    .map(({ blame, all }) => ({ ...blame, vulnerabilities: all }))
    .sort((a, b) => a.instruction - b.instruction);
}

function blameOf(
  { layer, ecosystem }: Vulnerability,
  makers: ReturnType<typeof layerMakers>,
  instructions: readonly DescribedInstruction[],
  from: number,
): Omit<Blame, 'vulnerabilities'> {
  if (layer === undefined) return { instruction: from, origin: 'image' };
  const candidates = makers[layer];
  if (candidates === undefined) {
    // Nothing can come from an empty base: a builder put several steps into one layer.
    const isEmpty = /^FROM\s+(?:--\S+\s+)*scratch(?:\s|$)/i.test(instructions[from]?.text ?? '');
    return { instruction: from, origin: isEmpty ? 'image' : 'base' };
  }
  const only = candidates.length === 1 ? candidates[0] : onlyInstaller(ecosystem, candidates, instructions);
  return only === undefined
    ? { instruction: candidates.at(-1) ?? from, origin: 'steps' }
    : { instruction: only, origin: 'step' };
}

/** Everything in the base image of the target's chain. */
export function attributeToBase(
  result: ScanReport,
  description: BuildDescription,
  stage: number,
): readonly Blame[] {
  const from = description.stages[stage]?.from;
  if (from === undefined || result.vulnerabilities.length === 0) return [];
  return [{ instruction: from, origin: 'base', vulnerabilities: result.vulnerabilities }];
}

/** Indexes of the stage and those it inherits from, itself first. */
export function stageChain({ stages }: BuildDescription, target?: string): readonly number[] {
  const wanted = target?.toLowerCase();
  const start =
    wanted === undefined ? stages.at(-1) : stages.find((one) => one.target.toLowerCase() === wanted);
  const chain: number[] = [];
  for (let stage = start; stage && !chain.includes(stage.index);) {
    chain.push(stage.index);
    stage = stage.parent === undefined ? undefined : stages[stage.parent];
  }
  return chain;
}

function onlyInstaller(
  ecosystem: Ecosystem,
  members: readonly number[],
  instructions: readonly DescribedInstruction[],
): number | undefined {
  const manager = managers[ecosystem];
  if (!manager) return undefined;
  const installers = members.filter((at) => instructions[at]?.installs?.some((name) => manager.test(name)));
  return installers.length === 1 ? installers[0] : undefined;
}
