// Whether a stage checks what it has downloaded.
import { verifiers } from '../core/knowledge/programs/build-steps';
import type { Model, Stage } from '../core/model/model';
import type { Instruction } from '../core/syntax/nodes';
import { once } from '../core/text/memo';

/** Whether a later command of the same stage compares a checksum or a signature, of whatever file. */
export function checksAfter(model: Model, instruction: Instruction): boolean {
  return (lastChecks(model).get(model.stageOf(instruction)) ?? -1) > instruction.index;
}

/** By stage, the index of the last instruction that compares one. */
const lastChecks = once((model: Model): ReadonlyMap<Stage | undefined, number> => {
  const last = new Map<Stage | undefined, number>();
  for (const { instruction, args } of model.commandsNamed(...verifiers))
    if (args.some(({ prefix }) => /^-(?:-check|-verify|\w*c)\b|^(?:dgst|verify)/.test(prefix)))
      last.set(model.stageOf(instruction), instruction.index);
  return last;
});
