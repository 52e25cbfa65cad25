import { defineRule } from '../core/lint/rule';
import { unanswered } from '../core/analysis/packages/confirmations';
import { missingAnswer } from '../core/families/missing-answer';
import { hasFlag, hasWord, seenNamed, verbOf } from '../core/families/hadolint-commands';

/**
 * A build has no terminal, so nobody can confirm what yum asks. yum takes that as “no” and the build stops.
 *
 * ```dockerfile bad
 * FROM centos:7
 * RUN yum «install» \
 *     # client for the health check
 *     curl && yum «remove» wget
 * ```
 * > yum asks for confirmation, and the build stops without an answer
 * ```dockerfile fixed
 * FROM centos:7
 * RUN yum install -y \
 *     # client for the health check
 *     curl && yum remove -y wget
 * ```
 * ```dockerfile good
 * FROM centos:7
 * RUN yum -y install curl && yum install --assumeyes git
 * RUN echo "assumeyes=1" >> /etc/yum.conf
 * RUN yum install wget
 * ```
 * An upgrade only asks if it finds something to change:
 * ```dockerfile bad
 * FROM centos:7
 * RUN yum «update»
 * ```
 * > yum asks for confirmation if anything changes, and the build stops without an answer
 * ```dockerfile fixed
 * FROM centos:7
 * RUN yum update -y
 * ```
 */
export default defineRule({
  id: 'yum-yes',
  summary: 'yum asks for confirmation, and a build has no one to answer',
  category: 'package',
  severity: 'warning',
  fix: 'safe',
  effect: 'declared',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3030',
    'kics:yum_install_allows_manual_input',
    'semgrep:missing-yum-assume-yes-switch',
  ],
  explains: ['rpm-prompt'],
  mentions: ['yum'],

  *check({ model }) {
    for (const use of unanswered(model, ({ name }) => name === 'yum')) yield missingAnswer(use);
  },

  *hadolint({ model }) {
    for (const seen of seenNamed(model, 'yum')) {
      const asks = hasWord(seen, 'install', 'groupinstall', 'localinstall');
      if (asks && !hasFlag(seen, '-y', '--assumeyes'))
        yield { at: verbOf(seen), message: 'yum asks for confirmation' };
    }
  },
});
