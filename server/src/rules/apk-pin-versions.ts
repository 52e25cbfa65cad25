import { defineRule, sharedOptions } from '../core/lint/rule';
import { pinsFromIndex } from '../core/families/pins-from-index';
import { unpinnedOfDistribution } from '../core/families/unpinned';
import { withoutVersion, wordsAfter } from '../core/families/hadolint-packages';

/**
 * Without a version, each build installs what the index has on that day, so two builds of one file differ. The rule is
 * off by default: Alpine keeps only the newest build of a package, and an exact version soon stops the build.
 * `curl=~8.14` accepts newer builds of that version.
 *
 * ```dockerfile bad
 * FROM alpine:3.22
 * RUN apk add --no-cache --virtual .deps -X https://example.com/main «curl» git=2.49.1-r0 jq \
 *     && apk add less~=668
 * ```
 * > curl and 1 more have no version, so each build installs the newest ones
 * ```dockerfile good
 * FROM alpine:3.22
 * RUN apk add 'curl=~8.14' "git>2.49" less~668 ./tool.apk /tmp/*.apk !busybox .late $MORE
 * ```
 */
export default defineRule({
  id: 'apk-pin-versions',
  summary: 'apk installs a package without a version',
  category: 'package',
  severity: 'info',
  enabled: false,
  profiles: ['strict', 'reproducible'],
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3018', 'kics:unpinned_package_version_in_apk_add'],
  mentions: ['apk'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    yield* unpinnedOfDistribution(model, profile, ({ manager }) => manager.name === 'apk');
  },

  *offers({ model, facts }) {
    yield* pinsFromIndex(model, facts, 'apk');
  },

  *hadolint({ model }) {
    const valued = /^(?:-t|--virtual|-X|--repository)$/;
    yield* withoutVersion(model, {
      program: 'apk',
      verbs: ['add'],
      wordsOf: (seen) => wordsAfter(seen, ['add'], valued),
      isPinned: (text) => /[=~<>]|\.apk$/.test(text),
    });
  },
});
