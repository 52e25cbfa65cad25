// Reads the options among the arguments of a command: clusters (-yq), values (-t x, -tx, --to x, --to=x), repeats.
import { optionSyntax } from '../knowledge/programs/command-options';
import type { OptionSyntax } from '../knowledge/programs/command-options';
import type { Command, ShellWord } from './types';

export interface Option {
  /** With its dashes: each letter of a cluster is an option of its own. */
  readonly name: string;
  /** Undefined if there is none, or if it contains an expansion. `''` for `--opt=`. */
  readonly value: string | undefined;
  /** The word that holds the name. */
  readonly word: ShellWord;
  /** The word that holds the value: the next one, or the same. */
  readonly valueWord: ShellWord | undefined;
}

export interface Arguments {
  readonly options: readonly Option[];
  /** Words that are neither options nor values of options. */
  readonly operands: readonly ShellWord[];
  /** Number of operands before `--`; all of them if there is no `--`. */
  readonly beforeDashes: number;
}

const noSyntax: OptionSyntax = { values: [] };

/** Splits arguments into options and operands, using the known options of the program. */
export function parseArguments(args: readonly ShellWord[], syntax: OptionSyntax = noSyntax): Arguments {
  const options: Option[] = [];
  const operands: ShellWord[] = [];
  let beforeDashes: number | undefined;
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] as ShellWord;
    const text = word.value ?? word.prefix;
    if (beforeDashes !== undefined || text.length < 2 || !text.startsWith('-')) {
      operands.push(word);
    } else if (word.value === '--') beforeDashes = operands.length;
    else {
      const last = readOption(word, text, syntax, options);
      if (last) {
        at += 1;
        options.push({ ...last, value: args[at]?.value, valueWord: args[at] });
      }
    }
  }
  return { options, operands, beforeDashes: beforeDashes ?? operands.length };
}

/**
 * Adds the options of one word.
 * @returns the option that takes the next word as its value; it is not added yet
 */
function readOption(
  word: ShellWord,
  text: string,
  syntax: OptionSyntax,
  options: Option[],
): Option | undefined {
  if (text.startsWith('--') || syntax.singleDash) {
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    const option: Option = { name, value: undefined, word, valueWord: undefined };
    if (equals >= 0) {
      const value = word.value === undefined ? undefined : text.slice(equals + 1);
      options.push({ ...option, value, valueWord: word });
    } else if (syntax.values.includes(name)) return option;
    else options.push(option);
    return undefined;
  }
  for (let letter = 1; letter < text.length; letter += 1) {
    const option: Option = { name: `-${text[letter] ?? ''}`, value: undefined, word, valueWord: undefined };
    const rest = text.slice(letter + 1);
    const takesValue = syntax.values.includes(option.name);
    if (rest.startsWith('=') || (takesValue && rest !== '')) {
      const value = word.value === undefined ? undefined : rest.replace(/^=/, '');
      options.push({ ...option, value, valueWord: word });
      return undefined;
    }
    if (takesValue) {
      // `-t$X`: the value follows in the same word.
      if (word.value !== undefined) return option;
      options.push({ ...option, valueWord: word });
      return undefined;
    }
    options.push(option);
  }
  return undefined;
}

/** Rules ask for one option of a command after the other. */
let last: { readonly command: Command; readonly read: Arguments } | undefined;

/** The options and operands of a command, by the table of known programs. */
export function argumentsOf(command: Command): Arguments {
  if (last?.command !== command)
    last = { command, read: parseArguments(command.args, optionSyntax.get(command.program)) };
  return last.read;
}

/**
 * The last of the options that is given.
 * @param names with their dashes
 */
export function findOption(command: Command, ...names: readonly string[]): Option | undefined {
  const { options } = argumentsOf(command);
  for (let at = options.length - 1; at >= 0; at -= 1)
    if (names.includes(options[at]?.name ?? '')) return options[at];
  return undefined;
}
