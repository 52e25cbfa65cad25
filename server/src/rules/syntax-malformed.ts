import { malformedInHeredoc } from '../core/analysis/symbols/variable-names';
import { unreadableForHadolint } from '../core/analysis/text/hadolint-limits';
import { refusedText } from '../core/analysis/text/refused-text';
import { stopsHere } from '../core/analysis/text/stops';
import { defineRule } from '../core/lint/rule';
import type { SyntaxProblem } from '../core/syntax/nodes';

/**
 * The builder stops at text it cannot read. Drydock still checks the rest of the file.
 *
 * ```dockerfile bad
 * FROM debian:12
 * ENV NAME=«${»
 * CMD «["app", 1]»
 * RUN «<<EOF»
 * echo the heredoc never ends
 * ```
 * > The builder cannot read this variable reference, so the build stops here
 * > The array holds something other than strings, so the build stops here
 * > No line ends the heredoc: EOF is missing, so the build stops here
 * The builder also puts variables into a heredoc of `COPY` and `ADD`, unless its name is in quotes:
 * ```dockerfile bad
 * FROM debian:12
 * COPY <<EOF /start.sh
 * echo «${}»
 * EOF
 * ```
 * > The builder cannot read this variable reference, so the build stops here
 * ```dockerfile good
 * FROM debian:12
 * COPY <<"EOF" /start.sh
 * echo ${}
 * EOF
 * COPY start.sh /
 * ENV NAME=${USER}
 * CMD ["app", "1"]
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
  alsoKnownAs: ['hadolint:DL1000'],

  *check({ model }) {
    for (const { problem, later } of refusedText(model, kinds))
      yield {
        at: problem.at,
        message: `${problem.message}, so ${stopsHere({ onbuild: later })}`,
      };
    for (const instruction of model.instructionsOf('COPY', 'ADD')) {
      const at = malformedInHeredoc(model, instruction);
      if (at)
        yield {
          at,
          message: `The builder cannot read this variable reference, so ${stopsHere(instruction)}`,
        };
    }
  },

  *hadolint({ model }) {
    const at = unreadableForHadolint(model);
    if (at) yield { at, message: 'hadolint stops reading here, so it says nothing else of the file' };
  },
});

/** The other kinds have rules of their own. */
const kinds: ReadonlySet<SyntaxProblem['kind']> = new Set([
  'heredoc-unterminated',
  'line-too-long',
  'directive-check-invalid',
  'flag-malformed',
  'variable-malformed',
  'json-not-strings',
]);
