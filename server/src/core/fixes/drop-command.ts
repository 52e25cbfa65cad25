// Removes a command from its list, or its whole RUN if there is no other.
import type { Fix } from '../lint/finding';
import type { Model } from '../model/model';
import { removeCommand } from '../shell/removal';
import type { Command } from '../shell/types';
import { wholeOf } from './drop-pair';
import { dropRun } from './drop-run';

/**
 * The fix that removes a command.
 * @returns undefined if something else would change: in a pipeline, in a condition, next to `||`
 */
export function dropCommand(model: Model, command: Command, title: string): Fix | undefined {
  const { script, instruction, fullSpan } = command;
  const isAlone = script?.commands.length === 1 && model.scriptsOf(instruction).length === 1;
  if (!isAlone) {
    const edits = removeCommand(model, command);
    return edits && { title, edits };
  }
  const dropped =
    fullSpan.end >= instruction.argumentsSpan.end ? dropRun(model, wholeOf(model, instruction)) : undefined;
  return dropped && { title, edits: [dropped.edit] };
}
