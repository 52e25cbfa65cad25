import { defineRule, sharedOptions } from '../core/lint/rule';
import { metadataLeft } from '../core/families/metadata-left';
import { hasWord, mountsOver, seenIn, verbOf } from '../core/families/hadolint-commands';
import type { SeenCommand } from '../core/families/hadolint-commands';

/**
 * dnf, microdnf and tdnf keep the metadata of all repositories, often more than 100 MB, and only installations need it.
 * Deleting it in a later `RUN` saves nothing, because it stays in the earlier layer. Delete it in the same `RUN`.
 *
 * ```dockerfile bad
 * FROM fedora:42
 * RUN dnf «install» -y curl && dnf install -y git
 * RUN microdnf «upgrade» && microdnf remove -y less
 * RUN tdnf «install» -y jq \
 *     && make
 * RUN dnf5 «install» -y less
 * ```
 * > dnf leaves its package metadata in the layer
 * > microdnf leaves its package metadata in the layer
 * > tdnf leaves its package metadata in the layer
 * > dnf5 leaves its package metadata in the layer
 * ```dockerfile fixed
 * FROM fedora:42
 * RUN dnf install -y curl && dnf install -y git && dnf clean all
 * RUN microdnf upgrade && microdnf remove -y less && microdnf clean all
 * RUN tdnf install -y jq \
 *     && make \
 *     && tdnf clean all
 * RUN dnf5 install -y less && dnf5 clean all
 * ```
 * The rule accepts a removal of the folder, a cache mount, and stages that do not reach the image:
 * ```dockerfile good
 * FROM fedora:42 AS build
 * RUN dnf install -y gcc
 * FROM fedora:42
 * RUN dnf install -y curl && rm -rf /var/cache/libdnf5 && dnf -C install -y x
 * RUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y git
 * RUN microdnf install -y jq && rm -rf /var/cache/yum
 * RUN dnf install -y less && dnf clean $WHAT
 * COPY --from=build /bin/true /bin/true
 * ```
 * ```dockerfile good options="packageCache: mount"
 * FROM fedora:42
 * RUN dnf install -y curl
 * ```
 */
export default defineRule({
  id: 'dnf-cleanup',
  summary: 'dnf leaves its package metadata in the layer',
  category: 'package',
  severity: 'warning',
  fix: 'safe',
  effect: 'declared',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3040',
    'trivy:DS-0019',
    'trivy:DS-0027',
    'kics:missing_dnf_clean_all',
    'semgrep:missing-dnf-clean-all',
  ],
  strictAddsHadolint: true,
  mentions: ['dnf', 'microdnf', 'tdnf'],
  options: { packageCache: sharedOptions.packageCache },

  *check({ model, facts, options: { packageCache } }) {
    if (packageCache === 'mount') return;
    yield* metadataLeft(model, ({ name, family }) => family === 'rpm' && name !== 'yum', false, facts);
  },

  *hadolint({ model }) {
    for (const run of model.instructionsOf('RUN')) {
      if (mountsOver(run, '/var/cache/libdnf5') || mountsOver(run, '.cache/libdnf5')) continue;
      const commands = seenIn(model, run);
      for (const tool of ['dnf', 'microdnf']) {
        const first = commands.findIndex((seen) => seen.name === tool && hasWord(seen, ...fetching));
        const install = commands[first];
        const isCleaned = (seen: SeenCommand): boolean =>
          (seen.name === tool && hasWord(seen, 'clean')) || (seen.name === 'rm' && hasWord(seen, '-rf'));
        if (install && !commands.slice(first).some(isCleaned))
          yield { at: verbOf(install), message: `${tool} leaves its package metadata in the layer` };
      }
    }
  },
});

/** The verbs after which hadolint wants the cache emptied. */
const fetching = ['install', 'in', 'upgrade', 'up', 'upgrade-minimal', 'up-min', 'reinstall', 'rei'];
