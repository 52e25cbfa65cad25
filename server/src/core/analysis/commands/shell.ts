// Which shell reads the words of a command, and what it expands: dash and ash do not expand braces, and in exec form
// nothing is expanded.
import { optionValue } from './options';
import { dialectOfProgram, isReadable } from '../../shell/dialect';
import type { Command, Dialect, ShellWord } from '../../shell/types';
import type { Model } from '../../model/model';

export interface CommandShell {
  /** Undefined in exec form: no shell reads the words. */
  readonly dialect: Dialect | undefined;
  /** Whether `{a,b}` stands for two words; undefined if the shell is not known exactly. */
  readonly expandsBraces: boolean | undefined;
  /** Whether `*` stands for the names of files. */
  readonly expandsGlobs: boolean;
}

/** The shell that reads the words of a command: the innermost of `sh -c`, `su -c`, `eval`, else that of its script. */
export function shellOf(model: Model, { instruction, script, nesting, chain }: Command): CommandShell {
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

/** One word that a shell makes of a written word. */
export interface SpelledWord {
  readonly text: string;
  /** Whether `*`, `?` or `[` in it stand for file names. */
  readonly isGlob: boolean;
}

/**
 * The words that a shell makes of a word, as far as the text tells.
 * @returns undefined if it contains a variable or substitution, or depends on an unknown shell
 */
export function spellWord(
  { value, pattern }: ShellWord,
  shell: CommandShell,
): readonly SpelledWord[] | undefined {
  // Quoted or in exec form, so the text is literal.
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
