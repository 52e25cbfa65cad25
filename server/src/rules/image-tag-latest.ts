import { isLocalImage } from '../core/analysis/images/local-images';
import { baseImages } from '../core/families/hadolint-images';
import { defineRule } from '../core/lint/rule';
import { useSpecificVersion, useVersion } from '../core/fixes/use-version';
import { isRolling } from '../core/knowledge/images/rolling-images';

/**
 * `latest` is a different image over time. A build that worked yesterday can fail or behave differently today, and
 * nobody can tell which image an old build used.
 *
 * ```dockerfile bad
 * ARG TAG=latest
 * FROM «node:latest»
 * FROM «node:${TAG}» AS other
 * FROM alpine:3.20
 * COPY --from=«ghcr.io/astral-sh/uv:latest» /uv /bin/
 * FROM «registry.example.com/$TEAM/base:latest»
 * ```
 * > node:latest can be a different image in every build
 * > node:${TAG} (node:latest) can be a different image in every build
 * > ghcr.io/astral-sh/uv:latest can be a different image in every build
 * > registry.example.com/$TEAM/base:latest can be a different image in every build
 * In the editor, “Use the version that node:latest is now” asks the registry for the version tag of the same image
 * and replaces `latest` with it:
 * ```dockerfile bad answers="version node = 22.11.0"
 * FROM «node:latest»
 * ```
 * > node:latest can be a different image in every build
 * ```dockerfile fixed
 * FROM node:22.11.0
 * ```
 * Other tags move too. They are not reported, but “Use the most specific version that node:lts-alpine is now” is there for
 * `22`, `lts`, `stable` or `alpine`.
 *
 * “Pin node to its digest” writes which image that is, and keeps the tag for people to read.
 * ```dockerfile good
 * ARG TAG
 * FROM node:22.11
 * FROM node:latest@sha256:e8a1a5c2f2a5b9c2c5e8a1a5c2f2a5b9c2c5e8a1a5c2f2a5b9c2c5e8a1a5c2f2
 * FROM node:${TAG}
 * FROM node:${TAG:-22.11}
 * FROM localhost:5000/latest:1
 * ```
 * Rolling images have no other tags. Only a digest would pin them:
 * ```dockerfile good
 * FROM archlinux:latest
 * FROM gcr.io/distroless/static-debian12:latest
 * ```
 * An image that the repository builds itself, or that only this machine has, is not pulled:
 * ```dockerfile good built="acme/app"
 * FROM localhost/tools:latest
 * FROM acme/app:latest
 * ```
 */
export default defineRule({
  id: 'image-tag-latest',
  summary: 'An image uses the tag latest',
  category: 'image',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3007',
    'trivy:DS-0001',
    'checkov:CKV_DOCKER_7',
    'kics:image_version_using_latest',
    'semgrep:avoid-latest-version',
  ],
  mentions: ['latest'],

  *check({ model, facts }) {
    for (const use of model.images) {
      const { image, via, resolved } = use;
      // Whatever a variable in front contains, the tag is written here.
      const isLatest = resolved?.endsWith(':latest') ?? (image.tag?.text === 'latest' && !image.digest);
      if (via === 'syntax' || !isLatest || isRolling(resolved ?? '')) continue;
      if (resolved !== undefined && isLocalImage(resolved, facts.builtImages)) continue;
      const stands = image.variable && resolved !== undefined ? ` (${resolved})` : '';
      const copied = via === 'from' ? {} : { alsoKnownAs: [] };
      yield {
        at: image.span,
        message: `${image.text}${stands} can be a different image in every build`,
        fix: useVersion(model, use, facts),
        ...copied,
      };
    }
  },

  *offers({ model, facts }) {
    for (const use of model.images) {
      const fix = isRolling(use.resolved ?? '') ? undefined : useSpecificVersion(model, use, facts);
      if (fix) yield { at: use.image.span, fix };
    }
  },

  *hadolint({ model }) {
    for (const { text, tag, digest, at } of baseImages(model))
      if (tag === 'latest' && digest === undefined)
        yield { at, message: `${text} can be a different image in every build` };
  },
});
