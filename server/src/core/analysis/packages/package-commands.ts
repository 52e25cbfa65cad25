// Questions about one command of a package manager, for the rules about packages.
import {
  aptSourceAdders,
  installsNothing,
  interpreters,
  keepsFiles,
  runsInstallers,
} from '../../knowledge/programs/build-steps';
import { createsNoUsers } from '../../knowledge/programs/user-programs';
import { managerOfProgram } from '../../knowledge/packages/package-managers';
import type { PackageAction } from '../../knowledge/packages/package-managers';
import type { PackageCommand } from '../../model/installs';
import type { Model } from '../../model/model';
import { parseArguments } from '../../shell/options';
import type { Command } from '../../shell/types';
import { once } from '../../text/memo';
import { runsKnownString } from '../commands/shell';

const byCommand = once((model: Model): ReadonlyMap<Command, PackageCommand> => {
  const found = new Map<Command, PackageCommand>();
  for (const use of model.packageCommands) found.set(use.command, use);
  return found;
});

/** The package command that a command is; undefined for any other command. */
export function packageCommandOf(model: Model, command: Command): PackageCommand | undefined {
  return byCommand(model).get(command);
}

/** Whether one of the options is given. @param names with their dashes */
export function givesOption({ given }: PackageCommand, ...names: readonly string[]): boolean {
  return given.some(({ name }) => names.includes(name));
}

const fromLists: ReadonlySet<PackageAction> = new Set<PackageAction>([
  'install',
  'upgrade',
  'release-upgrade',
  'build-dependencies',
  'download',
]);

/** Whether a package command uses the package lists. */
export function worksFromLists({ action }: PackageCommand): boolean {
  return fromLists.has(action);
}

/** Whether a command may install packages without being a package manager: a script, a downloaded installer. */
export function mayInstall(command: Command): boolean {
  const { program, name, args } = command;
  const path = name.value;
  // The commands of the text are looked at themselves.
  if (runsKnownString(command) || preparesBuild.test(path ?? '')) return false;
  if (path === undefined || runsInstallers.has(program) || program.endsWith('.sh')) return true;
  if (path.includes('/') && !/^\/(?:usr\/(?:local\/)?)?s?bin\//.test(path)) return true;
  return (
    interpreters.test(program) &&
    args.some(({ value }) => value === undefined || /playwright|\.(?:sh|py|pl|rb)$/.test(value))
  );
}

/** Scripts that prepare or run the build of a project and leave the system as it is. */
const preparesBuild =
  /^\.{1,2}\/(?:[\w.-]+\/)*(?:configure|Configure|config|autogen\.sh|buildconf|mvnw|gradlew|manage\.py)$/;

/** Whether a command certainly installs no packages, fetches no package lists, and runs nothing that could. */
export function bringsNothing({ program, name }: Command): boolean {
  // `./install` is a script of the project, whatever programs have that name.
  if (name.value?.includes('/') === true && !/^\/(?:usr\/)?s?bin\//.test(name.value)) return false;
  return (
    installsNothing.has(program) ||
    keepsFiles.has(program) ||
    (createsNoUsers.has(program) && !aptSourceAdders.has(program))
  );
}

/** `sudo ` if the command runs under sudo: a command added next to it needs it too. */
export function sudoLike({ command: { wrappers } }: PackageCommand): '' | 'sudo ' {
  return wrappers.some(({ program }) => program === 'sudo') ? 'sudo ' : '';
}

/** Whether all package words of a command are files of the image, or addresses that begin with https. */
export function namesOnlyFiles({ program, args }: Command, extension: string): boolean {
  const words = parseArguments(args, { values: managerOfProgram(program)?.valueOptions ?? [] }).operands;
  const files = words.filter(({ suffix }) => suffix.endsWith(extension));
  const verbs = program === 'rpm' ? 0 : 1;
  return (
    files.length > 0 &&
    files.length === words.length - verbs &&
    files.every(({ prefix }) => prefix !== '' && !/^(?:http|ftp):/.test(prefix))
  );
}
