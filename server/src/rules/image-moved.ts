import { defineRule, replace, sharedOptions } from '../core/lint/rule';
import type { Fix, Model } from '../core/lint/rule';
import { stopsBuild } from '../core/analysis/commands/failing-step';
import { isLocalImage } from '../core/analysis/images/local-images';
import { locateReference } from '../core/analysis/images/pins';
import { imageName } from '../core/knowledge/images/images';
import { movedImages } from '../core/knowledge/network/gone';
import type { MovedImage } from '../core/knowledge/network/gone';
import type { ImageUse } from '../core/model/model';
import { groupedBy } from '../core/text/groups';

/**
 * The image, or this tag of it, has been deleted or has moved to another name, and the build cannot pull it.
 *
 * ```dockerfile bad
 * ARG JDK=java:8-jre
 * FROM «$JDK» AS run
 * FROM «bitnami/redis:7.0.5» AS cache
 * FROM «microsoft/dotnet:2.1-sdk-alpine»
 * COPY --from=«jenkins:latest» /usr/share/jenkins /jenkins
 * COPY --from=run / /run
 * COPY --from=cache / /cache
 * ```
 * > java moved to eclipse-temurin in 2022, so the build cannot pull it
 * > bitnami/redis:7.0.5 moved to bitnamilegacy in September 2025, so the build cannot pull it
 * > microsoft/dotnet:2.1-sdk-alpine moved to mcr.microsoft.com/dotnet/core/sdk in July 2021, so the build cannot pull it
 * > jenkins:latest moved to jenkins/jenkins in January 2021, so the build cannot pull it
 * ```dockerfile fixed
 * ARG JDK=eclipse-temurin:8-jre
 * FROM $JDK AS run
 * FROM bitnamilegacy/redis:7.0.5 AS cache
 * FROM mcr.microsoft.com/dotnet/core/sdk:2.1-alpine
 * COPY --from=jenkins/jenkins:lts /usr/share/jenkins /jenkins
 * COPY --from=run / /run
 * COPY --from=cache / /cache
 * ```
 * Nothing takes the place of some images, and others do not have all tags:
 * ```dockerfile bad
 * FROM «nvidia/cuda:10.2-base»
 * COPY --from=«java:7» / /java
 * COPY --from=«consul:latest» /bin/consul /bin/
 * ```
 * > nvidia/cuda:10.2-base has been gone since July 2023, so the build cannot pull it
 * > java moved to eclipse-temurin in 2022, so the build cannot pull it
 * > consul:latest has been gone since June 2023, so the build cannot pull it
 * A variable may give the tag, but then the new place must have all tags. A stage that no other needs is a hint:
 * ```dockerfile bad severity="hint" uncovers="stage-unused"
 * ARG CACHE=bitnami/redis:7.0.5
 * FROM «$CACHE»
 * FROM «docker.pkg.github.com/a/b/c:$TAG»
 * FROM «java:${TAG}-jre»
 * FROM debian:12
 * ```
 * > bitnami/redis:7.0.5 moved to bitnamilegacy in September 2025, so the build cannot pull it
 * > docker.pkg.github.com/a/b/c moved to ghcr.io in 2022, so the build may fail to pull it
 * > java moved to eclipse-temurin in 2022, so the build cannot pull it
 * ```dockerfile fixed
 * ARG CACHE=bitnamilegacy/redis:7.0.5
 * FROM $CACHE
 * FROM ghcr.io/a/b/c:$TAG
 * FROM java:${TAG}-jre
 * FROM debian:12
 * ```
 * Where nobody has been seen to fail, it is a warning:
 * ```dockerfile bad severity="warning"
 * FROM «k8s.gcr.io/pause:3.6»
 * COPY --from=«microsoft/iis» / /iis
 * COPY --from=«gcr.io/google_containers/fluentd» / /fluentd
 * ```
 * > k8s.gcr.io/pause moved to registry.k8s.io in April 2023, so the build may fail to pull it
 * > microsoft/iis has been gone since July 2021, so the build may fail to pull it
 * > gcr.io/google_containers/fluentd:latest has been gone since April 2025, so the build may fail to pull it
 * ```dockerfile fixed
 * FROM registry.k8s.io/pause:3.6
 * COPY --from=microsoft/iis / /iis
 * COPY --from=gcr.io/google_containers/fluentd / /fluentd
 * ```
 * A digest alone names an image that may still be there, and so do other tags and the same name elsewhere:
 * ```dockerfile good built="vault"
 * FROM java@sha256:e8a1a5c2f2a5b9c2c5e8a1a5c2f2a5b9c2c5e8a1a5c2f2a5b9c2c5e8a1a5c2f2
 * FROM nvidia/cuda:9.0-cudnn7-devel@sha256:e8a1a5c2f2a5b9c2c5e8a1a5c2f2a5b9c2c5e8a1a5c2f2a5b9c2c5e8a1a5c2f2
 * FROM bitnami/minideb:bookworm
 * FROM bitnami/redis
 * FROM vault
 * FROM consul:1.15
 * FROM registry.example.com/bitnami/redis:7.0.5
 * FROM $IMAGE
 * ```
 * ```dockerfile good options="archives: own"
 * FROM java:8
 * ```
 * ```dockerfile bad severity="warning"
 * FROM «resin/rpi-raspbian:stretch»
 * ```
 * > resin/rpi-raspbian moved to balenalib in 2019, so the build may fail to pull it
 * ```dockerfile fixed
 * FROM balenalib/rpi-raspbian:stretch
 * ```
 */
