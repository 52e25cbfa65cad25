// Which shell reads the words of a command, and what it expands: dash and ash do not expand braces, and in exec form
// nothing is expanded.
import { optionValue } from './options';
import { posixShells } from '../../knowledge/programs/shells';
import { dialectOfProgram, isReadable } from '../../shell/dialect';
import type { Reading } from '../../shell/spelling';
import type { Command, Dialect } from '../../shell/types';
import type { Model } from '../../model/model';

/** Whether a command only starts a shell with a text whose commands are known: `sh -c 'make'`. */
export function runsKnownString({ program, args }: Command): boolean {
  if (!posixShells.has(program)) return false;
  const at = args.findIndex(({ text }) => /^-[a-z]*c$/.test(text));
  return at >= 0 && args[at + 1]?.value !== undefined;
}

/** The shell that reads the words of a command: the innermost of `sh -c`, `su -c`, `eval`, else that of its script. */
export function shellOf(model: Model, { instruction, script, nesting, chain }: Command): Reading {
  if (!script) return describe(undefined);
  const { sh } = model.shellAt(instruction);
  if (!nesting.includes('string')) return describe(script.dialect);
  // Only the innermost wrapper that reads a string reads the words.
  for (const { program, args } of [...(chain?.block.wrappers ?? [])].reverse()) {
    const dialect = dialectOfProgram(program, sh);
    if (dialect && isReadable(dialect)) return describe(dialect);
    if (program === 'su' || program === 'runuser') {
      const shell = optionValue(args, '-s', '--shell');
      return describe(shell?.text === undefined ? 'posix' : (dialectOfProgram(shell.text, sh) ?? 'other'));
    }
    // flock uses the shell that $SHELL names.
    if (program === 'flock') return describe('posix');
  }
  return describe(script.dialect);
}

function describe(dialect: Dialect | undefined): Reading {
  return {
    dialect,
    expandsBraces: expandsBraces(dialect),
    expandsGlobs: dialect !== undefined && dialect !== 'cmd',
  };
}

function expandsBraces(dialect: Dialect | undefined): boolean | undefined {
  if (dialect === 'bash' || dialect === 'zsh') return true;
  // A /bin/sh of unknown kind, or a Korn shell.
  return dialect === 'posix' || dialect === 'ksh' ? undefined : false;
}
