// ARG and ENV: what is declared where, and what it is worth. Follows dispatchArg and dispatchEnv of BuildKit:
// both write into one environment, where the last one wins; a child stage starts with all of its parent's.
import type { BaseImage } from '../knowledge/images';
import { predefinedVariables } from '../knowledge/predefined-variables';
import type { Instruction, Pair, Word } from '../syntax/nodes';
import type { Expansion, Lookup, VariableState } from './expand';
import { expandWord } from './expand';
import { PersistentMap } from './persistent-map';

/** A variable that the file declares, as it stands at some instruction. */
export interface Variable extends VariableState {
  readonly name: string;
  /** What gave it this value; an ARG without a value leaves an earlier ENV in force. */
  readonly kind: 'arg' | 'env';
  readonly instruction: Instruction;
  readonly pair: Pair;
}

/** Everything declared up to a point. */
export interface Scope {
  readonly variables: PersistentMap<Variable>;
  readonly env: PersistentMap<string | undefined>;
  readonly args: PersistentMap<string | undefined>;
}

export const emptyScope: Scope = {
  variables: PersistentMap.empty(),
  env: PersistentMap.empty(),
  args: PersistentMap.empty(),
};

const unknown: VariableState = { value: undefined, set: undefined, overridable: false };
const unset: VariableState = { value: undefined, set: false, overridable: false };
const hidden: VariableState = { value: undefined, set: true, overridable: true };

/** TARGETARCH and its like: the builder sets them, so that they have a value, which nobody knows here. */
function isPlatformVariable(name: string): boolean {
  return predefinedVariables.get(name)?.kind === 'platform';
}

/** Looks names up as FROM and the ARGs above it do: nothing but these ARGs and the platform's variables exists. */
export function globalLookup(scope: Scope): Lookup {
  return (name) => scope.variables.get(name) ?? (isPlatformVariable(name) ? hidden : unset);
}

/** Looks names up as the instructions of a stage do: what the file declares, then what its base image brings. */
export function stageLookup(scope: Scope, base: BaseImage): Lookup {
  return (name) => scope.variables.get(name) ?? baseVariable(base, name);
}

/** What the configuration of the base image sets. The builder sees to it that PATH exists. */
export function baseVariable(base: BaseImage, name: string): VariableState {
  if (name === 'PATH' || base.env.has(name)) {
    return { value: base.env.get(name), set: true, overridable: false };
  }
  return base.envComplete ? unset : unknown;
}

/**
 * The scope behind the ARGs above the first FROM.
 * @param each called with the scope in which each pair's value is expanded
 */
export function globalArgs(
  scope: Scope,
  instruction: Instruction,
  escape: string,
  each: (value: Word, scope: Scope) => void,
): Scope {
  let result = scope;
  for (const pair of instruction.pairs) {
    const name = pair.key.value;
    if (name === '') continue;
    let state: VariableState = { value: undefined, set: false, overridable: true };
    if (pair.value) {
      each(pair.value, result);
      const { text } = expandWord(pair.value.raw, escape, globalLookup(result));
      state = { value: text, set: true, overridable: true };
    } else if (result.variables.has(name)) state = result.variables.get(name) ?? state;
    else if (isPlatformVariable(name)) state = hidden;
    result = define(result, 'arg', { ...state, name, kind: 'arg', instruction, pair });
  }
  return result;
}

/**
 * The scope behind an ARG in a stage. One without a value takes that of the global ARG of its name; without
 * that it is empty unless the command line gives it one.
 * @param each called with the scope in which each pair's value is expanded: ARG goes from left to right
 */
export function stageArgs(
  scope: Scope,
  instruction: Instruction,
  globals: Scope,
  base: BaseImage,
  escape: string,
  each: (value: Word, scope: Scope) => void,
): Scope {
  let result = scope;
  for (const pair of instruction.pairs) {
    const name = pair.key.value;
    if (name === '') continue;
    if (pair.value) {
      each(pair.value, result);
      const { text } = expandWord(pair.value.raw, escape, stageLookup(result, base));
      const state = { value: text, set: true, overridable: true };
      result = define(result, 'arg', { ...state, name, kind: 'arg', instruction, pair });
      continue;
    }
    const global = globals.variables.get(name) ?? (isPlatformVariable(name) ? hidden : undefined);
    const before = result.variables.get(name);
    if (global?.set !== true && before) {
      result = define(result, 'arg', { ...before, overridable: true });
      continue;
    }
    let state: VariableState = global ?? { value: undefined, set: false, overridable: true };
    // Where the base image is known to set it, that stays in force.
    if (state.set !== true && baseVariable(base, name).set)
      state = { ...baseVariable(base, name), overridable: true };
    result = define(result, 'arg', { ...state, name, kind: 'arg', instruction, pair });
  }
  return result;
}

/** The scope behind an ENV: all its values are expanded with the environment from before it. */
export function stageEnv(scope: Scope, instruction: Instruction, base: BaseImage, escape: string): Scope {
  const lookup = stageLookup(scope, base);
  let result = scope;
  for (const pair of instruction.pairs) {
    const name = expandWord(pair.key.raw, escape, lookup).text;
    if (name === undefined || name === '') continue;
    const expansion: Expansion = pair.value
      ? expandWord(pair.value.raw, escape, lookup)
      : { text: undefined, overridable: false, pattern: undefined };
    const state = { value: expansion.text, set: true, overridable: expansion.overridable };
    result = define(result, 'env', { ...state, name, kind: 'env', instruction, pair });
  }
  return result;
}

function define(scope: Scope, as: 'arg' | 'env', variable: Variable): Scope {
  return {
    variables: scope.variables.with(variable.name, variable),
    env: as === 'env' ? scope.env.with(variable.name, variable.value) : scope.env,
    args: as === 'arg' ? scope.args.with(variable.name, variable.value) : scope.args,
  };
}
