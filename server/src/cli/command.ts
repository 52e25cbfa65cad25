// The type of a command: one file in commands/, with one function that reads its arguments and one that does the work.
// The list of commands, their help and their dispatch come from these rows.
import type { OptionRows } from './options';
import type { Outcome } from './outcome';
import type { Terminal } from './terminal';

/** What the list of commands says of one. The command itself is loaded when somebody wants it. */
export interface CommandRow {
  /** The word after `drydock`. */
  readonly name: string;
  /** One line for the list of commands, without a full stop. */
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

export interface Command {
  /** Its page of help; ends with a line break. */
  readonly usage: string;
  /** Needed if one of them takes a value, because options may come before the command's name. */
  readonly options?: OptionRows;
  /** @param words the arguments except the name, in order */
  run(words: readonly string[], terminal: Terminal): Ending | Promise<Ending>;
}

/** `wrong`: why the arguments cannot be understood, without a full stop; the help follows it. */
export type Ending = Outcome | { readonly wrong: string };
