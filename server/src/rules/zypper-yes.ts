import { defineRule } from '../core/lint/rule';
import { unanswered } from '../core/analysis/packages/confirmations';
import { missingAnswer } from '../core/families/missing-answer';
import { hasFlag, hasWord, seenNamed, verbOf } from '../core/families/hadolint-commands';

/**
 * A build has no terminal, so nobody can confirm what zypper asks. zypper takes that as “no” and the build stops.
 *
 * ```dockerfile bad
 * FROM opensuse/leap:15.6
 * RUN zypper «install» \
 *     # client for the health check
 *     curl && zypper «remove» wget
 * ```
 * > zypper asks for confirmation, and the build stops without an answer
 * ```dockerfile fixed
 * FROM opensuse/leap:15.6
 * RUN zypper install -y \
 *     # client for the health check
 *     curl && zypper remove -y wget
 * ```
 * ```dockerfile good
 * FROM opensuse/leap:15.6
 * RUN zypper -n install curl && zypper --non-interactive in git
 * RUN zypper install --no-confirm wget && zypper refresh
 * ```
 * An update only asks if it finds something to change:
 * ```dockerfile bad
 * FROM opensuse/leap:15.6
 * RUN zypper «update»
 * ```
 * > zypper asks for confirmation if anything changes, and the build stops without an answer
 * ```dockerfile fixed
 * FROM opensuse/leap:15.6
 * RUN zypper update -y
 * ```
 */
export default defineRule({
  id: 'zypper-yes',
  summary: 'zypper asks for confirmation, and a build has no one to answer',
  category: 'package',
  severity: 'warning',
  fix: 'safe',
  effect: 'declared',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3034', 'kics:missing_zypper_non_interactive_switch'],
  explains: ['rpm-prompt'],
  mentions: ['zypper'],

  *check({ model }) {
    for (const use of unanswered(model, ({ name }) => name === 'zypper')) yield missingAnswer(use);
  },

  *hadolint({ model }) {
    for (const seen of seenNamed(model, 'zypper')) {
      const asks = hasWord(seen, 'install', 'in', 'remove', 'rm', 'source-install', 'si', 'patch');
      if (asks && !hasFlag(seen, '-n', '--non-interactive', '-y', '--no-confirm'))
        yield { at: verbOf(seen), message: 'zypper asks for confirmation' };
    }
  },
});
