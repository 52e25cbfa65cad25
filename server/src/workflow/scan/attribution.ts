// Which instruction brought each vulnerable package: the step that made its layer where the report says so,
// else the base image.
import type { BuildDescription, DescribedInstruction } from '../../protocol';
import { managers } from './ecosystems';
import type { Ecosystem } from './ecosystems';
import type { Layer, ScanReport, Vulnerability } from './report';

export interface Blame {
  /** Index into the description's instructions. */
  readonly instruction: number;
  /** The packages are part of the image that FROM names. */
  readonly fromBase: boolean;
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
  const from = description.stages[bottom]?.from ?? 0;
  const members = description.instructions.flatMap((one, at) =>
    one.stage !== undefined && chain.includes(one.stage) ? [at] : [],
  );
  const makers = layerMakers(result.layers, members, description.instructions);
  const firstOwn = makers.findIndex((maker) => maker !== undefined);
  const found = new Map<number, Vulnerability[]>();
  for (const vulnerability of result.vulnerabilities) {
    const { layer } = vulnerability;
    let at = layer === undefined ? undefined : makers[layer];
    if (at === undefined && layer !== undefined && firstOwn >= 0 && layer > firstOwn) {
      // A step of this file that could not be told from its history; the manager may tell.
      at = onlyInstaller(vulnerability.ecosystem, members, description.instructions);
    }
    const place = at ?? from;
    const there = found.get(place);
    if (there) there.push(vulnerability);
    else found.set(place, [vulnerability]);
  }
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([instruction, vulnerabilities]) => ({
      instruction,
      vulnerabilities,
      fromBase: instruction === from,
    }));
}

/** Everything in the base image of the target's chain. */
export function attributeToBase(
  result: ScanReport,
  description: BuildDescription,
  stage: number,
): readonly Blame[] {
  const from = description.stages[stage]?.from;
  if (from === undefined || result.vulnerabilities.length === 0) return [];
  return [{ instruction: from, fromBase: true, vulnerabilities: result.vulnerabilities }];
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

/** Walks both lists from the end: the last layers are the file's own, and their order is that of the file. */
function layerMakers(
  layers: readonly Layer[],
  members: readonly number[],
  instructions: readonly DescribedInstruction[],
): (number | undefined)[] {
  const makers = layers.map((): number | undefined => undefined);
  let next = members.length - 1;
  for (let layer = layers.length - 1; layer >= 0 && next >= 0; layer -= 1) {
    const step = layers[layer]?.createdBy ?? '';
    if (step === '') continue;
    for (let at = next; at >= 0; at -= 1) {
      const member = members[at] ?? 0;
      const instruction = instructions[member];
      if (!instruction || !made(step, instruction)) continue;
      makers[layer] = member;
      next = at - 1;
      break;
    }
  }
  return makers;
}

/**
 * BuildKit writes `RUN /bin/sh -c apt-get … # buildkit`, with `|1 NAME=value` in front of the shell when build
 * arguments are set; docker's old builder and buildah write `/bin/sh -c apt-get …` and `/bin/sh -c #(nop) COPY …`.
 */
function made(step: string, { keyword, text }: DescribedInstruction): boolean {
  const said = plain(step.replace(/ # buildkit$/, '').replace(/^.*#\(nop\) +/, ''));
  if (keyword === 'RUN') {
    const body = plain(text.replace(/^RUN\s+(?:--\S+\s+)*/i, ''));
    return body !== '' && said.endsWith(asWords(body));
  }
  if (keyword !== 'COPY' && keyword !== 'ADD' && keyword !== 'WORKDIR') return false;
  if (said === plain(text)) return true;
  const destination = text.trim().split(/\s+/).at(-1) ?? '';
  return said.startsWith(`${keyword} `) && said.endsWith(` in ${destination}`);
}

/** The JSON form is run without a shell and appears as its words. */
function asWords(body: string): string {
  if (!body.startsWith('[')) return body;
  try {
    const words: unknown = JSON.parse(body);
    return Array.isArray(words) ? words.join(' ') : body;
  } catch {
    // A shell command that begins with a bracket.
    return body;
  }
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
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
