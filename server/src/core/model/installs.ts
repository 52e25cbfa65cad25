// The tasks of package managers, the same for all of them: installations, updates of lists, removals.
import { managerOfModule, managerOfProgram } from '../knowledge/packages/package-managers';
import type { PackageAction, PackageManager } from '../knowledge/packages/package-managers';
import { isPython } from '../knowledge/programs/programs';
import type { OptionSyntax } from '../knowledge/programs/command-options';
import { parseArguments } from '../shell/options';
import type { Arguments, Option } from '../shell/options';
import type { Command, ShellWord, Wrapper } from '../shell/types';
import { variableIn, withText } from '../shell/whole-words';
import { onceInside } from '../text/memo';
import { configuresYes, isAnswered } from './confirmation';

export interface PackageCommand {
  readonly command: Command;
  readonly manager: PackageManager;
  readonly action: PackageAction;
  /** `install`, `add`, the last word of `group install`; the program's name for a bare `yarn`. */
  readonly verb: ShellWord;
  /** The verb as in the table: `group install`. For pacman its option: `-S`. */
  readonly phrase: string;
  /** Package words, without the values of options. */
  readonly packages: readonly ShellWord[];
  /** Option words, before and after the verb. */
  readonly options: readonly ShellWord[];
  /** The parsed options with their values, including those in variables with a known value. */
  readonly given: readonly Option[];
  /** Whether it runs without asking: it never asks, or a flag, a configuration or its input answers. */
  readonly assumesYes: boolean;
  /** Whether an unquoted variable among the words may hold options, so that a missing option proves nothing. */
  readonly mayHoldOptions: boolean;
}

export interface Install extends PackageCommand {
  readonly action: 'install';
}

/** What the surroundings of a command tell about it. */
interface PackageContext {
  /** Value of a variable at the command, or all words of it, if the file tells. */
  valueFor?(this: void, name: string, command: Command): string | undefined;
  /** Whether the manager asks for confirmation at the command. Default true. */
  asks?(this: void, manager: PackageManager, command: Command): boolean;
  /** Keys for the stage of a command and its parent stages, where a written configuration stays in force. */
  scopesOf?(this: void, command: Command): readonly unknown[];
}

/**
 * The commands that run package managers.
 * @param commands in file order
 */
export function packageCommandsOf(
  commands: readonly Command[],
  context: PackageContext = {},
): readonly PackageCommand[] {
  const found: PackageCommand[] = [];
  // Families that a configuration file makes assume yes, by the stage that wrote it.
  const configured = new Map<unknown, Set<string>>();
  const scopesOf = context.scopesOf ?? (() => [undefined]);
  let previous: Command | undefined;
  const assumesYes: AssumesYes = (manager, action, phrase, given, command) =>
    !manager.asks.includes(action) ||
    context.asks?.(manager, command) === false ||
    manager.silentVerbs.includes(phrase) ||
    manager.yesVariables.some((name) => isTruthy(valueOf(name, command, context))) ||
    isAnswered(command, manager, given, previous) ||
    (configured.size > 0 && scopesOf(command).some((scope) => configured.get(scope)?.has(manager.family)));
  for (const command of commands) {
    const family = configuresYes(command);
    if (family !== undefined) {
      const scope = scopesOf(command)[0];
      const families = configured.get(scope) ?? new Set();
      configured.set(scope, families.add(family));
    }
    const read = readPackageCommand(command, context, assumesYes);
    if (read) found.push(read);
    previous = command;
  }
  return found;
}

type AssumesYes = (
  manager: PackageManager,
  action: PackageAction,
  phrase: string,
  given: readonly Option[],
  command: Command,
) => boolean;

/** The installations among package commands. */
export function installsOf(packageCommands: readonly PackageCommand[]): readonly Install[] {
  return packageCommands.filter((command): command is Install => command.action === 'install');
}

