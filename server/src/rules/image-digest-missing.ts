import { isLocalImage } from '../core/analysis/images/local-images';
import { locateReference } from '../core/analysis/images/pins';
import { pinDigest } from '../core/fixes/pin-digest';
import { defineRule } from '../core/lint/rule';
import { offerDigests } from './image-digest-missing.parts';

/**
 * A tag can move to another image, a digest cannot. Only with a digest does every build start from the same bytes.
 * That has a price: something has to update the digest when the base image gets fixes. So the rule is off by default.
 *
 * ```dockerfile bad
 * FROM «golang:1.23» AS build
 * FROM «gcr.io/distroless/static-debian12:nonroot»
 * COPY --from=build /app /app
 * COPY --from=«ghcr.io/astral-sh/uv:0.5» /uv /bin/
 * RUN --mount=type=bind,from=«busybox:1.36»,target=/b ["/b/bin/true"]
 * ```
 * > golang:1.23 has no digest, so it can be a different image in every build
 * > gcr.io/distroless/static-debian12:nonroot has no digest, so it can be a different image in every build
 * > ghcr.io/astral-sh/uv:0.5 has no digest, so it can be a different image in every build
 * > busybox:1.36 has no digest, so it can be a different image in every build
 * In the editor, “Pin golang to its digest” asks the registry and keeps the tag. It is also available while the rule
 * is off, and so is “Update the digest of golang:1.23” where a digest is already written:
 * ```dockerfile bad answers="digest golang:1.23 = sha256:e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2"
 * ARG BASE="golang:1.23"
 * FROM «${BASE}» AS build
 * FROM scratch
 * COPY --from=build /app /app
 * ```
 * > ${BASE} has no digest, so it can be a different image in every build
 * ```dockerfile fixed
 * ARG BASE="golang:1.23@sha256:e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2"
 * FROM ${BASE} AS build
 * FROM scratch
 * COPY --from=build /app /app
 * ```
 * A registry in front may vary, because the contents behind a digest are the same in each:
 * ```dockerfile bad answers="digest ghcr.io/team/app:1.0 = sha256:e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2"
 * ARG REGISTRY=ghcr.io
 * FROM «${REGISTRY}/team/app:1.0»
 * ```
 * > ${REGISTRY}/team/app:1.0 has no digest, so it can be a different image in every build
 * ```dockerfile fixed
 * ARG REGISTRY=ghcr.io
 * FROM ${REGISTRY}/team/app:1.0@sha256:e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2
 * ```
 * A digest behind a tag that varies would stay the same when the tag changes, so none is offered:
 * ```dockerfile bad
 * ARG V=1.0
 * FROM «ghcr.io/team/app:${V}-alpine»
 * ```
 * > ghcr.io/team/app:${V}-alpine has no digest, so it can be a different image in every build
 * ```dockerfile good
 * ARG IMAGE
 * FROM golang:1.23@sha256:e8a1a5c2f2a5b9c2c5e8a1a5c2f2a5b9c2c5e8a1a5c2f2a5b9c2c5e8a1a5c2f2 AS build
 * FROM scratch
 * COPY --from=build /app /app
 * FROM ${IMAGE}
 * ```
 * The builder reports a missing stage itself:
 * ```dockerfile good
 * FROM golang:1.23@sha256:0000000000000000000000000000000000000000000000000000000000000000
 * COPY --from=builder /app /app
 * ```
 * An image that the repository builds itself, or that only this machine has, has no digest in a registry:
 * ```dockerfile good built="docker.io/acme/app:1.0"
 * FROM acme/tools:local
 * FROM acme/app:1.0
 * FROM acme/app@sha256:0000000000000000000000000000000000000000000000000000000000000000
 * ```
 */
export default defineRule({
  id: 'image-digest-missing',
  summary: 'An image has no digest',
  category: 'image',
  severity: 'info',
  enabled: false,
  profiles: ['strict', 'reproducible'],
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['semgrep:dockerfile-source-not-pinned'],

  *check({ model, facts }) {
    for (const use of model.images) {
      const { image, via, resolved } = use;
      if (via === 'syntax' || resolved === undefined || resolved.includes('@')) continue;
      // A bare word here may be a named build context.
      if (via !== 'from' && !/[/:]/.test(resolved)) continue;
      if (isLocalImage(resolved, facts.builtImages)) continue;
      const place = locateReference(model, use);
      yield {
        at: image.span,
        message: `${image.text} has no digest, so it can be a different image in every build`,
        ...('at' in place && { fix: pinDigest(place, facts) }),
      };
    }
  },

  *offers({ model, facts }) {
    for (const use of model.images) yield* offerDigests(model, use, facts);
  },
});
