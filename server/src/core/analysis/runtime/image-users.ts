// Users of an image: the users that a file creates, and whether its main process changes its user by itself.
import { workersHaveUser } from '../../knowledge/images/base-users';
import { packageName } from '../../knowledge/packages/package-managers';
import { daemonName } from '../../knowledge/programs/daemons';
import { bringsUserChange, keepsRootByDesign, userOption } from '../../knowledge/programs/programs';
import { groupCreators, userCreators } from '../../knowledge/programs/user-programs';
import { argumentsOf, findOption } from '../../shell/options';
import type { Command, ShellWord } from '../../shell/types';
import { once } from '../../text/memo';
import { baseName, resolvePath } from '../../text/paths';
import type { Model, Stage } from '../../model/model';
import { folderOf } from '../commands/folder';
import { copiedFile } from '../context/copied-files';
import { commandsAtStart, startScripts } from './start-scripts';
import type { AsksContext } from './started-files';
import { finalInstruction, startedCommands } from './what-runs';

interface CreatedUser {
  readonly name: string;
  /** The uid given to it; undefined if the tool picks one. */
  readonly uid: string | undefined;
  readonly command: Command;
  /** The name in the command. */
  readonly word: ShellWord;
}

interface CreatedGroup {
  readonly name: string;
  /** The gid given to it; undefined if the tool picks one. */
  readonly gid: string | undefined;
  readonly command: Command;
  /** The name in the command. */
  readonly word: ShellWord;
}

interface Created {
  /** In file order. */
  readonly byStage: ReadonlyMap<Stage, readonly CreatedUser[]>;
  /** The first user of each name in the file. */
  readonly byName: ReadonlyMap<string, CreatedUser>;
}

const createdIn = once((model: Model): Created => {
  const byStage = new Map<Stage, CreatedUser[]>();
  const byName = new Map<string, CreatedUser>();
  for (const command of model.commands) {
    const { program, instruction } = command;
    if (!userCreators.has(program) || instruction.keyword !== 'RUN' || instruction.onbuild) continue;
    const stage = model.stageOf(instruction);
    // `adduser NAME GROUP` adds a user to a group, and creates neither.
    const [word, more] = argumentsOf(command).operands;
    const name = word?.value;
    if (
      !stage ||
      !word ||
      name === undefined ||
      more ||
      !/^[a-z_][a-z0-9_-]*$/i.test(name) ||
      name === 'root'
    )
      continue;
    const user = { name, uid: findOption(command, '-u', '--uid')?.value, command, word };
    const users = byStage.get(stage);
    if (users) users.push(user);
    else byStage.set(stage, [user]);
    if (!byName.has(name)) byName.set(name, user);
  }
  return { byStage, byName };
});

const groupsByStage = once((model: Model): ReadonlyMap<Stage, readonly CreatedGroup[]> => {
  const byStage = new Map<Stage, CreatedGroup[]>();
  for (const command of model.commands) {
    const { program, instruction } = command;
    if (!groupCreators.has(program) || instruction.keyword !== 'RUN' || instruction.onbuild) continue;
    const stage = model.stageOf(instruction);
    // `addgroup USER GROUP` adds a user to a group, and creates neither.
    const [word, more] = argumentsOf(command).operands;
    const name = word?.value;
    if (!stage || !word || name === undefined || more) continue;
    const group = { name, gid: findOption(command, '-g', '--gid')?.value, command, word };
    const groups = byStage.get(stage);
    if (groups) groups.push(group);
    else byStage.set(stage, [group]);
  }
  return byStage;
});

/** Groups that RUNs of a stage and its parent stages create by name, in file order, without those of the base image. */
export function createdGroups(model: Model, stage: Stage): readonly CreatedGroup[] {
  return [...stage.chain].reverse().flatMap((one) => groupsByStage(model).get(one) ?? []);
}

/** Users that RUNs of a stage and its parent stages create, in file order. */
export function createdUsers(model: Model, stage: Stage): readonly CreatedUser[] {
  const { byStage } = createdIn(model);
  return [...stage.chain].reverse().flatMap((one) => byStage.get(one) ?? []);
}

/** The first user of this name that a RUN of any stage creates. */
export function createdUserNamed(model: Model, name: string): CreatedUser | undefined {
  return createdIn(model).byName.get(name);
}

/**
 * Whether the file shows that the process of a stage changes its user by itself (or may), or that it needs root for
 * its work.
 */
