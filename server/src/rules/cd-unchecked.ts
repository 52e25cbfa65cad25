import { defineRule, insertAfter } from '../core/lint/rule';
import { guardOf } from '../core/analysis/commands/guard';
import { standInOptions, unreadScripts } from '../core/families/stand-ins';

/**
 * If `cd` fails, the script goes on in the folder where it was, and the next commands change the wrong files. `&&` or
 * `set -e` stops it.
 *
 * Where [ShellCheck](../shellcheck.md) is installed, it takes the place of this rule, finds more, and reports it under its
 * own numbers.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN «cd /srv/app»; rm -rf build
 * RUN <<EOF
 * «cd /srv/app»
 * rm -rf build
 * EOF
 * ```
 * > If this cd fails, the commands after it run in the wrong folder
 * ```dockerfile fixed
 * FROM debian:12
 * RUN cd /srv/app || exit; rm -rf build
 * RUN <<EOF
 * cd /srv/app || exit
 * rm -rf build
 * EOF
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN cd /srv/app && rm -rf build
 * RUN set -e; cd /srv/app; rm -rf build
 * RUN cd /srv/app || exit 1; rm -rf build
 * RUN (cd /srv/app || exit; make); (cd /srv/lib && make); ls
 * RUN if cd /srv/app; then rm -rf build; fi
 * RUN cd ..; ls; cd; ls; cd /; ls
 * RUN cd /srv/app
 * SHELL ["/bin/bash", "-ec"]
 * RUN cd /srv/app; rm -rf build
 * ```
 *
 * In the profile `hadolint`, only `RUN` counts.
 * ```dockerfile good options="profile: hadolint"
 * FROM debian:12
 * CMD cd /srv/app; rm -rf build; exec ./app
 * ```
 */
export default defineRule({
  id: 'cd-unchecked',
  summary: 'A script goes on in the wrong folder if cd fails',
  category: 'shell',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['shellcheck:SC2164', 'hadolint:SC2164'],
  mentions: ['cd'],
  options: standInOptions,

  *check(context) {
    const commands = unreadScripts(context).flatMap(({ script }) => script.commands);
    for (const command of commands) {
      if (command.program !== 'cd' || command.args.length !== 1 || command.pipeline) continue;
      // These are always there.
      if (/^(?:\/|\.|\.\.|-)$/.test(command.args[0]?.text ?? '')) continue;
      // Whatever becomes of the subshell around it.
      if (command.after === '||' || command.after === '&&') continue;
      const guard = guardOf(context.model, command);
      if (guard.kind !== 'ignored' || (guard.by !== ';' && guard.by !== 'newline')) continue;
      yield {
        at: command.span,
        message: 'If this cd fails, the commands after it run in the wrong folder',
        ...(command.editable && {
          fix: { title: 'Stop where cd fails', edits: [insertAfter(command.fullSpan, ' || exit')] },
        }),
      };
    }
  },
});
