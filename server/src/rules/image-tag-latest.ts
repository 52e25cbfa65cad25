import { defineRule } from '../core/lint/rule';

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
 * ```
 * In the editor, “Pin node to its digest” asks the registry which image that is now; the tag stays for people
 * to read.
 * ```dockerfile good
 * ARG TAG
 * FROM node:22.11
 * FROM node:latest@sha256:e8a1a5c2f2a5b9c2c5e8a1a5c2f2a5b9c2c5e8a1a5c2f2a5b9c2c5e8a1a5c2f2
 * FROM node:${TAG}
 * FROM node:${TAG:-22.11}
 * FROM localhost:5000/latest:1
 * ```
 */
export default defineRule({
  id: 'image-tag-latest',
  summary: 'An image is taken by the tag latest',
  category: 'image',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3007', 'trivy:DS-0001', 'checkov:CKV_DOCKER_7'],

  *check({ model }) {
    for (const { image, via, resolved } of model.images) {
      if (via === 'syntax' || !resolved?.endsWith(':latest')) continue;
      const stands = image.variable ? ` (${resolved})` : '';
      const copied = via === 'from' ? {} : { alsoKnownAs: [] };
      yield { at: image.span, message: `${image.text}${stands} is another image on another day`, ...copied };
    }
  },
});
