// Whether a text can concern a rule at all: most rules are about programs or instructions that most files do not have,
// and those then cost one look at the words of the text.

/** The words of a text. A word is a run of letters, in lower case: `apt-get` is two of them, `pip3` is `pip`. */
export interface Mentions {
  /** Whether the text has one of some words. */
  some(words: readonly string[]): boolean;
}

const everything: Mentions = { some: () => true };

/** A word that goes on in the next line: only the builder puts it together. */
const overLines = /[a-z][\\`][ \t]*\r?\n(?:[a-z]|[ \t]*#)/;
/** A word with a quote or an escape inside or in front, which a shell takes away: `c"url"`, `c\url`, `\nset`. */
const inQuotes = /[a-z]["'`\\]+[a-z]|\\[a-z]/;

/** The words of a text, as far as a rule may ask for them. Takes time linear in the length of the text. */
export function mentionsIn(text: string): Mentions {
  const lower = text.toLowerCase();
  if (overLines.test(lower)) return everything;
  const found = new Set(lower.match(/[a-z]+/g));
  if (inQuotes.test(lower)) {
    for (const word of lower.replace(/["'`\\]+/g, '').match(/[a-z]+/g) ?? []) found.add(word);
    // `\n` and `\t` may also be escapes in front of a word.
    for (const [, word = ''] of lower.matchAll(/\\[a-z]([a-z]+)/g)) found.add(word);
  }
  return { some: (words) => words.some((word) => found.has(word)) };
}
