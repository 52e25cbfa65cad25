// The state at each command of a script: the folder after `cd`, and the options of `set`. A script is walked once,
// like its shell would run it: changes in a subshell are forgotten, branches and loops make the state uncertain, and
// nothing after `exit` is reached.
import { transparentPrefixes } from '../../knowledge/programs/shell-builtins';
import { startOptions } from '../../shell/dialect';
import type {
  BlockPlace,
  Command,
  CommandBlock,
  CommandList,
  ShellScript,
  ShellWord,
  Wrapper,
} from '../../shell/types';
import { resolvePath } from '../../text/paths';
import { optionValue } from './options';

/** The state at one point of a script; undefined fields are not known. */
export interface ShellState {
  /** Absolute. */
  readonly folder: string | undefined;
  /** Whether `set -e` is in force. */
  readonly errexit: boolean | undefined;
  readonly pipefail: boolean | undefined;
  /** The folder that `cd -` goes to. */
  readonly previous: string | undefined;
  /** The folders that popd goes back to. */
  readonly stack: Folders | undefined;
}

interface Folders {
  readonly folder: string | undefined;
  readonly below: Folders | undefined;
}

/** Undefined at points that are never reached: after `exit`. */
type Reached = ShellState | undefined;

type Item = Command | BlockPlace;

const nowhere: ShellState = {
  folder: undefined,
  errexit: undefined,
  pipefail: undefined,
  previous: undefined,
  stack: undefined,
};

/** The folder that the word of a `cd` names, absolute or relative; without a word, the home directory. */
export type Destination = (command: Command, word: ShellWord | undefined) => string | undefined;

/** What may change the folder. */
const changesFolder = /\b(?:cd|pushd|popd)\b/;

/** The flow of a script, in the order in which its shell runs it. */
export class ScriptFlow {
  readonly #script: ShellScript;
  readonly #destination: Destination;
  /** The items in the pipelines of each list, in the order in which they run. */
  readonly #items = new Map<CommandList, Item[][]>();
  readonly #blocks = new Map<BlockPlace, CommandBlock[]>();
  readonly #states = new Map<Command, ShellState>();
  /** Pipelines after `||` that end the script or function. Few scripts have any, and none of what follows. */
  #leaving: Map<CommandList, Set<number>> | undefined;
  /** Commands in the order of the walk. */
  readonly #walked: Command[] = [];
  /** By index in `#walked`: +1 where a loop makes the folder uncertain, -1 where that ends. */
  readonly #doubts: number[] = [];
  /** The first place where a block changes to an absolute path. */
  #goesTo: Map<CommandBlock, number> | undefined;
  #changes = 0;

  /** @param folder the folder where the script starts, if known */
  constructor(script: ShellScript, folder: string | undefined, destination: Destination) {
    this.#script = script;
    this.#destination = destination;
    const seen = new Set<CommandBlock>();
    for (const command of script.commands) {
      if (!command.chain) continue;
      this.#add(command.chain.block, seen);
      this.#pipeline(command.chain, command.position).push(command);
    }
    const { errexit, pipefail } = script;
    const start = { ...nowhere, folder, errexit, pipefail };
    this.#lists(script.lists, start);
    this.#settle();
  }

  /** The state before a command of the script, without the effect of its own wrappers. */
  at(command: Command): ShellState {
    return this.#states.get(command) ?? nowhere;
  }

  /** The commands of a pipeline, without those in constructs. */
  commandsIn(list: CommandList, position: number): readonly Command[] {
    return (this.#items.get(list)?.[position] ?? []).filter(isCommand);
  }

  /** Whether a pipeline after `||` ends the script, subshell or function around it. */
  leaves(list: CommandList, position: number): boolean {
    return this.#leaving?.get(list)?.has(position) === true;
  }

  #pipeline(list: CommandList, position: number): Item[] {
    let items = this.#items.get(list);
    if (!items) this.#items.set(list, (items = []));
    return (items[position] ??= []);
  }

