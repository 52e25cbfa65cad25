import { invalidReference, repairedReference } from '../core/analysis/images/invalid-reference';
import { locateReference } from '../core/analysis/images/pins';
import type { InvalidReference } from '../core/analysis/images/invalid-reference';
import { askFirst } from '../core/fixes/ask-first';
import { pinDigest } from '../core/fixes/pin-digest';
import type { Facts } from '../core/lint/facts';
import { defineRule, remove, replace } from '../core/lint/rule';
import type { Finding, Fix, Model } from '../core/lint/rule';
import type { ImageUse } from '../core/model/model';

/**
 * The builder refuses an image name that it cannot read, before it asks any registry. Examples leave placeholders behind:
 *
 * ```dockerfile bad
 * FROM rust:1.93-slim@«sha256:...» AS builder
 * COPY --from=ghcr.io/astral-sh/uv:0.10@«sha256:<digest>» /uv /bin/
 * RUN --mount=type=bind,from=busybox:1.36@«sha256:abc123»,target=/b true
 * FROM python:«<version>»
 * FROM «<image>»
 * FROM «IMAGE_NAME»:1
 * ```
 * > sha256:... stands for a digest, so the build stops here
 * > sha256:<digest> stands for a digest, so the build stops here
 * > A sha256 digest has 64 digits and this one 6, so the build stops here
 * > <version> stands for a tag, so the build stops here
 * > <image> stands for an image, so the build stops here
 * > IMAGE_NAME stands for an image, so the build stops here
 * “Pin rust to its digest” asks the registry and replaces the placeholder:
 * ```dockerfile bad answers="digest rust:1.93-slim = sha256:e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2, version python = 3.14.0" uncovers="stage-unused"
 * # syntax=docker/dockerfile:1
 * FROM rust:1.93-slim@«sha256:…» AS builder
 * FROM python:«<version>»@sha256:<digest>
 * ```
 * > sha256:… stands for a digest, so the build stops here
 * > <version> stands for a tag, so the build stops here
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM rust:1.93-slim@sha256:e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2 AS builder
 * FROM python:3.14.0
 * ```
 * ```dockerfile fixed alternative="Remove the digest"
 * # syntax=docker/dockerfile:1
 * FROM rust:1.93-slim AS builder
 * FROM python:<version>@sha256:<digest>
 * ```
 * Slips and copied addresses:
 * ```dockerfile bad uncovers="image-tag-missing stage-unused"
 * FROM «Debian:12»
 * FROM «debian:»
 * FROM «debian::12»
 * FROM «https://hub.docker.com/_/debian»
 * FROM debian@«sha256:ABCDABCDABCDABCDABCDABCDABCDABCDABCDABCDABCDABCDABCDABCDABCDABCD»
 * ```
 * > An image name has no capital letters, so the build stops here
 * > debian: has a colon and no tag, so the build stops here
 * > debian::12 is not an image name, so the build stops here
 * > An image name has no https:// in front, so the build stops here
 * > The digits of a digest are in lower case, so the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * FROM debian
 * FROM debian:12
 * FROM debian
 * FROM debian@sha256:abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd
 * ```
 * ```dockerfile bad
 * ARG BASE=Debian:12
 * ARG NAME
 * FROM «debian:1:2»
 * FROM «0123456789012345678901234567890123456789012345678901234567890123»
 * FROM ${NAME}@«sha256:...»
 * FROM ${NAME}:«<tag>»
 * ```
 * > debian:1:2 is not an image name, so the build stops here
 * > A registry finds no image by its ID, so the build stops here
 * > sha256:... stands for a digest, so the build stops here
 * > <tag> stands for a tag, so the build stops here
 * ```dockerfile bad
 * FROM debian:12
 * ONBUILD COPY --from=debian:12@«sha256:...» /a /b
 * ```
 * > sha256:... stands for a digest, so builds on this image stop here
 * A tag behind an @, nothing behind it, and variables of Make and of pipelines:
 * ```dockerfile bad uncovers="stage-unused"
 * FROM node@«22»
 * FROM node:22@«»
 * FROM «$(BASE)»
 * FROM node:«$(TAG)»
 * FROM node:22@«lts»
 * ```
 * > 22 is a tag, and a tag stands behind a colon, so the build stops here
 * > No digest stands behind the @, so the build stops here
 * > $(BASE) stands for an image, so the build stops here
 * > $(TAG) stands for a tag, so the build stops here
 * > lts is a tag, and a tag stands behind a colon, so the build stops here
 * ```dockerfile fixed
 * FROM node:22
 * FROM node:22@
 * FROM $(BASE)
 * FROM node:$(TAG)
 * FROM node:22@lts
 * ```
 * A default may be replaced by the command line:
 * ```dockerfile bad
 * ARG BASE=Debian:12
 * FROM «${BASE}»
 * ```
 * > With the default this is Debian:12, which the builder refuses
 * ```dockerfile good
 * ARG NAME
 * FROM debian:12@sha256:abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd AS Build
 * FROM localhost:5000/a/b-c__d:X.Y
 * FROM ${NAME}:12
 * COPY --from=build . .
 * ```
 * `FROM` only finds a stage by its lower case name, and a platform is no tag:
 * ```dockerfile bad uncovers="stage-unused"
 * FROM golang:1.23 AS Build
 * FROM «Build»
 * FROM registry.example.com/tool:«1.0-$TARGETPLATFORM»
 * ```
 * > Build is neither a stage nor an image, because FROM finds stages by their lower case names
 * > A platform such as linux/amd64 has a slash, and a tag must have none, so the build stops here
 * ```dockerfile fixed
 * FROM golang:1.23 AS Build
 * FROM build
 * FROM registry.example.com/tool:1.0-$TARGETPLATFORM
 * ```
 * ```dockerfile good
 * ARG BUILDPLATFORM=amd64
 * FROM registry.example.com/tool:1.0-$BUILDPLATFORM
 * FROM registry.example.com/$TARGETPLATFORM/tool:1.0
 * ```
 *
 * @skip onbuild another build stops
 */
