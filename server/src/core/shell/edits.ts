// Edits that insert text into a script without changing what it does: at the end or the start of an and-list, or
// among the arguments of a command. They follow the style of the script: all on one line, or one command per line
// with continuations before or after the `&&`, and the file's end of line.
import type { Dockerfile } from '../syntax/nodes';
import type { TextFile } from '../text/document';
import type { Edit } from '../text/edit';
import type { Command, CommandList, ShellScript, ShellWord } from './types';

/** The facts about the file that an edit needs; the model provides them. */
export interface EditContext {
  readonly file: Dockerfile;
  readonly document: TextFile;
}

/**
 * Appends a command to the and-or list of `command`, so that it runs if the list succeeds, and a failure before it
 * still fails the list.
 * @param text the text of one command, without operators
 * @returns undefined if this would change the behaviour: exec form, a broken script, `||` in the list, a list in the
 * background, in a condition or a substitution, a list that ends with exit or exec
 */
export function appendToChain(context: EditContext, command: Command, text: string): Edit | undefined {
  const { script, chain, editable, nesting } = command;
  if (!script || !chain || !editable || !canHold(script, nesting.includes('string'), text)) return undefined;
  return appendToList(context, script, chain, text, command.index);
}

/**
 * The same after every loop, branch and group around `command`, so that it runs once and whichever branch was taken.
 * @returns undefined also in a function, which may run anywhere
 */
export function appendToOutermostChain(
  context: EditContext,
  command: Command,
  text: string,
): Edit | undefined {
  const { script, nesting, list, index } = command;
  if (nesting.every((one) => one === 'string')) return appendToChain(context, command, text);
  const outermost = script?.lists[list];
  if (!script || !outermost?.block.editable || nesting.includes('string') || nesting.includes('function'))
    return undefined;
  return canHold(script, false, text) ? appendToList(context, script, outermost, text, index) : undefined;
}

/** The same at the end of the whole script, for commands that clean up the layer. */
export function appendToScript(context: EditContext, script: ShellScript, text: string): Edit | undefined {
  const list = script.lists.at(-1);
  if (!list?.block.editable || !canHold(script, false, text)) return undefined;
  return appendToList(context, script, list, text, script.commands.length);
}

function appendToList(
  context: EditContext,
  script: ShellScript,
  list: CommandList,
  text: string,
  before: number,
): Edit | undefined {
  const innermost = list.block.nesting.at(-1);
  if (!script.valid || innermost === 'condition' || innermost === 'substitution' || list.end === '&')
    return undefined;
  const at = list.span.end;
  if (endsScript(script, list) || endsInBody(script, at) || isCut(context, script, at)) return undefined;
  if (needsStatement(script, list, before) || standsAmongStatements(script, list, before)) {
    const joint = opensBody(context, script, list, at) ? '; ' : statementJoint(context, script, list);
    return { start: at, end: at, text: joint + text };
  }
  if (list.joints.includes('||')) return undefined;
  const joint = opensBody(context, script, list, at) ? ' && ' : andJoint(context, script, list);
  return { start: at, end: at, text: joint + text };
}

/** A line end that the shell does not continue. */
const openLineEnd = /(?:^|[^\\\r])\r?\n/;

/** Whether a new line at this place would be the first of the body of a heredoc inside the script. */
function opensBody({ document }: EditContext, script: ShellScript, list: CommandList, at: number): boolean {
  if (!script.heredoc) return false;
  return script.commands.some(({ redirects }) =>
    redirects.some(({ operator, span }) => {
      if (!/^\d*<<-?$/.test(operator) || span.end > at) return false;
      return span.start >= list.span.start || !openLineEnd.test(document.text.slice(span.end, at));
    }),
  );
}

/**
 * Inserts a command before `command`, which then only runs if the new one succeeds.
 * @param text the text of one command, without operators
 * @returns undefined as for `appendToChain`, and if `command` only runs when another one fails
 */
export function prependToCommand(context: EditContext, command: Command, text: string): Edit | undefined {
  const { script, chain, editable, nesting, position } = command;
  if (!script?.valid || !chain || !editable || !canHold(script, nesting.includes('string'), text))
    return undefined;
  if (chain.joints[position - 1] === '||' || chain.joints[position] === '||') return undefined;
  const at = chain.pipelines[position]?.start ?? chain.span.start;
  if (endsInBody(script, at)) return undefined;
  const statement = position === 0 && needsStatement(script, chain, command.index);
  if (opensBody(context, script, chain, at))
    return { start: at, end: at, text: text + (statement ? '; ' : ' && ') };
  const joint = statement ? statementJoint(context, script, chain) : andJoint(context, script, chain);
  return { start: at, end: at, text: text + joint };
}

/**
 * Adds arguments to a command, in shell or exec form.
 * @param after the word to insert after: the program's name, the verb, an option
 * @param args plain words that need no quotes
 * @returns undefined if the place of `after` is not exact
 */
export function addArguments(
  command: Command,
  after: ShellWord,
  ...args: readonly string[]
): Edit | undefined {
  if (!command.editable) return undefined;
  if (command.script) {
    const at = after.span.end;
    return { start: at, end: at, text: args.map((arg) => ` ${arg}`).join('') };
  }
  const at = after.span.end + 1;
  return { start: at, end: at, text: args.map((arg) => `, "${arg}"`).join('') };
}

