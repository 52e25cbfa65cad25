import { defineRule, sharedOptions } from '../core/lint/rule';
import { metadataLeft } from '../core/families/metadata-left';
import { hasWord, mountsOver } from '../core/families/hadolint-commands';
import { withoutCleaning } from '../core/families/hadolint-packages';

/**
 * zypper keeps the metadata of all repositories, and only installations need it. Deleting it in a later `RUN` saves
 * nothing, because it stays in the earlier layer. Delete it in the same `RUN`. Without `--all`, `zypper clean` keeps it.
 *
 * ```dockerfile bad
 * FROM opensuse/leap:15.6
 * RUN zypper clean -a && zypper -n «in» curl
 * RUN zypper -n «install» git \
 *     && zypper clean
 * ```
 * > zypper leaves its package metadata in the layer
 * ```dockerfile fixed
 * FROM opensuse/leap:15.6
 * RUN zypper clean -a && zypper -n in curl && zypper clean --all
 * RUN zypper -n install git \
 *     && zypper clean --all
 * ```
 * ```dockerfile good
 * FROM opensuse/leap:15.6
 * RUN zypper -n install curl && zypper cc -a
 * RUN zypper -n install git && zypper clean -mM && rm -rf /tmp/x
 * RUN zypper -n install jq && rm -rf /var/cache/zypp/*
 * RUN --mount=type=cache,target=/var/cache/zypp zypper -n install less
 * RUN zypper refresh
 * ```
 * ```dockerfile good options="packageCache: mount"
 * FROM opensuse/leap:15.6
 * RUN zypper -n install curl
 * ```
 */
export default defineRule({
  id: 'zypper-cleanup',
  summary: 'zypper leaves its package metadata in the layer',
  category: 'package',
  severity: 'warning',
  fix: 'safe',
  effect: 'declared',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3036',
    'trivy:DS-0020',
    'kics:missing_zypper_clean',
    'semgrep:missing-zypper-clean',
  ],
  mentions: ['zypper'],
  options: { packageCache: sharedOptions.packageCache, profile: sharedOptions.profile },

  *check({ model, facts, options: { packageCache, profile } }) {
    if (packageCache === 'mount') return;
    yield* metadataLeft(model, ({ name }) => name === 'zypper', profile === 'hadolint', facts);
  },

  *hadolint({ model }) {
    yield* withoutCleaning(
      model,
      (seen) =>
        seen.name === 'zypper' &&
        hasWord(seen, 'install', 'in') &&
        !mountsOver(seen.command.instruction, '/var/cache/zypp'),
      (seen) => seen.name === 'zypper' && hasWord(seen, 'clean', 'cc'),
    );
  },
});