export default defineRule({
  id: 'image-moved',
  summary: 'An image has moved or is gone',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  explains: ['image-missing', 'image-format-old', 'registry-login'],
  options: { archives: sharedOptions.archives },

  *check({ model, facts, options }) {
    if (options.archives === 'own') return;
    for (const use of model.images) {
      const { image, instruction } = use;
      const known = use.resolved ?? `${image.name.text}:${unknownTag}`;
      if (!instruction || isLocalImage(known, facts.builtImages)) continue;
      const { name, tag } = imageName(known);
      const row = tag === undefined ? undefined : findMoved(name, tag);
      if (!row || tag === undefined) continue;
      // The builder pulls by the digest, and the repository is still there.
      if (row.tags && known.includes('@')) continue;
      const what = row.tags ? `${name}:${tag}` : name;
      const change =
        row.to === undefined
          ? `has been gone since ${row.since}`
          : `moved to ${row.to.replace(/\/$/, '')} in ${row.since}`;
      const wasSeen = row.evidence.startsWith('seen');
      const isUsed = stopsBuild(model, instruction, undefined);
      yield {
        at: image.span,
        message: `${what} ${change}, so the build ${wasSeen ? 'cannot' : 'may fail to'} pull it`,
        severity: !isUsed ? 'hint' : wasSeen ? 'error' : 'warning',
        fix: fixOf(model, use, row, { name, tag }),
        // Its tag and digest do not matter while nobody can pull it, nor where nobody can change what it names.
        hides: wasSeen || row.to === undefined ? [image.span] : [],
      };
    }
  },
});

/** In place of a tag that is not known. */
const unknownTag = '$';

/** By their first word, which is a host or a name: `quay.io` of `quay.io/coreos/etcd`. */
const byFirstWord = groupedBy(movedImages, ({ name }) => firstWord(name));

function firstWord(name: string): string {
  return name.split('/', 1)[0] ?? '';
}

function findMoved(name: string, tag: string): MovedImage | undefined {
  return byFirstWord
    .get(firstWord(name))
    ?.find(
      (row) =>
        (row.name.endsWith('/') ? name.startsWith(row.name) : name === row.name) &&
        !row.except?.includes(name) &&
        (row.tags === undefined || (tag !== unknownTag && row.tags.test(tag))),
    );
}

function fixOf(
  model: Model,
  use: ImageUse,
  { name: row, to, renames }: MovedImage,
  { name, tag }: { readonly name: string; readonly tag: string },
): Fix | undefined {
  if (to === undefined) return undefined;
  const moved = row.endsWith('/') ? to + name.slice(row.length) : to;
  const { image } = use;
  if (!renames && !image.name.text.includes('$'))
    return { title: `Use ${moved}`, edits: [replace(image.name.span, moved)] };
  const rename = renames?.find(([pattern]) => pattern.test(tag));
  const place = locateReference(model, use);
  // Quotes or escapes may stand inside the default of an ARG.
  if ((renames && !rename) || 'reason' in place || model.document.slice(place.at) !== place.reference)
    return undefined;
  const text = `${moved}:${rename ? tag.replace(rename[0], rename[1]) : tag}`;
  return { title: `Use ${text}`, edits: [replace(place.at, text)] };
}
