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

/**
 * The edits that do in one go what two do one after the other.
 * @param first of a text, sorted and without overlap
 * @param second of that text once `first` is applied, sorted and without overlap
 */
export function composeEdits(text: string, first: readonly Edit[], second: readonly Edit[]): readonly Edit[] {
  const pieces = withEdits(piecesOf(text, first), second);
  const edits: Edit[] = [];
  let position = 0;
  let inserted = '';
  for (const piece of [...pieces, { start: text.length, text: '' }]) {
    if (piece.start === undefined) {
      inserted += piece.text;
      continue;
    }
    if (inserted !== '' || piece.start > position)
      edits.push({ start: position, end: piece.start, text: inserted });
    position = piece.start + piece.text.length;
    inserted = '';
  }
  return edits;
}

/** A part of an edited text. */
interface Piece {
  /** Offset in the text before all edits; undefined for text that an edit wrote. */
  readonly start: number | undefined;
  readonly text: string;
}

function piecesOf(text: string, edits: readonly Edit[]): readonly Piece[] {
  return withEdits([{ start: 0, text }], edits);
}

/** @param edits of the text that the pieces make together */
function withEdits(pieces: readonly Piece[], edits: readonly Edit[]): readonly Piece[] {
  const result: Piece[] = [];
  let position = 0;
  for (const edit of edits) {
    result.push(...cut(pieces, position, edit.start), { start: undefined, text: edit.text });
    position = edit.end;
  }
  return [...result, ...cut(pieces, position, Infinity)];
}

/** The pieces between two offsets of the text that they make together. */
function cut(pieces: readonly Piece[], from: number, to: number): readonly Piece[] {
  const result: Piece[] = [];
  let at = 0;
  for (const { start, text } of pieces) {
    const head = Math.max(0, from - at);
    const part = text.slice(head, Math.max(head, to - at));
    if (part !== '') result.push({ start: start === undefined ? undefined : start + head, text: part });
    at += text.length;
  }
  return result;
}
