// Half-open ranges of UTF-16 offsets into the document. The core uses no other form of position; lines and
// columns exist only where it meets the editor and the command line.

/** `start` is the first offset inside, `end` the first offset after; `start <= end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whether `inner` lies wholly inside `outer` (borders may coincide). */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether the two overlap or meet at a border; two insertions at one point touch. */
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
