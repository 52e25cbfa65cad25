// Finds package commands that leave lists or downloads in the layer of their RUN.
import { deletes, deletionsOf, mountedAway } from '../layers/layer-contents';
import type { Command } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { fromHome, isBelow, resolvePath } from '../../text/paths';
import type { PackageCommand } from '../../model/installs';
import type { Model, Stage } from '../../model/model';
import { managerOfProgram } from '../../knowledge/packages/package-managers';
import { removers } from '../../knowledge/programs/build-steps';
import type { PackageManager } from '../../knowledge/packages/package-managers';
import { toolCacheNamed } from '../../knowledge/packages/tool-caches';
import { groupedBy } from '../../text/groups';
import { once } from '../../text/memo';
import { folderOf } from '../commands/folder';
import { optionValue } from '../commands/options';
import { userOf } from '../commands/user';
import { vainDeletion } from '../layers/vain-deletions';
import type { VainDeletion } from '../layers/vain-deletions';
import { givesOption, mayInstall, packageCommandOf } from './package-commands';
import { movedCache, switchedOff } from './tool-caches';
import { isSetBefore, pipKeepsNothing } from './written-settings';

export interface CacheLeft {
  readonly use: PackageCommand;
  /** The folder, `~` for a home directory. */
  readonly folder: string;
  /** All package commands of the RUN, including this one. */
  readonly uses: readonly PackageCommand[];
}

/** The package commands of a RUN that leave a cache in its layer. */
function cachesLeftBy(model: Model, run: Instruction, uses: readonly PackageCommand[]): readonly CacheLeft[] {
  const away = mountedAway(run).map(fromHome);
  // The folders that the commands fill.
  const filled = new Map<Command, { readonly use: PackageCommand; readonly folder: string | undefined }>();
  // Those that nothing empties so far, with the folders that may hold the same cache. A file names few different ones.
  const kept = new Map<string, readonly string[]>();
  for (let at = uses.length - 1; at >= 0; at -= 1) {
    const use = uses[at] as PackageCommand;
    const folder = writtenCache(model, use);
    filled.set(use.command, { use, folder });
    if (folder !== undefined && !kept.has(folder)) kept.set(folder, mayHold(use, folder));
  }
  const cleaned = new Set<string>();
  const left: CacheLeft[] = [];
  const commands = model.commandsOf(run);
  for (let at = commands.length - 1; at >= 0; at -= 1) {
    const command = commands[at] as Command;
    // A script with such a name probably removes the caches.
    if (/clean|purge|slim/i.test(command.program)) return left.reverse();
    const { use, folder } = filled.get(command) ?? {};
    if (use && folder !== undefined) {
      const { family } = use.manager;
      const isAway =
        away.length > 0 &&
        [folder, ...use.manager.caches].some((path) => away.some((one) => isBelow(path, one)));
      if (!isAway && !cleaned.has(family) && kept.has(folder)) left.push({ use, folder, uses });
    }
    for (const one of deletionsOf(model, command).known) {
      for (const [folder, same] of kept) if (same.some((path) => deletes(one, path))) kept.delete(folder);
    }
    if (use && cleansCache(use)) cleaned.add(use.manager.family);
    if (removers.has(command.program)) for (const family of askedFamilies(command)) cleaned.add(family);
  }
  return left.reverse();
}

/** The families of the managers that `rm` asks where their caches are: `rm -rf "$(yarn cache dir)"`. */
function askedFamilies({ args }: Command): readonly string[] {
  return args.flatMap(({ text }) => {
    const asked = /\$\((?:python3? -m )?(\w+) (?:cache dir|config get cache|store path)\)/.exec(text)?.[1];
    return managerOfProgram(asked ?? '')?.family ?? [];
  });
}

type LeftByRun = ReadonlyMap<Instruction, readonly CacheLeft[]>;

const leftByRun = once((model: Model): LeftByRun => findLeft(model, true));
const leftElsewhere = once((model: Model): LeftByRun => findLeft(model, false));

/** @param inImage whether in stages that reach the image, or in the others */
function findLeft(model: Model, inImage: boolean): LeftByRun {
  const byRun = groupedBy(model.packageCommands, ({ command: { instruction } }) =>
    instruction.keyword === 'RUN' && model.reachesImage(instruction) === inImage ? instruction : undefined,
  );
  return new Map([...byRun].map(([run, uses]) => [run, cachesLeftBy(model, run, uses)]));
}

/**
 * The package commands that leave a cache in the layer of their RUN, in stages that are part of the image: no option,
 * variable or mount prevents it, and no later command of the RUN removes it.
 */
export const cachesLeft = once((model: Model): readonly CacheLeft[] => [...leftByRun(model).values()].flat());

/** The same for one RUN. */
export function cachesLeftIn(model: Model, run: Instruction): readonly CacheLeft[] {
  return leftByRun(model).get(run) ?? [];
}

