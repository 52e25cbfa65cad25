// ARG and ENV: the declarations and their values. Follows dispatchArg and dispatchEnv of BuildKit: both write into
// one environment, where the last one wins. A child stage starts with everything of its parent.
import type { BaseImage } from '../knowledge/images/base-image';
import { isPlatformVariable } from '../knowledge/syntax/predefined-variables';
import type { Instruction, Pair } from '../syntax/nodes';
import type { Lookup, VariableState } from './expand';
import { expandWord } from './expand';
import { VersionedMap } from '../text/versioned-map';

/** A variable that the file declares, with its state at one instruction. */
export interface Variable extends VariableState {
  readonly name: string;
  /** The kind of declaration that set this value; an ARG without a value leaves an earlier ENV in force. */
  readonly kind: 'arg' | 'env';
  readonly instruction: Instruction;
  readonly pair: Pair;
}

/** The variables of one stage, or those above the first FROM, at every step. */
export class Scope {
  readonly variables: VersionedMap<Variable>;
  readonly env: VersionedMap<string | undefined>;
  readonly args: VersionedMap<string | undefined>;
  /** Number of declarations so far. */
  step = 0;

  /** @param parent the complete scope of the stage that FROM names */
  constructor(parent?: Scope) {
    this.variables = new VersionedMap(parent?.variables.latest());
    this.env = new VersionedMap(parent?.env.latest());
    this.args = new VersionedMap(parent?.args.latest());
  }

  declare(as: 'arg' | 'env', variable: Variable): void {
    this.step += 1;
    this.variables.set(variable.name, this.step, variable);
    this[as === 'arg' ? 'args' : 'env'].set(variable.name, this.step, variable.value);
  }
}

const unknown: VariableState = { value: undefined, set: undefined, overridable: false };
const unset: VariableState = { value: undefined, set: false, overridable: false };
/** An ARG without a value: not set unless the command line gives a value. */
const expected: VariableState = { value: undefined, set: false, overridable: true };
const hidden: VariableState = { value: undefined, set: true, overridable: true };

/** Looks up names as FROM and the ARGs above it do: only these ARGs and the platform's variables exist. */
export function globalLookup(scope: Scope, step: number): Lookup {
  return (name) => scope.variables.get(name, step) ?? (isPlatformVariable(name) ? hidden : unset);
}

/** Looks up names as the instructions of a stage do: first the file's declarations, then the base image. */
export function stageLookup(scope: Scope, step: number, base: BaseImage): Lookup {
  return (name) => scope.variables.get(name, step) ?? baseVariable(base, name);
}

/** The state of a variable in the base image's configuration. The builder ensures that PATH exists. */
export function baseVariable(base: BaseImage, name: string): VariableState {
  if (name === 'PATH' || base.env.has(name)) {
    return { value: base.env.get(name), set: true, overridable: false };
  }
  return base.envComplete ? unset : unknown;
}

/** Declares the pairs of an ARG above the first FROM, from left to right. */
export function declareGlobalArgs(scope: Scope, instruction: Instruction, escape: string): void {
  for (const pair of instruction.pairs) {
    const name = pair.key.value;
    let state = expected;
    if (pair.value) {
      const { text } = expandWord(pair.value.raw, escape, globalLookup(scope, scope.step));
      state = { value: text, set: true, overridable: true };
    } else {
      state = scope.variables.get(name, scope.step) ?? (isPlatformVariable(name) ? hidden : expected);
    }
    const { value, set, overridable } = state;
    scope.declare('arg', { value, set, overridable, name, kind: 'arg', instruction, pair });
  }
}

/**
 * Declares the pairs of an ARG in a stage, from left to right. A pair without a value takes the value of the global
 * ARG of its name. If there is none, an existing value stays in force.
 */
export function declareStageArgs(
  scope: Scope,
  instruction: Instruction,
  globals: Scope,
  base: BaseImage,
  escape: string,
): void {
  for (const pair of instruction.pairs) {
    const name = pair.key.value;
    const declaration = { name, kind: 'arg', instruction, pair } as const;
    if (pair.value) {
      const { text } = expandWord(pair.value.raw, escape, stageLookup(scope, scope.step, base));
      scope.declare('arg', { value: text, set: true, overridable: true, ...declaration });
      continue;
    }
    const global =
      globals.variables.get(name, globals.step) ?? (isPlatformVariable(name) ? hidden : undefined);
    const before = scope.variables.get(name, scope.step);
    if (global?.set) scope.declare('arg', { ...global, ...declaration });
    else if (before) scope.declare('arg', { ...before, overridable: true });
    else {
      const known = baseVariable(base, name);
      const { value, set } = known.set ? known : expected;
      scope.declare('arg', { value, set, overridable: true, ...declaration });
    }
  }
}

/** Declares the pairs of an ENV: all values are expanded with the environment before it. */
export function declareEnv(scope: Scope, instruction: Instruction, base: BaseImage, escape: string): void {
  const lookup = stageLookup(scope, scope.step, base);
  for (const pair of instruction.pairs) {
    const name = expandWord(pair.key.raw, escape, lookup).text;
    if (name === undefined) continue;
    const value = pair.value && expandWord(pair.value.raw, escape, lookup);
    scope.declare('env', {
      value: value?.text,
      set: true,
      overridable: value?.overridable ?? false,
      name,
      kind: 'env',
      instruction,
      pair,
    });
  }
}
