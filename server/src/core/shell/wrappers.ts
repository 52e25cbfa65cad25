// Finds the program after sudo, env, timeout … and the string after `sh -c`.
import { wrappers } from '../knowledge/programs/wrappers';
import type { WrapperSyntax } from '../knowledge/programs/wrappers';
import { dialectNamed, isReadable } from './dialect';
import { baseName } from '../text/paths';
import type { ShellWord } from './types';

/** A word without its place. */
type Word = Omit<ShellWord, 'span'>;

export interface Unwrapped {
  /** Indices of the words of each wrapper, outermost first: its name, and the first word after it. */
  readonly wrappers: readonly { readonly program: string; readonly from: number; readonly to: number }[];
  /** Index of the program's name. */
  readonly name: number;
  /** Indices of `NAME=value` words handed to a wrapper. */
  readonly assignments: readonly number[];
  /** Index of the word that is text for a shell, when the program is one that reads it. */
  readonly string: number | undefined;
}

const bare: Unwrapped = { wrappers: [], name: 0, assignments: [], string: undefined };

/** Limit for wrappers in a row; real files never reach it. */
const mostWrappers = 12;

/**
 * Base name of the program that a word names: `apt-get` for `/usr/bin/apt-get` and for `"$BIN/apt-get"`, empty if
 * the base name contains an expansion.
 */
export function programOf(word: Word | undefined): string {
  if (!word) return '';
  const known = word.value ?? word.suffix;
  return word.value === undefined && !known.includes('/') ? '' : baseName(known);
}

/** @param words name and arguments of a command */
export function unwrap(words: readonly Word[]): Unwrapped {
  const first = programOf(words[0]);
  // Most commands have no wrapper.
  if (!wrappers.has(first) && first !== 'eval' && !dialectNamed(first)) return bare;
  const found: { program: string; from: number; to: number }[] = [];
  const assignments: number[] = [];
  let name = 0;
  while (found.length < mostWrappers) {
    const program = programOf(words[name]);
    const string = shellStringIndex(words, name, program);
    if (string !== undefined) return { wrappers: found, name, assignments, string };
    const syntax = wrappers.get(program);
    const wrapped = syntax && wrappedProgram(words, name, syntax);
    if (!wrapped) break;
    found.push({ program, from: name, to: wrapped.name });
    assignments.push(...wrapped.assignments);
    name = wrapped.name;
  }
  return { wrappers: found, name, assignments, string: undefined };
}

/** Index of the program that a wrapper at `at` runs. */
function wrappedProgram(
  words: readonly Word[],
  at: number,
  syntax: WrapperSyntax,
): { name: number; assignments: number[] } | undefined {
  let next = at + 1;
  let operands = syntax.operands ?? 0;
  const assignments: number[] = [];
  const userGiven = (word: string | undefined): boolean =>
    word === '-u' || word?.startsWith('--user') === true;
  if (syntax.verbs) {
    while (words[next]?.prefix.startsWith('-')) next += takesNext(words[next], syntax.values) ? 2 : 1;
    if (!syntax.verbs.includes(words[next]?.value ?? '')) return undefined;
    next += 1;
  }
  let user = false;
  for (; next < words.length; next += 1) {
    const word = words[next];
    const text = word?.value ?? word?.prefix ?? '';
    if (text === '--') {
      next += 1;
      break;
    }
    if (text.length > 1 && text.startsWith('-')) {
      if (syntax.inert && names(text, syntax.inert)) return undefined;
      user ||= userGiven(text);
      if (takesNext(word, syntax.values)) next += 1;
    } else if (syntax.assignments && /^[A-Za-z_]\w*=/.test(text)) assignments.push(next);
    else if (operands > 0) operands -= 1;
    else break;
  }
  next += operands;
  // `runuser -u user program`; su and runuser without -u run a login shell.
  if (syntax.permutes && !user) return undefined;
  if (next >= words.length) return undefined;
  if (syntax.only && !syntax.only.includes(words[next]?.value ?? '')) return undefined;
  return { name: next, assignments };
}

/** Whether the words after a program's string are arguments of the program itself: `su -c '…' user`. */
export function takesOperandsAfterString(program: string): boolean {
  return wrappers.get(program)?.permutes === true;
}

/** Index of the word that `sh -c`, `su -c`, `eval` and similar programs hand to a shell. */
function shellStringIndex(words: readonly Word[], at: number, program: string): number | undefined {
  if (program === 'eval') return words.length === at + 2 && words[at + 1]?.quoted ? at + 1 : undefined;
  const dialect = dialectNamed(program);
  if (dialect) return isReadable(dialect) ? shellString(words, at + 1) : undefined;
  const syntax = wrappers.get(program);
  if (!syntax?.string) return undefined;
  let operands = syntax.operands ?? 0;
  for (let next = at + 1; next < words.length; next += 1) {
    const word = words[next];
    const text = word?.value ?? word?.prefix ?? '';
    const isString = syntax.string.some(
      (option) => text === option || (!option.startsWith('--') && cluster(text, option)),
    );
    if (isString) return next + 1 < words.length ? next + 1 : undefined;
    if (takesNext(word, syntax.values)) next += 1;
    else if (!text.startsWith('-') && !syntax.permutes) {
      if (operands === 0) return undefined;
      operands -= 1;
    }
  }
  return undefined;
}

/** `-c`, and options before and after it, as the shells read them. */
function shellString(words: readonly Word[], from: number): number | undefined {
  let command = false;
  let next = from;
  for (; next < words.length; next += 1) {
    const text = words[next]?.value ?? words[next]?.prefix ?? '';
    if (text === '--') {
      next += 1;
      break;
    }
    if (text === '--rcfile' || text === '--init-file') next += 1;
    else if (/^[-+][A-Za-z]+$/.test(text)) {
      if (text.startsWith('-') && text.includes('c')) command = true;
      if (/[oO]$/.test(text)) next += 1;
    } else if (!text.startsWith('--')) break;
  }
  return command && next < words.length ? next : undefined;
}

/**
 * Whether a shell started with these words reads its script from standard input: options only.
 * @param args words after the shell's name
 */
export function readsStandardInput(args: readonly Word[]): boolean {
  for (let next = 0; next < args.length; next += 1) {
    const text = args[next]?.value;
    if (text === undefined) return false;
    if (text === '-' || text === '-s' || text === '--') return true;
    if (!/^[-+]/.test(text) || (/^-[A-Za-z]+$/.test(text) && text.includes('c'))) return false;
    if (/^[-+][A-Za-z]*[oO]$/.test(text)) next += 1;
  }
  return true;
}

/** Whether `text` is one of the options, or a cluster of short ones that holds one. */
function names(text: string, options: readonly string[]): boolean {
  return options.some((option) => text === option || (option.length === 2 && cluster(text, option)));
}

/** Whether a cluster such as `-xc` ends in the short option `-c`. */
function cluster(text: string, option: string): boolean {
  return option.length === 2 && /^-[A-Za-z]+$/.test(text) && text.endsWith(option.slice(1));
}

/** Whether an option takes the word after it as its value: `-u x`, `--user x`, `-Eu x`; not `-ux`, `--user=x`. */
function takesNext(word: Word | undefined, values: readonly string[]): boolean {
  const text = word?.value;
  if (!text?.startsWith('-')) return false;
  if (text.startsWith('--')) return values.includes(text);
  const first = [...text.slice(1)].findIndex((letter) => values.includes(`-${letter}`));
  return first >= 0 && first === text.length - 2;
}
