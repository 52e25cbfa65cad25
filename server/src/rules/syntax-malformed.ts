import { defineRule } from '../core/lint/rule';

/**
 * The builder stops at text it cannot read. Drydock still checks the rest of the file.
 *
 * ```dockerfile bad
 * FROM debian:12
 * ENV NAME=«"»Jane Doe
 * RUN «<<EOF»
 * echo the heredoc never ends
 * ```
 * > The quote is never closed, so the build stops here
 * > No line ends the heredoc: EOF is missing, so the build stops here
 * ```dockerfile good
 * FROM debian:12
 * ENV NAME="Jane Doe"
 * RUN <<EOF
 * echo the heredoc ends here
 * EOF
 * ```
 */
export default defineRule({
  id: 'syntax-malformed',
  summary: 'The builder cannot read this text',
  category: 'syntax',
  severity: 'error',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],

  *check({ model: { file } }) {
    const triggers = file.instructions.filter(({ trigger }) => trigger);
    let next = 0;
    for (const { at, kind, message } of file.problems) {
      while ((triggers[next]?.span.end ?? Infinity) < at.start) next += 1;
      const inTrigger = (triggers[next]?.span.start ?? Infinity) <= at.start;
      const later = inTrigger && !readAtOnce.has(kind);
      yield {
        at,
        message: `${message}, so ${later ? 'builds on this image stop' : 'the build stops'} here`,
      };
    }
  },
});

/** What the builder has to read to find the instructions. Later builds read the words of a trigger. */
const readAtOnce: ReadonlySet<string> = new Set(['heredoc-unterminated', 'line-too-long']);
