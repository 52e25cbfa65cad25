// Effective USER, WORKDIR, SHELL, ENV and ARG at any instruction. A stage is walked once, when it is first needed.
// Instructions that change nothing share the object of their neighbour.
import type { BaseImage } from '../knowledge/images/base-image';
import { isPlatformVariable } from '../knowledge/syntax/predefined-variables';
import type { Dockerfile, Instruction, Word } from '../syntax/nodes';
import { resolvePath } from '../text/paths';
import type { Expansion, Lookup } from './expand';
import { expandWord } from './expand';
import { readShellComments } from './shell-comments';
import type { ShellComments } from './shell-comments';
import type { Stage, StageGraph } from './stages';
import { baseVariable, declareEnv, declareGlobalArgs, declareStageArgs } from './variables';
import { globalLookup, Scope, stageLookup } from './variables';
import type { Variable } from './variables';

export interface Environment {
  /** The last USER in force; undefined if no instruction sets one (the base image decides). */
  readonly user: UserSetting | undefined;
  /** Whether commands run as root; undefined if not known. */
  readonly isRoot: boolean | undefined;
  /** Absolute directory; undefined if not known (unknown base image, variable). */
  readonly workdir: string | undefined;
  /** Whether a WORKDIR instruction of this file set it. */
  readonly workdirSet: boolean;
  /** The words of SHELL, the program that a comment for hadolint names, or the base's default; undefined when unknown. */
  readonly shell: readonly string[] | undefined;
  /** Whether a comment for hadolint names the shell. */
  readonly shellFromComment: boolean;
  /** The SHELL instruction that set it. */
  readonly shellInstruction: Instruction | undefined;
  /** The ENV variables of the file by name; a value is undefined if not known. */
  readonly env: ReadonlyMap<string, string | undefined>;
  /** ARGs declared so far in the stage; the value is the default, if there is a known one. */
  readonly args: ReadonlyMap<string, string | undefined>;
  /** Both together, each with the declaration that gave it its value: the last one wins. */
  readonly variables: ReadonlyMap<string, Variable>;
}

export interface UserSetting {
  readonly instruction: Instruction;
  readonly word: Word;
  /** Expanded; undefined if a variable has no known value. */
  readonly text: string | undefined;
  /** Part before the colon. */
  readonly name: string | undefined;
  /** Whether the text depends on the default of an ARG, which the command line can replace. */
  readonly overridable: boolean;
}

/** The environment at one point. */
interface State {
  readonly environment: Environment;
  /** The step of the stage's scope at which to read its variables. */
  readonly step: number;
}

interface StageStates {
  readonly scope: Scope;
  /** By offset from the stage's first instruction. */
  readonly before: readonly State[];
  readonly after: State;
  /** ONBUILD triggers run on top of the finished image, one after the other. By index of the instruction. */
  readonly triggers: ReadonlyMap<number, State>;
  /** After the triggers: the start of a child stage in this file. */
  readonly inherited: State;
}

/** The ARGs above the first FROM. */
export interface Globals {
  readonly scope: Scope;
  /** The step of the scope before each instruction. */
  readonly before: ReadonlyMap<Instruction, number>;
}

export function readGlobals(file: Dockerfile): Globals {
  const before = new Map<Instruction, number>();
  const scope = new Scope();
  const first = file.instructions.findIndex(({ keyword }) => keyword === 'FROM');
  for (const instruction of file.instructions.slice(0, Math.max(first, 0))) {
    before.set(instruction, scope.step);
    if (instruction.keyword === 'ARG') declareGlobalArgs(scope, instruction, file.escape);
  }
  return { scope, before };
}

export class Environments {
  readonly #file: Dockerfile;
  readonly #globals: Globals;
  readonly #graph: StageGraph;
  readonly #states = new Map<Stage, StageStates>();
  readonly #global = new Map<number, Environment>();
  readonly #shells: ShellComments;
  /** Values of the pairs of an ARG, with their numbers. */
  readonly #positions = new Map<Instruction, ReadonlyMap<Word | undefined, number>>();

  constructor(file: Dockerfile, globals: Globals, graph: StageGraph) {
    this.#file = file;
    this.#globals = globals;
    this.#graph = graph;
    this.#shells = readShellComments(file);
  }

