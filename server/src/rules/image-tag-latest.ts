import { defineRule } from '../core/lint/rule';
import { useVersion } from '../core/fixes/use-version';
import { isRolling } from '../core/knowledge/images/rolling-images';

/**
 * `latest` names another image on another day. A build that worked yesterday can fail or behave differently
 * today, and nobody can tell which image an old build had.
 *
 * ```dockerfile bad
 * ARG TAG=latest
 * FROM «node:latest»
 * FROM «node:${TAG}» AS other
 * FROM alpine:3.20
 * COPY --from=«ghcr.io/astral-sh/uv:latest» /uv /bin/
 * FROM «registry.example.com/$TEAM/base:latest»
 * ```
 * > node:latest is another image on another day
 * > node:${TAG} (node:latest) is another image on another day
 * > ghcr.io/astral-sh/uv:latest is another image on another day
 * > registry.example.com/$TEAM/base:latest is another image on another day
 * In the editor, “Use the version that node:latest is now” asks the registry for the version tag that names the
 * same image today and puts it in the place of `latest`:
 * ```dockerfile bad answers="version node = 22.11.0"
 * FROM «node:latest»
 * ```
 * > node:latest is another image on another day
 * ```dockerfile fixed
 * FROM node:22.11.0
 * ```
 * “Pin node to its digest” writes which image that is; the
 * tag stays for people to read.
 * ```dockerfile good
 * ARG TAG
 * FROM node:22.11
 * FROM node:latest@sha256:e8a1a5c2f2a5b9c2c5e8a1a5c2f2a5b9c2c5e8a1a5c2f2a5b9c2c5e8a1a5c2f2
 * FROM node:${TAG}
 * FROM node:${TAG:-22.11}
 * FROM localhost:5000/latest:1
 * ```
 * What rolls on purpose has no other tags; only a digest would pin it:
 * ```dockerfile good
 * FROM archlinux:latest
 * FROM gcr.io/distroless/static-debian12:latest
 * ```
 */
export default defineRule({
  id: 'image-tag-latest',
  summary: 'An image is taken by the tag latest',
  category: 'image',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3007', 'trivy:DS-0001', 'checkov:CKV_DOCKER_7'],

  *check({ model, facts }) {
    for (const use of model.images) {
      const { image, via, resolved } = use;
      // Whatever a variable in front stands for, the tag is written here.
      const isLatest = resolved?.endsWith(':latest') ?? (image.tag?.text === 'latest' && !image.digest);
      if (via === 'syntax' || !isLatest || isRolling(resolved ?? '')) continue;
      const stands = image.variable && resolved !== undefined ? ` (${resolved})` : '';
      const copied = via === 'from' ? {} : { alsoKnownAs: [] };
      yield {
        at: image.span,
        message: `${image.text}${stands} is another image on another day`,
        fix: useVersion(model, use, facts),
        ...copied,
      };
    }
  },
});
