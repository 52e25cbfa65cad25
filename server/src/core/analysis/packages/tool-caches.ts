// The uses of package managers and build tools in RUNs, with the folders of their caches as absolute paths: these
// follow the user, its home directory, and variables. Rules about cache mounts compare them with the mounts of the RUN.
import { mountTypeOf, mountValue, mountsOf } from '../text/mount-options';
import { toolCacheNamed, toolCaches } from '../../knowledge/packages/tool-caches';
import type { ToolCache, ToolFolder } from '../../knowledge/packages/tool-caches';
import { findOption } from '../../shell/options';
import type { Model } from '../../model/model';
import type { Command, ShellWord } from '../../shell/types';
import type { Flag, Instruction } from '../../syntax/nodes';
import { once } from '../../text/memo';
import { isBelow, resolvePath } from '../../text/paths';
import type { Span } from '../../text/span';
import { optionValue } from '../commands/options';
import { userOf } from '../commands/user';
import { createdUsers } from '../runtime/image-users';

export interface ToolUse {
  readonly command: Command;
  readonly tool: ToolCache;
  /** `build`, `install`; the name of the program if there is none. */
  readonly verb: ShellWord;
  /** Whether it fetches what the project needs, and builds nothing. */
  readonly fetches: boolean;
  /** Whether an option may move its cache or switch it off. */
  readonly mayBeElsewhere: boolean;
}

/** Actions of package managers that go through the cache. */
const caching: ReadonlySet<string> = new Set(['install', 'upgrade', 'download']);

const buildTools = toolCaches.flatMap(({ name, verbs }) => (verbs ? [name] : []));

/** The commands of RUNs that use a cache of the table, in file order. */
export const toolUses = once((model: Model): readonly ToolUse[] => {
  const found: ToolUse[] = [];
  for (const { command, manager, action, verb, mayHoldOptions } of model.packageCommands) {
    const tool = toolCacheNamed(manager.name);
    if (!tool || tool.verbs || !caching.has(action)) continue;
    const fetches = manager.verbs.download?.includes(verb.value ?? '') === true;
    found.push({ command, tool, verb, fetches, mayBeElsewhere: mayHoldOptions || names(command, tool) });
  }
  for (const command of model.commandsNamed(...buildTools)) {
    const tool = toolCacheNamed(command.program);
    const verb = command.args.find(({ value }) => tool?.verbs?.test(value ?? ''));
    if (!tool || !verb) continue;
    const words = command.args.slice(command.args.indexOf(verb)).map(({ text }) => text);
    const fetches = tool.fetches?.test(words.join(' ')) === true;
    if (verb.value === 'mod' && !fetches) continue;
    found.push({ command, tool, verb, fetches, mayBeElsewhere: names(command, tool) });
  }
  return found
    .filter(({ command: { instruction } }) => instruction.keyword === 'RUN')
    .sort((a, b) => a.command.span.start - b.command.span.start);
});

function names({ args }: Command, { elsewhere }: ToolCache): boolean {
  return args.some(({ value, prefix }) => {
    const text = value ?? prefix;
    return elsewhere.some((option) => text === option || text.startsWith(`${option}=`));
  });
}

/** Whether a command takes all from its cache, and no other option moves that. */
export function isOffline({ command, tool }: ToolUse): boolean {
  const others = tool.elsewhere.filter((one) => one !== '--offline');
  return (
    command.args.some(({ value }) => value === '--offline') && !names(command, { ...tool, elsewhere: others })
  );
}

/** The home directory of the user that runs a command; undefined if it is not known. */
function homeOf(model: Model, command: Command): string | undefined {
  const set = valueOf(model, command, 'HOME');
  if (set) return set.value?.startsWith('/') ? set.value : undefined;
  const { isRoot, name, overridable } = userOf(model, command);
  const stage = model.stageOf(command.instruction);
  if (stage?.base.distribution === 'windows') return undefined;
  if (isRoot === true) return '/root';
  if (!stage || name === undefined || overridable) return undefined;
  const created = createdUsers(model, stage).find((user) => user.name === name || user.uid === name);
  if (!created) return name === stage.base.appUser ? `/home/${name}` : undefined;
  const home = findOption(created.command, '-d', '--home-dir', '--home', '-h');
  return home ? home.value : `/home/${created.name}`;
}

/**
 * Whether a tool certainly keeps nothing in /root: another user runs it, and nothing tells it to use another folder than
 * the user's own.
 */
export function avoidsRoot(model: Model, { command, tool, mayBeElsewhere }: ToolUse): boolean {
  if (mayBeElsewhere || model.stageOf(command.instruction)?.base.name === undefined) return false;
  const { isRoot, overridable } = userOf(model, command);
  if (isRoot !== false || overridable) return false;
  const variables = ['HOME', ...tool.folders.flatMap(({ moved }) => Object.keys(moved))];
  return variables.every(
    (name) => valueOf(model, command, name) === undefined && !setInScript(command, name),
  );
}

