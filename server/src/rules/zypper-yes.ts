import { defineRule } from '../core/lint/rule';
import { unanswered } from '../core/analysis/packages/confirmations';
import { missingAnswer } from '../core/families/missing-answer';

/**
 * A build has no terminal, so the confirmation zypper asks for is answered with “no” and the build stops.
 *
 * ```dockerfile bad
 * FROM opensuse/leap:15.6
 * RUN zypper «install» \
 *     # client for the health check
 *     curl && zypper «remove» wget
 * ```
 * > zypper asks for a confirmation here, gets none, and the build stops
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
 * An update may find nothing to do, and asks if it does:
 * ```dockerfile bad
 * FROM opensuse/leap:15.6
 * RUN zypper «update»
 * ```
 * > zypper asks for a confirmation if it finds anything to change, gets none, and the build stops
 * ```dockerfile fixed
 * FROM opensuse/leap:15.6
 * RUN zypper update -y
 * ```
 */
export default defineRule({
  id: 'zypper-yes',
  summary: 'zypper waits for a confirmation nobody can give',
  category: 'package',
  severity: 'warning',
  fix: 'safe',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3034'],

  *check({ model }) {
    for (const use of unanswered(model, ({ name }) => name === 'zypper')) yield missingAnswer(use);
  },
});