function readPackageCommand(
  command: Command,
  context: PackageContext,
  assumesYes: AssumesYes,
): PackageCommand | undefined {
  const invoked = invokedManager(command);
  if (!invoked) return undefined;
  const { manager } = invoked;
  const opened = openVariables(invoked.args, command, context);
  let parsed = parseArguments(opened.args, optionsOf(manager));
  const read = manager.family === 'pacman' ? pacmanVerb(parsed) : verbOf(manager, parsed, command);
  if (!read) return undefined;
  // Options of other verbs mean other things: -f of `conda clean` takes no value.
  if (read.action === 'clean') parsed = parseArguments(opened.args);
  const { action, phrase, verb, skip } = read;
  return {
    command,
    manager,
    action,
    verb,
    phrase,
    packages: packageWords(manager, phrase, parsed, skip),
    options: parsed.options.length === 0 ? none : [...new Set(parsed.options.map(({ word }) => word))],
    given: parsed.options,
    assumesYes: assumesYes(manager, action, phrase, parsed.options, command),
    mayHoldOptions: opened.mayHoldOptions,
  };
}

/** The manager that a command runs, with its arguments; also for `python3 -m pip …`. */
function invokedManager({
  program,
  args,
  wrappers,
}: Command): { manager: PackageManager; args: readonly ShellWord[] } | undefined {
  const manager = managerOfProgram(program);
  if (wrappers.some(isOtherRoot)) return undefined;
  if (manager) return { manager, args };
  const ofComposer = argumentsOfComposer({ program, args });
  const composer = ofComposer && managerOfProgram('composer');
  if (composer) return { manager: composer, args: ofComposer };
  if (!isPython(program)) return undefined;
  const at = args.findIndex(({ value }) => value === '-m');
  if (at < 0 || !args.slice(0, at).every(({ value }) => value?.startsWith('-'))) return undefined;
  const module = managerOfModule(args[at + 1]?.value ?? '');
  return module && { manager: module, args: args.slice(at + 2) };
}

/**
 * The arguments that Composer gets from php: `php -d memory_limit=-1 composer.phar update`.
 * @returns undefined for other commands
 */
export function argumentsOfComposer({
  program,
  args,
}: Pick<Command, 'program' | 'args'>): readonly ShellWord[] | undefined {
  const at =
    program === 'php'
      ? args.findIndex(({ value }) => /^(?:\S*\/)?composer(?:\.phar)?$/.test(value ?? ''))
      : -1;
  return at < 0 ? undefined : args.slice(at + 1);
}

/** Whether a wrapper runs its program in another tree: what that installs and leaves behind lies there. */
function isOtherRoot({ program, args }: Wrapper): boolean {
  return program === 'chroot' && args.at(-1)?.value !== '/';
}

const none: readonly never[] = [];

const optionsOf = onceInside(({ valueOptions, singleDash }: PackageManager): OptionSyntax => ({
  values: valueOptions,
  singleDash,
}));

interface Verb {
  readonly action: PackageAction;
  readonly phrase: string;
  readonly verb: ShellWord;
  /** Number of operands that form the verb. */
  readonly skip: number;
}

function verbOf(
  manager: PackageManager,
  { operands, options }: Arguments,
  command: Command,
): Verb | undefined {
  const [first, second] = operands;
  if (!first) {
    const asks = options.some(({ name }) => ['--version', '-v', '--help', '-h'].includes(name));
    if (!manager.bare || asks) return undefined;
    return { action: manager.bare, phrase: '', verb: command.name, skip: 0 };
  }
  const verbs = verbsOf(manager);
  const double = second && verbs.get(`${first.value ?? ''} ${second.value ?? ''}`);
  if (double)
    return { action: double, phrase: `${first.value ?? ''} ${second.value ?? ''}`, verb: second, skip: 2 };
  const single = verbs.get(first.value ?? '');
  return single && { action: single, phrase: first.value ?? '', verb: first, skip: 1 };
}

const verbsOf = onceInside((manager: PackageManager): ReadonlyMap<string, PackageAction> => {
  const table = new Map<string, PackageAction>();
  for (const [action, verbs] of Object.entries(manager.verbs)) {
    for (const verb of verbs) table.set(verb, action as PackageAction);
  }
  return table;
});