  /** Registers a block and the blocks around it, when they are seen for the first time. */
  #add(block: CommandBlock, seen: Set<CommandBlock>): void {
    for (let at = block; !seen.has(at);) {
      seen.add(at);
      const { place } = at;
      if (!place) return;
      const known = this.#blocks.get(place);
      if (known) known.push(at);
      else {
        this.#blocks.set(place, [at]);
        this.#pipeline(place.chain, place.position).push(place);
      }
      at = place.chain.block;
    }
  }

  #lists(lists: readonly CommandList[], start: Reached): Reached {
    let state = start;
    for (const list of lists) state = this.#list(list, state);
    return state;
  }

  #list(list: CommandList, start: Reached): Reached {
    const pipelines = this.#items.get(list);
    if (!pipelines) return start;
    let state = start;
    let isSure = true;
    for (let at = 0; at < pipelines.length; at += 1) {
      const items = pipelines[at] ?? [];
      const joint = list.joints[at - 1];
      if (joint === '||') {
        // Any of the commands before may have failed.
        const end = this.#run(items, merged(start, state));
        if (end) state = merged(state, end);
        else this.#leave(list, at);
        continue;
      }
      const end = this.#run(items, state);
      // After a test or a construct, `&&` is a choice and not a next step.
      if (joint === '&&' && (end === undefined || (end !== state && isTest(pipelines[at - 1]))))
        isSure = false;
      state = end;
    }
    // Runs in the background, in its own shell.
    if (list.end === '&') return start;
    return isSure ? state : merged(start, state);
  }

  #leave(list: CommandList, position: number): void {
    this.#leaving ??= new Map();
    const known = this.#leaving.get(list);
    if (known) known.add(position);
    else this.#leaving.set(list, new Set([position]));
  }

  #run(items: readonly Item[], start: Reached): Reached {
    let state = start;
    for (const item of items) {
      if (!isCommand(item)) {
        state = this.#construct(item, state);
        continue;
      }
      this.#states.set(item, state ?? nowhere);
      this.#walked.push(item);
      if (!this.#isApart(item)) state = this.#effect(item, state);
    }
    return state;
  }

  /** Whether a part of a pipeline runs in its own shell: zsh runs the last part itself. */
  #isApart({ pipeline }: Item): boolean {
    return (
      pipeline !== undefined && !(this.#script.dialect === 'zsh' && pipeline.index === pipeline.length - 1)
    );
  }

  #construct(place: BlockPlace, start: Reached): Reached {
    const { command } = place;
    // Strings and substitutions are read where their command is started.
    let state = command ? (this.#states.get(command) ?? start) : start;
    const outside = place.chain.block.nesting.length;
    let ends: Reached;
    let flows = command === undefined;
    for (const block of this.#blocks.get(place) ?? []) {
      switch (block.nesting[outside]) {
        case 'condition':
        case 'group':
          state = this.#lists(block.lists, state);
          break;
        case 'branch':
        case 'case':
          ends = merged(ends, this.#lists(block.lists, state));
          break;
        case 'loop':
          state = this.#loop(block, state);
          break;
        case 'function':
          state = this.#function(block, state);
          break;
        case 'string':
          if (block.wrappers.at(-1)?.program === 'eval') {
            flows = true;
            state = this.#lists(block.lists, state);
          } else this.#lists(block.lists, stringStart(block, place, state));
          break;
        default:
          this.#lists(block.lists, state);
      }
    }
    return flows && !this.#isApart(place) ? merged(state, ends) : start;
  }

  /** A loop: its second run may start in another folder, unless the block itself changes to an absolute path. */
  #loop(block: CommandBlock, start: Reached): Reached {
    const from = this.#walked.length;
    const end = this.#lists(block.lists, start);
    if (end && end.folder !== start?.folder) {
      const to = this.#goesTo?.get(block) ?? this.#walked.length - 1;
      this.#doubts[from] = (this.#doubts[from] ?? 0) + 1;
      this.#doubts[to + 1] = (this.#doubts[to + 1] ?? 0) - 1;
    }
    return merged(start, end);
  }

  /** A function: its callers are not known. If it may change the folder, the state is unknown after it. */
  #function(block: CommandBlock, start: Reached): Reached {
    const before = this.#changes;
    // Where no command of the script changes the folder, every caller stands in the same one.
    const isFixed = start !== undefined && !changesFolder.test(this.#script.text);
    this.#lists(block.lists, isFixed ? { ...nowhere, folder: start.folder } : nowhere);
    return this.#changes === before ? start : start && nowhere;
  }

  #settle(): void {
    let doubts = 0;
    this.#walked.forEach((command, at) => {
      doubts += this.#doubts[at] ?? 0;
      if (doubts > 0)
        this.#states.set(command, { ...this.at(command), folder: undefined, previous: undefined });
    });
  }

  #effect(command: Command, state: Reached): Reached {
    const own = command.wrappers.slice(command.chain?.block.wrappers.length ?? 0);
    if (own.some(({ program }) => program === 'exec')) return undefined;
    if (!state || own.some(({ program }) => !transparentPrefixes.has(program))) return state;
    switch (command.program) {
      case 'exit':
      case 'return':
      case 'break':
      case 'continue':
        return undefined;
      case 'cd':
      case 'pushd':
      case 'popd':
        this.#changes += 1;
        return this.#moved(command, state);
      case 'set':
        this.#changes += 1;
        return withOptions(command, state);
      default:
        return state;
    }
  }

  #moved(command: Command, state: ShellState): ShellState {
    const { program, args, chain } = command;
    const { folder, previous, stack } = state;
    const words = args.filter(({ value }) => !/^(?:-[LPe@]+|--)$/.test(value ?? ''));
    const isTurn = program !== 'cd' && (words.length === 0 || /^[+-]/.test(words[0]?.value ?? ''));
    const to = words.length > 1 || isTurn ? undefined : this.#destination(command, words[0]);
    if (to?.startsWith('/') && chain && !this.#goesTo?.has(chain.block))
      (this.#goesTo ??= new Map()).set(chain.block, this.#walked.length - 1);
    if (program === 'popd')
      return {
        ...state,
        folder: args.length === 0 ? stack?.folder : undefined,
        previous: folder,
        stack: stack?.below,
      };
    const next = to === '-' ? previous : to === undefined ? undefined : resolvePath(folder, to);
    return {
      ...state,
      folder: next,
      previous: folder,
      stack: program === 'pushd' ? { folder, below: stack } : stack,
    };
  }
}

