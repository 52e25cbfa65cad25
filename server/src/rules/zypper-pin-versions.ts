import { defineRule, sharedOptions } from '../core/lint/rule';
import { givesOption } from '../core/analysis/packages/package-commands';
import { unpinnedOfDistribution } from '../core/families/unpinned';
import { withoutVersion } from '../core/families/hadolint-packages';

/**
 * Without a version, each build installs what the repository has on that day, so two builds of one file differ. The rule is
 * off by default: many repositories delete a version as soon as the next one is there, and a build with the old one fails.
 *
 * ```dockerfile bad
 * FROM opensuse/leap:15.6
 * RUN zypper -n install «curl» git=2.43.0 pattern:basis && zypper in -y «jq»
 * ```
 * > curl has no version, so each build installs the newest one
 * > jq has no version, so each build installs the newest one
 * ```dockerfile good
 * FROM opensuse/leap:15.6
 * RUN zypper -n in 'curl>=8.6' git\<3 tool.rpm && zypper -n install -t pattern devel_basis
 * ```
 */
export default defineRule({
  id: 'zypper-pin-versions',
  summary: 'zypper installs a package without a version',
  category: 'package',
  severity: 'info',
  enabled: false,
  profiles: ['strict', 'reproducible'],
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3037', 'kics:zypper_install_without_version'],
  mentions: ['zypper'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    yield* unpinnedOfDistribution(
      model,
      profile,
      (use) => use.manager.name === 'zypper' && !givesOption(use, '-t', '--type'),
    );
  },

  *hadolint({ model }) {
    yield* withoutVersion(model, {
      program: 'zypper',
      verbs: ['install', 'in'],
      isPinned: (text) => /[=<>]|\.rpm$/.test(text),
    });
  },
});
