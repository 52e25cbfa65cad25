// The users and groups that an image certainly lacks at some place. Only what creates them counts: a mention by chown
// creates nobody. After a step that may do anything, nothing is known.
import { treeWriters } from '../../knowledge/programs/build-steps';
import { lacksGroup, lacksUser, probablyLacks } from '../../knowledge/images/base-users';
import type { BaseImage } from '../../knowledge/images/base-image';
import { bringsNoUsers, isInvented } from '../../knowledge/packages/package-users';
import { packageName } from '../../knowledge/packages/package-managers';
import {
  createsNoUsers,
  fileWriters,
  givesOtherGroup,
  groupCreators,
  renamers,
  userCreators,
  userRemovers,
} from '../../knowledge/programs/user-programs';
import type { Copy, Model, Stage } from '../../model/model';
import { argumentsOf, findOption } from '../../shell/options';
import { isReadable } from '../../shell/dialect';
import type { Command } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { once } from '../../text/memo';
import { PersistentMap } from '../../text/persistent-map';
import { folderOf } from '../commands/folder';
import { isConditional } from '../commands/guard';
import { packageCommandOf } from '../packages/package-commands';
import { bringsStarted } from './brought-shells';

/** The users and groups at one place of the file. */
export interface Roster {
  /** Whether the image certainly has no user of this name. */
  lacksUser(name: string): boolean;
  /** Whether the image certainly has no group of this name. */
  lacksGroup(name: string): boolean;
  /** Whether the image probably lacks a user or group, because no step is seen to create it. */
  mayLack(kind: 'user' | 'group', name: string): boolean;
}

class Names implements Roster {
  readonly #base: BaseImage;
  readonly #users: PersistentMap<true>;
  readonly #groups: PersistentMap<true>;
  /** Users that a step has removed. */
  readonly #gone: PersistentMap<true | undefined>;
  /**
   * `some`: packages that may have created their own users. `any`: a step that may have created any. `lists`: one that
   * probably has, as it brings the lists, or says so in its name.
   */
  readonly unknown: 'none' | 'some' | 'any' | 'lists';

  constructor(
    base: BaseImage,
    users: PersistentMap<true> = PersistentMap.empty(),
    groups: PersistentMap<true> = PersistentMap.empty(),
    unknown: Names['unknown'] = 'none',
    gone: PersistentMap<true | undefined> = PersistentMap.empty(),
  ) {
    this.#base = base;
    this.#users = users;
    this.#groups = groups;
    this.#gone = gone;
    this.unknown = unknown;
  }

