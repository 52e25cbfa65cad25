// Commands as hadolint reads them, for its verdicts: a wrapper such as sudo is the program, texts for `sh -c` stay closed,
// and flags are looked for anywhere. Source: what hadolint 2.15.1 answers.
import { mountTypeOf, mountValue, mountsOf } from '../analysis/text/mount-options';
import { passedByHadolint } from '../knowledge/programs/shell-builtins';
import type { Model } from '../model/model';
import { isReadable } from '../shell/dialect';
import { readScript } from '../shell/script';
import type { Command, ShellScript, ShellWord } from '../shell/types';
import type { Instruction, JsonString, LogicalLine } from '../syntax/nodes';
import type { Span } from '../text/span';

export interface SeenCommand {
  readonly command: Command;
  /** The first word without quotes, or the program that a builtin such as `command` starts. */
  readonly name: string;
  /** Whether nothing in that word is expanded. */
  readonly isLiteral: boolean;
  /** The other words. */
  readonly args: readonly ShellWord[];
}

/** The commands of a RUN, in order. */
export function seenIn(model: Model, run: Instruction): readonly SeenCommand[] {
  return scriptsOf(model, run).flatMap(({ valid, commands }) =>
    !valid || hasBrokenTest(commands)
      ? []
      : commands.flatMap((command): readonly SeenCommand[] => {
          if (command.nesting.includes('string')) return [];
          const { words } = command;
          const at = words.findIndex((word, index) => !isTransparent(words, word, index));
          const first = words[at];
          if (!first) return [];
          // The program behind `exec` is also one of its arguments.
          const isPassed = passedByHadolint.has(textOf(words[at - 1] ?? first));
          const args = words.slice(isPassed ? at : at + 1);
          return [{ command, name: textOf(first), isLiteral: first.value !== undefined, args }];
        }),
  );
}

/** `[a]`, or `[ a` without its end: it reads no command of such a script. */
function hasBrokenTest(commands: readonly Command[]): boolean {
  const tests = commands.flatMap(({ words }) => words[0]?.text.match(/^\[.*/s)?.[0] ?? []);
  if (tests.length === 0) return false;
  const ends = new Set(commands.flatMap(({ words }) => words.map(({ text }) => text)));
  return tests.some((text) => !/^\[\[?$/.test(text) || !ends.has(text.replaceAll('[', ']')));
}

/**
 * hadolint takes the words of exec form for a line, reads every script as if it were for a POSIX shell, also those for
 * PowerShell, and no text that a command gets as its input.
 */
function scriptsOf(model: Model, run: Instruction): readonly ShellScript[] {
  const [script] = model.scriptsOf(run);
  if (!run.json && (!script || isReadable(script.dialect))) return script ? [script] : [];
  const source = run.json ? joined(run.json) : script?.source;
  if (!source) return [];
  const shell = { dialect: 'bash', errexit: false, pipefail: false, sh: 'posix' } as const;
  return [readScript({ instruction: run, source, shell, heredoc: false, wrappers: [], editable: false })];
}

function joined(strings: readonly JsonString[]): LogicalLine {
  let text = '';
  const segments = strings.map(({ value, span }) => {
    const logical = text.length;
    text += `${value} `;
    return { logical, document: span.start + 1, length: text.length - logical };
  });
  return { text, segments };
}

/** Whether the command is the one behind a word: `time`, its option, or a builtin that has no option. */
function isTransparent(words: readonly ShellWord[], word: ShellWord, index: number): boolean {
  if (word.text === 'time' || (word.text === '-p' && words[index - 1]?.text === 'time')) return true;
  const next = words[index + 1];
  return passedByHadolint.has(textOf(word)) && next?.text.startsWith('-') === false;
}

/**
 * Whether what comes behind a keyword is a list of texts. hadolint takes any escape, and none of a backslash at the end.
 * @param from where in the line that is
 */
export function isList({ line }: Instruction, from: number): boolean {
  return list.test(line.text.slice(from));
}

const text = String.raw`"(?:[^"\\]|\\"|\\+[^"\\])*"\s*`;
const list = new RegExp(String.raw`^\s*\[\s*(?:${text}(?:,\s*${text})*)?\]\s*$`);

/** A word without its quotes. */
export function textOf({ value, pattern, text }: ShellWord): string {
  return value ?? pattern ?? text.replaceAll(/["']/g, '');
}

/** Whether no script of a RUN is for a shell that we read, so that only its text tells anything. */
export function isUnread(model: Model, run: Instruction): boolean {
  const scripts = model.scriptsOf(run);
  return scripts.length > 0 && scripts.every(({ dialect }) => !isReadable(dialect));
}

/** The commands of every RUN that have one of these names, also in triggers. */
export function seenNamed(model: Model, ...names: readonly string[]): readonly SeenCommand[] {
  return model
    .instructionsOf('RUN')
    .flatMap((run) => seenIn(model, run).filter(({ name }) => names.includes(name)));
}

/** Whether a word of the command is one of these. */
export function hasWord({ args }: SeenCommand, ...words: readonly string[]): boolean {
  return args.some((word) => words.includes(textOf(word)));
}

/** Whether the command has a flag: `-y` also in a cluster, `--yes` also with a value. */
export function hasFlag({ args }: SeenCommand, ...flags: readonly string[]): boolean {
  return args.some((word) => {
    const text = textOf(word);
    if (!text.startsWith('--'))
      return flags.some((flag) => /^-[^-]/.test(text) && /^-[^-]/.test(flag) && text.includes(flag.slice(1)));
    const name = text.slice(2).split('=', 1)[0];
    return flags.some((flag) => flag.replace(/^--?/, '') === name);
  });
}

/**
 * The words of the command that are not flags, and no values of the flags named.
 * @param flags each in full; `-t` also stands for a cluster with it
 */
export function operandsOf({ args }: SeenCommand, flags?: RegExp): readonly ShellWord[] {
  const texts = args.map(textOf);
  const takesNext = (text = ''): boolean =>
    /^-[^-=]+$/.test(text)
      ? [...text.slice(1)].some((letter) => flags?.test(`-${letter}`))
      : flags?.test(text) === true;
  return args.filter((_, at) => !/^-(?!-?$)/.test(texts[at] ?? '') && !takesNext(texts[at - 1]));
}

/** Whether the RUN mounts a cache or a tmpfs on a target that contains the path. */
export function mountsOver(run: Instruction, path: string): boolean {
  return mountsOf(run).some(
    (mount) =>
      /^(?:cache|tmpfs)$/.test(mountTypeOf(mount)) && mountValue(mount, 'target')?.includes(path) === true,
  );
}

/** Where our own rules mark such a command: its verb. */
export function verbOf({ command, args }: SeenCommand, verb = 'install'): Span {
  return (args.find((word) => textOf(word) === verb) ?? command).span;
}
