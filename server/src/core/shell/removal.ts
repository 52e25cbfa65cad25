// Edits that remove a command or a word from a script together with one operator, keeping every comment and all
// needed continuations.
import type { Instruction } from '../syntax/nodes';
import { areApart } from '../text/edit';
import type { Edit } from '../text/edit';
import { firstNotBefore } from '../text/search';
import type { EditContext } from './edits';
import type { Command, CommandList, ShellWord } from './types';

/**
 * Removes a command from its list.
 * @returns undefined if nothing of its script or construct would be left (then remove the whole instruction), or if
 * something else would change: in a pipeline, a condition, a substitution, next to `||`
 */
export function removeCommand(context: EditContext, command: Command): readonly Edit[] | undefined {
  const { script, chain, editable, pipeline, nesting } = command;
  if (!script?.valid || !chain || !editable || pipeline) return undefined;
  const innermost = nesting.at(-1);
  if (innermost === 'condition' || innermost === 'substitution' || chain.joints.includes('||'))
    return undefined;
  if (command.redirects.some(({ operator }) => /^\d*<<-?$/.test(operator))) return undefined;
  if (chain.pipelines.length > 1) return removePipeline(context, command, chain);
  return removeStatement(context, command, chain);
}

/**
 * Removes several commands.
 * @returns undefined also if two are neighbours that both would take what stands between them
 */
export function removeCommands(
  context: EditContext,
  commands: readonly Command[],
): readonly Edit[] | undefined {
  const parts = commands.map((command) => removeCommand(context, command));
  if (!parts.every((part) => part !== undefined)) return undefined;
  const edits = parts.flat();
  return areApart(edits) ? edits : undefined;
}

/**
 * Removes the whole and-or list of a command: `x || true`.
 * @returns undefined as for `removeCommand`
 */
export function removeList(context: EditContext, command: Command): readonly Edit[] | undefined {
  const { script, chain, editable, nesting } = command;
  if (!script?.valid || !chain || !editable || chain.end === '&') return undefined;
  const innermost = nesting.at(-1);
  if (innermost === 'condition' || innermost === 'substitution') return undefined;
  return removeStatement(context, command, chain);
}

function removePipeline(
  context: EditContext,
  command: Command,
  chain: CommandList,
): readonly Edit[] | undefined {
  const { position } = command;
  const own = chain.pipelines[position];
  const next = chain.pipelines[position + 1];
  const previous = chain.pipelines[position - 1];
  if (!own) return undefined;
  const leading =
    previous !== undefined && /\n[ \t]*&&/.test(context.document.text.slice(previous.end, own.start));
  if (next && !leading) return removeRange(context, command, own.start, next.start, own.end);
  if (previous) return removeRange(context, command, previous.end, own.end, previous.end);
  return undefined;
}

function removeStatement(
  context: EditContext,
  command: Command,
  list: CommandList,
): readonly Edit[] | undefined {
  const { document } = context;
  const { lists } = list.block;
  const next = lists[list.index + 1];
  const previous = lists[list.index - 1];
  const { start, end } = list.span;
  if (list.end === 'newline' || (previous?.end === 'newline' && !next)) {
    const first = document.line(document.lineAt(start)).start;
    const last = document.line(document.lineAt(end)).end;
    const alone =
      document.text.slice(first, start).trim() === '' && document.text.slice(end, last).trim() === '';
    if (alone && (next || previous)) return [document.removeLines(list.span)];
    if (previous?.end !== ';') return undefined;
  }
  if (next && list.end !== 'newline') return removeRange(context, command, start, next.span.start, end);
  if (!previous || previous.end === 'newline') return undefined;
  const from = previous.end === '&' ? document.text.indexOf('&', previous.span.end) + 1 : previous.span.end;
  return removeRange(context, command, from, end, from);
}

/**
 * Removes an argument (or an option) from a command, with the blanks before it, in shell or exec form.
 * @param words words of `command.words`, adjacent and in order
 * @returns undefined if their places are not exact, or if one is the command's first word
 */
