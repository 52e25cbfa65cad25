// An edit replaces the text of a span. All fixes are built with these few functions.
import type { Span } from './span';

export interface Edit extends Span {
  readonly text: string;
}

export function replace(at: Span, text: string): Edit {
  return { start: at.start, end: at.end, text };
}

export function insertAfter(at: Span, text: string): Edit {
  return { start: at.end, end: at.end, text };
}

export function remove(at: Span): Edit {
  return { start: at.start, end: at.end, text: '' };
}

/**
 * The text with all edits applied.
 * @param edits sorted by start and without overlap; two insertions at one offset keep their order
 * @throws RangeError if they overlap or lie outside the text: the caller has built a broken fix
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let position = 0;
  for (const edit of edits) {
    if (edit.start < position || edit.end < edit.start || edit.end > text.length) {
      throw new RangeError(`edit ${edit.start}-${edit.end} overlaps another or leaves the text`);
    }
    result += text.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return result + text.slice(position);
}

/** Whether edits can be applied together. @param edits sorted by start */
export function areApart(edits: readonly Edit[]): boolean {
  return edits.every(({ start, end }, at) => start <= end && (edits[at - 1]?.end ?? 0) <= start);
}
