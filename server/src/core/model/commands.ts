// Every command that an instruction runs: RUN, CMD, ENTRYPOINT and HEALTHCHECK, in shell form, exec form and heredocs,
// also under ONBUILD.
import { dialectOfProgram, isReadable, shellOfShebang, startOptions } from '../shell/dialect';
import { readExecForm } from '../shell/exec-form';
import { readScript } from '../shell/script';
import { heredocSource, lineSource } from '../shell/source';
import type { Command, ShellInForce, ShellScript } from '../shell/types';
import { readsStandardInput } from '../shell/wrappers';
import type { Dockerfile, Heredoc, Instruction } from '../syntax/nodes';

export interface InstructionCommands {
  /** The texts that shells read: first the line, then each heredoc body that is a script. None in plain exec form. */
  readonly scripts: readonly ShellScript[];
  /** All commands, script by script; the command of an exec form comes first. */
  readonly commands: readonly Command[];
}

const nothing: InstructionCommands = { scripts: [], commands: [] };

/**
 * The scripts and commands of an instruction. Never throws; gives nothing for other instructions.
 * @param shell the shell that reads the shell form, from `shellInForce`
 */
export function readCommands(
  file: Dockerfile,
  instruction: Instruction,
  shell: ShellInForce,
): InstructionCommands {
  const runner = instruction.trigger ?? instruction;
  switch (runner.keyword) {
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
      return readFrom(file, runner, runner.argumentsLogical.start, shell);
    case 'HEALTHCHECK': {
      const [form, first] = runner.words;
      if (form?.value.toUpperCase() !== 'CMD' || !first) return nothing;
      return readFrom(file, runner, first.logical.start, shell);
    }
    default:
      return nothing;
  }
}

/** @param from logical offset where the command begins */
function readFrom(
  file: Dockerfile,
  instruction: Instruction,
  from: number,
  shell: ShellInForce,
): InstructionCommands {
  const { argumentsLogical, heredocs, line, json } = instruction;
  if (from >= argumentsLogical.end) return nothing;
  if (json) {
    const { command, script } = readExecForm(instruction, from, shell);
    const commands = [...(command ? [command] : []), ...(script?.commands ?? [])];
    return { scripts: script ? [script] : [], commands };
  }
  const only = heredocs.length === 1 ? heredocs[0] : undefined;
  if (only && only.operator.logical.start === from && only.operator.logical.end === argumentsLogical.end) {
    const script = bodyScript(file, instruction, only, shell);
    return { scripts: [script], commands: script.commands };
  }
  const logical = { start: from, end: argumentsLogical.end };
  const source = lineSource(file.text, line, logical, heredocs, instruction.argumentsSpan.start);
  const script = readScript({ instruction, source, shell, heredoc: false, wrappers: [], editable: true });
  if (heredocs.length === 0) return { scripts: [script], commands: script.commands };
  const scripts = [script, ...inputScripts(file, instruction, script, shell)];
  return { scripts, commands: scripts.flatMap(({ commands }) => commands) };
}

/** `RUN <<EOF`: the body is a script for the shell, or for the interpreter that its first line names. */
function bodyScript(
  file: Dockerfile,
  instruction: Instruction,
  heredoc: Heredoc,
  shell: ShellInForce,
): ShellScript {
  const source = heredocSource(file.text, heredoc);
  const windows = shell.dialect === 'cmd' || shell.dialect === 'powershell';
  const named = windows ? undefined : shellOfShebang(source.text, shell.sh);
  return readScript({
    instruction,
    source,
    shell: named ?? shell,
    heredoc: true,
    wrappers: [],
    editable: true,
  });
}

/** `RUN bash <<EOF`: bodies that a shell reads from its standard input. Others are data. */
function inputScripts(
  file: Dockerfile,
  instruction: Instruction,
  line: ShellScript,
  shell: ShellInForce,
): readonly ShellScript[] {
  const scripts: ShellScript[] = [];
  for (const command of line.commands) {
    const dialect = dialectOfProgram(command.program, shell.sh);
    if (!dialect || !isReadable(dialect) || !readsStandardInput(command.args)) continue;
    for (const redirect of command.redirects) {
      if (!redirect.operator.startsWith('<<') || redirect.operator.startsWith('<<<')) continue;
      const heredoc = instruction.heredocs.find(
        ({ operator }) => operator.span.start === redirect.span.start,
      );
      if (!heredoc) continue;
      const { program, span, args } = command;
      scripts.push(
        readScript({
          instruction,
          source: heredocSource(file.text, heredoc),
          shell: { dialect, ...startOptions(args.map(({ value }) => value)), sh: shell.sh },
          heredoc: true,
          wrappers: [...command.wrappers, { program, span, args }],
          editable: true,
          expanded: heredoc.expand,
        }),
      );
    }
  }
  return scripts;
}
