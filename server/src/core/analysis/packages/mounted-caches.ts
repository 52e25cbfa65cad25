// What the package managers and build tools of a RUN keep in which folders, to compare with its cache mounts.
import { installsNothing } from '../../knowledge/programs/build-steps';
import type { Model } from '../../model/model';
import type { PackageCommand } from '../../model/installs';
import type { Command } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { groupedBy } from '../../text/groups';
import { once } from '../../text/memo';
import { cacheFolder, cacheMountsOf, namedFolder, toolUses } from './tool-caches';
import type { CacheMount, ToolUse } from './tool-caches';
import { yarnVersion } from './yarn-version';

/** A command that keeps files between builds, if its folders are mounted. */
export interface Keeper {
  readonly command: Command;
  /** The name of the package manager or tool. */
  readonly name: string;
  /** Absolute, the best for a mount first; undefined if one is not known. */
  readonly folders: readonly string[] | undefined;
  readonly use: PackageCommand | undefined;
  readonly tool: ToolUse | undefined;
}

export interface MountedRun {
  readonly run: Instruction;
  readonly mounts: readonly CacheMount[];
  readonly keepers: readonly Keeper[];
  /** Whether every command is known, so that nothing else can use a mount. */
  readonly isKnown: boolean;
}

/** The lists first: images delete the packages by a hook. */
const aptFolders = ['/var/lib/apt', '/var/cache/apt'];

/** The RUNs with cache mounts. */
export function mountedRuns(model: Model): readonly MountedRun[] {
  return model.instructionsOf('RUN').flatMap((run) => {
    const mounts = run.flags.length > 0 ? cacheMountsOf(model, run) : [];
    if (mounts.length === 0) return [];
    const keepers = keepersByRun(model).get(run) ?? [];
    const keeping = new Set(keepers.map(({ command }) => command));
    const isKnown = model
      .commandsOf(run)
      .every((command) => keeping.has(command) || harmless.has(command.program));
    return [{ run, mounts, keepers, isKnown }];
  });
}

const harmless = new Set([...installsNothing, 'apt-mark', 'dpkg', 'corepack']);

const keepersByRun = once((model: Model): ReadonlyMap<Instruction, readonly Keeper[]> => {
  const keepers: Keeper[] = [];
  const tools = new Map(toolUses(model).map((use) => [use.command, use]));
  const seen = new Set<Command>();
  for (const use of model.packageCommands) {
    const { command, manager } = use;
    const tool = tools.get(command);
    seen.add(command);
    if (tool) keepers.push({ command, name: manager.name, folders: foldersOf(model, tool), use, tool });
    else if (manager.scope === 'system') {
      const folders = manager.family === 'apt' ? aptFolders : manager.caches;
      keepers.push({
        command,
        name: manager.name,
        folders: use.mayHoldOptions ? undefined : folders,
        use,
        tool: undefined,
      });
    }
  }
  for (const [command, tool] of tools)
    if (!seen.has(command))
      keepers.push({ command, name: tool.tool.name, folders: foldersOf(model, tool), use: undefined, tool });
  return groupedBy(keepers, ({ command }) => command.instruction);
});

/** The folders that a tool uses, the downloads first; of those for root and for others the right one first. */
function foldersOf(model: Model, use: ToolUse): readonly string[] | undefined {
  if (use.mayBeElsewhere) {
    const folder = namedFolder(use);
    return folder === undefined ? undefined : [folder];
  }
  // A later yarn keeps its cache in the project or in a folder of its own, as its settings say.
  const isYarn = use.tool.name === 'yarn';
  if (isYarn && /^(?:modern|unknown)$/.test(yarnVersion(model, undefined, use.command.instruction)))
    return undefined;
  const folders = use.tool.folders.flatMap((folder) => cacheFolder(model, use, folder) ?? []);
  if (folders.length < use.tool.folders.length) return undefined;
  const isRoot = model.environmentAt(use.command.instruction).isRoot;
  return isYarn && isRoot !== false ? folders.reverse() : folders;
}
