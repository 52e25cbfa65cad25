// Joins the lines of an instruction as the builder does, and keeps the way back into the document.
// Every offset into `line.text` is called logical; all others are document offsets.
import { lastNotAfter } from '../text/search';
import type { Span } from '../text/span';
import { backslash, blank, hash, tab, skipSpaces } from './characters';
import type { LineCursor } from './line-cursor';
import type { Comment, LogicalLine, Segment } from './nodes';

export interface JoinedLines {
  readonly line: LogicalLine;
  readonly comments: readonly Comment[];
  readonly blankLines: readonly Span[];
}

const noComments: readonly Comment[] = [];
const noSpans: readonly Span[] = [];

/**
 * Reads one instruction from the cursor's current line on; leaves the cursor on its last line.
 * @param first offset of the first character on that line that is not a blank
 */
export function joinLines(cursor: LineCursor, first: number, escape: number): JoinedLines {
  const cut = continuationAt(cursor.text, first, cursor.end, escape);
  if (cut >= 0) return joinSeveral(cursor, first, cut, escape);
  const segment = { logical: 0, document: first, length: cursor.end - first };
  const line = { text: cursor.text.slice(first, cursor.end), segments: [segment] };
  return { line, comments: noComments, blankLines: noSpans };
}

/** @param firstCut where the escape character of the first line is */
function joinSeveral(cursor: LineCursor, first: number, firstCut: number, escape: number): JoinedLines {
  const { text } = cursor;
  let cut = firstCut;
  const pieces: string[] = [];
  const segments: Segment[] = [];
  const comments: Comment[] = [];
  const blankLines: Span[] = [];
  let logical = 0;
  const keep = (start: number, end: number): void => {
    if (end === start) return;
    segments.push({ logical, document: start, length: end - start });
    pieces.push(text.slice(start, end));
    logical += end - start;
  };
  keep(first, cut);
  while (cut >= 0 && cursor.advance()) {
    const begin = skipSpaces(text, cursor.start, cursor.end);
    if (begin === cursor.end) {
      blankLines.push({ start: cursor.start, end: cursor.end });
    } else if (text.charCodeAt(begin) === hash) {
      comments.push(commentAt(text, begin, cursor.end, true));
    } else {
      cut = continuationAt(text, cursor.start, cursor.end, escape);
      keep(cursor.start, cut < 0 ? cursor.end : cut);
    }
  }
  // The instruction is a lone escape character: an empty line, which still needs a place in the document.
  if (segments.length === 0) segments.push({ logical: 0, document: first, length: 0 });
  return { line: { text: pieces.join(''), segments }, comments, blankLines };
}

export function commentAt(text: string, start: number, end: number, inside: boolean): Comment {
  return { span: { start, end }, text: text.slice(start + 1, end), inside };
}

/**
 * Offset of the escape character that continues the line `[start, end)`; -1 if the line ends here. Only blanks and
 * tabs may follow it, and another escape character may not precede it. The builder's pattern ends a line at `\\`
 * and also at `\\\`, because Go's expressions have no look-behind.
 */
function continuationAt(text: string, start: number, end: number, escape: number): number {
  let at = end - 1;
  while (at >= start) {
    const code = text.charCodeAt(at);
    if (code !== blank && code !== tab) break;
    at -= 1;
  }
  if (at < start || text.charCodeAt(at) !== escape) return -1;
  return at > start && text.charCodeAt(at - 1) === escape ? -1 : at;
}

export function escapeCode(escape: '\\' | '`'): number {
  return escape === '`' ? 0x60 : backslash;
}

/**
 * Document offset of the character at a logical offset. At a join this is the first character after it;
 * for the end of a range use {@link toDocumentSpan}.
 * @param logicalOffset from 0 to the length of the line's text; others are clamped
 */
export function toDocument(line: LogicalLine, logicalOffset: number): number {
  const segment = line.segments[segmentOf(line, logicalOffset)];
  if (!segment) return 0;
  const inside = Math.max(0, Math.min(logicalOffset - segment.logical, segment.length));
  return segment.document + inside;
}

/** Index of the piece that contains a logical offset; the first or last piece for offsets outside. */
export function segmentOf({ segments }: LogicalLine, logicalOffset: number): number {
  return Math.max(
    0,
    lastNotAfter(segments, ({ logical }) => logical <= logicalOffset),
  );
}

/**
 * Document span of a logical span. Its end is the last character's offset plus one, so that a range that ends at a
 * join does not reach over it. An empty range is placed right after the character before it.
 */
export function toDocumentSpan(line: LogicalLine, logical: Span): Span {
  const { start, end } = logical;
  if (line.segments.length === 1) {
    const shift = (line.segments[0] as Segment).document;
    return { start: start + shift, end: end + shift };
  }
  if (end <= start) {
    const at = start > 0 ? toDocument(line, start - 1) + 1 : toDocument(line, 0);
    return { start: at, end: at };
  }
  return { start: toDocument(line, start), end: toDocument(line, end - 1) + 1 };
}

/**
 * Logical offset of a document offset. A place that is not part of the joined text (an escape character at the end
 * of a line, a comment, a blank line, a heredoc body) maps to the end of the piece before it. A place before the
 * instruction maps to its start.
 */
export function fromDocument({ segments }: LogicalLine, documentOffset: number): number {
  const at = lastNotAfter(segments, ({ document }) => document <= documentOffset);
  const segment = segments[Math.max(0, at)];
  if (!segment) return 0;
  return segment.logical + Math.max(0, Math.min(documentOffset - segment.document, segment.length));
}
