// Users of an image: those a file creates, and whether its process changes its user by itself.
import { keepsRootByDesign, userOption } from '../knowledge/programs';
import { argumentsOf, findOption } from '../shell/options';
import type { Command } from '../shell/types';
import type { Model, Stage } from './model';
import { finalInstruction } from './what-runs';

export interface CreatedUser {
  readonly name: string;
  /** Number given to it; undefined when the tool picks one. */
  readonly uid: string | undefined;
  readonly command: Command;
}

const creators = new Set(['useradd', 'adduser']);

/** Users that RUNs create, in file order. @param stage of this stage and those it inherits from; of all without */
export function createdUsers(model: Model, stage?: Stage): readonly CreatedUser[] {
  const chain = stage && new Set(stage.chain);
  return model.commands.flatMap((command) => {
    if (
      !creators.has(command.program) ||
      command.instruction.keyword !== 'RUN' ||
      command.instruction.onbuild
    )
      return [];
    const owner = model.stageOf(command.instruction);
    if (!owner || chain?.has(owner) === false) return [];
    const name = argumentsOf(command).operands[0]?.value;
    // `adduser NAME GROUP` adds to a group; the user is its first word all the same.
    if (name === undefined || !/^[a-z_][a-z0-9_-]*$/i.test(name) || name === 'root') return [];
    return [{ name, uid: findOption(command, '-u', '--uid')?.value, command }];
  });
}

/**
 * Whether the file of a stage shows that its process changes its user by itself, or may, or that it has to be
 * root for what it does.
 */
export function stepsDown(model: Model, stage: Stage): boolean {
  const { base } = stage;
  const entrypoint = finalInstruction(stage, 'ENTRYPOINT');
  const cmd = finalInstruction(stage, 'CMD');
  if (base.dropsPrivileges && !entrypoint) return true;
  // Their main process stays root and opens the port; those that serve run as a user of their own.
  if (base.runsService && withWorkers.has(base.name ?? '') && !entrypoint && !cmd) return true;
  const starts = [entrypoint, cmd].flatMap((one) => (one ? model.commandsOf(one) : []));
  if (starts.some(changesUser)) return true;
  // A script may do it in the end: `su`, or what the image brings for the purpose.
  const runsScript = starts.some(({ name, args }) =>
    [name, ...args].some(({ value, text }) => /\.sh$|entry-?point/i.test(value ?? text)),
  );
  if (runsScript && (createdUsers(model, stage).length > 0 || installsSuch(model, stage))) return true;
  return stage.chain.some(({ instructions }) =>
    instructions.some(
      (one) => /^(?:RUN|ADD|COPY)$/.test(one.keyword) && bringsTool.test(model.document.slice(one.span)),
    ),
  );
}

const withWorkers: ReadonlySet<string> = new Set(['nginx', 'httpd', 'php']);

/** Programs that are installed to change the user, or to run several others as theirs. */
const bringsTool =
  /\b(?:gosu|su-exec|s6-overlay|s6-svscan|supervisor|runit|openssh-server|setpriv|systemd-sysv|fixuid)\b/;

function installsSuch(model: Model, stage: Stage): boolean {
  const chain = new Set(stage.chain);
  return model.installs.some(({ command, packages }) => {
    const owner = model.stageOf(command.instruction);
    if (!owner || !chain.has(owner)) return false;
    return packages.some(({ value }) => keepsRoot(value?.replace(/[=~<>@:].*$/, '') ?? ''));
  });
}

function changesUser({ program, args, wrappers }: Command): boolean {
  return (
    [program, ...wrappers.map((wrapper) => wrapper.program)].some(keepsRoot) ||
    // `docker-entrypoint.sh nginx`, and `--user=app`
    args.some(
      ({ value, prefix }) =>
        userOption.test(prefix) ||
        (value !== undefined && keepsRoot(value.slice(value.lastIndexOf('/') + 1))),
    )
  );
}

function keepsRoot(program: string): boolean {
  return keepsRootByDesign.has(program) || /^php-fpm[\d.]*$/.test(program);
}
