// Reads a text that a shell runs into its commands.
import { toDocumentSpan } from '../syntax/logical-line';
import type { Instruction, LogicalLine } from '../syntax/nodes';
import { isReadable } from './dialect';
import { ScriptReader } from './script-reader';
import type { Place } from './script-reader';
import type { Command, ShellInForce, ShellScript, Wrapper } from './types';
import { parseShell } from './parse-shell';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export interface ScriptInput {
  readonly instruction: Instruction;
  readonly source: LogicalLine;
  readonly shell: ShellInForce;
  readonly heredoc: boolean;
  /** The wrappers that start the shell itself. */
  readonly wrappers: readonly Wrapper[];
  /** Whether text can be inserted into it without escaping. */
  readonly editable: boolean;
  /** Whether another shell runs the substitutions before this one reads the text. */
  readonly expanded?: boolean;
}

/** Reads a script. Never throws. */
export function readScript(input: ScriptInput): ShellScript {
  const { instruction, source, shell, heredoc } = input;
  const { text } = source;
  const commands: Mutable<Command>[] = [];
  const script: Mutable<ShellScript> = {
    instruction,
    dialect: shell.dialect,
    text,
    source,
    span: toDocumentSpan(source, { start: 0, end: text.length }),
    lists: [],
    commands,
    valid: true,
    errorAt: undefined,
    heredoc,
    errexit: shell.errexit,
    pipefail: shell.pipefail,
    editable: input.editable,
    expanded: input.expanded ?? false,
  };
  if (!isReadable(shell.dialect)) return script;
  const tree = parseShell(text);
  const reader = new ScriptReader(script, commands);
  const place: Place = {
    root: (start, end) => ({ start, end }),
    direct: true,
    editable: input.editable,
    nesting: [],
    wrappers: input.wrappers,
    list: undefined,
    strings: 0,
    expanded: input.expanded ?? false,
    at: undefined,
  };
  const { lists } = reader.block(tree.statements, place);
  script.lists = lists;
  if (tree.error !== undefined) {
    const { error } = tree;
    script.valid = false;
    script.errorAt = toDocumentSpan(source, { start: error, end: Math.min(error + 1, text.length) });
    script.commands = commands.filter((command) => command.logical.end <= error);
  }
  number(script);
  return script;
}

/** Sorts the commands into source order: a heredoc body is read with its command, but comes further down. */
function number(script: Mutable<ShellScript>): void {
  const commands = script.commands as Mutable<Command>[];
  const sorted = commands.every(
    (command, at) => at === 0 || (commands[at - 1]?.logical.start ?? 0) <= command.logical.start,
  );
  if (!sorted) commands.sort((a, b) => a.logical.start - b.logical.start);
  commands.forEach((command, index) => {
    command.index = index;
  });
}