export function stepsDown(model: Model, stage: Stage, facts: AsksContext): boolean {
  const { base } = stage;
  const entrypoint = finalInstruction(stage, 'ENTRYPOINT');
  const cmd = finalInstruction(stage, 'CMD');
  if (base.dropsPrivileges && !entrypoint) return true;
  // The main process stays root and opens the port; the worker processes run as their own user.
  if (base.runsService && workersHaveUser.has(base.name ?? '') && !entrypoint && !cmd) return true;
  if (startStepsDown(model, stage, facts) || programStepsDown(model, stage, facts)) return true;
  const starts = commandsAtStart(model, stage);
  // A script may change the user at its end: with `su`, or with a tool that the image contains.
  const runsScript = starts.some(({ name, args }) =>
    [name, ...args].some(({ value, text }) => /\.sh$|entry-?point/i.test(value ?? text)),
  );
  const mayChange = runsScript && (createdUsers(model, stage).length > 0 || installsSuch(model, stage));
  if (mayChange && !isWhollyKnown(startScripts(model, stage, facts))) return true;
  // Most files say nothing of the kind, and one look is enough.
  if (!bringsUserChange.test(model.document.text)) return false;
  return stage.chain.some(({ instructions }) =>
    instructions.some(
      (one) =>
        /^(?:RUN|ADD|COPY)$/.test(one.keyword) && bringsUserChange.test(model.document.slice(one.span)),
    ),
  );
}

/** Whether a command that the start certainly runs changes the user, or needs root for its work. */
export function startStepsDown(model: Model, stage: Stage, facts: AsksContext): boolean {
  const scripts = startScripts(model, stage, facts).map(({ seen }) => seen);
  return [commandsAtStart(model, stage), ...scripts].some((commands) => commands.some(changesUser));
}

/** Whether a program of the build context that the start runs, in a language with an interpreter, calls what changes the user. */
function programStepsDown(model: Model, stage: Stage, { context }: AsksContext): boolean {
  const fileAt = context?.fileAt;
  if (!context || !fileAt) return false;
  return startedCommands(model, stage).some((command) => {
    const word = isSource.test(command.name.value ?? '')
      ? command.name
      : command.args.find(({ value }) => isSource.test(value ?? ''));
    const path = word && resolvePath(folderOf(model, command), word.value ?? '');
    const copied = path === undefined ? undefined : copiedFile(model, context, stage, path, Infinity);
    return copied !== undefined && userChange.test(fileAt(copied.place)?.text ?? '');
  });
}

const isSource = /\.(?:py|[cm]?[jt]s|rb|pl|php)$/;

/** The calls that change the user of a process: Python, Node.js, Ruby and PHP. */
const userChange =
  /\b(?:os\.|process\.|posix_|Process::(?:Sys|UID)\.)(?:set(?:res|re|e)?uid|change_privilege)\b/;

/** Whether there are scripts, and the commands of all are known. */
function isWhollyKnown(scripts: ReturnType<typeof startScripts>): boolean {
  return scripts.length > 0 && scripts.every(({ commands }) => commands);
}

/** What steps down where `stepsDown` says so, as far as the file names it: a script, or a program. */
export function whatStepsDown(model: Model, stage: Stage, facts: AsksContext): string {
  const [script] = startScripts(model, stage, facts);
  return script?.name ?? startedCommands(model, stage)[0]?.program ?? stage.base.name ?? 'the start';
}

function installsSuch(model: Model, stage: Stage): boolean {
  const chain = new Set(stage.chain);
  return model.installs.some(({ command, manager, packages }) => {
    const owner = model.stageOf(command.instruction);
    if (!owner || !chain.has(owner)) return false;
    return packages.some(({ value }) => keepsRoot(packageName(manager, value ?? '')));
  });
}

function changesUser({ program, name, args, wrappers }: Command): boolean {
  return (
    name.value?.startsWith('/etc/init.d/') === true ||
    [program, ...wrappers.map((wrapper) => wrapper.program)].some(keepsRoot) ||
    // `docker-entrypoint.sh nginx`, and `--user=app`
    args.some(
      ({ value, prefix }) => userOption.test(prefix) || (value !== undefined && keepsRoot(baseName(value))),
    )
  );
}

function keepsRoot(program: string): boolean {
  return keepsRootByDesign.has(daemonName(program));
}
