// The edit that makes an image run as a user other than root.
import { folderOf } from '../analysis/commands/folder';
import { contextCopiesByStage, isEverything, visibleEntries } from '../analysis/context/context-sources';
import { keywordLike } from '../analysis/text/keyword-case';
import { createdGroups, createdUsers } from '../analysis/runtime/image-users';
import { projectScript } from '../analysis/runtime/project-scripts';
import { rootNeedOf, startScripts } from '../analysis/runtime/start-scripts';
import type { RootNeed } from '../analysis/runtime/start-scripts';
import type { AsksContext } from '../analysis/runtime/started-files';
import { finalInstruction, startedCommands } from '../analysis/runtime/what-runs';
import { fileWriters, writesBeside } from '../knowledge/programs/user-programs';
import type { Fix } from '../lint/finding';
import type { Model, Stage } from '../model/model';
import type { Command } from '../shell/types';
import type { Instruction } from '../syntax/nodes';
import type { Edit } from '../text/edit';
import { isBelow, resolvePath, withoutEndSlash } from '../text/paths';
import { insertBeforeStart } from './insert-lines';

/** A user id that no distribution assigns, for users that the fix creates. */
const uid = 10001;

export interface NonRootUser {
  /** The argument of USER. */
  readonly user: string;
  /** Shell command that creates the user first. */
  readonly create: string | undefined;
}

/**
 * The user an image can run as: one that the file creates, one that the base image has for this, or a new one,
 * created with a tool that the base image is known to have. Without such a tool, a number.
 * @returns undefined if the base image is unknown
 */
export function fittingUser(model: Model, stage: Stage): NonRootUser | undefined {
  const { base } = stage;
  const created = createdUsers(model, stage).at(-1);
  if (created) return { user: created.name, create: undefined };
  if (base.appUser !== undefined) return { user: base.appUser, create: undefined };
  // If the file switched to root, go back to the user the image is meant to run as.
  if (base.isRoot === false && base.user) return { user: base.user, create: undefined };
  if (base.distribution === 'distroless') return { user: 'nonroot', create: undefined };
  if (base.shell === 'none') return { user: '65532', create: undefined };
  // Both tools create a group with the user's name, and fail if it exists.
  const hasGroup = createdGroups(model, stage).some(({ name }) => name === 'app');
  const useradd = `useradd --create-home --uid ${uid}${hasGroup ? ' --gid app' : ''} app`;
  switch (base.distribution) {
    case 'alpine':
    case 'wolfi':
    case 'busybox':
      return {
        user: 'app',
        create: `adduser -D -u ${uid}${hasGroup ? ' -G app' : ''} app`,
      };
    case 'debian':
    case 'ubuntu':
    case 'suse':
    case 'arch':
      return { user: 'app', create: useradd };
    case 'fedora':
    case 'rhel':
      // The minimal variants lack shadow-utils.
      return base.packageManager === 'dnf' || base.packageManager === 'yum'
        ? { user: 'app', create: useradd }
        : { user: String(uid), create: undefined };
    case 'amazon':
    case 'azurelinux':
    case 'photon':
      return { user: String(uid), create: undefined };
    default:
      // Either Debian or Ubuntu.
      return base.packageManager === 'apt' ? { user: 'app', create: useradd } : undefined;
  }
}

/**
 * Inserts USER, and the RUN that creates the user, after the last step that may need root and before what the image
 * starts. Comment lines above that stay with it.
 */
export function insertUser(model: Model, stage: Stage, { user, create }: NonRootUser): Edit | undefined {
  const lines = [
    ...(create === undefined ? [] : [`${keywordLike(model.file, 'RUN')} ${create}`]),
    `${keywordLike(model.file, 'USER')} ${user}`,
  ];
  return insertBeforeStart(model, stage, lines);
}

/**
 * What may need root beside the program: what the start does, a stage that builds on this one.
 * @returns undefined if nothing is known to
 */
