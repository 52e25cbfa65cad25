// Words in a row, as a sentence has them.

/** `a`, `a or b`, `a, b or c`. Empty for no words. */
export function listed(words: readonly string[], last: 'and' | 'or' = 'or'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}