/** The deletion after the command that was meant to empty its cache, and does not. */
export function vainDeletionAfter(
  model: Model,
  { use: { command }, folder }: CacheLeft,
): VainDeletion | undefined {
  const after = model.commandsOf(command.instruction);
  return vainDeletion(model, after.slice(after.indexOf(command) + 1), folder);
}

/**
 * By the last package command that leaves a cache: the later RUN of its stage that does nothing but empty that cache.
 * Once nothing is left, that RUN is of no use. Only if no other RUN leaves something for it, or might.
 */
const removalsOfLeft = once((model: Model): ReadonlyMap<PackageCommand, Instruction> => {
  const found = new Map<PackageCommand, Instruction>();
  if (cachesLeft(model).length === 0) return found;
  for (const { instructions } of model.stages) {
    pairRemovals(model, instructions, found);
    // Triggers run in another build.
    const triggers = instructions.flatMap(({ trigger }) => trigger ?? []);
    pairRemovals(model, triggers, found);
  }
  return found;
});

function pairRemovals(
  model: Model,
  instructions: readonly Instruction[],
  found: Map<PackageCommand, Instruction>,
): void {
  // By folder; undefined if several steps may have written to it.
  const open = new Map<string, PackageCommand | undefined>();
  for (const run of instructions) {
    if (run.keyword !== 'RUN') continue;
    const emptied = [...open].filter(([folder]) => onlyEmpties(model, run, folder));
    for (const [folder, use] of emptied) {
      if (use) found.set(use, run);
      open.delete(folder);
    }
    for (const { use, folder } of cachesLeftIn(model, run)) {
      const isOwn = open.get(folder)?.command.instruction === run;
      open.set(folder, isOwn || !open.has(folder) ? use : undefined);
    }
    if (open.size > 0 && emptied.length === 0 && model.commandsOf(run).some(mayInstall))
      for (const folder of open.keys()) open.set(folder, undefined);
  }
}

function onlyEmpties(model: Model, run: Instruction, folder: string): boolean {
  const [only, ...others] = model.commandsOf(run);
  if (!only || others.length > 0 || run.flags.length > 0) return false;
  const use = packageCommandOf(model, only);
  if (use && cleansCache(use) && use.packages.length === 0 && use.manager.caches.includes(folder))
    return true;
  const { known, more } = deletionsOf(model, only);
  return !more && known.length > 0 && known.every(({ path }) => path !== undefined && path === folder);
}

/** The later RUN that is of no use once this is not left any more. */
export function laterRemoval(model: Model, { use }: CacheLeft): Instruction | undefined {
  return removalsOfLeft(model).get(use);
}

/**
 * The first one of some managers in each RUN: one removal after the last is enough for all.
 * @param everyStage whether stages count that do not reach the image
 */
export function firstCachesLeft(
  model: Model,
  isMeant: (manager: PackageManager) => boolean,
  everyStage = false,
): readonly CacheLeft[] {
  const first = new Map<Instruction, CacheLeft>();
  for (const found of everyStage ? [leftElsewhere(model), leftByRun(model)] : [leftByRun(model)])
    for (const [run, left] of found) {
      const meant = left.find(({ use }) => isMeant(use.manager));
      if (meant) first.set(run, meant);
    }
  return [...first.values()];
}

/** Whether a command empties the caches of its manager. For `apt-get distclean` see the deleted paths. */
export function cleansCache({ action, manager, given, packages }: PackageCommand): boolean {
  if (action !== 'clean' || !manager.cleanEmptiesCaches) return false;
  const { cleanNeeds } = manager;
  if (cleanNeeds.length === 0 || packages.some(({ value }) => value === undefined)) return true;
  const words = [...given.map(({ name }) => name), ...packages.map(({ value = '' }) => value)];
  return words.some((word) => cleanNeeds.includes(word));
}

/** The folders of which one holds the cache that a command leaves in `folder`. */
function mayHold({ manager }: PackageCommand, folder: string): readonly string[] {
  const hasSeveral = manager.family === 'rpm' || manager.family === 'yarn';
  return hasSeveral && folder === manager.caches[0] ? manager.caches : [folder];
}

/** The folder that a package command fills; undefined if it fills none, or perhaps none. */
function writtenCache(model: Model, use: PackageCommand): string | undefined {
  const { manager, action } = use;
  if (use.mayHoldOptions || !manager.fillsCache.includes(action)) return undefined;
  if (givesOption(use, ...manager.noCache, ...manager.fillsNoCache)) return undefined;
  if (manager.family === 'rpm') return rpmCache(model, use);
  if (manager.name === 'pip') return pipCache(model, use);
  if (manager.name === 'uv') return uvCache(model, use);
  const moved = movedCache(model, use.command, manager.name);
  return moved ? moved.value && fromHome(moved.value) : manager.caches[0];
}

