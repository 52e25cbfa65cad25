import { refusedText } from '../core/analysis/text/refused-text';
import { defineRule, replace } from '../core/lint/rule';
import type { Fix } from '../core/lint/rule';
import type { Span } from '../core/text/span';

/**
 * The escape character, which also continues a line, is a backslash or a backtick. The builder stops at any other.
 *
 * ```dockerfile bad
 * # escape=«^»
 * FROM debian:12
 * RUN make
 * ```
 * > The escape character can only be a backslash or a backtick, so the build stops here
 * ```dockerfile fixed
 * # escape=\
 * FROM debian:12
 * RUN make
 * ```
 * ```dockerfile fixed alternative="Use the backtick"
 * # escape=`
 * FROM debian:12
 * RUN make
 * ```
 * ```dockerfile good
 * # escape=`
 * FROM debian:12
 * ```
 * A backtick that continues lines shows what is meant:
 * ```dockerfile bad
 * # escape=«backtick»
 * FROM mcr.microsoft.com/windows/servercore:ltsc2022
 * RUN dir `
 *   /w
 * ```
 * > The escape character can only be a backslash or a backtick, so the build stops here
 * ```dockerfile fixed
 * # escape=`
 * FROM mcr.microsoft.com/windows/servercore:ltsc2022
 * RUN dir `
 *   /w
 * ```
 *
 * @skip onbuild the lines of the second example are not continued yet
 * @skip backtick the example would get another directive
 */
export default defineRule({
  id: 'directive-escape-invalid',
  summary: 'The escape directive names a character that cannot escape',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['dockerfile-utils:INVALID_ESCAPE_DIRECTIVE'],
  mentions: ['escape'],

  *check({ model }) {
    for (const { problem } of refusedText(model, kinds)) {
      const { at } = problem;
      const fixes = [use(at, 'backslash', '\\'), use(at, 'backtick', '`')];
      if (/`[ \t]*$/m.test(model.file.text)) fixes.reverse();
      const [fix, ...alternatives] = fixes;
      yield { at, message: `${problem.message}, so the build stops here`, fix, alternatives };
    }
  },
});

const kinds = new Set(['unknown-escape'] as const);

function use(at: Span, name: string, character: string): Fix {
  return { title: `Use the ${name}`, edits: [replace(at, character)] };
}
