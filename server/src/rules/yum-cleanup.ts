import { defineRule, sharedOptions } from '../core/lint/rule';
import { metadataLeft } from '../core/families/metadata-left';
import { hasWord } from '../core/families/hadolint-commands';
import { withoutCleaning } from '../core/families/hadolint-packages';

/**
 * yum keeps the metadata of all repositories, often more than 100 MB, and only installations need it. Deleting it in a
 * later `RUN` saves nothing, because it stays in the earlier layer. Delete it in the same `RUN`.
 *
 * ```dockerfile bad
 * FROM centos:7
 * RUN yum clean all && yum «install» -y \
 *       # for the health check
 *       curl
 * RUN yum -y «update»; yum clean packages
 * ```
 * > yum leaves its package metadata in the layer
 * ```dockerfile fixed
 * FROM centos:7
 * RUN yum clean all && yum install -y \
 *       # for the health check
 *       curl \
 *     && yum clean all
 * RUN yum -y update; yum clean packages && yum clean all
 * ```
 * Since release 8 of RHEL, yum is a name of dnf, and its cache is in `/var/cache/dnf`:
 * ```dockerfile bad
 * FROM rockylinux:9
 * RUN yum «install» -y git && rm -rf /var/cache/yum
 * RUN yum install -y jq && rm -rf /var/cache/dnf
 * ```
 * > yum leaves its package metadata in the layer
 * ```dockerfile fixed
 * FROM rockylinux:9
 * RUN yum install -y git && rm -rf /var/cache/yum && yum clean all
 * RUN yum install -y jq && rm -rf /var/cache/dnf
 * ```
 * The rule accepts a removal of the folder, a cache mount, metadata that the next step installs with, and stages that do
 * not reach the image:
 * ```dockerfile good
 * FROM centos:7 AS build
 * RUN yum install -y gcc
 * FROM centos:7
 * RUN yum install -y curl && rm -rf /var/cache/yum/*
 * RUN --mount=type=cache,target=/var/cache/yum yum install -y git
 * RUN yum --installroot /rootfs install -y bash
 * RUN yum makecache
 * COPY --from=build /bin/true /bin/true
 * ```
 * ```dockerfile good options="packageCache: mount"
 * FROM centos:7
 * RUN yum install -y curl
 * ```
 * For hadolint, every stage counts:
 * ```dockerfile bad options="profile: hadolint"
 * FROM centos:7 AS build
 * RUN yum «install» -y gcc
 * FROM centos:7
 * RUN yum install -y make && rm -rf /var/cache/yum
 * ```
 * > yum leaves its package metadata in the layer
 * ```dockerfile fixed
 * FROM centos:7 AS build
 * RUN yum install -y gcc && yum clean all
 * FROM centos:7
 * RUN yum install -y make && rm -rf /var/cache/yum
 * ```
 */
export default defineRule({
  id: 'yum-cleanup',
  summary: 'yum leaves its package metadata in the layer',
  category: 'package',
  severity: 'warning',
  fix: 'safe',
  effect: 'declared',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3032', 'trivy:DS-0015', 'kics:yum_clean_all_missing'],
  strictAddsHadolint: true,
  mentions: ['yum'],
  options: { packageCache: sharedOptions.packageCache, profile: sharedOptions.profile },

  *check({ model, facts, options: { packageCache, profile } }) {
    if (packageCache === 'mount') return;
    yield* metadataLeft(model, ({ name }) => name === 'yum', profile === 'hadolint', facts);
  },

  *hadolint({ model }) {
    yield* withoutCleaning(
      model,
      (seen) => seen.name === 'yum' && hasWord(seen, 'install'),
      (seen) =>
        (seen.name === 'yum' && hasWord(seen, 'clean')) || (seen.name === 'rm' && hasWord(seen, '-rf')),
    );
  },
});
