import { locateReference } from '../core/analysis/images/pins';
import type { ReferencePlace } from '../core/analysis/images/pins';
import { askFirst } from '../core/fixes/ask-first';
import type { Facts } from '../core/lint/facts';
import { defineRule, insertAfter } from '../core/lint/rule';
import type { Fix } from '../core/lint/rule';

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
 * In the editor, “Pin golang to its digest” asks the registry and keeps the tag. It is offered also where this rule is off:
 * ```dockerfile bad answers="digest golang:1.23 = sha256:e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2"
 * ARG BASE="golang:1.23"
 * FROM «${BASE}» AS build
 * FROM scratch
 * COPY --from=build /app /app
 * ```
 * > ${BASE} can be moved to other content under the same name
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
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['semgrep:dockerfile-source-not-pinned'],

  *check({ model, facts }) {
    for (const use of model.images) {
      const { image, via, resolved } = use;
      if (via === 'syntax' || resolved === undefined || resolved.includes('@')) continue;
      // A bare word here may be a context that the build is given by that name.
      if (via !== 'from' && !/[/:]/.test(resolved)) continue;
      const place = locateReference(model, use);
      yield {
        at: image.span,
        message: `${image.text} can be moved to other content under the same name`,
        ...('at' in place && { fix: pin(place, facts) }),
      };
    }
  },

  /** Also of the syntax image and of bare words, for which it is not a fault to have none. */
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
