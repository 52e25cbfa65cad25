import { misspeltImage } from '../core/analysis/images/local-images';
import { defineRule, replace } from '../core/lint/rule';

/**
 * Without a slash in its name, an image of Docker Hub is an official one. If no official image has the name, and the
 * repository builds none of that name, the build cannot pull it. A slip of the pen is the likely cause.
 *
 * ```dockerfile bad
 * ARG BASE=alpnie:3.20
 * FROM «ndoe»:22 AS build
 * FROM «pyhton»
 * FROM «debain»:12@sha256:0000000000000000000000000000000000000000000000000000000000000000
 * FROM «ngnix»:${TAG}
 * FROM docker.io/library/«postgress»:17
 * FROM «$BASE»
 * COPY --from=«golag»:1.25 /go /go
 * ```
 * > Docker Hub has no official image ndoe, so the build cannot pull it. Did you mean node?
 * > Docker Hub has no official image pyhton, so the build cannot pull it. Did you mean python?
 * > Docker Hub has no official image debain, so the build cannot pull it. Did you mean debian?
 * > Docker Hub has no official image ngnix, so the build cannot pull it. Did you mean nginx?
 * > Docker Hub has no official image postgress, so the build cannot pull it. Did you mean postgres?
 * > Docker Hub has no official image alpnie:3.20, so the build cannot pull it. Did you mean alpine?
 * > Docker Hub has no official image golag, so the build cannot pull it. Did you mean golang?
 * ```dockerfile fixed
 * ARG BASE=alpnie:3.20
 * FROM node:22 AS build
 * FROM python
 * FROM debian:12@sha256:0000000000000000000000000000000000000000000000000000000000000000
 * FROM nginx:${TAG}
 * FROM docker.io/library/postgres:17
 * FROM $BASE
 * COPY --from=golang:1.25 /go /go
 * ```
 * Names that people may give to images of their own are fine, and so are those that the repository builds:
 * ```dockerfile good built="ndoe:22"
 * FROM ndoe:22
 * FROM code:1
 * FROM pythons:3
 * FROM python3
 * FROM mango:1
 * FROM nod:22
 * FROM nginxx
 * FROM cnode:1
 * FROM pyhton:local
 * FROM team/pyhton:3
 * FROM node:22
 * FROM ${NAME}on:3
 * ```
 * ```dockerfile good
 * FROM node:22 AS ndoe
 * FROM ndoe
 * COPY --from=ngnix /a /a
 * ```
 */
export default defineRule({
  id: 'image-name-misspelt',
  summary: 'An image has nearly the name of an official one',
  category: 'image',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  explains: ['image-missing'],

  *check({ model, facts }) {
    for (const { image, via, resolved } of model.images) {
      const known = resolved ?? image.text;
      // A bare word here may be a named build context.
      if (via === 'syntax' || (via !== 'from' && !/[/:]/.test(known))) continue;
      const meant = misspeltImage(known, facts.builtImages);
      if (meant === undefined) continue;
      const { span, text } = image.path;
      const isWritten = !text.includes('$');
      const word = text.slice(text.lastIndexOf('/') + 1);
      const at = isWritten ? { start: span.end - word.length, end: span.end } : image.span;
      yield {
        at,
        message: `Docker Hub has no official image ${isWritten ? word : known}, so the build cannot pull it. Did you mean ${meant}?`,
        ...(isWritten && { fix: { title: `Change it to ${meant}`, edits: [replace(at, meant)] } }),
      };
    }
  },
});
