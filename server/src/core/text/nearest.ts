// Finds the known word that a misspelled word probably meant.

/**
 * The known word with the fewest typing errors between the two; the first one if several are equally near.
 * @param word as it was written, in the case of `known`
 * @param most how many known words to compare; with more of them nothing is said, as comparing takes time for each
 * @returns undefined if none is near: at most two errors, and at most half of the word
 */
export function nearest(word: string, known: Iterable<string>, most = Infinity): string | undefined {
  let found: string | undefined;
  let best = Math.min(3, Math.ceil(word.length / 2));
  const candidates: string[] = [];
  for (const candidate of known) {
    if (candidates.length === most) return undefined;
    candidates.push(candidate);
  }
  for (const candidate of candidates) {
    const distance = editDistance(word, candidate, best);
    if (distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}

/** The end of a message that asks whether a known word was meant; empty if nothing is near. @param before it stands in front of the word */
export function didYouMean(word: unknown, known: Iterable<string>, before = ''): string {
  const near = typeof word === 'string' ? nearest(word, known) : undefined;
  return near === undefined ? '' : `. Did you mean ${before}${near}?`;
}

/** Insertions, deletions, replacements and swaps of neighbours; `limit` or more is `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (previous[j] ?? 0) + 1,
        (current[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      current.push(cost);
    }
    before = previous;
    previous = current;
  }
  return Math.min(limit, previous[b.length] ?? limit);
}
