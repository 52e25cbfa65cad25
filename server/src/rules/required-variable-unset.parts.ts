// References that stop the build where a variable has no value: `${NAME?…}`, `${NAME:?…}`. Follows processDollar of
// BuildKit's frontend/dockerfile/shell, which also reads the operand of a modifier that it does not use.
import type { Model } from '../core/model/model';
import type { Instruction, VariableReference, Word } from '../core/syntax/nodes';
import { expandedReferences, withNested } from '../core/analysis/symbols/variable-names';

export interface RequiredReference {
  readonly reference: VariableReference;
  /** The build argument that would give it a value; undefined if none can. */
  readonly argument: string | undefined;
}

/** Those that stop a build with the defaults of the file. */
export function* requiredReferences(model: Model): Generator<RequiredReference> {
  // Most files have none, so look before reading words.
  if (!/\$\{\w+:?\?/.test(model.file.text)) return;
  for (const instruction of model.instructions) {
    if (instruction.onbuild) continue;
    if (instruction.keyword !== 'ARG') {
      for (const reference of expandedReferences(model, instruction))
        yield* required(model, instruction, reference);
      continue;
    }
    // A default is only read if the command line gives no value.
    for (const { key, value } of instruction.pairs)
      for (const reference of value ? withNested(value.variables) : [])
        yield* required(model, instruction, reference, value, key.value);
  }
}

function* required(
  model: Model,
  instruction: Instruction,
  reference: VariableReference,
  word?: Word,
  declared?: string,
): Generator<RequiredReference> {
  const { name, modifier } = reference;
  if (modifier !== '?' && modifier !== ':?') return;
  const variable = model.declaration(name, instruction, word);
  const isSet = variable ? variable.set : model.isDeclared(name, instruction);
  if (isSet === undefined || (isSet && !(modifier === ':?' && variable?.value === ''))) return;
  const argument = declared ?? (variable?.overridable ? name : undefined);
  yield { reference, argument };
}
