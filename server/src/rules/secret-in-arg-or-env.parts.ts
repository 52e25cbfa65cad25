// Where the names of arguments and variables stand, whatever they mean there.
import type { Model, Stage } from '../core/model/model';
import type { Instruction } from '../core/syntax/nodes';
import { once } from '../core/text/memo';

type ByName = ReadonlyMap<string, readonly Instruction[]>;

/** One walk through the file, however many arguments it has. */
const byStage = once((model: Model): ReadonlyMap<Stage | undefined, ByName> => {
  const found = new Map<Stage | undefined, Map<string, Instruction[]>>();
  const names = new Set(
    model.instructions
      .filter(({ keyword }) => keyword === 'ARG' || keyword === 'ENV')
      .flatMap(({ pairs }) => pairs.map(({ key }) => key.value)),
  );
  for (const instruction of model.instructions) {
    const stage = model.stageOf(instruction);
    const byName = found.get(stage) ?? new Map<string, Instruction[]>();
    found.set(stage, byName);
    for (const word of new Set(model.document.slice(instruction.span).match(/\w+/g))) {
      if (!names.has(word)) continue;
      const instructions = byName.get(word) ?? [];
      instructions.push(instruction);
      byName.set(word, instructions);
    }
  }
  return found;
});

/**
 * The instructions in whose text the name of an argument or variable is a word, in file order: they may read it, and no other can.
 * @param stage where to look; undefined for what stands above the first FROM
 * @param name of an ARG or ENV anywhere in the file
 */
export function mentionsOf(model: Model, stage: Stage | undefined, name: string): readonly Instruction[] {
  return byStage(model).get(stage)?.get(name) ?? [];
}
