// Commands in exec form (`["apt-get", "install", "curl"]`): no shell reads them, unless the program is a shell.
import { toDocumentSpan } from '../syntax/logical-line';
import type { Instruction } from '../syntax/nodes';
import type { Span } from '../text/span';
import { dialectOfProgram, startOptions } from './dialect';
import { readScript } from './script';
import { stringWrapper, wrapper } from './script-reader';
import { jsonSource } from './source';
import type { Assignment, Command, ShellInForce, ShellScript, ShellWord, Wrapper } from './types';
import { literalWord } from './word-builder';
import { programOf, unwrap } from './wrappers';

/**
 * The command of an instruction in JSON form, and the script it hands to a shell.
 * @param from logical offset at or before the `[`
 * @returns neither of the two for an empty array
 */
export function readExecForm(
  instruction: Instruction,
  from: number,
  shell: ShellInForce,
): { readonly command: Command | undefined; readonly script: ShellScript | undefined } {
  const { line, json } = instruction;
  const inside = stringsIn(line.text, from, instruction.argumentsLogical.end);
  const words = (json ?? []).map(({ value }, index): ShellWord => {
    const at = inside[index] ?? { start: from, end: from };
    return shellWord(value, toDocumentSpan(line, at));
  });
  const first = words[0];
  const last = words.at(-1);
  if (!first || !last) return { command: undefined, script: undefined };
  const found = unwrap(words);
  const name = words[found.name] ?? first;
  const wrappers = found.wrappers.map(({ program, from: start, to }) => wrapper(words, program, start, to));
  const command: Command = {
    instruction,
    script: undefined,
    index: 0,
    span: { start: name.span.start, end: last.span.end },
    fullSpan: { start: first.span.start, end: last.span.end },
    logical: { start: 0, end: 0 },
    name,
    program: programOf(name),
    args: words.slice(found.name + 1),
    words,
    assignments: found.assignments.map((index) => assignment(words[index] ?? first)),
    wrappers,
    redirects: [],
    nesting: [],
    list: -1,
    chain: undefined,
    position: 0,
    before: undefined,
    after: undefined,
    pipeline: undefined,
    negated: false,
    editable: inside.every(({ start, end }) => !line.text.slice(start, end).includes('\\')),
  };
  const { string } = found;
  const text = string === undefined ? undefined : inside[string];
  if (string === undefined || !text) return { command, script: undefined };
  return { command, script: stringScript(command, found.name, string, text, shell) };
}

/** The script in `["sh", "-c", "…"]`, as a script of its own. */
function stringScript(
  command: Command,
  name: number,
  string: number,
  at: Span,
  shell: ShellInForce,
): ShellScript {
  const { instruction, program, words } = command;
  const { source, exact } = jsonSource(instruction.line, at);
  const wrappers: Wrapper[] = [...command.wrappers, stringWrapper(words, program, name, string)];
  const dialect = dialectOfProgram(program, shell.sh) ?? shell.sh;
  const options = startOptions(words.slice(name + 1, string).map(({ value }) => value));
  const started = { dialect, ...options, sh: shell.sh };
  return readScript({ instruction, source, shell: started, heredoc: false, wrappers, editable: exact });
}

/** The spans between the quotes of the strings of a valid JSON array, in logical offsets. */
function stringsIn(text: string, start: number, end: number): Span[] {
  const spans: Span[] = [];
  for (const match of text.slice(start, end).matchAll(/"((?:[^"\\]|\\.)*)"/gs)) {
    const from = start + match.index + 1;
    spans.push({ start: from, end: from + (match[1]?.length ?? 0) });
  }
  return spans;
}

function shellWord(value: string, span: Span): ShellWord {
  const { text, pattern, prefix, suffix, quoted, splits } = literalWord(value, value, 0, 0);
  return { span, text, value, pattern, prefix, suffix, quoted, splits };
}

/** `NAME=value` handed to env. */
function assignment({ value = '', span }: ShellWord): Assignment {
  const equals = value.indexOf('=');
  const at = { start: Math.min(span.start + equals + 1, span.end), end: span.end };
  return { name: value.slice(0, equals), value: shellWord(value.slice(equals + 1), at), span };
}
