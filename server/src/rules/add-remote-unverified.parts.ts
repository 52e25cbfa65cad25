// Whether a stage checks what it has downloaded.
import { verifiers } from '../core/knowledge/programs/build-steps';
import type { Model } from '../core/model/model';
import type { Instruction } from '../core/syntax/nodes';

/** Whether a later command of the same stage compares a checksum or a signature, of whatever file. */
export function checksAfter(model: Model, instruction: Instruction): boolean {
  const stage = model.stageOf(instruction);
  return model
    .commandsNamed(...verifiers)
    .some(
      (command) =>
        command.instruction.index > instruction.index &&
        model.stageOf(command.instruction) === stage &&
        command.args.some(({ prefix }) => /^-(?:-check|-verify|\w*c)\b|^(?:dgst|verify)/.test(prefix)),
    );
}
