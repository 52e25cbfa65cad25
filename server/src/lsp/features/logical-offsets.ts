// Between offsets of an instruction's joined line and offsets of the document.
import type { LogicalLine } from '../../core/syntax/nodes';
import type { Span } from '../../core/text/span';

/** Index of the last segment that begins at or in front of `offset`; 0 when none does. */
function segmentAt(line: LogicalLine, offset: number, key: 'logical' | 'document'): number {
  let low = 0;
  let high = line.segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((line.segments[middle]?.[key] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Where a cursor in the document stands in the joined line. Between two pieces (in a comment, a blank line,
 * the white space behind the escape character) it is the end of the piece in front.
 */
export function toLogical(line: LogicalLine, offset: number): number {
  const segment = line.segments[segmentAt(line, offset, 'document')];
  if (!segment) return 0;
  return segment.logical + Math.max(0, Math.min(offset - segment.document, segment.length));
}

/** Document offset of a character of the joined line. */
export function toDocument(line: LogicalLine, logical: number): number {
  const segment = line.segments[segmentAt(line, logical, 'logical')];
  return segment ? segment.document + (logical - segment.logical) : 0;
}

/** Document span of a piece of the joined line; an end maps to behind the last character. */
export function toDocumentSpan(line: LogicalLine, { start, end }: Span): Span {
  const first = toDocument(line, start);
  return { start: first, end: end > start ? toDocument(line, end - 1) + 1 : first };
}
