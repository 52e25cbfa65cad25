import { defineRule, sharedOptions } from '../core/lint/rule';
import { metadataLeft } from '../core/families/metadata-left';

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
 * hadolint knows dnf and microdnf:
 * ```dockerfile good options="profile: hadolint"
 * FROM fedora:42
 * RUN tdnf install -y curl
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
  alsoKnownAs: ['hadolint:DL3040', 'trivy:DS-0019', 'trivy:DS-0027'],
  options: { packageCache: sharedOptions.packageCache, profile: sharedOptions.profile },

  *check({ model, options: { packageCache, profile } }) {
    if (packageCache === 'mount') return;
    const asHadolint = profile === 'hadolint';
    yield* metadataLeft(
      model,
      ({ name, family }) =>
        asHadolint ? name === 'dnf' || name === 'microdnf' : family === 'rpm' && name !== 'yum',
      asHadolint,
    );
  },
});
