import { defineRule, sharedOptions } from '../core/lint/rule';
import { pinsFromIndex } from '../core/families/pins-from-index';
import { unpinnedOfDistribution } from '../core/families/unpinned';
import { hasWord, textOf, seenNamed } from '../core/families/hadolint-commands';
import { isPinnedRpm, wordsAfter } from '../core/families/hadolint-packages';

/**
 * Without a version, each build installs what the repository has on that day, so two builds of one file differ. The rule is
 * off by default: many repositories delete a version as soon as the next one is there, and a build with the old one fails.
 *
 * ```dockerfile bad
 * FROM fedora:42
 * RUN dnf install -y «curl» git-2.49.0-1.fc42 && microdnf install -y «jq» \
 *     && dnf5 in -y «less» && dnf module install -y «nodejs»
 * ```
 * > curl has no version, so each build installs the newest one
 * > jq has no version, so each build installs the newest one
 * > less has no version, so each build installs the newest one
 * > nodejs has no version, so each build installs the newest one
 * ```dockerfile good
 * FROM fedora:42
 * RUN dnf install -y curl-8.11.1 'glibc >= 2.41' tool.rpm && dnf group install -y "Development Tools" \
 *     && dnf module install -y nodejs:22
 * ```
 */
export default defineRule({
  id: 'dnf-pin-versions',
  summary: 'dnf installs a package without a version',
  category: 'package',
  severity: 'info',
  enabled: false,
  profiles: ['strict', 'reproducible'],
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3041', 'kics:missing_version_specification_in_dnf_install'],
  mentions: ['dnf', 'microdnf', 'tdnf'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    yield* unpinnedOfDistribution(
      model,
      profile,
      ({ manager: { name, family } }) => family === 'rpm' && name !== 'yum',
    );
  },

  *offers({ model, facts }) {
    yield* pinsFromIndex(model, facts, 'dnf');
  },

  *hadolint({ model }) {
    for (const seen of seenNamed(model, 'dnf', 'microdnf')) {
      if (!hasWord(seen, 'install') || hasWord(seen, 'group')) continue;
      const word = wordsAfter(seen, ['install', 'module']).find(
        (one) => !isPinnedRpm(model, textOf(one), seen),
      );
      if (word) yield { at: word.span, message: `${textOf(word)} has no version` };
    }
  },
});
