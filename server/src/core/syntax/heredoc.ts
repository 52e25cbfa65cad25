// Heredocs: finds the words of a joined line that open one, and reads their bodies.
import type { Span } from '../text/span';
import { findHeredocWords } from './heredoc-words';
import type { LineCursor } from './line-cursor';
import { toDocumentSpan } from './logical-line';
import type { Heredoc, LogicalLine, SyntaxProblem } from './nodes';
import { makeWord } from './words';
import type { WordContext } from './words';

export const noHeredocs: readonly Heredoc[] = [];

const documentInstructions: ReadonlySet<string> = new Set(['RUN', 'COPY', 'ADD']);

/** Whether an instruction can have heredocs: RUN, COPY and ADD, but not in JSON form. */
export function takesHeredocs(keyword: string, json: boolean): boolean {
  return !json && documentInstructions.has(keyword);
}

/**
 * Reads the bodies of all heredocs that the line opens. Moves the cursor from the line's last line to the last
 * terminator. Without a terminator, the body is the rest of the file.
 */
export function readHeredocs(
  context: WordContext,
  cursor: LineCursor,
  line: LogicalLine,
  problems: SyntaxProblem[],
): readonly Heredoc[] {
  if (!line.text.includes('<<')) return noHeredocs;
  const heredocs: Heredoc[] = [];
  let complete = true;
  for (const found of findHeredocWords(line.text)) {
    const { name, expand, stripTabs, start, end } = found;
    const body = readBody(cursor, name, stripTabs);
    const text = cursor.text.slice(body.span.start, body.span.end);
    if (!body.terminator && complete) {
      complete = false;
      problems.push({
        at: toDocumentSpan(line, { start, end }),
        kind: 'heredoc-unterminated',
        message: `No line ends the heredoc: ${name} is missing`,
      });
    }
    heredocs.push({
      name,
      expand,
      stripTabs,
      operator: makeWord(context, start, end, 'shell'),
      body: body.span,
      // Not the flag m: in JavaScript, U+2028 also begins a line.
      content: stripTabs ? text.replace(/(^|\n)\t+/g, '$1') : text,
      terminator: body.terminator,
    });
  }
  return heredocs;
}

function readBody(
  cursor: LineCursor,
  name: string,
  stripTabs: boolean,
): { readonly span: Span; readonly terminator: Span | undefined } {
  const { text } = cursor;
  const start = cursor.next;
  while (cursor.advance()) {
    let first = cursor.start;
    if (stripTabs) while (first < cursor.end && text.charCodeAt(first) === 0x09) first += 1;
    if (cursor.end - first === name.length && text.startsWith(name, first)) {
      const terminator = { start: cursor.start, end: cursor.end };
      return { span: { start, end: cursor.start }, terminator };
    }
  }
  return { span: { start, end: cursor.next }, terminator: undefined };
}
