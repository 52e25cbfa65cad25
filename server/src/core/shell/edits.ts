// Edits that put text into a script so that it still means what it meant: at the end or the start of an and-list, or
// among the arguments of a command. They write as the script is written: on one line, or one command a line with
// continuations in front of or behind the `&&`, in the file's end of line.
import type { Dockerfile } from '../syntax/nodes';
import type { TextFile } from '../text/document';
import type { Edit } from '../text/edit';
import type { Command, CommandList, ShellScript, ShellWord } from './types';

/** What an edit has to know of the file; the model is one. */
export interface EditContext {
  readonly file: Dockerfile;
  readonly document: TextFile;
}

/**
 * Appends a command to the and-or list that `command` stands in, so that it runs when the list succeeds, and a
 * failure before it is still noticed.
 * @param text of one command, without what joins it
 * @returns undefined where that cannot be done without changing what happens: exec form, a broken script, `||` in
 * the list, a list in the background, in a condition or a substitution, one that ends in exit or exec
 */
export function appendToChain(context: EditContext, command: Command, text: string): Edit | undefined {
  const { script, chain, editable, nesting } = command;
  if (!script || !chain || !editable || !canHold(script, nesting.includes('string'), text)) return undefined;
  return appendToList(context, script, chain, text, command.index);
}

/**
 * The same behind every loop, branch and group that `command` stands in, so that it runs once and whichever way was
 * taken.
 * @returns undefined also in a function, which may run at any place
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

/** The same at the end of the whole script: what a layer should be left with. */
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
  if (endsScript(script, list) || endsInBody(script, list.span.end)) return undefined;
  const at = list.span.end;
  if (needsStatement(script, list, before) || standsAmongStatements(script, list, before)) {
    const joint = opensBody(context, script, list, at) ? '; ' : statementJoint(context, script, list);
    return { start: at, end: at, text: joint + text };
  }
  if (list.joints.includes('||')) return undefined;
  const joint = opensBody(context, script, list, at) ? ' && ' : andJoint(context, script, list);
  return { start: at, end: at, text: joint + text };
}

/** An end of line that is not continued by the shell. */
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
 * Puts a command in front of `command`, which then only runs when that succeeds.
 * @param text of one command, without what joins it
 * @returns undefined as for `appendToChain`, and when `command` only runs if another one fails
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
 * @param after the word they come behind: the program's name, the verb, an option
 * @param args plain words, which need no quotes
 * @returns undefined when the place of `after` is not exact
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

/** Whether text can stand in the script as it is: in strings no quotes, escapes and expansions. */
function canHold(script: ShellScript, string: boolean, text: string): boolean {
  const quoted = string || (script.instruction.json !== undefined && !script.heredoc);
  return !quoted || !/["'\\$`]/.test(text);
}

/** Whether a list ends among the heredoc bodies behind its line, by a string or substitution that runs on there. */
function endsInBody({ heredoc, instruction }: ShellScript, at: number): boolean {
  const [first] = instruction.heredocs;
  return !heredoc && first !== undefined && at >= first.body.start;
}

/** Whether what is appended would never run. */
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
 * Under `set -e` a command that fails in front of an `&&` does not end the script: what is added must then be a
 * statement of its own. The last list of a script gives its status either way.
 * @param before number of the command up to which `set -e` counts
 */
function needsStatement(script: ShellScript, list: CommandList, before: number): boolean {
  const top = list.block.nesting.length === 0;
  if (top && list.index === list.block.lists.length - 1) return false;
  return endsAtFailure(script, before);
}

/** Whether a list is one of several statements of a script under `set -e`: then another one is how it is written. */
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

/** What stands between two pipelines of the list, to be written once more; ` && ` on one line. */
function andJoint(context: EditContext, script: ShellScript, list: CommandList): string {
  const joints = jointsOf(context, list);
  const ownLine = joints.filter((joint) => joint.includes('\n')).at(-1);
  if (ownLine !== undefined) return ownLine;
  const { document, file } = context;
  const oneLine = document.lineAt(list.span.start) === document.lineAt(list.span.end);
  if (oneLine || script.instruction.json || list.block.nesting.includes('string')) return ' && ';
  // Only arguments stand on lines of their own: the `&&` goes in front, indented like the first of them or by four.
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

/** What stands between two statements of the block, or else of the script, to be written once more. */
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

/** Without lines of comments and empty ones between the first and the last. */
function withoutComments(gap: string, eol: string): string {
  const lines = gap.split(/\r?\n/);
  const inner = lines.slice(1, -1).filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  const last = lines.length > 1 ? lines.slice(-1) : [];
  return [lines[0] ?? '', ...inner, ...last].join(eol);
}

/** Whether a text is nothing but this operator, blanks and continuations; `''` is the end of a line that is none. */
function isJoint(text: string, operator: '&&' | ';' | ''): boolean {
  if (text.replace(/[\\`]?[ \t]*\r?\n|[ \t]/g, '') !== operator) return false;
  return operator !== '' || openLineEnd.test(text);
}