export function needBeside(model: Model, stage: Stage, facts: AsksContext): RootNeed | undefined {
  const heir = stage.usedBy.find(({ via }) => via === 'from')?.stage;
  const need = rootNeedOf(model, stage, facts);
  if (need) return need;
  if (heir) return { kind: 'possible', by: heir.name ? `stage ${heir.name.value}` : 'the stage below' };
  const home = startsInHomeOfRoot(model, stage) ? 'the folder /root' : undefined;
  const by = home ?? (ownsFiles(model, stage) ? undefined : writerOf(model, stage, facts));
  return by === undefined ? undefined : { kind: 'possible', by };
}

/** Whether the program lies in the home of root or is looked for there: every distribution closes it to other users. */
function startsInHomeOfRoot(model: Model, stage: Stage): boolean {
  const { workdir, env } = model.environmentAfter(stage);
  const isHome = (path: string): boolean => path === homeOfRoot || isBelow(path, homeOfRoot);
  return (
    (workdir !== undefined && isHome(withoutEndSlash(workdir))) ||
    env.get('PATH')?.split(':').some(isHome) === true ||
    startedCommands(model, stage).some(({ words }) => words.some(({ value }) => isHome(value ?? '')))
  );
}

const homeOfRoot = '/root';

/** Whether the stage gives files to a user: then it may have thought of those that the program writes. */
function ownsFiles(model: Model, { chain }: Stage): boolean {
  const own = new Set<Stage | undefined>(chain);
  const isOwn = (instruction: Instruction): boolean => own.has(model.stageOf(instruction));
  return (
    model.commandsNamed('chown', 'chgrp', 'install').some(({ instruction }) => isOwn(instruction)) ||
    model
      .instructionsOf('COPY', 'ADD')
      .some((one) => isOwn(one) && one.flags.some(({ name }) => name === 'chown'))
  );
}

/** What certainly writes files which belong to root: a volume, a server of the base image, a program into its own folder. */
function writerOf(model: Model, stage: Stage, facts: AsksContext): string | undefined {
  const volume = finalInstruction(stage, 'VOLUME');
  const path = volume?.json?.[0]?.value ?? volume?.words[0]?.value;
  if (path !== undefined) return `the volume ${path}`;
  const cmd = finalInstruction(stage, 'CMD');
  const entrypoint = finalInstruction(stage, 'ENTRYPOINT');
  if ((!cmd && !entrypoint) || stage.base.runsService === true) return 'the server of the base image';
  if (!cmd && startScripts(model, stage, facts).length > 0) return 'the command that a container gets';
  const folder = dataFolder(model, stage);
  if (folder !== undefined) return `the folder ${folder}`;
  const started = [
    startedCommands(model, stage),
    ...startScripts(model, stage, facts).map(({ seen }) => seen),
  ];
  const writer = started.flat().find(writesFiles);
  if (writer) return writer.program;
  const kept = dataInContext(model, stage, facts);
  if (kept !== undefined) return kept;
  const commands = startedCommands(model, stage).flatMap((command) => [
    command,
    ...(projectScript(model, stage, facts, command) ?? []),
  ]);
  return commands.flatMap(({ words }) => writesBeside(words.map(({ text }) => text).join(' ')) ?? [])[0];
}

/** What a copy of the whole build context takes along that a program writes to: a database in a file, a folder for uploads. */
function dataInContext(model: Model, { chain }: Stage, { context }: AsksContext): string | undefined {
  if (!context) return undefined;
  const byStage = contextCopiesByStage(model);
  return chain
    .flatMap((stage) => byStage.get(stage) ?? [])
    .filter(({ sources }) => sources.some(({ value }) => isEverything(value)))
    .flatMap((copy) => visibleEntries(copy, context))
    .find((entry) => /^(?:[\w.-]+\.(?:sqlite3?|db)|(?:uploads?|logs?|instance)\/)$/i.test(entry));
}