  at(instruction: Instruction): Environment {
    const stage = this.#stageOf(instruction);
    return stage ? this.#stateAt(stage, instruction).environment : this.#globalAt(instruction);
  }

  after(stage: Stage): Environment {
    return this.#statesOf(stage).after.environment;
  }

  /** How names are looked up in a word of the instruction. */
  lookup(word: Word | undefined, at: Instruction): Lookup {
    const { scope, step, base } = this.#read(word, at);
    return base ? stageLookup(scope, step, base) : globalLookup(scope, step);
  }

  /** See Model.declaration. */
  declaration(name: string, word: Word | undefined, at: Instruction): Variable | undefined {
    const { scope, step } = this.#read(word, at);
    return scope.variables.get(name, step);
  }

  /** The scope and step for reading a word of the instruction. */
  #read(
    word: Word | undefined,
    at: Instruction,
  ): { scope: Scope; step: number; base: BaseImage | undefined } {
    const stage = this.#stageOf(at);
    // Each pair of an ARG sees the pairs before it, and each pair is one step.
    const skipped = word && at.keyword === 'ARG' && at.pairs.length > 1 ? this.#pairsAhead(word, at) : 0;
    if (!stage) return { scope: this.#globals.scope, step: this.#globalStep(at) + skipped, base: undefined };
    const { scope } = this.#statesOf(stage);
    return { scope, step: this.#stateAt(stage, at).step + skipped, base: stage.base };
  }

  #pairsAhead(word: Word, at: Instruction): number {
    let positions = this.#positions.get(at);
    if (!positions) {
      positions = new Map(at.pairs.map(({ value }, position) => [value, position]));
      this.#positions.set(at, positions);
    }
    return positions.get(word) ?? 0;
  }

  /** See Model.isDeclared. */
  isDeclared(name: string, at: Instruction): boolean | undefined {
    if (this.at(at).variables.has(name)) return true;
    const stage = this.#stageOf(at);
    return stage ? baseVariable(stage.base, name).set : isPlatformVariable(name);
  }

  /** The stage whose environment applies to the instruction: none for FROM, which sees only global ARGs. */
  #stageOf(instruction: Instruction): Stage | undefined {
    return instruction.keyword === 'FROM' ? undefined : this.#graph.stageOfIndex[instruction.index];
  }

  #globalStep(instruction: Instruction): number {
    return this.#globals.before.get(instruction) ?? this.#globals.scope.step;
  }

  #globalAt(instruction: Instruction): Environment {
    const step = this.#globalStep(instruction);
    let environment = this.#global.get(step);
    if (!environment) {
      environment = startingWith(this.#globals.scope, step);
      this.#global.set(step, environment);
    }
    return environment;
  }

  #stateAt(stage: Stage, instruction: Instruction): State {
    const states = this.#statesOf(stage);
    const trigger = instruction.onbuild ? states.triggers.get(instruction.index) : undefined;
    const first = stage.instructions[0]?.index ?? 0;
    return trigger ?? states.before[instruction.index - first] ?? states.after;
  }

  #statesOf(stage: Stage): StageStates {
    // Parents first, without recursion: a chain can have thousands of stages.
    const missing: Stage[] = [];
    for (let at: Stage | undefined = stage; at && !this.#states.has(at); at = at.parent) missing.push(at);
    for (let next = missing.pop(); next; next = missing.pop()) this.#states.set(next, this.#walk(next));
    return this.#states.get(stage) ?? this.#walk(stage);
  }

  #walk(stage: Stage): StageStates {
    const parent = stage.parent && this.#states.get(stage.parent);
    const scope = new Scope(parent?.scope);
    const { everywhere, from } = this.#shells;
    let state = parent
      ? withVariables(parent.inherited, scope)
      : withShell(initialState(stage.base, scope), everywhere);
    const before: State[] = [];
    for (const instruction of stage.instructions) {
      state = withShell(state, from.get(instruction.index));
      before.push(state);
      state = this.#step(state, scope, instruction, stage.base);
    }
    const after = state;
    const triggers = new Map<number, State>();
    for (const { index, trigger } of stage.instructions) {
      if (!trigger) continue;
      triggers.set(index, state);
      state = this.#step(state, scope, trigger, stage.base);
    }
    return { scope, before, after, triggers, inherited: state };
  }

  #step(state: State, scope: Scope, instruction: Instruction, base: BaseImage): State {
    const { escape } = this.#file;
    switch (instruction.keyword) {
      case 'USER':
        return user(state, instruction, base, expansionOf(instruction, scope, base, escape));
      case 'WORKDIR':
        return workdir(state, instruction, base, expansionOf(instruction, scope, base, escape)?.text);
      case 'SHELL': {
        const { json } = instruction;
        // Anything except a JSON array stops the build, so the previous shell is the better guess.
        if (!json?.length) return state;
        const shell = json.map(({ value }) => value);
        return changed(state, { shell, shellFromComment: false, shellInstruction: instruction });
      }
      case 'ENV':
        declareEnv(scope, instruction, base, escape);
        return withVariables(state, scope);
      case 'ARG':
        declareStageArgs(scope, instruction, this.#globals.scope, base, escape);
        return withVariables(state, scope);
      default:
        return state;
    }
  }
}

