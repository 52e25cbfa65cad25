import { defineRule, sharedOptions } from '../core/lint/rule';
import { isSetBefore, aptSourcesOfOneDay } from '../core/analysis/packages/written-settings';
import { withoutVersion, wordsAfter } from '../core/families/hadolint-packages';
import { pinsFromIndex } from '../core/families/pins-from-index';
import { unpinnedOfDistribution } from '../core/families/unpinned';

/**
 * Without a version, each build installs what the archive has on that day, so two builds of one file differ. The rule is
 * off by default: Debian and Ubuntu delete a version as soon as the next one is there, and a build with the old one
 * fails. Package sources of one day, from `snapshot.debian.org` or `snapshot.ubuntu.com`, repeat a build without that
 * risk.
 *
 * ```dockerfile bad
 * FROM debian:12
 * ENV TOOLS="jq less=590-2"
 * RUN apt-get update && apt-get install -y -t bookworm-backports «curl» git=1:2.39.* wget && apt-get install «$TOOLS»
 * RUN apt install «$TOOLS»
 * ```
 * > curl and 1 more have no version, so each build installs the newest ones
 * > $TOOLS has no version, so each build installs the newest one
 * > $TOOLS has no version, so each build installs the newest one
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get install curl=7.88.1-10+deb12u5 git/bookworm-backports ./tool.deb /tmp/*.deb old- "jq=$JQ" $MORE
 * FROM debian:12
 * RUN echo 'deb https://snapshot.debian.org/archive/debian/20250101T000000Z bookworm main' > /etc/apt/sources.list
 * RUN apt-get update && apt-get install -y curl
 * ```
 *
 * The profile `strict` has it as a hint, and `reproducible` as it is:
 *
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * RUN apt-get update && apt-get install -y «curl»
 * ```
 * > curl has no version, so each build installs the newest one
 */
export default defineRule({
  id: 'apt-pin-versions',
  summary: 'apt-get installs a package without a version',
  category: 'package',
  severity: 'info',
  enabled: false,
  profiles: ['strict', 'reproducible'],
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3008', 'kics:apt_get_install_pin_version_not_defined'],
  mentions: ['apt', 'aptitude'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    yield* unpinnedOfDistribution(
      model,
      profile,
      ({ manager, command }) =>
        manager.family === 'apt' && !isSetBefore(model, aptSourcesOfOneDay, command.instruction),
    );
  },

  *offers({ model, facts }) {
    yield* pinsFromIndex(model, facts, 'apt');
  },

  *hadolint({ model }) {
    yield* withoutVersion(model, {
      program: 'apt-get',
      verbs: ['install'],
      wordsOf: (seen) => wordsAfter(seen, ['install'], /^(?:-t|--target-release)$/),
      isPinned: (text) => /[=/]|\.deb$/.test(text),
    });
  },
});
