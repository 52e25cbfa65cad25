// Half-open ranges of UTF-16 offsets into the document. The core uses no other form of position; lines and
// columns exist only where it meets the editor and the command line.

/** `start` is the first offset inside, `end` the first offset after; `start <= end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function span(start: number, end: number): Span {
  return { start, end };
}

export function length(s: Span): number {
  return s.end - s.start;
}

/** Whether `inner` is completely inside `outer`; they may share a border. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether the two spans share a character. An empty span shares none. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Whether the two spans overlap or meet at a border. Two insertions at one offset touch. */
export function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** The smallest span that contains all given spans; undefined if there are none. */
export function hull(spans: Iterable<Span>): Span | undefined {
  let start = Infinity;
  let end = -Infinity;
  for (const s of spans) {
    start = Math.min(start, s.start);
    end = Math.max(end, s.end);
  }
  return start <= end ? { start, end } : undefined;
}
