import { extraWords } from '../core/analysis/text/extra-words';
import { stopsHere } from '../core/analysis/text/stops';
import { defineRule, remove } from '../core/lint/rule';

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
  explains: ['dockerfile-refused'],

  *check({ model }) {
    for (const instruction of model.instructionsOf('FROM', 'STOPSIGNAL', 'HEALTHCHECK')) {
      const extra = extraWords(instruction);
      if (!extra) continue;
      yield {
        at: extra.at,
        message: `${instruction.keyword} takes no more words, so ${stopsHere(instruction)}`,
        fix: { title: 'Remove the extra words', edits: [remove(extra.withBlanks)] },
      };
    }
  },
});