/** Whether a command writes to a folder of the image, which belongs to root. What a variable names is not known. */
function writesFiles({ program, args, redirects }: Command): boolean {
  const isKept = (path: string | undefined): boolean =>
    path !== undefined && path !== '' && !/^(?:[-&\d]|\/(?:dev|proc|tmp|run)(?:\/|$))/.test(path);
  if (redirects.some(({ operator, target }) => operator.includes('>') && isKept(target?.prefix))) return true;
  if (program === 'sed' && !args.some(({ text }) => /^(?:-\w*i|--in-place)/.test(text))) return false;
  return (program === 'mkdir' || fileWriters.has(program)) && isKept(args.at(-1)?.prefix);
}

/** A fix that adds USER, as far as it may be trusted beside what the start needs root for. */
export function besideRootNeed(fix: Fix | undefined, need: RootNeed | undefined): Fix | undefined {
  if (!fix || !need) return fix;
  const condition =
    need.kind === 'certain' ? `once ${need.by} is not needed` : `if ${need.by} works without root`;
  return { ...fix, title: `${fix.title}, ${condition}`, safety: 'manual' };
}

/**
 * A folder that a step makes, that a setting names for data, or that the program starts in, and into which nothing is copied:
 * it is there to be written to.
 */
function dataFolder(model: Model, stage: Stage): string | undefined {
  const own = new Set<Stage | undefined>(stage.chain);
  const made = model
    .commandsNamed('mkdir')
    .filter(({ instruction }) => own.has(model.stageOf(instruction)))
    .flatMap((command) => command.args.flatMap(({ value }) => placeOf(model, command, value)));
  const { workdir, workdirSet, env } = model.environmentAfter(stage);
  const named = [...env].flatMap(([name, value]) => (namesData.test(name) ? folderIn(value) : []));
  const filled = model.copies.flatMap((copy) => (own.has(copy.stage) ? (copy.destination.path ?? []) : []));
  const isApart = (path: string): boolean => filled.every((one) => one !== path && !isBelow(one, path));
  const isOwn = (path: string): boolean => forData.test(path) && isApart(path);
  // Where a program starts in a folder of something that is copied, it may only read.
  const start = workdirSet && workdir !== undefined ? [workdir] : [];
  const isLeftEmpty = (path: string): boolean => filled.every((one) => !isBelow(path, one));
  return (
    [...named, ...made]
      .slice(-mostFolders)
      .map(withoutEndSlash)
      .find((path) => isOwn(path) && !forBuild.test(path)) ??
    start.map(withoutEndSlash).find((path) => isOwn(path) && isLeftEmpty(path))
  );
}

/** Where a word names a folder for a command. An option is none. */
function placeOf(model: Model, command: Command, value: string | undefined): readonly string[] {
  if (value === undefined || value.startsWith('-')) return [];
  const path = resolvePath(folderOf(model, command), value);
  return path === undefined ? [] : [path];
}

/** Folders that builds make and fill. */
const forBuild =
  /\/(?:\.?build|dist|out|target|bin|obj|src|lib|vendor|public|static|assets|node_modules)(?:\/|$)/;

/** `/data` of `/data` and of `/data/app.sqlite`. */
function folderIn(path: string | undefined): readonly string[] {
  return path === undefined ? [] : [path.replace(/\/[^/.]+\.[^/]*$/, '')];
}

/** Settings that say where a program keeps what it writes: `DATA_DIR`, `UPLOAD_PATH`. */
const namesData =
  /^(?:HF_HOME|TORCH_HOME|XDG_CONFIG_HOME|MPLCONFIGDIR)$|_(?:DIR|DIRECTORY|FOLDER)$|(?:^|_)(?:DATA|DB|DATABASE|STORAGE|UPLOADS?|LOGS?|STATE|OUTPUT|BACKUPS?|MEDIA|CACHE|CONFIG|METADATA)_?(?:$|DIR|DIRECTORY|PATH|FOLDER|ROOT|FILE|HOME)/i;

/** Each is compared with every copy. */
const mostFolders = 50;

/** Not the folders of the system, where steps make room for packages and settings. */
const forData =
  /^\/(?!(?:tmp|etc|usr|root|run|proc|dev|bin|lib|sbin|var\/(?:lib|cache|log|run|tmp))(?:\/|$))[\w-]/;
