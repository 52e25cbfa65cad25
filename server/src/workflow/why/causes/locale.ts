// The character encoding of the step.
import { lastMatch } from '../cause';
import type { Cause } from '../cause';

export const localeCauses: readonly Cause[] = [
  {
    id: 'locale-missing',
    signs: [
      /invalid byte sequence in US-ASCII/,
      /"\\x[0-9A-F]{2}" (?:from ASCII-8BIT to UTF-8|on US-ASCII)/,
      /UnicodeDecodeError: 'ascii' codec can't decode/,
    ],
    // Python 2 takes everything for ASCII, whatever the locale.
    more: (facts, { printed }) =>
      /Unicode/.test(facts.said ?? '') && !lastMatch(printed, /\bpython3/) ? undefined : facts,
    message: () =>
      'The step reads text that is not ASCII, and the image has no locale that tells its encoding. Set LANG=C.UTF-8 before this step',
  },
];
