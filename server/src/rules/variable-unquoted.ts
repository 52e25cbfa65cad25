import { defineRule, replace } from '../core/lint/rule';
import { standInOptions, unquotedIn, unreadScripts, unsetReferences } from '../core/families/stand-ins';
import { changesFiles } from '../core/knowledge/programs/programs';

/**
 * Without quotes, the shell splits the value of a variable at blanks and expands its stars: `rm -rf $dir/cache` with
 * `dir='/srv/my app'` removes `/srv/my`, and with an empty value `/cache`.
 *
 * Where [ShellCheck](../shellcheck.md) is installed, it takes the place of this rule, finds more, and reports it under its
 * own numbers. Without it, this rule looks at the commands that remove, move or change files, at variables that neither the
 * file nor the script sets.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN rm -rf «$HOME»/.cache && chown -R app «${APP_HOME}» && mv a "$HOME"/«$HOME»
 * ```
 * > A blank or a star in HOME makes rm change other files
 * > A blank or a star in APP_HOME makes chown change other files
 * > A blank or a star in HOME makes mv change other files
 * ```dockerfile fixed
 * FROM debian:12
 * RUN rm -rf "$HOME"/.cache && chown -R app "${APP_HOME}" && mv a "$HOME"/"$HOME"
 * ```
 * ```dockerfile good
 * FROM debian:12
 * ARG dir=/srv
 * RUN rm -rf "$HOME"/.cache $dir && echo $HOME && x=/srv && rm -rf $x
 * RUN ls $HOME
 * CMD rm -rf "$dir" /tmp/x
 * RUN for i in a b; do rm -rf $i; done && rm -rf '$HOME' "a $HOME"
 * ```
 *
 * In the profile `hadolint`, only `RUN` counts.
 * ```dockerfile good options="profile: hadolint"
 * FROM debian:12
 * CMD rm -rf $HOME/.cache
 * ```
 */
export default defineRule({
  id: 'variable-unquoted',
  summary: 'A command that changes files gets a variable without quotes',
  category: 'shell',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['shellcheck:SC2086', 'hadolint:SC2086'],
  mentions: ['rm', 'rmdir', 'mv', 'chown', 'chgrp', 'chmod', 'truncate', 'shred'],
  options: standInOptions,

  *check(context) {
    const { model } = context;
    const { text } = model.file;
    for (const { script } of unreadScripts(context)) {
      const { instruction, commands } = script;
      const { env, variables } = model.environmentAt(instruction);
      const known = instruction.keyword === 'RUN' ? variables : env;
      const risky = commands.filter(({ program }) => changesFiles.has(program));
      if (risky.length === 0) continue;
      const references = unsetReferences(model, script);
      for (const { program, args, editable } of risky) {
        for (const { name, span } of args.flatMap((word) => unquotedIn(word, references, text))) {
          if (known.has(name)) continue;
          const edits = [replace(span, `"${text.slice(span.start, span.end)}"`)];
          yield {
            at: span,
            message: `A blank or a star in ${name} makes ${program} change other files`,
            ...(editable && !instruction.json && { fix: { title: 'Put it in double quotes', edits } }),
          };
        }
      }
    }
  },
});
