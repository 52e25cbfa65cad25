import { defineRule } from '../core/lint/rule';
import { unanswered } from '../core/analysis/packages/confirmations';
import { missingAnswer } from '../core/families/missing-answer';
import { hasFlag, hasWord, seenNamed, verbOf } from '../core/families/hadolint-commands';

/**
 * A build has no terminal, so nobody can confirm what dnf asks. dnf takes that as “no” and the build stops.
 *
 * ```dockerfile bad
 * FROM fedora:41
 * RUN dnf «install» \
 *     # client for the health check
 *     curl && dnf «remove» wget
 * ```
 * > dnf asks for confirmation, and the build stops without an answer
 * ```dockerfile fixed
 * FROM fedora:41
 * RUN dnf install -y \
 *     # client for the health check
 *     curl && dnf remove -y wget
 * ```
 * ```dockerfile good
 * FROM fedora:41
 * RUN dnf -y install curl && dnf install --assumeyes git
 * RUN yes | dnf install wget
 * ```
 * microdnf asks from release 9 on:
 * ```dockerfile bad
 * FROM almalinux:9-minimal
 * RUN microdnf «install» git
 * ```
 * > microdnf asks for confirmation, and the build hangs without an answer
 * ```dockerfile fixed
 * FROM almalinux:9-minimal
 * RUN microdnf install -y git
 * ```
 * ```dockerfile good
 * FROM registry.access.redhat.com/ubi8/ubi-minimal:8.10
 * RUN microdnf install git
 * FROM registry.access.redhat.com/ubi9/ubi-minimal:9.4
 * RUN microdnf install --nodocs -y git
 * ```
 * An upgrade only asks if it finds something to change:
 * ```dockerfile bad
 * FROM fedora:41
 * RUN dnf «upgrade»
 * ```
 * > dnf asks for confirmation if anything changes, and the build stops without an answer
 * ```dockerfile fixed
 * FROM fedora:41
 * RUN dnf upgrade -y
 * ```
 * To choose a module or a repository is a question, too:
 * ```dockerfile bad
 * FROM rockylinux:9
 * RUN dnf module «enable» nodejs:20 && dnf copr «enable» example/tools
 * ```
 * > dnf asks for confirmation, and the build stops without an answer
 * ```dockerfile fixed
 * FROM rockylinux:9
 * RUN dnf module enable -y nodejs:20 && dnf copr enable -y example/tools
 * ```
 */
export default defineRule({
  id: 'dnf-yes',
  summary: 'dnf asks for confirmation, and a build has no one to answer',
  category: 'package',
  severity: 'warning',
  fix: 'safe',
  effect: 'declared',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3038',
    'kics:missing_flag_from_dnf_install',
    'semgrep:missing-dnf-assume-yes-switch',
  ],
  explains: ['rpm-prompt'],
  strictAddsHadolint: true,
  mentions: ['dnf', 'microdnf', 'tdnf'],

  *check({ model }) {
    for (const use of unanswered(model, ({ name, family }) => family === 'rpm' && name !== 'yum'))
      yield missingAnswer(use);
  },

  *hadolint({ model }) {
    for (const seen of seenNamed(model, 'dnf', 'microdnf')) {
      const verb = ['install', 'groupinstall', 'localinstall'].find((one) => hasWord(seen, one));
      if (verb && !hasFlag(seen, '-y', '--assumeyes'))
        yield {
          at: verbOf(seen, verb),
          message: `${seen.name} asks for confirmation, at least in some versions`,
        };
    }
  },
});
