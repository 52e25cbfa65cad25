import { defineRule, replace } from '../core/lint/rule';
import { openReferences, unquotedIn, unsetReferences } from '../core/analysis/shellcheck/plain-references';
import { standInOptions, unreadScripts } from '../core/families/stand-ins';
import { changesFiles, takesPaths } from '../core/knowledge/programs/programs';

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
 * The profile `strict` also reports, as hints, other commands that take names of files, and variables that a script fills
 * with what a command prints. A variable with a list of words stays as it is, and so does one with a known value that has no
 * blank:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * ARG SRC="/my app"
 * RUN cp «$SRC» «${DEST}»/ && mkdir -p «$DIR» && cd «$DIR» && tar -xf «$FILE» -C "$DIR" && [ -f «$FILE» ]
 * RUN dir=$(mktemp -d) && rm -rf «$dir»
 * ```
 * > A blank or a star in SRC splits this word
 * > A blank or a star in DEST splits this word
 * > A blank or a star in DIR splits this word
 * > A blank or a star in DIR splits this word
 * > A blank or a star in FILE splits this word
 * > A blank or a star in FILE splits this word
 * > A blank or a star in dir splits this word
 * ```dockerfile fixed
 * FROM debian:12
 * ARG SRC="/my app"
 * RUN cp "$SRC" "${DEST}"/ && mkdir -p "$DIR" && cd "$DIR" && tar -xf "$FILE" -C "$DIR" && [ -f "$FILE" ]
 * RUN dir=$(mktemp -d) && rm -rf "$dir"
 * ```
 * ```dockerfile good options="profile: strict"
 * FROM debian:12
 * ARG dir=/srv
 * ENV FILES="a b" ONE=/one
 * RUN cp $dir /x && touch $FILES $PHP_DEPS && a=/b && cp $a /x && cp "$a" "$B"
 * RUN make $TARGET
 * CMD touch $ONE
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
  options: standInOptions,

  *check(context) {
    const { model } = context;
    const { text } = model.file;
    for (const { script } of unreadScripts(context)) {
      const { instruction, commands } = script;
      const { env, variables } = model.environmentAt(instruction);
      const known = instruction.keyword === 'RUN' ? variables : env;
      const risky = commands.filter(({ program }) => changesFiles.has(program));
      const isStrict = context.options.profile === 'strict';
      if (risky.length === 0 && !isStrict) continue;
      const references = unsetReferences(model, script);
      const told = new Set<number>();
      for (const { program, args, editable } of risky) {
        for (const { name, span } of args.flatMap((word) => unquotedIn(word, references, text))) {
          if (known.has(name)) continue;
          told.add(span.start);
          const edits = [replace(span, `"${text.slice(span.start, span.end)}"`)];
          yield {
            at: span,
            message: `A blank or a star in ${name} makes ${program} change other files`,
            ...(editable && !instruction.json && { fix: { title: 'Put it in double quotes', edits } }),
          };
        }
      }
      if (!isStrict) continue;
      const taking = commands.filter(({ program }) => changesFiles.has(program) || takesPaths.has(program));
      const open = taking.length > 0 ? openReferences(model, script) : [];
      for (const { args, editable } of taking) {
        for (const { name, span } of args.flatMap((word) => unquotedIn(word, open, text))) {
          if (told.has(span.start) || holdsWords.test(name)) continue;
          // A known value without blanks is one word, and one with blanks of an ENV is meant to be several.
          const value = instruction.keyword === 'RUN' ? variables.get(name)?.value : env.get(name);
          if (known.has(name) && value !== undefined && (!/[\s*?[]/.test(value) || env.has(name))) continue;
          const edits = [replace(span, `"${text.slice(span.start, span.end)}"`)];
          yield {
            at: span,
            message: `A blank or a star in ${name} splits this word`,
            severity: 'hint',
            ...(editable && !instruction.json && { fix: { title: 'Put it in double quotes', edits } }),
          };
        }
      }
    }
  },
});

/** Names of variables for several words. */
const holdsWords = /(?:S|LIST|ARGS?|OPTS?)$|^(?:i|f|@|\*)$/i;