export default defineRule({
  id: 'image-reference-invalid',
  summary: 'The builder refuses an image name',
  category: 'image',
  severity: 'error',
  refused: true,
  fix: 'safe',
  effect: 'identical',
  since: 'next',
  alsoKnownAs: ['dockerfile-utils:INVALID_REFERENCE_FORMAT'],
  explains: ['bad-reference'],

  *check({ model, facts }) {
    for (const use of model.images) {
      const invalid = invalidReference(use);
      if (invalid) yield finding(model, use, invalid, facts);
    }
    const names = new Set<string>();
    for (const { image, name } of model.stages) {
      const lower = image?.text.toLowerCase();
      if (image && lower !== undefined && lower !== image.text && names.has(lower))
        yield {
          at: image.span,
          message: `${image.text} is neither a stage nor an image, because FROM finds stages by their lower case names`,
          alsoKnownAs: [],
          fix: { title: `Change ${image.text} to ${lower}`, edits: [replace(image.span, lower)] },
        };
      if (name && name.variables.length === 0) names.add(name.value.toLowerCase());
    }
  },
});

function finding(model: Model, use: ImageUse, invalid: InvalidReference, facts: Facts): Finding {
  const { image, instruction } = use;
  const { part, kind } = invalid;
  if (kind === 'default')
    return {
      at: part.span,
      message: `With the default this is ${part.text}, which the builder refuses`,
    };
  const result = instruction?.onbuild ? 'builds on this image stop' : 'the build stops';
  return {
    at: part.span,
    message: `${problem(invalid)}, so ${result} here`,
    hides: [image.span],
    fix: repair(model, use, invalid, facts),
    ...(kind === 'digest' && {
      alternatives: [
        {
          title: 'Remove the digest',
          safety: 'suggested',
          edits: [remove({ start: part.span.start - 1, end: part.span.end })],
        },
      ],
    }),
  };
}

function problem({ part: { text }, kind }: InvalidReference): string {
  switch (kind) {
    case 'digest': {
      const [, algorithm = '', digits = ''] = /^(\w+):([0-9a-f]+)$/i.exec(text) ?? [];
      if (isUpperCaseDigest(text)) return 'The digits of a digest are in lower case';
      if (text === '') return 'No digest stands behind the @';
      if (isTag(text)) return `${text} is a tag, and a tag stands behind a colon`;
      return algorithm === 'sha256'
        ? `A sha256 digest has 64 digits and this one ${digits.length}`
        : `${text} stands for a digest`;
    }
    case 'tag':
      return `${text} stands for a tag`;
    case 'name':
      return `${text} stands for an image`;
    case 'platform':
      return `A platform such as linux/amd64 has a slash, and a tag must have none`;
    case 'uppercase':
      return 'An image name has no capital letters';
    case 'id':
      return 'A registry finds no image by its ID';
    case 'scheme':
      return `An image name has no ${text.slice(0, text.indexOf('//') + 2)} in front`;
    default:
      return text.endsWith(':') ? `${text} has a colon and no tag` : `${text} is not an image name`;
  }
}

/** Whether what stands behind an @ is the version of an image. */
function isTag(text: string): boolean {
  return /^(?:v?\d[\w.-]*|latest|lts|stable|edge|alpine|slim)$/.test(text);
}

function isUpperCaseDigest(text: string): boolean {
  return /^sha256:[0-9a-fA-F]{64}$/.test(text);
}

function repair(
  model: Model,
  use: ImageUse,
  { part, kind }: InvalidReference,
  facts: Facts,
): Fix | undefined {
  const { image, via } = use;
  const { name, tag } = image;
  const reach = image.span;
  if (kind === 'digest') {
    if (isUpperCaseDigest(part.text))
      return {
        title: 'Write the digest in lower case',
        edits: [replace(part.span, part.text.toLowerCase())],
      };
    if (isTag(part.text) && !tag)
      return {
        title: `Change ${name.text}@${part.text} to ${name.text}:${part.text}`,
        safety: 'suggested',
        edits: [{ start: part.span.start - 1, end: part.span.start, text: ':' }],
      };
    const place = locateReference(model, use);
    if ('reason' in place || tag?.text.includes('$')) return undefined;
    return { ...pinDigest(place, facts), safety: 'suggested' };
  }
  if (kind === 'tag') {
    if (name.text.includes('$') || via === 'syntax') return undefined;
    const what = { title: `Use the version that ${name.text}:latest is now`, reach };
    // A digest behind the placeholder is one too.
    const at = { start: part.span.start, end: image.span.end };
    const version = askFirst(facts, { kind: 'version', image: name.text }, what, (found) => [
      replace(at, found),
    ]);
    return { ...version, safety: 'suggested' };
  }
  // A quote inside may end somewhere else.
  if (kind === 'name' || kind === 'id' || model.document.slice(reach) !== image.text) return undefined;
  const repaired = repairedReference(image.text);
  return repaired === undefined
    ? undefined
    : {
        title: `Change ${image.text} to ${repaired}`,
        safety: 'suggested',
        edits: [replace(image.span, repaired)],
      };
}
