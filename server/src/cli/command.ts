// What a command of the command line is: one file in commands/, in which reading its words and doing the work are
// two functions. The list of commands, their help and their dispatch come from these rows.
import type { OptionRows } from './options';
import type { Outcome } from './outcome';
import type { Terminal } from './terminal';

export interface Command {
  /** What one types behind `drydock`. */
  readonly name: string;
  /** One line for the list of commands, without a full stop. */
  readonly summary: string;
  /** Its page of help; ends with a line break. */
  readonly usage: string;
  /** Needed when one of them takes a value: options may stand in front of the command's name. */
  readonly options?: OptionRows;
  /** @param words what stood beside the name, in order */
  run(words: readonly string[], terminal: Terminal): Ending | Promise<Ending>;
}

/** `wrong`: one sentence without a full stop on why the words cannot be understood; the help is shown behind it. */
export type Ending = Outcome | { readonly wrong: string };
