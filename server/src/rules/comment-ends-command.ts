import { cutCommands } from '../core/analysis/commands/cut-commands';
import type { CutCommand } from '../core/analysis/commands/cut-commands';
import { defineRule } from '../core/lint/rule';
import type { Edit, Model } from '../core/lint/rule';

/**
 * In a heredoc the shell reads every line, also comments and blank lines. A comment ends a continued command: what
 * stands below it runs as a command of its own. Outside a heredoc the builder takes such comments away first.
 *
 * ```dockerfile bad uncovers="apt-no-install-recommends"
 * FROM debian:12
 * RUN <<EOF
 * set -e
 * apt-get update
 * apt-get install -y \
 *     «# the client»
 *     curl \
 *     # the parser
 *     # and its data
 *     jq
 * EOF
 * ```
 * > The shell ends the command at this comment, so the next line runs as a command of its own
 * ```dockerfile fixed
 * FROM debian:12
 * RUN <<EOF
 * set -e
 * apt-get update
 * # the client
 * # the parser
 * # and its data
 * apt-get install -y \
 *     curl \
 *     jq
 * EOF
 * ```
 * A blank line does the same:
 * ```dockerfile bad uncovers="apt-no-install-recommends"
 * FROM debian:12
 * RUN bash <<EOF
 * apt-get install -y «\»
 *
 * curl
 * EOF
 * ```
 * > The shell ends the command at the blank line below, so the line after it runs as a command of its own
 * ```dockerfile fixed
 * FROM debian:12
 * RUN bash <<EOF
 * apt-get install -y \
 * curl
 * EOF
 * ```
 * The same holds for a script that COPY writes:
 * ```dockerfile bad
 * FROM debian:12
 * COPY --chmod=755 <<'EOF' /usr/local/bin/start
 * #!/bin/sh
 * exec server \
 *   «# in front»
 *   --foreground
 * EOF
 * COPY <<EOF /srv/setup.sh
 * adduser app \
 *   «# no password»
 *   --disabled-password
 * EOF
 * ```
 * > The shell ends the command at this comment, so the next line runs as a command of its own
 * ```dockerfile fixed
 * FROM debian:12
 * COPY --chmod=755 <<'EOF' /usr/local/bin/start
 * #!/bin/sh
 * # in front
 * exec server \
 *   --foreground
 * EOF
 * COPY <<EOF /srv/setup.sh
 * # no password
 * adduser app \
 *   --disabled-password
 * EOF
 * ```
 * After an operator the shell goes on, and a last continuation does no harm. In quotes and in data it is text:
 * ```dockerfile good
 * FROM debian:12
 * RUN <<EOF
 * apt-get update && \
 *     # the client
 *     apt-get install -y curl \
 * # done
 * echo done \
 *     # and nothing more
 * EOF
 * RUN <<EOF
 * echo 'one \
 *     # two
 *     three'
 * cat > /a <<END
 * one \
 *     # two
 *     three
 * END
 * EOF
 * RUN apt-get install -y \
 *     # the builder takes this line away
 *     curl
 * COPY <<EOF /etc/app.conf
 * one \
 *     # two
 *     three
 * EOF
 * ```
 *
 * @skip backtick in a heredoc the escape character is that of the shell
 */
export default defineRule({
  id: 'comment-ends-command',
  summary: 'A comment or blank line ends a continued command in a heredoc',
  category: 'shell',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  explains: ['dockerfile-refused'],

  *check({ model }) {
    for (const cut of cutCommands(model)) {
      const { comment, at } = cut;
      yield {
        at: comment ?? at,
        message: comment
          ? 'The shell ends the command at this comment, so the next line runs as a command of its own'
          : 'The shell ends the command at the blank line below, so the line after it runs as a command of its own',
        fix: {
          title: comment ? 'Move the comments above the command' : 'Remove the blank lines',
          edits: withoutCuts(model, cut),
        },
      };
    }
  },
});

/** Takes the lines away, and puts the comments among them above the command. */
function withoutCuts({ document }: Model, { head, lines }: CutCommand): readonly Edit[] {
  const start = document.lineStart(head);
  const indent = document.indentAt(start);
  const comments = lines
    .map((line) => document.slice(document.line(line)).trim())
    .filter((text) => text !== '');
  const removals = lines.map((line) => ({ ...document.fullLine(line), text: '' }));
  if (comments.length === 0) return removals;
  const text = comments.map((comment) => indent + comment + document.eol).join('');
  return [{ start, end: start, text }, ...removals];
}
