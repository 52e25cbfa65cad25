// Installations of a project's own packages, and whether they leave out what only development needs.
import { projectInstallers } from '../../knowledge/packages/development-packages';
import type { ProjectInstaller } from '../../knowledge/packages/development-packages';
import type { Model, Stage } from '../../model/model';
import { argumentsOf } from '../../shell/options';
import type { Command, ShellWord } from '../../shell/types';
import { once } from '../../text/memo';
import { resolvePath } from '../../text/paths';
import { folderOf } from '../commands/folder';

export interface ProjectInstall {
  readonly command: Command;
  readonly stage: Stage;
  readonly installer: ProjectInstaller;
  /** The word that says it: the program's name for a bare `yarn`. */
  readonly verb: ShellWord;
  /** Whether it leaves out the packages for development; undefined if that is not known. */
  readonly omits: boolean | undefined;
  /** Absolute path of the folder with the packages; undefined if it is not known. */
  readonly packages: string | undefined;
}

const programs = projectInstallers.flatMap((one) => one.programs);

/** The installations of a file's steps, in order. Those that name packages or another place are left out. */
export const projectInstalls = once((model: Model): readonly ProjectInstall[] =>
  model.commandsNamed(...programs).flatMap((command) => {
    const stage = model.stageOf(command.instruction);
    const found = stage && command.instruction.keyword === 'RUN' ? readInstall(model, command) : undefined;
    return stage && found ? [{ ...found, command, stage }] : [];
  }),
);

function readInstall(model: Model, command: Command): Omit<ProjectInstall, 'command' | 'stage'> | undefined {
  const { program, args, name } = command;
  const installer = projectInstallers.find((one) => one.programs.includes(program));
  const [verb, ...operands] = argumentsOf(command).operands;
  if (!installer?.verbs.includes(verb?.value ?? '') || args.some(({ text }) => elsewhere.test(text)))
    return undefined;
  const isFocus = verb?.value === 'workspaces' && operands[0]?.value === 'focus';
  const isOther =
    verb?.value === 'workspaces' ? !isFocus : operands.some(({ text }) => !/^(?:dev|prod\w*)$/.test(text));
  if (isOther) return undefined;
  const folder = resolvePath(folderOf(model, command), installer.folder);
  return { installer, verb: verb ?? name, omits: omitsOf(model, command, installer), packages: folder };
}

/** Options that name another place or kind of installation. */
const elsewhere =
  /^(?:-g|--global|--prefix|--cwd|--dir|-C|--directory|--working-dir|-d|--help|--package-lock-only|--version|-v)(?:=|$)/;

function omitsOf(model: Model, command: Command, installer: ProjectInstaller): boolean | undefined {
  const { args, assignments, instruction, program } = command;
  const gives = (pattern: RegExp): boolean => args.some(({ value }) => pattern.test(value ?? ''));
  if (gives(installer.includes)) return false;
  if (gives(installer.omits)) return true;
  // An unquoted variable may hold an option.
  if (args.some(({ value }) => value === undefined)) return undefined;
  const { variables } = model.environmentAt(instruction);
  for (const [name, values] of installer.variables) {
    const own = assignments.find((one) => one.name === name);
    if (own) return values.test(own.value?.value ?? '') ? isObeyed(program) : undefined;
    const set = variables.get(name);
    if (set) return values.test(set.value ?? '') ? isObeyed(program) : undefined;
  }
  return false;
}

/** Yarn 1 obeys NODE_ENV, later ones do not. */
function isObeyed(program: string): boolean | undefined {
  return program.startsWith('yarn') ? undefined : true;
}
