// Half-open ranges of UTF-16 offsets into the document: the only way a position is written down
// anywhere in the core. Lines and columns exist at the edges alone.

/** `start` is the first offset inside, `end` the first one behind; `start <= end`. */
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

/** The smallest span that holds all given ones; undefined for none. */
export function hull(spans: Iterable<Span>): Span | undefined {
  let start = Infinity;
  let end = -Infinity;
  for (const s of spans) {
    start = Math.min(start, s.start);
    end = Math.max(end, s.end);
  }
  return start <= end ? { start, end } : undefined;
}