  withUser(name: string): Names {
    const gone = this.#gone.get(name) ? this.#gone.with(name, undefined) : this.#gone;
    return new Names(this.#base, this.#users.with(name, true), this.#groups, this.unknown, gone);
  }

  withoutUser(name: string): Names {
    return new Names(this.#base, this.#users, this.#groups, this.unknown, this.#gone.with(name, true));
  }

  withGroup(name: string): Names {
    return new Names(this.#base, this.#users, this.#groups.with(name, true), this.unknown, this.#gone);
  }

  withUnknown(unknown: 'some' | 'any' | 'lists'): Names {
    if (degrees.indexOf(this.unknown) >= degrees.indexOf(unknown)) return this;
    // A step that may do anything may bring a removed user back.
    const gone = unknown === 'some' ? this.#gone : undefined;
    return new Names(this.#base, this.#users, this.#groups, unknown, gone);
  }

  lacksUser(name: string): boolean {
    if (this.#gone.get(name)) return true;
    return !this.#mayCome(name) && !this.#users.has(name) && lacksUser(this.#base, name);
  }

  lacksGroup(name: string): boolean {
    return !this.#mayCome(name) && !this.#groups.has(name) && lacksGroup(this.#base, name);
  }

  mayLack(kind: 'user' | 'group', name: string): boolean {
    const created = kind === 'user' ? this.#users : this.#groups;
    return this.unknown !== 'lists' && !created.has(name) && probablyLacks(this.#base, name);
  }

  #mayCome(name: string): boolean {
    return this.unknown === 'some' ? !isInvented(name) : this.unknown !== 'none';
  }
}

const degrees: readonly Names['unknown'][] = ['none', 'some', 'any', 'lists'];

const rosters = once((model: Model): ReadonlyMap<Instruction | Command, Roster> => {
  const before = new Map<Instruction | Command, Roster>();
  const after = new Map<Stage, Names>();
  for (const stage of model.stages) {
    let names = (stage.parent && after.get(stage.parent)) ?? new Names(stage.base);
    for (const instruction of stage.instructions) {
      const copy = model.copyOf(instruction);
      // The owner of what a COPY brings is looked up before it brings it.
      before.set(instruction, names);
      const brought = instruction.trigger
        ? 'lists'
        : copy && !bringsStarted(model, copy)
          ? usersBroughtBy(copy)
          : undefined;
      if (brought) names = names.withUnknown(brought);
      if (instruction.keyword !== 'RUN') continue;
      if (!isRead(model, instruction)) names = names.withUnknown('any');
      const commands = model.commandsOf(instruction);
      const wrapped = new Set(commands.flatMap(({ wrappers }) => wrappers.map(({ span }) => span.start)));
      for (const command of commands) {
        before.set(command, names);
        // Of `sh -c '…'` the commands in the string are seen by themselves.
        if (!wrapped.has(command.span.start)) names = namesAfter(model, command, names);
      }
    }
    after.set(stage, names);
  }
  return before;
});

/**
 * The users and groups that exist where an instruction looks one up, or where a command of a RUN runs.
 * @returns undefined for instructions above the first FROM, and for commands that are not build steps
 */
export function rosterAt(model: Model, at: Instruction | Command): Roster | undefined {
  return rosters(model).get(at);
}

/** Whether all commands of a RUN are known. */
function isRead(model: Model, run: Instruction): boolean {
  const commands = model.commandsOf(run);
  const scripts = model.scriptsOf(run);
  return commands.length > 0 && scripts.every(({ valid, dialect }) => valid && isReadable(dialect));
}

function namesAfter(model: Model, command: Command, names: Names): Names {
  const { name, program, words, redirects } = command;
  if (redirects.some(({ operator, target }) => operator.includes('>') && namesList(target?.text)))
    return names.withUnknown('lists');
  const unknown = /user|account|passwd/i.test(name.text) ? 'lists' : 'any';
  // `./install` is a script of the project, whatever programs have that name.
  if (
    /(?:^|\/)(?!s?bin\/)[^/]+\/[^/]+$|^\/[^/]+$/.test(name.value ?? '') &&
    !/^(?:mvnw|gradlew)$/.test(program)
  )
    return names.withUnknown(unknown);
  if (userCreators.has(program)) return withCreatedUser(command, names);
  if (groupCreators.has(program)) return withCreatedGroup(command, names);
  if (userRemovers.has(program)) return withoutRemoved(command, names);
  const renaming = renamers.get(program);
  const renamed = renaming && findOption(command, ...renaming);
  if (renamed) {
    if (renamed.value === undefined) return names.withUnknown('lists');
    return program === 'usermod' ? names.withUser(renamed.value) : names.withGroup(renamed.value);
  }
  if (fileWriters.has(program)) return mayWriteLists(model, command) ? names.withUnknown('lists') : names;
  const use = packageCommandOf(model, command);
  if (use?.manager.scope === 'system') {
    const { manager, action, packages } = use;
    if (action === 'clean' || action === 'update' || action === 'remove') return names;
    const harmless = action === 'install' && packages.every(({ value }) => isHarmless(manager, value));
    return harmless ? names : names.withUnknown('some');
  }
  if (use || createsNoUsers.has(program) || words.length === 0) return names;
  return names.withUnknown(unknown);
}

function isHarmless(manager: Parameters<typeof packageName>[0], word: string | undefined): boolean {
  return word !== undefined && bringsNoUsers(packageName(manager, word));
}

function withCreatedUser(command: Command, names: Names): Names {
  if (findOption(command, '-R', '--root', '-P', '--prefix')) return names;
  const { operands } = argumentsOf(command);
  const [user, group] = operands;
  if (!user || operands.some(({ value }) => value === undefined)) return names.withUnknown('lists');
  // `adduser USER GROUP` adds a user to a group, and both exist.
  if (command.program === 'adduser' && group) return names;
  const name = user.value ?? '';
  const created = names.withUser(name);
  const other = findOption(command, ...(givesOtherGroup.get(command.program) ?? [])) !== undefined;
  // A system user of adduser gets nogroup.
  const system = command.program === 'adduser' && findOption(command, '-S', '--system') !== undefined;
  const own = !other && (!system || findOption(command, '--group') !== undefined);
  return own ? created.withGroup(name) : created;
}

/** `deluser USER GROUP` takes a user out of a group; in a branch, the user may stay. */
function withoutRemoved(command: Command, names: Names): Names {
  const [user, group] = argumentsOf(command).operands;
  if (user?.value === undefined || group || isConditional(command)) return names;
  return names.withoutUser(user.value);
}

function withCreatedGroup(command: Command, names: Names): Names {
  const { operands } = argumentsOf(command);
  const [group, more] = operands;
  if (!group || operands.some(({ value }) => value === undefined)) return names.withUnknown('lists');
  return command.program === 'addgroup' && more ? names : names.withGroup(group.value ?? '');
}

/** The files with the lists, and folders that may hold them. */
const lists = /(?:^|\/)(?:passwd|group|shadow|gshadow)-?$/;

function namesList(text: string | undefined): boolean {
  return text !== undefined && lists.test(text.replace(/["']$/, ''));
}

/** Whether a program that writes files may write the lists: it names them, or unpacks at the root or in /etc. */
function mayWriteLists(model: Model, command: Command): boolean {
  const { args, program } = command;
  if (args.some(({ text }) => namesList(text) || /rootfs/.test(text))) return true;
  const folders = args.filter(({ value }) => /^(?:--?[\w-]+=?)?\/(?:etc)?\/?\.?$/.test(value ?? ''));
  if (folders.length > 0) return true;
  if (!treeWriters.has(program)) return false;
  // Without a folder among its words, or with a relative one, it writes below the current one.
  const target = args.some(({ value, prefix }) => /^(?:-C|-d|--directory)/.test(value ?? prefix));
  const folder = target || /^(?:cp|rsync)$/.test(program) ? '/srv' : folderOf(model, command);
  return folder === undefined || folder === '/' || folder === '/etc';
}

/** Whether a COPY or ADD may bring a list of users: by its name, or in a folder or archive that covers /etc. */
function usersBroughtBy({ keyword, sources, destination: { path } }: Copy): 'lists' | 'any' | undefined {
  if (path === undefined || namesList(path)) return 'lists';
  if (path !== '/' && path !== '/etc') return undefined;
  const isTold = sources.some(
    ({ kind, value }) =>
      kind !== 'heredoc' &&
      (/passwd|group|rootfs|users/.test(value) ||
        ((kind === 'stage' || kind === 'image') && !isFile.test(value)) ||
        (keyword === 'ADD' && isArchive.test(value))),
  );
  if (isTold) return 'lists';
  // A whole project rarely holds such a list.
  return sources.some(({ kind, value }) => kind !== 'heredoc' && !isFile.test(value)) ? 'any' : undefined;
}

const isArchive = /\.(?:tar|t[gbx]z|gz|xz|bz2|zst)/;
/** A name with a short ending, which folders rarely have. */
const isFile = /[^/.]\.(?!d$)[a-z][a-z0-9]{0,4}$/i;
