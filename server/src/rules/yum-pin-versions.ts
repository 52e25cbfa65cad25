import { defineRule, sharedOptions } from '../core/lint/rule';
import { unpinnedOfDistribution } from '../core/families/unpinned';
import { hasWord } from '../core/families/hadolint-commands';
import { isPinnedRpm, withoutVersion } from '../core/families/hadolint-packages';

/**
 * Without a version, each build installs what the repository has on that day, so two builds of one file differ. The rule is
 * off by default: many repositories delete a version as soon as the next one is there, and a build with the old one fails.
 *
 * ```dockerfile bad
 * FROM centos:7
 * RUN yum install -y «rpm-sign» gcc-c++-4.8.5 openssl-1:1.0.2k && yum module install -y nodejs:18 «php»
 * ```
 * > rpm-sign has no version, so each build installs the newest one
 * > php has no version, so each build installs the newest one
 * ```dockerfile good
 * FROM centos:7
 * ARG VERSION
 * RUN yum install -y curl-7.29.0-59.el7 git-$VERSION ./tool.rpm https://example.com/release.rpm @core \
 *     && yum groupinstall -y "Development Tools" && yum install -y /usr/bin/dig $MORE
 * ```
 */
export default defineRule({
  id: 'yum-pin-versions',
  summary: 'yum installs a package without a version',
  category: 'package',
  severity: 'info',
  enabled: false,
  profiles: ['strict', 'reproducible'],
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3033', 'kics:yum_install_without_version'],
  mentions: ['yum'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    yield* unpinnedOfDistribution(model, profile, ({ manager }) => manager.name === 'yum');
  },

  *hadolint({ model }) {
    yield* withoutVersion(model, {
      program: 'yum',
      verbs: ['install', 'module'],
      isPinned: (text, seen) => !hasWord(seen, 'install') || isPinnedRpm(model, text, seen),
    });
  },
});