/** pacman's verbs are options: -S with y (lists), u (upgrade), c (clean); -U, -R. */
function pacmanVerb({ options, operands }: Arguments): Verb | undefined {
  const named = (...names: string[]): Option | undefined => options.find(({ name }) => names.includes(name));
  const verb = (option: Option, action: PackageAction): Verb => ({
    action,
    phrase: option.name,
    verb: option.word,
    skip: 0,
  });
  const remove = named('-R', '--remove');
  if (remove) return verb(remove, 'remove');
  const file = named('-U', '--upgrade');
  if (file && !named('-S', '--sync')) return verb(file, 'install');
  const sync = named('-S', '--sync');
  if (!sync || named('-s', '--search', '-i', '--info', '-l', '--list', '-g', '--groups', '-p', '--print'))
    return undefined;
  if (named('-c', '--clean')) return verb(sync, 'clean');
  if (named('-w', '--downloadonly')) return verb(sync, 'download');
  if (operands.length > 0) return verb(sync, 'install');
  if (named('-u', '--sysupgrade')) return verb(sync, 'upgrade');
  return named('-y', '--refresh') ? verb(sync, 'update') : undefined;
}

function packageWords(
  manager: PackageManager,
  phrase: string,
  { operands, beforeDashes }: Arguments,
  skip: number,
): readonly ShellWord[] {
  // After `--` gem passes words to the build of the extension; `go run x` passes the rest to x.
  const end = manager.name === 'gem' ? beforeDashes : phrase === 'run' ? skip + 1 : operands.length;
  return operands.slice(skip, Math.max(skip, end));
}

/**
 * Replaces unquoted variables by their values, if these are known and contain options. If a value is not known, a
 * variable at the start of a word or after its dashes may hold options.
 */
function openVariables(
  args: readonly ShellWord[],
  command: Command,
  context: PackageContext,
): { args: readonly ShellWord[]; mayHoldOptions: boolean } {
  // `--$option` may be any option.
  let mayHoldOptions = args.some(({ value, prefix }) => value === undefined && /^--?$/.test(prefix));
  if (!args.some(({ splits }) => splits)) return { args, mayHoldOptions };
  const opened = args.flatMap((word, at) => {
    if (!word.splits || word.prefix !== '') return [word];
    const name = variableIn(word.text);
    const value = name === undefined ? undefined : valueOf(name, command, context);
    if (value === undefined) {
      if (!listsPackages.test(word.text) && !isFile(word, args[at - 1])) mayHoldOptions = true;
      return [word];
    }
    const parts = value.split(/\s+/).filter((part) => part !== '');
    if (!parts.some((part) => part.startsWith('-'))) return [word];
    return parts.map((part) => withText(word, part));
  });
  return { args: opened, mayHoldOptions };
}

/** Words that stand for packages and not for options: `$PACKAGES`, `${BUILD_DEPS}`, `$(cat packages.txt)`. */
const listsPackages =
  /^\$\{?(?:\w*_)?(?:pkgs?|packages?|deps|dependencies|libs|libraries|requirements|rpms|debs|gems)\}?$|^(?:\$\(|`)\s*(?:cat|sed|grep|egrep|awk|tr|cut|head|tail|sort|jq)\s/i;

/** Whether a word names a file of packages: by its place or its ending. */
function isFile({ text }: ShellWord, before: ShellWord | undefined): boolean {
  return (
    /^(?:-r|-c|--requirement|--constraint)$/.test(before?.value ?? '') ||
    /\w*\.(?:txt|in|whl|deb|rpm|tgz)$/.test(text)
  );
}

function valueOf(name: string, command: Command, context: PackageContext): string | undefined {
  const own = command.assignments.find((assignment) => assignment.name === name);
  return own ? own.value?.value : context.valueFor?.(name, command);
}

function isTruthy(value: string | undefined): boolean {
  return value !== undefined && /^(?:1|true|yes|on)$/i.test(value);
}
