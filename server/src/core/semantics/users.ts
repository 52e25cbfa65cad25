// Users of an image: those a file creates, who the process runs as, and which user would be a fitting one.
import { argumentsOf, findOption } from '../shell/options';
import type { Command } from '../shell/types';
import type { Instruction } from '../syntax/nodes';
import type { Model, Stage } from './model';

export interface CreatedUser {
  readonly name: string;
  /** Number given to it; undefined when the tool picks one. */
  readonly uid: string | undefined;
  readonly command: Command;
}

const creators = new Set(['useradd', 'adduser']);

/** Users that RUNs of a stage and of those it inherits from create, in file order. */
export function createdUsers(model: Model, stage: Stage): readonly CreatedUser[] {
  return model.commands.flatMap((command) => {
    if (
      !creators.has(command.program) ||
      command.instruction.keyword !== 'RUN' ||
      command.instruction.onbuild
    )
      return [];
    const owner = model.stageOf(command.instruction);
    if (!owner || !stage.chain.includes(owner)) return [];
    const name = argumentsOf(command).operands[0]?.value;
    // `adduser NAME GROUP` adds to a group; the user is its first word all the same.
    if (name === undefined || !/^[a-z_][a-z0-9_-]*$/i.test(name) || name === 'root') return [];
    return [{ name, uid: findOption(command, '-u', '--uid')?.value, command }];
  });
}

/** Programs that start as root to step down by themselves, or that need root to run others as their users. */
const steppingDown =
  /^(?:gosu|su-exec|setpriv|runuser|chroot|s6-svscan|s6-setuidgid|s6-overlay|supervisord|runsvdir|runit|sshd|crond?|init|systemd|dumb-init-as|start-stop-daemon|setuser|my_init|apachectl|apache2ctl|apache2-foreground|httpd-foreground|httpd|apache2|nginx|haproxy|php-fpm\d*|dockerd|containerd)$/;

/** Whether the file of a stage shows that its process changes its user by itself, or may. */
export function stepsDown(model: Model, stage: Stage): boolean {
  const chain = new Set(stage.chain);
  const { base } = stage;
  if (base.dropsPrivileges && !finalInstruction(stage, 'ENTRYPOINT')) return true;
  for (const command of model.commands) {
    const owner = model.stageOf(command.instruction);
    if (!owner || !chain.has(owner)) continue;
    const starts = command.instruction.keyword !== 'RUN';
    if (starts && (steppingDown.test(command.program) || command.program === 'su')) return true;
    if (starts && command.wrappers.some(({ program }) => steppingDown.test(program) || program === 'su'))
      return true;
    if (
      starts &&
      command.args.some(
        ({ value }) => value !== undefined && steppingDown.test(value.slice(value.lastIndexOf('/') + 1)),
      )
    )
      return true;
  }
  const installed = /\b(?:gosu|su-exec|s6-overlay|supervisor|runit|openssh-server|setpriv|systemd-sysv)\b/;
  for (const one of stage.chain) {
    for (const instruction of one.instructions) {
      if (
        /^(?:RUN|ADD|COPY)$/.test(instruction.keyword) &&
        installed.test(model.document.slice(instruction.span))
      )
        return true;
    }
  }
  return false;
}

/** The instruction of a keyword that holds in a stage: its own last one, or an inherited one. */
export function finalInstruction(stage: Stage, keyword: string): Instruction | undefined {
  for (const one of stage.chain) {
    const own = one.instructions.filter((instruction) => instruction.keyword === keyword).at(-1);
    if (own) return own;
  }
  return undefined;
}

const shells = new Set([
  'sh',
  'bash',
  'ash',
  'zsh',
  'dash',
  'fish',
  'pwsh',
  'powershell',
  'cmd',
  'true',
  'false',
  'echo',
  'env',
  'sleep',
]);

/**
 * What a container of the image runs, and where that is said.
 * `nothing`: neither the file nor the base starts anything but a shell; `unknown`: the base decides, and is not known.
 */
export function whatRuns(
  model: Model,
  stage: Stage,
):
  | { readonly kind: 'program'; readonly at: Instruction | undefined }
  | { readonly kind: 'nothing' | 'unknown' } {
  const entrypoint = finalInstruction(stage, 'ENTRYPOINT');
  const cmd = finalInstruction(stage, 'CMD');
  const at = entrypoint ?? cmd;
  if (!at) {
    const { runsService } = stage.base;
    return runsService === true
      ? { kind: 'program', at: undefined }
      : { kind: runsService === false ? 'nothing' : 'unknown' };
  }
  const commands = model.commandsOf(at);
  const only = commands.length === 1 ? commands[0] : undefined;
  // A bare shell is for people to look around in.
  if (
    only &&
    shells.has(only.program) &&
    (only.args.length === 0 || only.program === 'sleep' || only.program === 'echo') &&
    (at !== entrypoint || !cmd)
  ) {
    return { kind: 'nothing' };
  }
  if (commands.length === 0 && at.words.length === 0) return { kind: 'nothing' };
  return { kind: 'program', at };
}
