import { defineRule } from '../core/lint/rule';

/**
 * Builders still skip a blank line inside a continued instruction, and announce that it will become an error.
 * A reader takes it for the end of the instruction.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN echo one && \
 * «»
 *     # the second
 *     echo two && \
 * «  »
 * «»
 *     echo three
 * ```
 * > The RUN goes on below this blank line, which builders will come to refuse
 * ```dockerfile fixed
 * FROM debian:12
 * RUN echo one && \
 *     # the second
 *     echo two && \
 *     echo three
 * ```
 * Comment lines between continued lines are fine, and so is whatever stands in a heredoc:
 * ```dockerfile good
 * FROM debian:12
 * RUN echo one && \
 *     # the second
 *     echo two
 * RUN <<EOF
 * echo one
 *
 * echo two
 * EOF
 * ```
 */
export default defineRule({
  id: 'continuation-empty-line',
  summary: 'A blank line stands inside a continued instruction',
  category: 'syntax',
  severity: 'warning',
  fix: 'safe',
  since: 'next',
  alsoKnownAs: ['buildkit:NoEmptyContinuation'],

  *check({ model: { file, document } }) {
    for (const { keyword, blankLines } of file.instructions) {
      for (const line of blankLines) {
        yield {
          at: line,
          message: `The ${keyword} goes on below this blank line, which builders will come to refuse`,
          fix: { title: 'Remove the blank line', edits: [document.removeLines(line)] },
        };
      }
    }
  },
});
