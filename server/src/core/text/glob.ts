// Patterns that people write: `*` stands for any text, `?` for one character. Matched by hand, so that no
// pattern takes longer than its length times that of the text.

/** In characters. Longer patterns are refused where they are read. */
export const longestPattern = 200;

/**
 * @returns what the first `*` stands for (empty if the pattern has none); undefined if the whole text does not match. Each
 * `*` but the last takes as little as it can.
 */
export function matchGlob(pattern: string, text: string): string | undefined {
  let at = 0;
  let read = 0;
  /** Behind the last `*`, and where the text that it stands for ends. */
  let star = -1;
  let taken = 0;
  let first: { readonly start: number; end: number } | undefined;
  const stars = [...pattern].filter((character) => character === '*').length;
  let passed = 0;
  while (read < text.length) {
    if (pattern[at] === '*') {
      passed += 1;
      star = at + 1;
      taken = read;
      if (passed === 1) first = { start: read, end: read };
      at += 1;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[read])) {
      at += 1;
      read += 1;
    } else if (star >= 0) {
      // The last star takes one character more.
      taken += 1;
      read = taken;
      at = star;
      if (first && passed === 1) first.end = taken;
    } else return undefined;
  }
  while (pattern[at] === '*') {
    at += 1;
    passed += 1;
  }
  if (at < pattern.length || passed < stars) return undefined;
  if (!first) return '';
  return text.slice(first.start, first.end);
}

/** Whether one of the patterns matches, and none of those behind a `!`. */
export function matchesAny(patterns: readonly string[], text: string): string | undefined {
  let found: string | undefined;
  for (const pattern of patterns) {
    if (pattern.startsWith('!')) {
      if (matchGlob(pattern.slice(1), text) !== undefined) return undefined;
    } else found ??= matchGlob(pattern, text);
  }
  // Only exceptions: everything else.
  return found ?? (patterns.every((pattern) => pattern.startsWith('!')) ? '' : undefined);
}
