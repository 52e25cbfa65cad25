// The values of variables in the words of a command: what its script assigns, else ENV and ARG of the file.
import type { Model } from '../../model/model';
import { assignedIn } from '../../shell/assigned';
import type { Command } from '../../shell/types';
import { variableIn } from '../../shell/whole-words';

/**
 * The value of a variable in the words of a command. The default of an ARG counts as its value.
 * @returns undefined if it is not known
 */
export function valueFor(model: Model, { script, instruction }: Command, name: string): string | undefined {
  const own = script && assignedIn(script);
  return own?.has(name) ? own.get(name) : model.environmentAt(instruction).variables.get(name)?.value;
}

/** The same for a word that is one variable; undefined for other words. @param text as written */
export function valueOfVariable(model: Model, command: Command, text: string): string | undefined {
  const name = variableIn(text);
  return name === undefined ? undefined : valueFor(model, command, name);
}
