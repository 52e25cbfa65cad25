// Which shell reads the words of a command, and what it makes of them: braces mean nothing to dash and ash, and
// nothing at all means anything in exec form.
import { optionValue } from './options';
import { dialectOfProgram, isReadable } from '../../shell/dialect';
import type { Command, Dialect, ShellWord } from '../../shell/types';
import type { Model } from '../../model/model';

export interface CommandShell {
  /** Undefined in exec form: no shell reads the words. */
  readonly dialect: Dialect | undefined;
  /** Whether `{a,b}` stands for two words; undefined where the shell may be one or another. */
  readonly expandsBraces: boolean | undefined;
  /** Whether `*` stands for the names of files. */
  readonly expandsGlobs: boolean;
}

/** The shell that reads the words of a command: the innermost of `sh -c`, `su -c`, `eval`, else that of its script. */
export function shellOf(model: Model, { instruction, script, nesting, chain }: Command): CommandShell {
  if (!script) return describe(undefined);
  const { sh } = model.shellAt(instruction);
  if (!nesting.includes('string')) return describe(script.dialect);
  // What stands around a string is all in it: the last that reads one reads the words.
  for (const { program, args } of [...(chain?.block.wrappers ?? [])].reverse()) {
    const dialect = dialectOfProgram(program, sh);
    if (dialect && isReadable(dialect)) return describe(dialect);
    if (program === 'su' || program === 'runuser') {
      const shell = optionValue(args, '-s', '--shell');
      return describe(shell?.text === undefined ? 'posix' : (dialectOfProgram(shell.text, sh) ?? 'other'));
    }
    // The shell that $SHELL names.
    if (program === 'flock') return describe('posix');
  }
  return describe(script.dialect);
}

function describe(dialect: Dialect | undefined): CommandShell {
  return {
    dialect,
    expandsBraces: expandsBraces(dialect),
    expandsGlobs: dialect !== undefined && dialect !== 'cmd',
  };
}

function expandsBraces(dialect: Dialect | undefined): boolean | undefined {
  if (dialect === 'bash' || dialect === 'zsh') return true;
  // A /bin/sh of unknown kind, or a Korn shell.
  return dialect === 'posix' ? undefined : false;
}

/** What a word stands for. */
export interface SpelledWord {
  readonly text: string;
  /** Whether `*`, `?` or `[` in it stand for names of files. */
  readonly isGlob: boolean;
}

/**
 * The words that a shell makes of one, as far as the text tells.
 * @returns undefined where a variable or substitution is in it, or where it rests on a shell that is not known
 */
export function spellWord(
  { value, pattern }: ShellWord,
  shell: CommandShell,
): readonly SpelledWord[] | undefined {
  // Quoted or in exec form: what is written is meant.
  if (value !== undefined) return [{ text: value, isGlob: false }];
  if (pattern === undefined) return undefined;
  const isGlob = (text: string): boolean => shell.expandsGlobs && /[*?[]/.test(text);
  const braces = /^([^{}]*)\{([^{}]*,[^{}]*)\}([^{}]*)$/.exec(pattern);
  if (!braces || shell.expandsBraces === false)
    return /[{}]/.test(pattern) && shell.expandsBraces !== false
      ? undefined
      : [{ text: pattern, isGlob: isGlob(pattern) }];
  if (shell.expandsBraces === undefined) return undefined;
  const [, before = '', inner = '', after = ''] = braces;
  return inner.split(',').map((part) => {
    const text = before + part + after;
    return { text, isGlob: isGlob(text) };
  });
}
