// Whether a text can concern a rule at all: most rules are about programs or instructions that most files do not have,
// and those then cost one look at the words of the text.

/** The words of a text. A word is a run of letters, in lower case: `apt-get` is two of them, `pip3` is `pip`. */
export interface Mentions {
  /** Whether the text has one of some words. In rare cases it says so of a word that the text does not have. */
  some(words: WordKeys): boolean;
}

/** Words to ask for, each as a number that is quick to find. Two words may share one. */
export type WordKeys = readonly number[];

/** @param words runs of letters, in lower case */
export function wordKeys(words: readonly string[]): WordKeys {
  return words.map((word) => {
    let key = 0;
    for (let at = 0; at < word.length; at += 1) key = added(key, word.charCodeAt(at));
    return key;
  });
}

const everything: Mentions = { some: () => true };

/** A word that goes on in the next line: only the builder puts it together. */
const overLines = /[a-z][\\`][ \t]*\r?\n(?:[a-z]|[ \t]*#)/i;
/** A word with a quote or an escape inside or in front, which a shell takes away: `c"url"`, `c\url`, `\nset`. */
const inQuotes = /[a-z]["'`\\]+[a-z]|\\[a-z]/i;

/** The words of a text, as far as a rule may ask for them. Takes time linear in the length of the text. */
export function mentionsIn(text: string): Mentions {
  if (overLines.test(text)) return everything;
  const found = new Set<number>();
  addWords(found, text, false);
  if (inQuotes.test(text)) addWords(found, text, true);
  return new Found(found);
}

class Found implements Mentions {
  readonly #found: ReadonlySet<number>;

  constructor(found: ReadonlySet<number>) {
    this.#found = found;
  }

  some(words: WordKeys): boolean {
    // Asked for each rule of each file.
    for (let at = 0; at < words.length; at += 1) if (this.#found.has(words[at] as number)) return true;
    return false;
  }
}

/** @param unquoted reads words without the quotes and escapes inside; else a word ends there */
function addWords(found: Set<number>, text: string, unquoted: boolean): void {
  let length = 0;
  let key = 0;
  // `\n` and `\t` may also be escapes in front of a word: the same without its first letter.
  let isEscaped = false;
  let behindEscape = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const code = text.charCodeAt(at);
    const letter = code | toLowerCase;
    if (letter >= firstLetter && letter <= lastLetter) {
      if (length > 0) behindEscape = added(behindEscape, letter);
      key = added(key, letter);
      length += 1;
    } else if (!unquoted || !takenAway.has(code)) {
      if (length > 0) {
        found.add(key);
        if (isEscaped && length > 1) found.add(behindEscape);
        length = key = behindEscape = 0;
      }
      isEscaped = code === escape;
    }
  }
}

const toLowerCase = 0x20;
const [firstLetter, lastLetter, escape] = [0x61, 0x7a, 0x5c];
/** What a shell takes away inside a word. */
const takenAway: ReadonlySet<number> = new Set([...'"\'`\\'].map((mark) => mark.charCodeAt(0)));

/** The key of a word with one more letter. */
function added(key: number, letter: number): number {
  return (Math.imul(key, 31) + letter) | 0;
}
