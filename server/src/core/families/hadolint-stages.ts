// Stages as hadolint tells them apart, for its verdicts. Source: what hadolint 2.15.1 answers.
import type { Model } from '../model/model';
import type { Stage } from '../model/stages';
import type { Instruction } from '../syntax/nodes';
import { imageName } from './hadolint-images';

/** The stages with the FROM of the last, and those that any FROM names; no stage where there is no FROM. */
export function stagesInImage({ stages, finalStage }: Model): ReadonlySet<Stage | undefined> {
  const bases = new Set(stages.map(baseOf));
  const origin = ({ from, name }: Stage): string =>
    [...(from?.flags ?? []).map(({ value }) => value?.raw), from?.words[0]?.raw, name?.raw].join(' ');
  const last = finalStage && origin(finalStage);
  return new Set([
    ...(stages.some(({ from }) => from) ? [] : [undefined]),
    ...stages.filter((stage) => origin(stage) === last || (stage.name && bases.has(stage.name.raw))),
  ]);
}

/** The image of the FROM without registry, tag and digest, which may be the name of a stage. */
function baseOf({ from }: Stage): string {
  return imageName(from?.words[0]?.raw ?? '').name;
}

/** The name of a stage, or else of its image. */
function nameForHadolint(stage: Stage): string {
  return stage.name?.raw ?? baseOf(stage);
}

/**
 * The instructions with these keywords, each with whether one above sets something: in its stage, or in the last one
 * with the name or the image of its stage or of the base of it.
 */
export function* withInherited(
  model: Model,
  keywords: readonly string[],
  sets: (instruction: Instruction) => boolean,
): Generator<readonly [Instruction, boolean]> {
  const names = new Set<string>();
  for (const instruction of model.instructionsOf('FROM', ...keywords)) {
    const stage = model.stageOf(instruction);
    const name = stage ? nameForHadolint(stage) : '';
    if (instruction.keyword === 'FROM') {
      if (stage && names.has(baseOf(stage))) names.add(name);
      else names.delete(name);
    } else {
      if (!instruction.onbuild && sets(instruction)) names.add(name);
      yield [instruction, names.has(name)];
    }
  }
}

/** Stages that wait for something, by a name that may come up later. */
class Waiting {
  readonly #byName = new Map<string, Stage[]>();
  readonly #stages = new Set<Stage>();

  add(stage: Stage, name: string | undefined): void {
    this.#stages.add(stage);
    if (name === undefined) return;
    const known = this.#byName.get(name);
    if (known) known.push(stage);
    else this.#byName.set(name, [stage]);
  }

  drop(stage: Stage): void {
    this.#stages.delete(stage);
  }

  /** @returns the stages of that name, which no longer wait */
  dropNamed(name: string): readonly Stage[] {
    const dropped = this.#byName.get(name) ?? [];
    this.#byName.delete(name);
    for (const stage of dropped) this.drop(stage);
    return dropped;
  }

  /** In file order. */
  get left(): readonly Stage[] {
    return [...this.#stages];
  }
}

/**
 * The stages without a label of their own, of the stage that they build on, or of an unnamed one that builds on them. A
 * stage that a COPY names needs none.
 * @param has whether an instruction sets the label
 */
export function stagesWithoutLabel(
  { stages }: Model,
  has: (instruction: Instruction) => boolean,
): readonly Stage[] {
  const waiting = new Waiting();
  const labelled = new Set<string>();
  for (const stage of stages) {
    if (!stage.from) continue;
    const name = stage.name?.raw;
    if (!labelled.has(baseOf(stage))) waiting.add(stage, name);
    else if (name !== undefined) labelled.add(name);
    for (const instruction of stage.instructions) {
      if (instruction.onbuild) continue;
      if (has(instruction)) {
        waiting.drop(stage);
        waiting.dropNamed(name ?? baseOf(stage));
        if (name !== undefined) labelled.add(name);
      }
      const source = instruction.keyword === 'COPY' && instruction.flags.find((flag) => flag.name === 'from');
      if (source) waiting.dropNamed(source.value?.raw ?? '');
    }
  }
  return waiting.left;
}

/** The stages that neither have an instruction, nor build on one that has it, nor lead to it by FROM. */
export function stagesWithout({ stages }: Model, keyword: string): readonly Stage[] {
  const waiting = new Waiting();
  const good = new Set<string>();
  for (const stage of stages) {
    if (!stage.from) continue;
    if (good.has(baseOf(stage))) good.add(nameForHadolint(stage));
    else waiting.add(stage, nameForHadolint(stage));
    if (!stage.instructions.some((one) => one.keyword === keyword && !one.onbuild)) continue;
    waiting.drop(stage);
    good.add(nameForHadolint(stage));
    const bases = [baseOf(stage)];
    for (const base of bases) {
      for (const parent of waiting.dropNamed(base)) {
        good.add(nameForHadolint(parent));
        bases.push(baseOf(parent));
      }
    }
  }
  return waiting.left;
}
