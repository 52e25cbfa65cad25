// Which package managers leave lists or downloads in the layer of their RUN.
import { deletedPaths, mountedAway } from '../layers/layer-contents';
import type { Command } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { fromHome, isBelow } from '../../text/paths';
import { givesOption } from '../../model/installs';
import type { PackageCommand } from '../../model/installs';
import type { Model, Stage } from '../../model/model';

export interface CacheLeft {
  readonly use: PackageCommand;
  /** The folder, `~` for a home directory. */
  readonly folder: string;
  /** What the RUN tells package managers, this among it. */
  readonly uses: readonly PackageCommand[];
}

/**
 * The package commands of a RUN that leave a cache in its layer: no option, variable or mount keeps it out, and
 * nothing later in the RUN removes it. Whether the layer reaches the image is another question.
 */
export function cachesLeftBy(
  model: Model,
  run: Instruction,
  uses: readonly PackageCommand[],
): readonly CacheLeft[] {
  const byCommand = new Map(uses.map((use) => [use.command, use]));
  const away = mountedAway(run).map(fromHome);
  const emptied = new Set<string>();
  const cleaned = new Set<string>();
  const left: CacheLeft[] = [];
  for (const command of [...model.commandsOf(run)].reverse()) {
    // A script of such a name may well do it.
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

/** The same for all RUN instructions of stages that reach the image. */
export function cachesLeft(model: Model): readonly CacheLeft[] {
  const byRun = new Map<Instruction, PackageCommand[]>();
  for (const use of model.packageCommands) {
    const { instruction } = use.command;
    if (instruction.keyword !== 'RUN' || !model.reachesImage(instruction)) continue;
    const uses = byRun.get(instruction);
    if (uses) uses.push(use);
    else byRun.set(instruction, [use]);
  }
  return [...byRun].flatMap(([run, uses]) => cachesLeftBy(model, run, uses));
}

/**
 * Whether a command empties the caches of its manager. `apt-get clean` leaves the lists, and `apk cache clean` the
 * index; what `apt-get distclean` removes is among the deleted paths.
 */
export function cleansCache({ action, manager }: PackageCommand): boolean {
  return action === 'clean' && manager.family !== 'apt' && manager.family !== 'apk';
}

function isEmptied(folder: string, emptied: ReadonlySet<string>): boolean {
  for (let path = folder; path !== ''; path = path.slice(0, Math.max(path.lastIndexOf('/'), 0))) {
    if (emptied.has(path)) return true;
  }
  return false;
}

/** The folder that a package command fills; undefined when it fills none, or may not. */
function writtenCache(model: Model, use: PackageCommand): string | undefined {
  const { manager, action } = use;
  if (use.mayHoldOptions) return undefined;
  switch (manager.family) {
    case 'apt':
      // What it downloads is removed by the hook in the images of Debian and Ubuntu.
      return action === 'update' ? '/var/lib/apt/lists' : undefined;
    case 'apk':
      if (action !== 'install' && action !== 'upgrade' && action !== 'update') return undefined;
      return givesOption(use, '--no-cache', '--no-network', '--cache-dir', '--root', '-p', '--simulate', '-s')
        ? undefined
        : '/var/cache/apk';
    case 'rpm':
      if (action === 'remove' || action === 'clean' || action === 'download') return undefined;
      return givesOption(use, '--installroot', '-C', '--cacheonly') ? undefined : manager.caches[0];
    case 'zypper':
      return action === 'remove' || action === 'clean' ? undefined : manager.caches[0];
    case 'pip':
      return action === 'install' && manager.name === 'pip' ? pipCache(model, use) : undefined;
    default:
      return undefined;
  }
}

const keepsNothing = /^PIP_NO_CACHE_DIR=["']?(?:1|true|on|yes)["']?$/i;

function pipCache(model: Model, use: PackageCommand): string | undefined {
  const { command, packages } = use;
  if (givesOption(use, '--cache-dir', '--no-index', '--dry-run')) return undefined;
  // pip takes the beginning of an option for the whole where no other begins so.
  if (use.given.some(({ name }) => /^--no-ca/.test(name) && '--no-cache-dir'.startsWith(name)))
    return undefined;
  // With everything at hand, nothing is fetched.
  const local = packages.length > 0 && packages.every(({ prefix }) => /^[./]/.test(prefix));
  if (local && givesOption(use, '--no-deps')) return undefined;
  const { variables } = model.environmentAt(command.instruction);
  const own = command.assignments.find(({ name }) => name === 'PIP_NO_CACHE_DIR');
  const variable = variables.get('PIP_NO_CACHE_DIR');
  // A value that is not known may say so.
  const value = own ? (own.value?.value ?? '1') : variable && (variable.value ?? '1');
  if (keepsNothing.test(`PIP_NO_CACHE_DIR=${value ?? ''}`) || exportsNoCache(command)) return undefined;
  const folder = variables.get('PIP_CACHE_DIR')?.value;
  if (folder === undefined && inHomeOfOthers(model, command)) return undefined;
  return fromHome(folder ?? '~/.cache/pip');
}

const othersHomes = new WeakMap<Model, ReadonlySet<Command>>();

/** Whether root runs it with a HOME that was given to someone else: then pip keeps no cache there. */
function inHomeOfOthers(model: Model, command: Command): boolean {
  let known = othersHomes.get(model);
  if (!known) othersHomes.set(model, (known = commandsInHomesOfOthers(model)));
  return known.has(command);
}

function commandsInHomesOfOthers(model: Model): ReadonlySet<Command> {
  const found = new Set<Command>();
  const givenAway = new Map<Stage | undefined, Set<string>>();
  for (const command of model.commands) {
    const { instruction, program, args } = command;
    if (instruction.keyword !== 'RUN') continue;
    const stage = model.stageOf(instruction);
    const { isRoot, variables } = model.environmentAt(instruction);
    const home = variables.get('HOME')?.value?.replace(/(?<=.)\/+$/, '');
    let homes = givenAway.get(stage);
    if (isRoot !== false && home !== undefined && homes?.has(home)) found.add(command);
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
}

/** Whether the script has said so before the command. */
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
