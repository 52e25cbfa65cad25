// Effective USER, WORKDIR, SHELL, ENV and ARG at any instruction. One walk over a stage, when it is first asked
// for; instructions that change nothing share the object of their neighbour.
import type { BaseImage } from '../knowledge/images';
import { predefinedVariables } from '../knowledge/predefined-variables';
import type { Dockerfile, Instruction, Word } from '../syntax/nodes';
import type { Lookup } from './expand';
import { expandWord } from './expand';
import type { Environment, Stage, UserSetting } from './model';
import type { StageGraph } from './stages';
import type { Scope } from './variables';
import {
  baseVariable,
  emptyScope,
  globalArgs,
  globalLookup,
  stageArgs,
  stageEnv,
  stageLookup,
} from './variables';
import { joinWorkdir } from './workdir';

/** What holds at one point, as an Environment and with what is needed to go on. */
interface State {
  readonly environment: Environment;
  readonly scope: Scope;
}

interface StageStates {
  /** By offset from the stage's first instruction. */
  readonly before: readonly State[];
  readonly after: State;
  /** ONBUILD triggers run on top of the finished image, one after the other. By index of the instruction. */
  readonly triggers: ReadonlyMap<number, State>;
  /** After the triggers: what a child in this file starts with. */
  readonly inherited: State;
}

/** The ARGs above the first FROM. */
export interface Globals {
  /** Behind all of them. */
  readonly scope: Scope;
  readonly before: ReadonlyMap<Instruction, Scope>;
  readonly ofValue: ReadonlyMap<Word, Scope>;
}

export function readGlobals(file: Dockerfile): Globals {
  const before = new Map<Instruction, Scope>();
  const ofValue = new Map<Word, Scope>();
  let scope = emptyScope;
  const first = file.instructions.findIndex(({ keyword }) => keyword === 'FROM');
  for (const instruction of file.instructions.slice(0, Math.max(first, 0))) {
    before.set(instruction, scope);
    if (instruction.keyword !== 'ARG') continue;
    scope = globalArgs(scope, instruction, file.escape, (value, at) => ofValue.set(value, at));
  }
  return { scope, before, ofValue };
}

export class Environments {
  readonly #file: Dockerfile;
  readonly #globals: Globals;
  readonly #graph: StageGraph;
  readonly #states = new Map<Stage, StageStates>();
  /** The scope in which the value of a pair of ARG is expanded, where that differs from the instruction's. */
  readonly #scopeOfValue = new Map<Word, Scope>();

  constructor(file: Dockerfile, globals: Globals, graph: StageGraph) {
    this.#file = file;
    this.#globals = globals;
    this.#graph = graph;
  }

  at(instruction: Instruction): Environment {
    return this.#stateAt(instruction).environment;
  }

  after(stage: Stage): Environment {
    return this.#statesOf(stage).after.environment;
  }

