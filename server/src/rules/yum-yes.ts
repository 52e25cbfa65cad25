import { defineRule } from '../core/lint/rule';
import { unanswered } from '../core/analysis/packages/confirmations';
import { missingAnswer } from '../core/families/missing-answer';

/**
 * A build has no terminal, so the confirmation yum asks for is answered with “no” and the build stops.
 *
 * ```dockerfile bad
 * FROM centos:7
 * RUN yum «install» \
 *     # client for the health check
 *     curl && yum «remove» wget
 * ```
 * > yum asks for a confirmation here, gets none, and the build stops
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
 * An upgrade may find nothing to do, and asks if it does:
 * ```dockerfile bad
 * FROM centos:7
 * RUN yum «update»
 * ```
 * > yum asks for a confirmation if it finds anything to change, gets none, and the build stops
 * ```dockerfile fixed
 * FROM centos:7
 * RUN yum update -y
 * ```
 */
export default defineRule({
  id: 'yum-yes',
  summary: 'yum waits for a confirmation nobody can give',
  category: 'package',
  severity: 'warning',
  fix: 'safe',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3030'],

  *check({ model }) {
    for (const use of unanswered(model, ({ name }) => name === 'yum')) yield missingAnswer(use);
  },
});
