// What the steps before a command may have added to the programs of the base image: packages by name, or anything.
import { packageName } from '../../knowledge/packages/package-managers';
import { bringsNoUsers } from '../../knowledge/packages/package-users';
import type { Copy, Model, Stage } from '../../model/model';
import type { Command } from '../../shell/types';
import { once } from '../../text/memo';
import { PersistentMap } from '../../text/persistent-map';
import { runsKnownString } from '../commands/shell';
import { bringsNothing, packageCommandOf } from './package-commands';

export interface Added {
  /** Names of packages that steps install, of all package managers. */
  readonly packages: PersistentMap<true>;
  /** Whether they are only tools that bring no other programs. */
  readonly small: boolean;
  /** Whether a step may have added anything: a script, a copy into a folder of programs. */
  readonly unknown: boolean;
}

const addedByCommand = once((model: Model): ReadonlyMap<Command, Added> => {
  const before = new Map<Command, Added>();
  const after = new Map<Stage, Added>();
  for (const stage of model.stages) {
    let added: Added = (stage.parent && after.get(stage.parent)) ?? {
      packages: PersistentMap.empty(),
      small: true,
      unknown: false,
    };
    for (const instruction of stage.instructions) {
      const copy = instruction.trigger ? undefined : model.copyOf(instruction);
      if (copy && mayBringPrograms(copy)) added = { ...added, unknown: true };
      if (instruction.keyword !== 'RUN') continue;
      for (const command of model.commandsOf(instruction)) {
        before.set(command, added);
        added = afterCommand(model, command, added);
      }
    }
    after.set(stage, added);
  }
  return before;
});

/** What the steps before a command of a RUN may have added; undefined for other commands. */
export function addedBefore(model: Model, command: Command): Added | undefined {
  return addedByCommand(model).get(command);
}

function afterCommand(model: Model, command: Command, added: Added): Added {
  const use = packageCommandOf(model, command);
  if (!use) return bringsNothing(command) || runsKnownString(command) ? added : { ...added, unknown: true };
  let { packages, small, unknown } = added;
  if (use.action !== 'install') return added;
  for (const { value } of use.packages) {
    const name = value === undefined ? '' : packageName(use.manager, value);
    if (name === '') unknown = true;
    else packages = packages.with(name, true);
    small &&= bringsNoUsers(name) && !/-dev$|^(?:npm|git-lfs|perl)$/.test(name);
  }
  return { packages, small, unknown };
}

function mayBringPrograms({ destination: { path } }: Copy): boolean {
  return path === undefined || path === '/' || /^\/(?:usr|s?bin|lib|etc)(?:\/|$)/.test(path);
}