  /** How names are looked up in a word of the instruction. */
  lookup(word: Word | undefined, at: Instruction): Lookup {
    const stage = this.#stageOf(at);
    if (!stage) return globalLookup((word && this.#globals.ofValue.get(word)) ?? this.#globalScope(at));
    const { scope } = this.#stateAt(at);
    return stageLookup((word && this.#scopeOfValue.get(word)) ?? scope, stage.base);
  }

  /** See Model.isDeclared. */
  isDeclared(name: string, at: Instruction): boolean | undefined {
    const stage = this.#stageOf(at);
    const { variables } = this.at(at);
    if (variables.has(name)) return true;
    if (!stage) return predefinedVariables.get(name)?.kind === 'platform';
    return baseVariable(stage.base, name).set;
  }

  /** The stage whose environment holds for the instruction: none for FROM, which knows global ARGs alone. */
  #stageOf(instruction: Instruction): Stage | undefined {
    return instruction.keyword === 'FROM' ? undefined : this.#graph.stageOfIndex[instruction.index];
  }

  #globalScope(instruction: Instruction): Scope {
    return this.#globals.before.get(instruction) ?? this.#globals.scope;
  }

  #stateAt(instruction: Instruction): State {
    const stage = this.#stageOf(instruction);
    if (!stage) return globalState(this.#globalScope(instruction));
    const states = this.#statesOf(stage);
    const trigger = instruction.onbuild ? states.triggers.get(instruction.index) : undefined;
    const first = stage.instructions[0]?.index ?? 0;
    return trigger ?? states.before[instruction.index - first] ?? states.after;
  }

  #statesOf(stage: Stage): StageStates {
    // Parents first, without recursion: chains can be thousands long.
    const missing: Stage[] = [];
    for (let at: Stage | undefined = stage; at && !this.#states.has(at); at = at.parent) missing.push(at);
    for (let next = missing.pop(); next; next = missing.pop()) this.#states.set(next, this.#walk(next));
    return this.#states.get(stage) ?? this.#walk(stage);
  }

  #walk(stage: Stage): StageStates {
    const before: State[] = [];
    let state = (stage.parent && this.#states.get(stage.parent)?.inherited) ?? initialState(stage.base);
    for (const instruction of stage.instructions) {
      before.push(state);
      state = this.#step(state, instruction, stage.base);
    }
    const after = state;
    const triggers = new Map<number, State>();
    for (const { index, trigger } of stage.instructions) {
      if (!trigger) continue;
      triggers.set(index, state);
      state = this.#step(state, trigger, stage.base);
    }
    return { before, after, triggers, inherited: state };
  }

  #step(state: State, instruction: Instruction, base: BaseImage): State {
    const { escape } = this.#file;
    switch (instruction.keyword) {
      case 'USER':
        return user(state, instruction, base, escape);
      case 'WORKDIR':
        return workdir(state, instruction, base, escape);
      case 'SHELL': {
        const { json } = instruction;
        // Anything but a JSON array stops the build: what held before is the better guess.
        if (!json?.length) return state;
        const shell = json.map(({ value }) => value);
        return { ...state, environment: { ...state.environment, shell, shellInstruction: instruction } };
      }
      case 'ENV':
        return rescoped(state, stageEnv(state.scope, instruction, base, escape));
      case 'ARG': {
        const each = (value: Word, scope: Scope): void => {
          if (scope !== state.scope) this.#scopeOfValue.set(value, scope);
        };
        return rescoped(state, stageArgs(state.scope, instruction, this.#globals.scope, base, escape, each));
      }
      default:
        return state;
    }
  }
}

function rescoped(state: State, scope: Scope): State {
  if (scope === state.scope) return state;
  const { variables, env, args } = scope;
  return { scope, environment: { ...state.environment, variables, env, args } };
}

function globalState(scope: Scope): State {
  return rescoped(
    {
      scope: emptyScope,
      environment: {
        user: undefined,
        isRoot: undefined,
        workdir: undefined,
        workdirSet: false,
        shell: undefined,
        shellInstruction: undefined,
        ...emptyScope,
      },
    },
    scope,
  );
}

function initialState(base: BaseImage): State {
  return {
    scope: emptyScope,
    environment: {
      user: undefined,
      isRoot: base.isRoot,
      workdir: base.workdir,
      workdirSet: false,
      shell: defaultShell(base),
      shellInstruction: undefined,
      ...emptyScope,
    },
  };
}

/** What reads shell forms without a SHELL; BuildKit decides by the operating system alone. */
function defaultShell(base: BaseImage): readonly string[] | undefined {
  if (base.shell === 'cmd') return ['cmd', '/S', '/C'];
  if (base.shell === 'powershell') return ['powershell', '-Command'];
  return base.shell === undefined && base.distribution === undefined ? undefined : ['/bin/sh', '-c'];
}

function user(state: State, instruction: Instruction, base: BaseImage, escape: string): State {
  const word = instruction.words[0];
  if (!word) return state;
  const { text } = expandWord(word.raw, escape, stageLookup(state.scope, base));
  const name = text?.split(':', 1)[0];
  const setting: UserSetting = { instruction, word, text, name };
  return { ...state, environment: { ...state.environment, user: setting, isRoot: isRoot(name, base) } };
}

/** Windows has no root; an empty name leaves the decision to the image. */
function isRoot(name: string | undefined, base: BaseImage): boolean | undefined {
  if (base.distribution === 'windows' || name === undefined) return undefined;
  if (name === '') return base.isRoot;
  return name === 'root' || /^0+$/.test(name);
}

function workdir(state: State, instruction: Instruction, base: BaseImage, escape: string): State {
  const word = instruction.words[0];
  if (!word) return state;
  const { text } = expandWord(word.raw, escape, stageLookup(state.scope, base));
  const directory =
    text === undefined
      ? undefined
      : joinWorkdir(state.environment.workdir, text, base.distribution === 'windows');
  return { ...state, environment: { ...state.environment, workdir: directory, workdirSet: true } };
}