/** Since release 8 of RHEL, yum is a name of dnf, so `/var/cache/yum` stays empty. */
function rpmCache(model: Model, { manager, command }: PackageCommand): string | undefined {
  const base = model.stageOf(command.instruction)?.base;
  const isRedHat = base?.distribution === 'rhel' || base?.distribution === 'amazon';
  return manager.name === 'yum' && isRedHat && base.packageManager === 'dnf'
    ? '/var/cache/dnf'
    : manager.caches[0];
}

function uvCache(model: Model, { command, manager }: PackageCommand): string | undefined {
  const tool = toolCacheNamed(manager.name);
  if (tool && switchedOff(model, { command, tool })) return undefined;
  // The script may switch it off, or move it.
  if (/\bUV_(?:NO_CACHE|CACHE_DIR)=/.test(command.script?.text ?? '')) return undefined;
  const given = optionValue(command.args, '--cache-dir');
  if (given) return given.text && givenFolder(model, command, given.text);
  const moved = movedCache(model, command, manager.name);
  return moved ? moved.value && fromHome(moved.value) : manager.caches[0];
}

const keepsNothing = /^PIP_NO_CACHE_DIR=["']?(?:1|true|on|yes)["']?$/i;

function pipCache(model: Model, use: PackageCommand): string | undefined {
  const { command, packages } = use;
  // pip accepts an abbreviated option if only one option begins that way.
  if (use.given.some(({ name }) => /^--no-ca/.test(name) && '--no-cache-dir'.startsWith(name)))
    return undefined;
  // All packages are local files, so nothing is fetched.
  const local = packages.length > 0 && packages.every(({ prefix }) => /^[./]/.test(prefix));
  if (local && givesOption(use, '--no-deps')) return undefined;
  const { variables } = model.environmentAt(command.instruction);
  const own = command.assignments.find(({ name }) => name === 'PIP_NO_CACHE_DIR');
  const variable = variables.get('PIP_NO_CACHE_DIR');
  // An unknown value may switch the cache off.
  const value = own ? (own.value?.value ?? '1') : variable && (variable.value ?? '1');
  if (keepsNothing.test(`PIP_NO_CACHE_DIR=${value ?? ''}`) || exportsNoCache(command)) return undefined;
  const settings = variables.get('PIP_CONFIG_FILE');
  // A file of another name may hold anything.
  if (isSetBefore(model, pipKeepsNothing, command.instruction)) return undefined;
  if (settings && settings.value !== '/dev/null' && !pipKeepsNothing.files.test(settings.value ?? ''))
    return undefined;
  const given = optionValue(command.args, '--cache-dir');
  if (given) return given.text && givenFolder(model, command, given.text);
  const folder = variables.get('PIP_CACHE_DIR')?.value;
  if (folder === undefined && commandsInHomesOfOthers(model).has(command)) return undefined;
  return folder === undefined ? use.manager.caches[0] : fromHome(folder);
}

/** The folder that an option names; undefined if it is not known. */
function givenFolder(model: Model, command: Command, written: string): string | undefined {
  const path = fromHome(written);
  if (path.startsWith('~')) return path;
  const folder = path.startsWith('/') ? undefined : folderOf(model, command);
  return folder === undefined && !path.startsWith('/') ? undefined : resolvePath(folder, path);
}

/** Commands that root runs while HOME belongs to another user: pip keeps no cache there. */
const commandsInHomesOfOthers = once((model: Model): ReadonlySet<Command> => {
  const found = new Set<Command>();
  const givenAway = new Map<Stage | undefined, Set<string>>();
  for (const command of model.commands) {
    const { instruction, program, args } = command;
    if (instruction.keyword !== 'RUN') continue;
    const stage = model.stageOf(instruction);
    const { variables } = model.environmentAt(instruction);
    const home = variables.get('HOME')?.value?.replace(/(?<=.)\/+$/, '');
    let homes = givenAway.get(stage);
    if (home !== undefined && homes?.has(home) && userOf(model, command).isRoot !== false) found.add(command);
    if (program !== 'chown') continue;
    const [owner, ...targets] = args.filter(({ prefix }) => !prefix.startsWith('-'));
    if (owner === undefined || /^(?:root|0+)?(?::|$)/.test(owner.value ?? owner.text)) continue;
    if (!homes) givenAway.set(stage, (homes = new Set()));
    for (const { value, text } of targets) {
      const path = /^"?\$(?:HOME|\{HOME\})\/?"?$/.test(text) ? home : value?.replace(/(?<=.)\/+$/, '');
      if (path !== undefined) homes.add(path);
    }
  }
  return found;
});

/** Whether the script switches the cache off before the command. */
function exportsNoCache({ script, index }: Command): boolean {
  if (!script?.text.includes('PIP_NO_CACHE_DIR')) return false;
  return script.commands.some(
    ({ index: at, program, assignments, args }) =>
      at < index &&
      (program === 'export'
        ? args.some(({ text }) => keepsNothing.test(text))
        : program === '' &&
          assignments.some(({ name, value }) => keepsNothing.test(`${name}=${value?.value ?? ''}`))),
  );
}
