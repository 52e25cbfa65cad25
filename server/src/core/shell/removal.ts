// Edits that take a command or a word out of a script, with one joint, keeping every comment and leaving the
// continuations in order.
import type { Instruction } from '../syntax/nodes';
import type { Edit } from '../text/edit';
import type { EditContext } from './edits';
import type { Command, CommandList, ShellWord } from './types';

/**
 * Takes a command out of the list it stands in.
 * @returns undefined where nothing would be left of its script or construct (then the instruction goes as a
 * whole), or where something else would change: in a pipeline, a condition, a substitution, beside `||`
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
 * Takes an argument (or an option) out of a command, with the blanks in front of it, in shell or exec form.
 * @param words of `command.words`, next to each other, in order
 * @returns undefined when their places are not exact, or one is the command's first word
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
    // A redirection may stand between the two.
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
 * Removes a range that begins and ends at code, but keeps the lines of comments in it.
 * @param head where on the first line the search for its continuation begins
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
  // What is left of the line would become a comment of the Dockerfile, and the instruction run on.
  if (rest.startsWith('#')) return undefined;
  // Comments that nothing follows would fall into the body.
  if (rest === '' && command.instruction.heredocs.length > 0) return undefined;
  const continued = text.lastIndexOf(escape, first.end - 1);
  if (text.slice(first.start, start).trim() === '')
    edits.push({ start: full.start, end: full.end, text: '' });
  else if (rest === '') {
    // Nothing follows: the line in front of the comments becomes the last one.
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

/** Numbers of the lines between two offsets that are comments between the lines of the instruction. */
function commentLines(
  lineAt: (offset: number) => number,
  instruction: Instruction,
  start: number,
  end: number,
): ReadonlySet<number> {
  return new Set(
    instruction.comments
      .filter(({ span }) => span.start >= start && span.end <= end)
      .map(({ span }) => lineAt(span.start)),
  );
}
