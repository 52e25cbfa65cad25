import { defineRule } from '../core/lint/rule';
import type { Edit } from '../core/lint/rule';

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
  alsoKnownAs: ['buildkit:NoEmptyContinuation', 'dockerfile-utils:EMPTY_CONTINUATION_LINE'],
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

  // BuildKit warns once for an instruction, at its last line.
  *buildkit({ model: { file, document } }) {
    for (const { keyword, keywordSpan, blankLines, heredocs, span } of file.instructions) {
      if (blankLines.length === 0) continue;
      const [first] = heredocs;
      const last = first ? document.lineAt(first.body.start) - 1 : document.lineAt(span.end);
      const [only] = blankLines.length === 1 ? blankLines : [];
      yield {
        at: document.line(last),
        message: `The ${keyword} contains a blank line, which future builders will reject`,
        related: [{ at: keywordSpan, message: `The ${keyword} starts here` }],
        fix: {
          title: only ? 'Remove the blank line' : 'Remove the blank lines',
          edits: apart(blankLines.map((line) => document.removeLines(line))),
        },
      };
    }
  },
});

/** The last line of a file may take the end of the line above it, which the edit before has. */
function apart(edits: readonly Edit[]): readonly Edit[] {
  return edits.map((edit, index) => ({ ...edit, start: Math.max(edit.start, edits[index - 1]?.end ?? 0) }));
}
