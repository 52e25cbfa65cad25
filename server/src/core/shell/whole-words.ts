// Words that are a variable and nothing else, and the words that its value brings.
import type { ShellWord } from './types';

/** The name in `$NAME` and `${NAME}`, also within double quotes; undefined for other words. */
export function variableIn(text: string): string | undefined {
  const [, braced, plain] = /^"?\$(?:\{(\w+)\}|(\w+))"?$/.exec(text) ?? [];
  return braced ?? plain;
}

/** The word with another text, which holds nothing to expand. */
export function withText(word: ShellWord, text: string): ShellWord {
  return { ...word, text, value: text, pattern: text, prefix: text, suffix: text };
}
