import { isUnknownBareName } from '../core/knowledge/images/official-images';
import { isLocalImage } from '../core/analysis/images/local-images';
import { baseImages } from '../core/families/hadolint-images';
import { defineRule } from '../core/lint/rule';
import { useVersion } from '../core/fixes/use-version';
import type { ImageUse } from '../core/model/model';
import { isRolling } from '../core/knowledge/images/rolling-images';

/**
 * Without a tag the builder uses `latest`: a different image over time, and after the next major release perhaps one
 * that does not fit the rest of the file.
 *
 * ```dockerfile bad
 * ARG BASE=registry.example.com:5000/team/base
 * FROM «node»
 * FROM «${BASE}» AS other
 * FROM alpine:3.20
 * COPY --from=«ghcr.io/astral-sh/uv» /uv /bin/
 * ```
 * > node has no tag, so latest can be a different image in every build
 * > ${BASE} (registry.example.com:5000/team/base) has no tag, so latest can be a different image in every build
 * > ghcr.io/astral-sh/uv has no tag, so latest can be a different image in every build
 * In the editor, “Use the version that node:latest is now” asks the registry for the version tag of the same image
 * and writes it:
 * ```dockerfile bad answers="version node = 22.11.0, version ghcr.io/astral-sh/uv = 0.5.9"
 * ARG BASE=node
 * FROM «${BASE}»
 * COPY --from=«ghcr.io/astral-sh/uv» /uv /bin/
 * ```
 * > ${BASE} (node) has no tag, so latest can be a different image in every build
 * > ghcr.io/astral-sh/uv has no tag, so latest can be a different image in every build
 * ```dockerfile fixed
 * ARG BASE=node:22.11.0
 * FROM ${BASE}
 * COPY --from=ghcr.io/astral-sh/uv:0.5.9 /uv /bin/
 * ```
 * “Pin node to its digest” writes which image that is.
 *
 * Stages, `scratch` and variables without a default are not images without a tag:
 * ```dockerfile good
 * ARG IMAGE
 * FROM alpine:3.20 AS base
 * FROM base
 * FROM scratch
 * FROM node@sha256:e8a1a5c2f2a5b9c2c5e8a1a5c2f2a5b9c2c5e8a1a5c2f2a5b9c2c5e8a1a5c2f2
 * FROM ${IMAGE}
 * FROM registry.example.com/${IMAGE}
 * COPY --from=context-given-at-build . .
 * ```
 * Rolling images, and images with the version in their name, have no other tags. Only a digest would pin them:
 * ```dockerfile good
 * FROM archlinux
 * FROM gcr.io/distroless/static-debian12
 * ```
 * An image that the repository builds itself, or that only this machine has, is not pulled:
 * ```dockerfile good built="acme/app:${TAG}"
 * FROM base
 * FROM localhost/acme/tools
 * FROM acme/app
 * ```
 * Docker Hub has its official images alone under a bare name, so nobody can pull another one:
 * ```dockerfile good
 * FROM postgres-with-extensions
 * ```
 */
export default defineRule({
  id: 'image-tag-missing',
  summary: 'An image has no tag',
  category: 'image',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3006',
    'trivy:DS-0001',
    'checkov:CKV_DOCKER_7',
    'kics:image_version_not_explicit',
    'semgrep:missing-image-version',
  ],

  *check({ model, facts }) {
    for (const use of model.images) {
      if (use.via === 'syntax' || use.resolved === undefined || isTagged(use)) continue;
      // A bare word here may be a named build context, unless an official image is called so.
      if (use.via !== 'from' && isUnknownBareName(use.resolved)) continue;
      if (isRolling(use.resolved) || isLocalImage(use.resolved, facts.builtImages)) continue;
      const stands = use.image.variable ? ` (${use.resolved})` : '';
      const copied = use.via === 'from' ? {} : { alsoKnownAs: [] };
      yield {
        at: use.image.span,
        message: `${use.image.text}${stands} has no tag, so latest can be a different image in every build`,
        fix: useVersion(model, use, facts),
        ...copied,
      };
    }
  },

  *hadolint({ model }) {
    for (const { text, name, tag, digest, at, isStage } of baseImages(model))
      if (!isStage && name !== 'scratch' && !name.startsWith('$') && (tag ?? digest) === undefined)
        yield { at, message: `${text} has no tag` };
  },
});

function isTagged({ resolved = '' }: ImageUse): boolean {
  return /[:@]/.test(resolved.slice(resolved.lastIndexOf('/') + 1));
}
