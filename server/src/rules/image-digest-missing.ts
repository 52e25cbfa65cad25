import { defineRule } from '../core/lint/rule';

/**
 * A tag can be moved, a digest cannot: only with the digest does every build start from the same bytes. This
 * is a choice with a price, since something has to move the digest when the base image is mended; so the rule
 * is off until it is asked for.
 *
 * ```dockerfile bad
 * FROM «golang:1.23» AS build
 * FROM «gcr.io/distroless/static-debian12:nonroot»
 * COPY --from=build /app /app
 * COPY --from=«ghcr.io/astral-sh/uv:0.5» /uv /bin/
 * RUN --mount=type=bind,from=«busybox:1.36»,target=/b ["/b/bin/true"]
 * ```
 * > golang:1.23 can be moved to other content under the same name
 * > gcr.io/distroless/static-debian12:nonroot can be moved to other content under the same name
 * > ghcr.io/astral-sh/uv:0.5 can be moved to other content under the same name
 * > busybox:1.36 can be moved to other content under the same name
 * In the editor, “Pin golang to its digest” asks the registry and keeps the tag: `golang:1.23@sha256:…`.
 * ```dockerfile good
 * ARG IMAGE
 * FROM golang:1.23@sha256:e8a1a5c2f2a5b9c2c5e8a1a5c2f2a5b9c2c5e8a1a5c2f2a5b9c2c5e8a1a5c2f2 AS build
 * FROM scratch
 * COPY --from=build /app /app
 * FROM ${IMAGE}
 * ```
 * A stage that is not there is the matter of the builder:
 * ```dockerfile good
 * FROM golang:1.23@sha256:0000000000000000000000000000000000000000000000000000000000000000
 * COPY --from=builder /app /app
 * ```
 */
export default defineRule({
  id: 'image-digest-missing',
  summary: 'An image is not pinned to a digest',
  category: 'image',
  severity: 'info',
  enabled: false,
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['semgrep:dockerfile-source-not-pinned'],

  *check({ model }) {
    for (const { image, via, resolved } of model.images) {
      if (via === 'syntax' || resolved === undefined || resolved.includes('@')) continue;
      // A bare word here may be a context that the build is given by that name.
      if (via !== 'from' && !/[/:]/.test(resolved)) continue;
      yield { at: image.span, message: `${image.text} can be moved to other content under the same name` };
    }
  },
});
