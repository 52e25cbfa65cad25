import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Model } from '../core/lint/rule';
import { valueFor } from '../core/analysis/commands/values';
import { isSince } from '../core/knowledge/images/releases';
import { addArguments } from '../core/shell/edits';
import { findOption } from '../core/shell/options';
import type { Option } from '../core/shell/options';
import type { Command } from '../core/shell/types';
import { hasFlag, textOf, seenNamed } from '../core/families/hadolint-commands';

/**
 * An older useradd writes an entry for the user into `/var/log/lastlog` and `/var/log/faillog`, at a place that follows from
 * the user id. Engines store the gap before it as zeros, so an id of 2,000,000,000 makes a layer of many gigabytes.
 *
 * ```dockerfile bad
 * FROM debian:11
 * ARG UID=1000620000
 * RUN useradd «-u 123456» app && useradd -m «--uid=$UID» bob
 * ```
 * > The logs of logins grow with the user id, and the layer with them
 * ```dockerfile fixed
 * FROM debian:11
 * ARG UID=1000620000
 * RUN useradd -l -u 123456 app && useradd -l -m --uid=$UID bob
 * ```
 * ```dockerfile good
 * FROM registry.example.com/team/base:3
 * RUN useradd -u 99999 app && useradd -lu 123456 bob && useradd --no-log-init -u 123456 eve && useradd -m ann
 * RUN useradd -u $UNKNOWN tom && useradd -u "$(id -u)" jim
 * ```
 * The one of Debian 12, Ubuntu 23.04, Fedora 38 and later writes no entry where there was none:
 * ```dockerfile good
 * FROM debian:12
 * RUN useradd -u 123456 app
 * ```
 * The profile `strict` reports it there as a hint, for the day when the base changes:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * RUN useradd «--uid 123456» app
 * ```
 * > The logs of logins grow with the user id, and the layer with them
 * ```dockerfile fixed
 * FROM debian:12
 * RUN useradd -l --uid 123456 app
 * ```
 */
export default defineRule({
  id: 'useradd-no-log-init',
  summary: 'A large user id makes the login logs of the image huge',
  category: 'shell',
  severity: 'warning',
  fix: 'safe',
  effect: 'declared',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3046'],
  mentions: ['useradd'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    for (const command of model.commandsNamed('useradd')) {
      if (command.instruction.keyword !== 'RUN' || findOption(command, '-l', '--no-log-init')) continue;
      const uid = findOption(command, '-u', '--uid');
      if (!uid?.valueWord || !(Number(numberOf(model, command, uid)) >= 100_000)) continue;
      const release = model.stageOf(command.instruction)?.base.release;
      const isHarmless = release !== undefined && isSince(release, leavesGaps);
      if (isHarmless && profile !== 'strict') continue;
      const edit = addArguments(command, command.name, '-l');
      yield {
        at: { start: uid.word.span.start, end: uid.valueWord.span.end },
        message: 'The logs of logins grow with the user id, and the layer with them',
        ...(isHarmless && { severity: 'hint' }),
        ...(edit && { fix: { title: 'Add -l', edits: [edit] } }),
      };
    }
  },

  *hadolint({ model }) {
    for (const seen of seenNamed(model, 'useradd')) {
      if (hasFlag(seen, '-l', '--no-log-init')) continue;
      // It counts characters, of variables with their braces, and only looks behind -u.
      const uid = seen.args.find((word, index) => {
        const before = textOf(seen.args[index - 1] ?? word);
        const long = textOf(word).replaceAll(/\$(\w+)/g, '${$1}').length > 5;
        return long && /^(?:-\w*u\w*|--u)$/.test(before) && !textOf(word).startsWith('-');
      });
      const { start } = seen.args[seen.args.findIndex((word) => word === uid) - 1]?.span ?? seen.command.span;
      if (uid)
        yield { at: { start, end: uid.span.end }, message: 'The logs of logins grow with the user id' };
    }
  },
});

/** The first releases with shadow 4.13, which has useradd leave logs alone that end before the entry. */
const leavesGaps = { debian: '12', ubuntu: '23.04', fedora: '38' };

/** The value of an option, which may be a variable of the file. */
function numberOf(model: Model, command: Command, { value, valueWord }: Option): string | undefined {
  if (value !== undefined) return value;
  const name = /\$\{?(\w+)\}?"?$/.exec(valueWord?.text ?? '')?.[1];
  return name === undefined ? undefined : valueFor(model, command, name);
}