export function removeWords(
  context: EditContext,
  command: Command,
  ...words: readonly ShellWord[]
): readonly Edit[] | undefined {
  const first = words[0];
  const last = words.at(-1);
  const index = first ? command.words.indexOf(first) : -1;
  const previous = command.words[index - 1];
  if (!command.editable || !first || !last || !previous) return undefined;
  const { text } = context.document;
  if (!command.script) {
    // `, "word"` with the quotes around it.
    return removeRange(context, command, previous.span.end + 1, last.span.end + 1, previous.span.end + 1);
  }
  const between = text.slice(previous.span.end, first.span.start);
  if (!between.includes('\n')) {
    // A redirection may be between the two.
    const blanks = /[ \t]*$/.exec(between)?.[0].length ?? 0;
    return removeRange(context, command, first.span.start - blanks, last.span.end, first.span.start);
  }
  const next = command.words[command.words.indexOf(last) + 1];
  if (next && /^[ \t]+$/.test(text.slice(last.span.end, next.span.start))) {
    return removeRange(context, command, first.span.start, next.span.start, last.span.end);
  }
  if (/^[ \t]*(?:[\\`][ \t]*)?\r?\n/.test(between)) {
    return removeRange(context, command, previous.span.end, last.span.end, previous.span.end);
  }
  return undefined;
}

/**
 * Removes a range that begins and ends at code, but keeps the comment lines in it.
 * @param head offset on the first line where the search for its continuation begins
 */
function removeRange(
  { document, file }: EditContext,
  command: Command,
  start: number,
  end: number,
  head: number,
): readonly Edit[] | undefined {
  const { text } = document;
  const firstLine = document.lineAt(start);
  const lastLine = document.lineAt(end);
  const comments = commentLines(document.lineAt.bind(document), command.instruction, start, end);
  if (command.script?.heredoc && /^[ \t]*#|[ \t]#/m.test(text.slice(head, end))) return undefined;
  if (comments.size === 0) return [{ start, end, text: '' }];

  const edits: Edit[] = [];
  const escape = command.script?.heredoc ? '\\' : file.escape;
  const first = document.line(firstLine);
  const full = document.fullLine(firstLine);
  const last = document.line(lastLine);
  const rest = text.slice(end, last.end).trim();
  const ends = rest === '' || rest === escape;
  // The rest of the line would become a comment of the Dockerfile, and the instruction would go on below it.
  if (rest.startsWith('#')) return undefined;
  // Comments with nothing after them would become part of the heredoc body.
  if (rest === '' && command.instruction.heredocs.length > 0) return undefined;
  const continued = text.lastIndexOf(escape, first.end - 1);
  if (text.slice(first.start, start).trim() === '')
    edits.push({ start: full.start, end: full.end, text: '' });
  else if (rest === '') {
    // Nothing follows, so the line before the comments becomes the last one.
    edits.push({ start, end: first.end, text: '' });
  } else {
    const blank = /[ \t]/.test(text[start - 1] ?? '') ? '' : ' ';
    if (text.slice(start, continued) !== blank)
      edits.push({ start, end: Math.max(start, continued), text: blank });
  }
  for (let line = firstLine + 1; line < lastLine; line += 1) {
    if (!comments.has(line)) edits.push({ ...document.fullLine(line), text: '' });
  }
  if (rest === escape) edits.push({ ...document.fullLine(lastLine), text: '' });
  else if (ends) edits.push(document.removeLines(last));
  else {
    const indent = document.indentAt(end).length;
    edits.push({ start: Math.min(last.start + indent, end), end, text: '' });
  }
  return edits;
}

/** Numbers of the comment lines of the instruction that are between two offsets. */
function commentLines(
  lineAt: (offset: number) => number,
  instruction: Instruction,
  start: number,
  end: number,
): ReadonlySet<number> {
  const { comments } = instruction;
  const lines = new Set<number>();
  for (let at = firstNotBefore(comments, ({ span }) => span.start < start); at < comments.length; at += 1) {
    const span = comments[at]?.span;
    if (!span || span.start > end) break;
    if (span.end <= end) lines.add(lineAt(span.start));
  }
  return lines;
}