/** The absolute folder that an option of a command names, if no other option changes what it keeps. */
export function namedFolder({ command, tool }: ToolUse): string | undefined {
  const folder = tool.folderOptions && optionValue(command.args, ...tool.folderOptions)?.text;
  const others = tool.elsewhere.filter((one) => tool.folderOptions?.includes(one) === false);
  if (!folder?.startsWith('/') || names(command, { ...tool, elsewhere: others })) return undefined;
  return resolvePath(undefined, folder);
}

/** The variable that switches the cache of a tool off, with the place that sets it if that is the command. */
export function switchedOff(
  model: Model,
  { command, tool }: Pick<ToolUse, 'command' | 'tool'>,
): { readonly name: string; readonly at: Span | undefined } | undefined {
  for (const name of tool.offVariables ?? []) {
    if (!/^(?:1|true|on|yes)$/i.test(valueOf(model, command, name)?.value ?? '')) continue;
    return { name, at: command.assignments.find((one) => one.name === name)?.span };
  }
  return undefined;
}

interface Setting {
  /** Undefined if it is not known. */
  readonly value: string | undefined;
}

/** What a variable is for a command, by the command itself, the file, or the base image. */
function valueOf(model: Model, { instruction, assignments }: Command, name: string): Setting | undefined {
  const own = assignments.find((one) => one.name === name);
  if (own) return { value: own.value?.value };
  const { variables } = model.environmentAt(instruction);
  const set = variables.get(name);
  if (set) return { value: set.value };
  const base = model.stageOf(instruction)?.base.env;
  return base?.has(name) ? { value: base.get(name) } : undefined;
}

/**
 * The folder that a variable gives a tool for its downloads, as written.
 * @param name of the package manager
 * @returns undefined if no variable moves it
 */
export function movedCache(model: Model, command: Command, name: string): Setting | undefined {
  const [folder] = toolCacheNamed(name)?.folders ?? [];
  if (!folder) return undefined;
  for (const [variable, below] of Object.entries(folder.moved)) {
    const set = valueOf(model, command, variable);
    if (set) return set.value === undefined ? set : { value: set.value + below };
  }
  return undefined;
}

/** The absolute path of a folder of a tool's cache; undefined if it is not known. */
export function cacheFolder(
  model: Model,
  { command, tool }: Pick<ToolUse, 'command' | 'tool'>,
  { path, moved }: ToolFolder,
): string | undefined {
  // The script may set a variable before the command.
  if (command.script && Object.keys(moved).some((name) => setInScript(command, name))) return undefined;
  for (const [name, below] of Object.entries(moved)) {
    const set = valueOf(model, command, name);
    if (set) return set.value?.startsWith('/') ? resolvePath(undefined, set.value + below) : undefined;
  }
  const base = model.stageOf(command.instruction)?.base;
  if (tool.isMovedByImages && base?.name === undefined) return undefined;
  if (!path.startsWith('~')) return path;
  const home = homeOf(model, command);
  return home === undefined
    ? undefined
    : followed(model, command.instruction, home.replace(/\/$/, '') + path.slice(1));
}

/** In the image of Gradle, the folder of root is a link to that of its user. */
function followed(model: Model, instruction: Instruction, path: string): string {
  if (model.stageOf(instruction)?.base.name !== 'gradle') return path;
  return path.replace(/^\/root\/\.gradle(?=\/|$)/, '/home/gradle/.gradle');
}

function setInScript({ script, assignments }: Command, name: string): boolean {
  const own = assignments.some((one) => one.name === name);
  return !own && script?.text.includes(`${name}=`) === true;
}

export interface CacheMount {
  readonly flag: Flag;
  /** Absolute; undefined if a variable or the working folder is not known. */
  readonly target: string | undefined;
}

/** The cache mounts of a RUN. */
export function cacheMountsOf(model: Model, run: Instruction): readonly CacheMount[] {
  return mountsOf(run).flatMap((flag) => {
    if (mountTypeOf(flag) !== 'cache') return [];
    const value = mountValue(flag, 'target');
    const target =
      value === undefined || value.includes('$')
        ? undefined
        : resolvePath(model.environmentAt(run).workdir, value);
    return [{ flag, target: target === undefined ? undefined : followed(model, run, target) }];
  });
}

/** Whether a mount keeps files of a folder: they have a common path. */
export function overlaps(target: string, folder: string): boolean {
  return isBelow(target, folder) || isBelow(folder, target);
}

/** Whether a RUN mounts something, of whatever type, over a folder. */
export function isMountedOver(model: Model, run: Instruction, folder: string): boolean {
  return mountsOf(run).some((flag) => {
    const value = mountValue(flag, 'target');
    if (value === undefined) return false;
    const target = value.includes('$') ? undefined : resolvePath(model.environmentAt(run).workdir, value);
    return target === undefined || overlaps(followed(model, run, target), folder);
  });
}
