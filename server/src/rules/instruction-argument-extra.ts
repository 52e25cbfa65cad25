import { stopsHere } from '../core/analysis/text/stops';
import { defineRule, remove } from '../core/lint/rule';
import type { Finding, Instruction } from '../core/lint/rule';
import { toDocumentSpan } from '../core/syntax/logical-line';

/**
 * The builder stops at words that an instruction does not take.
 *
 * ```dockerfile bad
 * FROM debian:12 AS build «stage»
 * STOPSIGNAL SIGTERM «SIGKILL»
 * HEALTHCHECK NONE «curl localhost»
 * ```
 * > FROM takes no more words, so the build stops here
 * > STOPSIGNAL takes no more words, so the build stops here
 * > HEALTHCHECK takes no more words, so the build stops here
 * ```dockerfile fixed
 * FROM debian:12 AS build
 * STOPSIGNAL SIGTERM
 * HEALTHCHECK NONE
 * ```
 * ```dockerfile good
 * FROM debian:12 AS build
 * STOPSIGNAL SIGTERM
 * HEALTHCHECK --interval=5s NONE
 * HEALTHCHECK CMD check it
 * FROM debian:12 stage one
 * ```
 */
export default defineRule({
  id: 'instruction-argument-extra',
  summary: 'An instruction has words that it does not take',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['dockerfile-utils:ARGUMENT_EXTRA', 'dockerfile-utils:ARGUMENT_UNNECESSARY'],

  *check({ model }) {
    for (const instruction of model.instructionsOf('FROM', 'STOPSIGNAL', 'HEALTHCHECK')) {
      const taken = wanted(instruction);
      if (taken) yield* extra(instruction, taken);
    }
  },
});

/** The words that the instruction takes, with the blanks behind them; undefined if that is not the question. */
function wanted({ keyword, words, onbuild }: Instruction): RegExp | undefined {
  switch (keyword) {
    case 'FROM':
      return !onbuild && words[1]?.raw.toUpperCase() === 'AS' ? /^(?:\S+\s+){3}/ : undefined;
    case 'HEALTHCHECK':
      return words[0]?.value.toUpperCase() === 'NONE' ? /^\S+\s+/ : undefined;
    default:
      return /^\S+\s+/;
  }
}

function* extra(instruction: Instruction, taken: RegExp): Generator<Finding> {
  const { line, argumentsLogical, keyword } = instruction;
  const { start, end } = argumentsLogical;
  const text = line.text.slice(start, end);
  const [kept] = taken.exec(text) ?? [];
  if (kept === undefined) return;
  const from = start + kept.length;
  yield {
    at: toDocumentSpan(line, { start: from, end }),
    message: `${keyword} takes no more words, so ${stopsHere(instruction)}`,
    fix: {
      title: 'Delete the words',
      edits: [remove(toDocumentSpan(line, { start: start + kept.trimEnd().length, end }))],
    },
  };
}