/** Whether text needs no escaping in the script: in a string it may not contain quotes, escapes or expansions. */
function canHold(script: ShellScript, string: boolean, text: string): boolean {
  const quoted = string || (script.instruction.json !== undefined && !script.heredoc);
  return !quoted || !/["'\\$`]/.test(text);
}

/** Whether a list ends among the heredoc bodies after its line, because a string or substitution continues there. */
function endsInBody({ heredoc, instruction }: ShellScript, at: number): boolean {
  const [first] = instruction.heredocs;
  return !heredoc && first !== undefined && at >= first.body.start;
}

/** Whether a continuation of a heredoc runs into a comment or a blank line, where the command was not meant to end. */
function isCut({ document }: EditContext, { heredoc }: ShellScript, at: number): boolean {
  if (!heredoc) return false;
  cut.lastIndex = at;
  return cut.test(document.text);
}

const cut = /[ \t]*\\\r?\n[ \t]*(?:#|\r?\n)/y;

/** Whether an appended command would never run. */
function endsScript(script: ShellScript, list: CommandList): boolean {
  const last = list.pipelines.length - 1;
  return script.commands.some(
    ({ chain, position, program, wrappers, args }) =>
      chain === list &&
      position === last &&
      (program === 'exit' ||
        program === 'return' ||
        wrappers.some((wrapper) => wrapper.program === 'exec') ||
        (program === 'exec' && args.length > 0)),
  );
}

/**
 * Whether an added command must be a statement of its own: under `set -e`, a command that fails before an `&&` does
 * not end the script. The exit status of the last list is that of the script either way.
 * @param before number of a command: a `set -e` counts only in commands before it
 */
function needsStatement(script: ShellScript, list: CommandList, before: number): boolean {
  const top = list.block.nesting.length === 0;
  if (top && list.index === list.block.lists.length - 1) return false;
  return endsAtFailure(script, before);
}

/** Whether a list is one of several statements of a script under `set -e`: then a new statement fits its style. */
function standsAmongStatements(script: ShellScript, list: CommandList, before: number): boolean {
  const { lists, nesting } = list.block;
  return (
    nesting.length === 0 && lists.length > 1 && list.pipelines.length === 1 && endsAtFailure(script, before)
  );
}

function endsAtFailure(script: ShellScript, before: number): boolean {
  return script.errexit || script.commands.some((command) => command.index < before && setsErrexit(command));
}

function setsErrexit({ program, args, nesting }: Command): boolean {
  if (program !== 'set' || nesting.length > 0) return false;
  return args.some(({ value = '' }) => /^-[a-zA-Z]*e/.test(value) || value === 'errexit');
}

/** The text between two pipelines of the list, to be used again; ` && ` on one line. */
function andJoint(context: EditContext, script: ShellScript, list: CommandList): string {
  const joints = jointsOf(context, list);
  const ownLine = joints.filter((joint) => joint.includes('\n')).at(-1);
  if (ownLine !== undefined) return ownLine;
  const { document, file } = context;
  const oneLine = document.lineAt(list.span.start) === document.lineAt(list.span.end);
  if (oneLine || script.instruction.json || list.block.nesting.includes('string')) return ' && ';
  // Only arguments are on lines of their own: the `&&` starts a line, indented like the first of them or by four.
  const escape = script.heredoc ? '\\' : file.escape;
  const tab = /\n\t/.test(document.slice(list.span));
  const base = document.indentAt(list.span.start);
  return ` ${escape}${document.eol}${base}${tab ? '\t' : '    '}&& `;
}

/** The texts between the pipelines of a list that are joined by `&&`, comments and blank lines left out. */
function jointsOf({ document }: EditContext, list: CommandList): string[] {
  return list.joints.flatMap((joint, index) => {
    const start = list.pipelines[index]?.end;
    const end = list.pipelines[index + 1]?.start;
    if (joint !== '&&' || start === undefined || end === undefined) return [];
    const text = withoutComments(document.text.slice(start, end), document.eol);
    return isJoint(text, '&&') ? [text] : [];
  });
}

/** The text between two statements of the block, or else of the script, to be used again. */
function statementJoint({ document }: EditContext, script: ShellScript, list: CommandList): string {
  for (const { lists } of [list.block, { lists: script.lists }]) {
    const texts = lists.slice(1).flatMap(({ span }, index) => {
      const text = withoutComments(document.text.slice(lists[index]?.span.end, span.start), document.eol);
      return lists[index]?.end !== '&' && (isJoint(text, ';') || isJoint(text, '')) ? [text] : [];
    });
    const found = texts.filter((text) => text.includes('\n')).at(-1) ?? texts.at(-1);
    if (found !== undefined) return found;
  }
  return '; ';
}

/** The text without comment lines and empty lines between the first and the last line. */
function withoutComments(gap: string, eol: string): string {
  const lines = gap.split(/\r?\n/);
  const inner = lines.slice(1, -1).filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  const last = lines.length > 1 ? lines.slice(-1) : [];
  return [lines[0] ?? '', ...inner, ...last].join(eol);
}

/** Whether a text is only this operator, blanks and continuations; `''` stands for a line end that is not continued. */
function isJoint(text: string, operator: '&&' | ';' | ''): boolean {
  if (text.replace(/[\\`]?[ \t]*\r?\n|[ \t]/g, '') !== operator) return false;
  return operator !== '' || openLineEnd.test(text);
}
