// Whether a step that cannot work matters: its failure stops the build, and somebody builds it.
import type { Model } from '../../model/model';
import type { Command, Nesting } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { guardOf, isAlternative } from './guard';

/**
 * Whether the build stops if a step fails. Not if an image does without the stage of the step, if its failure is handled,
 * or if it may not run at all.
 * @param command undefined for an instruction that runs none
 */
export function stopsBuild(model: Model, instruction: Instruction, command: Command | undefined): boolean {
  if (model.stageOf(instruction)?.reachable === false) return false;
  if (!command) return true;
  if (command.nesting.some((kind) => mayBeSkipped.has(kind)) || isAlternative(command)) return false;
  const guard = guardOf(model, command);
  // Behind a pipe, the next program gets nothing to work with.
  return guard.kind === 'stops' || (guard.kind === 'ignored' && guard.by === '|');
}

/** Constructs whose commands may not run. A loop mostly runs at least once. */
const mayBeSkipped: ReadonlySet<Nesting> = new Set<Nesting>(['function', 'condition', 'branch', 'case']);