function isCommand(item: Item): item is Command {
  return 'program' in item;
}

/** Whether a pipeline is a test, so that a command after its `&&` is a choice. */
function isTest(items: readonly Item[] | undefined): boolean {
  return !items?.some((item) => isCommand(item) && !/^(?:\[|test)$/.test(item.program));
}

/** The common part of two states that lead to the same point. */
function merged(a: Reached, b: Reached): Reached {
  if (!a || a === b) return b;
  if (!b) return a;
  const same = <K extends keyof ShellState>(key: K): ShellState[K] | undefined =>
    a[key] === b[key] ? a[key] : undefined;
  return {
    folder: same('folder'),
    errexit: same('errexit'),
    pipefail: same('pipefail'),
    previous: same('previous'),
    stack: same('stack'),
  };
}

/** The state at the start of a string: the folder of its command, and the options given to its shell. */
function stringStart(block: CommandBlock, { chain }: BlockPlace, state: Reached): ShellState {
  const own = block.wrappers.slice(chain.block.wrappers.length);
  const options = startOptions((own.at(-1)?.args ?? []).map(({ value }) => value));
  return { ...nowhere, folder: folderAfter(own, state?.folder), ...options };
}

/** `set -e`, `set +x`, `set -euo pipefail`. */
function withOptions({ args }: Command, state: ShellState): ShellState {
  let { errexit, pipefail } = state;
  for (let at = 0; at < args.length; at += 1) {
    const text = args[at]?.value;
    if (text === undefined) return { ...state, errexit: undefined, pipefail: undefined };
    if (!/^[-+][A-Za-z]+$/.test(text)) break;
    const isOn = text.startsWith('-');
    if (text.includes('e')) errexit = isOn;
    if (!text.endsWith('o')) continue;
    at += 1;
    if (args[at]?.value === 'errexit') errexit = isOn;
    if (args[at]?.value === 'pipefail') pipefail = isOn;
  }
  return { ...state, errexit, pipefail };
}

/** The folder in which wrappers start their program: `env -C /x`, `sudo --chdir=/x`; a login shell starts at home. */
export function folderAfter(wrappers: readonly Wrapper[], from: string | undefined): string | undefined {
  let folder = from;
  for (const { program, args } of wrappers) {
    const isGiven = (option: RegExp): boolean =>
      args.some(({ value, prefix }) => option.test(value ?? prefix));
    const change = folderOptions.get(program);
    const to = change && optionValue(args, ...change);
    if (to) folder = to.text === undefined ? undefined : resolvePath(folder, to.text);
    if (program === 'chroot') folder = undefined;
    if (program === 'sudo' && isGiven(/^(?:-[a-zA-Z]*i|--login|-R|--chroot(?:=.*)?)$/)) folder = undefined;
    if (/^(?:su|runuser)$/.test(program) && isGiven(/^(?:-|-[a-zA-Z]*l|--login)$/)) folder = undefined;
  }
  return folder;
}

const folderOptions: ReadonlyMap<string, readonly string[]> = new Map([
  ['env', ['-C', '--chdir']],
  ['sudo', ['-D', '--chdir']],
  ['chpst', ['-C']],
  ['uv', ['--directory']],
  ['poetry', ['-C', '--directory']],
]);
