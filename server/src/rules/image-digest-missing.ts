import { isLocalImage } from '../core/analysis/images/local-images';
import { locateReference } from '../core/analysis/images/pins';
import type { ReferencePlace } from '../core/analysis/images/pins';
import { askFirst } from '../core/fixes/ask-first';
import type { Facts } from '../core/lint/facts';
import { defineRule, insertAfter } from '../core/lint/rule';
import type { Fix } from '../core/lint/rule';

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
 * is off:
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
        ...('at' in place && { fix: pin(place, facts) }),
      };
    }
  },

  /** Also for the syntax image and for bare words, which are not reported. */
  *offers({ model, facts }) {
    for (const use of model.images) {
      const { image } = use;
      if (image.digest) continue;
      const place = locateReference(model, use);
      if ('at' in place) yield { at: image.span, fix: pin(place, facts) };
      else {
        const question = { kind: 'digest', reference: image.text } as const;
        yield { at: image.span, question, reason: place.reason };
      }
    }
  },
});

function pin({ reference, at, name }: ReferencePlace, facts: Facts): Fix {
  const what = { title: `Pin ${name} to its digest`, reach: at };
  return askFirst(facts, { kind: 'digest', reference }, what, (digest) => [insertAfter(at, `@${digest}`)]);
}