function variablesAt(scope: Scope, step: number): Pick<Environment, 'variables' | 'env' | 'args'> {
  return { variables: scope.variables.at(step), env: scope.env.at(step), args: scope.args.at(step) };
}

/** The variables of a scope, and nothing else. Written out: objects of several spreads are slow to read. */
function startingWith({ variables, env, args }: Scope, step: number): Environment {
  return {
    user: undefined,
    isRoot: undefined,
    workdir: undefined,
    workdirSet: false,
    shell: undefined,
    shellFromComment: false,
    shellInstruction: undefined,
    variables: variables.at(step),
    env: env.at(step),
    args: args.at(step),
  };
}

function changed(state: State, change: Partial<Environment>): State {
  return { ...state, environment: { ...state.environment, ...change } };
}

/** @param program that a comment names */
function withShell(state: State, program: string | undefined): State {
  if (program === undefined) return state;
  return changed(state, { shell: [program], shellFromComment: true, shellInstruction: undefined });
}

function withVariables(state: State, scope: Scope): State {
  const { step } = scope;
  return { step, environment: { ...state.environment, ...variablesAt(scope, step) } };
}

/** The only argument of USER and WORKDIR, expanded. */
function expansionOf(
  instruction: Instruction,
  scope: Scope,
  base: BaseImage,
  escape: string,
): Expansion | undefined {
  const word = instruction.words[0];
  return word && expandWord(word.raw, escape, stageLookup(scope, scope.step, base));
}

function initialState(base: BaseImage, scope: Scope): State {
  const { isRoot, workdir: directory } = base;
  const environment = { ...startingWith(scope, 0), isRoot, workdir: directory, shell: defaultShell(base) };
  return { step: 0, environment };
}

/** The shell without a SHELL instruction; BuildKit decides only by the operating system. */
function defaultShell(base: BaseImage): readonly string[] | undefined {
  if (base.shell === 'cmd') return ['cmd', '/S', '/C'];
  if (base.shell === 'powershell') return ['powershell', '-Command'];
  return base.shell === undefined && base.distribution === undefined ? undefined : ['/bin/sh', '-c'];
}

function user(
  state: State,
  instruction: Instruction,
  base: BaseImage,
  expansion: Expansion | undefined,
): State {
  const word = instruction.words[0];
  if (!word || !expansion) return state;
  const { text, overridable } = expansion;
  const name = text?.split(':', 1)[0];
  return changed(state, { user: { instruction, word, text, name, overridable }, isRoot: isRoot(name, base) });
}

/** Whether a user is root. Windows has no root; with an empty name the image decides. */
function isRoot(name: string | undefined, base: BaseImage): boolean | undefined {
  if (base.distribution === 'windows' || name === undefined) return undefined;
  if (name === '') return base.isRoot;
  return name === 'root' || /^0+$/.test(name);
}

function workdir(state: State, instruction: Instruction, base: BaseImage, text: string | undefined): State {
  if (!instruction.words[0]) return state;
  const before = state.environment.workdir;
  const directory =
    text === undefined ? undefined : resolvePath(before, text, base.distribution === 'windows');
  return changed(state, { workdir: directory, workdirSet: true });
}
