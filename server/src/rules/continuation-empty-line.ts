import { defineRule } from '../core/lint/rule';

/**
 * Builders still skip a blank line inside a continued instruction, but warn that it will become an error. A reader
 * takes it for the end of the instruction.
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
 * > The RUN continues below this blank line, which future builders may reject
 * ```dockerfile fixed
 * FROM debian:12
 * RUN echo one && \
 *     # the second
 *     echo two && \
 *     echo three
 * ```
 * Comment lines between continued lines are fine, and so are blank lines in a heredoc:
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
  summary: 'A continued instruction contains a blank line',
  category: 'syntax',
  severity: 'warning',
  fix: 'safe',
  effect: 'identical',
  since: 'next',
  alsoKnownAs: ['buildkit:NoEmptyContinuation'],
  once: true,

  *check({ model: { file, document } }) {
    for (const { keyword, blankLines } of file.instructions) {
      for (const line of blankLines) {
        yield {
          at: line,
          message: `The ${keyword} continues below this blank line, which future builders may reject`,
          fix: { title: 'Remove the blank line', edits: [document.removeLines(line)] },
        };
      }
    }
  },
});
