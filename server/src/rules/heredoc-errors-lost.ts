import { guardOf, isConditional } from '../core/analysis/commands/guard';
import { builtIntoShells } from '../core/knowledge/programs/shell-builtins';
import { defineRule } from '../core/lint/rule';
import type { Edit, Model } from '../core/lint/rule';
import type { Command } from '../core/shell/types';

/**
 * The lines of a heredoc are commands of one script. If one of them fails, the shell goes on with the next, and only the
 * last one decides whether the step fails: the image is built without what the others should have done. `set -e` at the
 * start stops the build at the first failure.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN <<EOF
 * «apt-get update»
 * apt-get install -y --no-install-recommends git
 * EOF
 * ```
 * > If this fails, the heredoc goes on: without set -e, only its last command stops the build
 * ```dockerfile fixed
 * FROM debian:12
 * RUN <<EOF
 * set -e
 * apt-get update
 * apt-get install -y --no-install-recommends git
 * EOF
 * ```
 * The first line can say how to start the shell, and comments and variables come before the commands:
 * ```dockerfile bad
 * FROM debian:12
 * RUN --network=none <<-'EOF'
 * 	# what the program needs
 * 	NAME=app
 * 	echo "making $NAME"
 * 	«useradd --no-log-init --create-home app»
 * 	mkdir -p /data; chown app /data
 * EOF
 * RUN <<EOF
 * #!/bin/bash
 * «./prepare»
 * ./build
 * EOF
 * ```
 * > If this fails, the heredoc goes on: without set -e, only its last command stops the build
 * ```dockerfile fixed
 * FROM debian:12
 * RUN --network=none <<-'EOF'
 * 	# what the program needs
 * 	NAME=app
 * 	set -e
 * 	echo "making $NAME"
 * 	useradd --no-log-init --create-home app
 * 	mkdir -p /data; chown app /data
 * EOF
 * RUN <<EOF
 * #!/bin/bash
 * set -e
 * ./prepare
 * ./build
 * EOF
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN <<EOF
 * ( «./prepare»
 *   ./build )
 * EOF
 * ```
 * > If this fails, the heredoc goes on: without set -e, only its last command stops the build
 * ```dockerfile good
 * FROM debian:12
 * RUN <<EOF
 * set -eux
 * apt-get update
 * apt-get install -y --no-install-recommends git
 * EOF
 * RUN <<EOF
 * #!/bin/sh -e
 * ./prepare
 * ./build
 * EOF
 * RUN <<EOF
 * ./prepare || exit 1
 * ./build || true
 * cd /srv
 * export A=1
 * echo done
 * ./build && ./check
 * EOF
 * RUN <<EOF
 * ./optional && true
 * ./try
 * status=$?
 * if [ "$status" = 2 ]; then
 *   ./again
 *   ./retry
 * fi
 * ./check
 * EOF
 * RUN ./prepare; ./build
 * RUN python3 <<EOF
 * print(1)
 * print(2)
 * EOF
 * RUN <<EOF
 * ./build
 * EOF
 * SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
 * RUN <<EOF
 * ./prepare
 * ./build
 * EOF
 * ```
 */
export default defineRule({
  id: 'heredoc-errors-lost',
  summary: 'A heredoc goes on after a command that failed',
  category: 'shell',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    for (const run of model.instructionsOf('RUN')) {
      if (run.heredocs.length === 0) continue;
      for (const script of model.scriptsOf(run)) {
        const lost = script.heredoc && script.commands.find((command) => isLost(model, command));
        if (!lost) continue;
        const edit = setErrexit(model, script.commands);
        yield {
          at: lost.fullSpan,
          message:
            'If this fails, the heredoc goes on: without set -e, only its last command stops the build',
          ...(edit && { fix: { title: 'Add set -e', edits: [edit] } }),
        };
      }
    }
  },
});

/** Whether a program runs whose failure nobody sees. */
function isLost(model: Model, command: Command): boolean {
  if (command.program === '' || builtIntoShells.has(command.program)) return false;
  // Before && and ||, a failure does not count for set -e either.
  if (command.after !== 'newline' || isConditional(command)) return false;
  // The next line looks at what became of it.
  if (/^[^\n]*\n[^\n]*\$\?/.test(command.script?.text.slice(command.logical.end) ?? '')) return false;
  const guard = guardOf(model, command);
  return guard.kind === 'ignored' && guard.by === 'newline';
}

function setErrexit({ document }: Model, commands: readonly Command[]): Edit | undefined {
  const start = Math.min(...commands.map(({ fullSpan }) => fullSpan.start));
  const line = document.line(document.lineAt(start));
  const indent = document.slice({ start: line.start, end: start });
  if (/\S/.test(indent)) return undefined;
  return { start, end: start, text: `set -e${document.eol}${indent}` };
}
