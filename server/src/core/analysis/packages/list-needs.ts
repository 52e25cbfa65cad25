// Finds the steps that need the package lists fetched by an earlier step: those that install without fetching them.
import { installsNothing } from '../../knowledge/programs/build-steps';
import { jumps } from '../../knowledge/programs/shell-builtins';
import type { PackageCommand } from '../../model/installs';
import type { Model, Stage } from '../../model/model';
import { callsOwnFunction } from '../../shell/own-functions';
import type { Command } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { once } from '../../text/memo';
import { firstNotBefore } from '../../text/search';
import { givesOption, mayInstall, packageCommandOf, worksFromLists } from './package-commands';

/** The commands of one RUN for the managers of a family, from the first that uses their lists. */
type ListNeed = readonly [PackageCommand, ...PackageCommand[]];

export interface LaterListNeeds {
  /** One for each later RUN that uses the lists, in build order. */
  readonly needs: readonly ListNeed[];
  /** Whether a later step runs a command that may need the lists too. */
  readonly unknown: boolean;
  /** Whether such a command runs before the first step that certainly needs them. */
  readonly unknownFirst: boolean;
}

/**
 * The steps that still need the lists of a package family after `run`: later steps of its stage and of stages that
 * build on it, up to the step that fetches the lists again.
 */
export function laterListNeeds(model: Model, run: Instruction, family: string): LaterListNeeds {
  const known = needsKnown(model)(run);
  let needs = known.get(family);
  if (!needs) known.set(family, (needs = findNeeds(model, run, family)));
  return needs;
}

/** By family of managers. */
const needsKnown = once((_model: Model) => once((_run: Instruction) => new Map<string, LaterListNeeds>()));

function findNeeds(model: Model, run: Instruction, family: string): LaterListNeeds {
  const needs: ListNeed[] = [];
  let unknown = false;
  let unknownFirst = false;
  /** @returns whether one of the steps fetches the lists again */
  const walk = (instructions: readonly Instruction[]): boolean => {
    for (
      let i = firstNotBefore(instructions, ({ index }) => index <= run.index);
      i < instructions.length;
      i += 1
    ) {
      const instruction = instructions[i]?.trigger ?? instructions[i];
      if (instruction?.keyword !== 'RUN') continue;
      if (run.onbuild && !instruction.onbuild) continue;
      let need: [PackageCommand, ...PackageCommand[]] | undefined;
      for (const command of model.commandsOf(instruction)) {
        const use = packageCommandOf(model, command);
        if (use?.manager.family !== family) unknown ||= mayInstall(command);
        else if (need) need.push(use);
        else if (use.action === 'update' || fetchesItself(use)) return true;
        else if (worksFromLists(use)) {
          if (needs.length === 0) unknownFirst = unknown;
          needs.push((need = [use]));
        }
      }
    }
    return false;
  };
  const stage = model.stageOf(run);
  const open: Stage[] = stage ? [stage] : [];
  for (let heir = open.shift(); heir; heir = open.shift()) {
    if (walk(heir.instructions)) continue;
    open.push(
      ...heir.usedBy.flatMap((use) => (use.via === 'from' && use.stage.parent === heir ? [use.stage] : [])),
    );
    open.sort((a, b) => a.index - b.index);
  }
  return { needs, unknown, unknownFirst };
}

/** `pacman -Sy NAME` fetches the lists before it installs. */
function fetchesItself(use: PackageCommand): boolean {
  return use.manager.family === 'pacman' && givesOption(use, '-y', '--refresh');
}

interface ListUse {
  /** Indices of package commands among the commands of a RUN. */
  readonly places: ReadonlyMap<Command, number>;
  /** The last index at which the lists of a family are used; under '' that of a command that may use any lists. */
  readonly last: ReadonlyMap<string, number>;
  /** The updates of each family. */
  readonly updates: ReadonlyMap<string, readonly PackageCommand[]>;
}

const listUse = once((model: Model) =>
  once((run: Instruction): ListUse => {
    const places = new Map<Command, number>();
    const last = new Map<string, number>();
    const updates = new Map<string, PackageCommand[]>();
    for (const [place, command] of model.commandsOf(run).entries()) {
      const use = packageCommandOf(model, command);
      if (use) places.set(command, place);
      if (use?.action === 'update') {
        const known = updates.get(use.manager.family);
        if (known) known.push(use);
        else updates.set(use.manager.family, [use]);
      }
      if (use && worksFromLists(use)) last.set(use.manager.family, place);
      // A verb that is not in the table may use them too, and so may a query: `apk search`.
      const isKnown =
        use?.manager.scope === 'system' ||
        installsNothing.has(command.program) ||
        jumps.has(command.program) ||
        callsOwnFunction(command);
      if (!isKnown || command.name.value === undefined) last.set('', place);
    }
    return { places, last, updates };
  }),
);

/** The updates of a family in a RUN after the last command that uses their lists, or may use them. */
export function unusedUpdates(model: Model, run: Instruction, family: string): readonly PackageCommand[] {
  return unusedIn(model)(run).get(family) ?? [];
}

const unusedIn = once((model: Model) =>
  once((run: Instruction): ReadonlyMap<string, readonly PackageCommand[]> => {
    const { places, last, updates } = listUse(model)(run);
    return new Map(
      [...updates].map(([family, all]) => {
        const used = Math.max(last.get('') ?? -1, last.get(family) ?? -1);
        return [family, all.filter(({ command }) => (places.get(command) ?? 0) > used)];
      }),
    );
  }),
);
