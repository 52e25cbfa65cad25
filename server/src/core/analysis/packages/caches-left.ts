// Finds package commands that leave lists or downloads in the layer of their RUN.
import { deletedPaths, mountedAway } from '../layers/layer-contents';
import type { Command } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { fromHome, isBelow } from '../../text/paths';
import type { PackageCommand } from '../../model/installs';
import type { Model, Stage } from '../../model/model';
import type { PackageManager } from '../../knowledge/packages/package-managers';
import { once } from '../../text/memo';
import { userOf } from '../commands/user';
import { givesOption } from './package-commands';

export interface CacheLeft {
  readonly use: PackageCommand;
  /** The folder, `~` for a home directory. */
  readonly folder: string;
  /** All package commands of the RUN, including this one. */
  readonly uses: readonly PackageCommand[];
}

/** The package commands of a RUN that leave a cache in its layer. */
function cachesLeftBy(model: Model, run: Instruction, uses: readonly PackageCommand[]): readonly CacheLeft[] {
  const byCommand = new Map(uses.map((use) => [use.command, use]));
  const away = mountedAway(run).map(fromHome);
  const emptied = new Set<string>();
  const cleaned = new Set<string>();
  const left: CacheLeft[] = [];
  for (const command of [...model.commandsOf(run)].reverse()) {
    // A script with such a name probably removes the caches.
    if (/clean|purge|slim/i.test(command.program)) return left.reverse();
    const use = byCommand.get(command);
    const folder = use && writtenCache(model, use);
    if (use && folder !== undefined) {
      const { family } = use.manager;
      if (!away.some((one) => isBelow(folder, one)) && !cleaned.has(family) && !isEmptied(folder, emptied))
        left.push({ use, folder, uses });
    }
    for (const path of deletedPaths(command)) emptied.add(fromHome(path));
    if (use && cleansCache(use)) cleaned.add(use.manager.family);
  }
  return left.reverse();
}

const leftByRun = once((model: Model): ReadonlyMap<Instruction, readonly CacheLeft[]> => {
  const byRun = new Map<Instruction, PackageCommand[]>();
  for (const use of model.packageCommands) {
    const { instruction } = use.command;
    if (instruction.keyword !== 'RUN' || !model.reachesImage(instruction)) continue;
    const uses = byRun.get(instruction);
    if (uses) uses.push(use);
    else byRun.set(instruction, [use]);
  }
  return new Map([...byRun].map(([run, uses]) => [run, cachesLeftBy(model, run, uses)]));
});

/**
 * The package commands that leave a cache in the layer of their RUN, in stages that are part of the image: no option,
 * variable or mount prevents it, and no later command of the RUN removes it.
 */
export const cachesLeft = once((model: Model): readonly CacheLeft[] => [...leftByRun(model).values()].flat());

/** The same for one RUN. */
export function cachesLeftIn(model: Model, run: Instruction): readonly CacheLeft[] {
  return leftByRun(model).get(run) ?? [];
}

/** The first one of some managers in each RUN: one removal after the last is enough for all. */
export function firstCachesLeft(
  model: Model,
  isMeant: (manager: PackageManager) => boolean,
): readonly CacheLeft[] {
  const first = new Map<Instruction, CacheLeft>();
  for (const left of cachesLeft(model)) {
    const { manager, command } = left.use;
    if (isMeant(manager) && !first.has(command.instruction)) first.set(command.instruction, left);
  }
  return [...first.values()];
}

/** Whether a command empties the caches of its manager. For `apt-get distclean` see the deleted paths. */
export function cleansCache({ action, manager }: PackageCommand): boolean {
  return action === 'clean' && manager.cleanEmptiesCaches;
}

function isEmptied(folder: string, emptied: ReadonlySet<string>): boolean {
  for (let path = folder; path !== ''; path = path.slice(0, Math.max(path.lastIndexOf('/'), 0))) {
    if (emptied.has(path)) return true;
  }
  return false;
}

/** The folder that a package command fills; undefined if it fills none, or perhaps none. */
function writtenCache(model: Model, use: PackageCommand): string | undefined {
  const { manager, action } = use;
  if (use.mayHoldOptions || !manager.fillsCache.includes(action)) return undefined;
  if (givesOption(use, ...manager.noCache, ...manager.fillsNoCache)) return undefined;
  return manager.name === 'pip' ? pipCache(model, use) : manager.caches[0];
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
  const folder = variables.get('PIP_CACHE_DIR')?.value;
  if (folder === undefined && commandsInHomesOfOthers(model).has(command)) return undefined;
  return folder === undefined ? use.manager.caches[0] : fromHome(folder);
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
