// The smallest line-wise edits between two texts, so that cursors, folds and breakpoints outside the
// changed lines stay where they are.
import type { Edit } from './edit';

/** If more lines than this differ on both sides, the middle is replaced as one block. */
const maximumDistance = 400;

/** @returns sorted edits that turn `before` into `after`, each trimmed to the characters that differ */
export function diff(before: string, after: string): Edit[] {
  if (before === after) return [];
  const a = splitLines(before);
  const b = splitLines(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail += 1;
  const matches = commonLines(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  const edits: Edit[] = [];
  let offset = lengthOf(a, 0, head);
  let x = 0;
  let y = 0;
  const end: readonly [number, number] = [a.length - tail - head, b.length - tail - head];
  for (const [i, j] of [...matches, end]) {
    const old = a.slice(head + x, head + i).join('');
    const text = b.slice(head + y, head + j).join('');
    if (old !== text) edits.push(trim(offset, old, text));
    offset += old.length + (a[head + i]?.length ?? 0);
    x = i + 1;
    y = j + 1;
  }
  return edits;
}

export interface DiffLine {
  readonly sign: ' ' | '+' | '-';
  /** Without its line end. */
  readonly line: string;
}

/** The lines of two texts, with those that only the first (`-`) or the second (`+`) has. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [a, b] = [before, after].map((text) =>
    splitLines(text).map((line) => line.replace(/\r?\n$/, '')),
  ) as [string[], string[]];
  const lines: DiffLine[] = [];
  let [x, y] = [0, 0];
  for (const [i, j] of [...commonLines(a, b), [a.length, b.length] as const]) {
    for (; x < i; x += 1) lines.push({ sign: '-', line: a[x] ?? '' });
    for (; y < j; y += 1) lines.push({ sign: '+', line: b[y] ?? '' });
    if (x < a.length) lines.push({ sign: ' ', line: a[x] ?? '' });
    [x, y] = [i + 1, j + 1];
  }
  return lines;
}

/** Lines with their ends of line. */
export function splitLines(text: string): string[] {
  return text.split(/(?<=\n)/);
}

function lengthOf(lines: readonly string[], from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += lines[i]?.length ?? 0;
  return sum;
}

function trim(offset: number, old: string, text: string): Edit {
  let head = 0;
  while (head < old.length && head < text.length && old[head] === text[head]) head += 1;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < text.length - head &&
    old[old.length - 1 - tail] === text[text.length - 1 - tail]
  )
    tail += 1;
  return {
    start: offset + head,
    end: offset + old.length - tail,
    text: text.slice(head, text.length - tail),
  };
}

/** Pairs of equal lines, ascending in both, by Myers' greedy algorithm; none when the texts differ too much. */
export function commonLines(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const limit = Math.min(a.length + b.length, maximumDistance);
  /** The furthest line of `a` reached on each diagonal. */
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: ReadonlyMap<number, number>[] = [];
  for (let d = 0; d <= limit; d += 1) {
    trace.push(new Map(furthest));
    for (let k = -d; k <= d; k += 2) {
      const from = previousDiagonal(furthest, d, k);
      let x = (furthest.get(from) ?? 0) + (from < k ? 1 : 0);
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      furthest.set(k, x);
      if (x >= a.length && x - k >= b.length) return backtrack(trace, a.length, b.length);
    }
  }
  return [];
}

function previousDiagonal(furthest: ReadonlyMap<number, number>, d: number, k: number): number {
  return k === -d || (k !== d && (furthest.get(k - 1) ?? 0) < (furthest.get(k + 1) ?? 0)) ? k + 1 : k - 1;
}

function backtrack(
  trace: readonly ReadonlyMap<number, number>[],
  aLength: number,
  bLength: number,
): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  let x = aLength;
  let y = bLength;
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    const furthest = trace[d] ?? new Map<number, number>();
    const from = previousDiagonal(furthest, d, x - y);
    const fromX = furthest.get(from) ?? 0;
    const fromY = fromX - from;
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      x -= 1;
      y -= 1;
      pairs.push([x, y]);
    }
    x = fromX;
    y = fromY;
  }
  return pairs.reverse();
}
