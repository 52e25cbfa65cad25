import { defineRule } from '../core/lint/rule';

/**
 * The builder stops at text it cannot read. The rest of the file is looked at all the same.
 *
 * ```dockerfile bad
 * FROM debian:12
 * ENV NAME=«"»Jane Doe
 * RUN «<<EOF»
 * echo the heredoc never ends
 * ```
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
  summary: 'The builder cannot read this',
  category: 'syntax',
  severity: 'error',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    for (const { at, message } of model.file.problems)
      yield { at, message: `${message}, and the build stops here` };
  },
});
