import { defineRule, replace } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';
import { imageName, knowImage } from '../core/knowledge/images/images';
import { listMonth, monthOf } from '../core/knowledge/images/last-listed';
import { retiredDistroless, retiredElsewhere } from '../core/knowledge/images/retired-images';

/**
 * Nobody updates such an image any more: it keeps every hole that is found in it, and what it installs from outside
 * stops working with it. The table comes from the list of Docker's official images; it has the month in which each
 * version was last on it.
 *
 * ```dockerfile bad
 * FROM python:«3.6»
 * RUN pip install --no-cache-dir flask
 * ```
 * > python:3.6 gets no more updates: Docker listed its version until January 2022 (list of August 2026)
 * ```dockerfile bad
 * FROM «java»
 * CMD ["java", "-jar", "/app.jar"]
 * ```
 * > java gets no more updates: Docker listed its version until June 2017 (list of August 2026)
 * A digest does not hide which version it is:
 * ```dockerfile bad
 * FROM golang:«1.19-alpine»@sha256:0466223b8544fb7d4ff04748acc4d75a608234bf4e79563bff208d2060c0dd79 AS build
 * RUN go build -o /app .
 * FROM scratch
 * COPY --from=build /app /app
 * ```
 * > golang:1.19-alpine gets no more updates: Docker listed its version until September 2023 (list of August 2026)
 * What npm and yarn install today seldom runs on Node.js 8 and older:
 * ```dockerfile bad severity="warning"
 * FROM node:«8-alpine» AS base
 * FROM base
 * RUN npm ci
 * ```
 * > node:8-alpine gets no more updates: Docker listed its version until January 2020 (list of August 2026)
 * A stage that only `--target` builds matters less:
 * ```dockerfile bad severity="hint"
 * FROM node:«6» AS tests
 * RUN node --test
 * FROM node:24
 * ```
 * > node:6 gets no more updates: Docker listed its version until May 2019 (list of August 2026)
 * What is copied from such an image stays as old as it is:
 * ```dockerfile bad
 * FROM debian:12
 * COPY --from=node:«10» /usr/local/bin/node /usr/local/bin/
 * RUN --mount=from=node:8,target=/node /node/usr/local/bin/node /build.js
 * ```
 * > node:10 gets no more updates: Docker listed its version until May 2021 (list of August 2026)
 * Distroless images have the Debian release in their name:
 * ```dockerfile bad
 * FROM gcr.io/distroless/«python3-debian12»:nonroot
 * COPY app.py /app.py
 * ```
 * > gcr.io/distroless/python3-debian12:nonroot gets no more updates: its publisher lists it on Debian 13 alone, or not at all
 * ```dockerfile fixed
 * FROM gcr.io/distroless/python3-debian13:nonroot
 * COPY app.py /app.py
 * ```
 * ```dockerfile bad severity="hint"
 * FROM gcr.io/distroless/«java17-debian12» AS unused
 * FROM scratch
 * ```
 * > gcr.io/distroless/java17-debian12 gets no more updates: its publisher lists it on Debian 13 alone, or not at all
 * ```dockerfile fixed
 * FROM gcr.io/distroless/java17-debian13 AS unused
 * FROM scratch
 * ```
 * ```dockerfile bad
 * FROM gcr.io/distroless/«java11-debian11»
 * COPY app.jar /app.jar
 * ```
 * > gcr.io/distroless/java11-debian11 gets no more updates: its publisher lists it on Debian 13 alone, or not at all
 * Versions that were listed when the table was made, and images of others, are fine:
 * ```dockerfile good
 * FROM python:3.13
 * FROM python:3.13.1-slim
 * FROM python
 * FROM someone/python:3.6
 * FROM gcr.io/distroless/static-debian13
 * FROM gcr.io/distroless/python3-debian13
 * FROM ${BASE}
 * ```
 * Other publishers have ended images, too:
 * ```dockerfile bad options="profile: strict"
 * FROM mcr.microsoft.com/dotnet/sdk:«5.0»
 * RUN dotnet publish -c Release -o /app
 * ```
 * > mcr.microsoft.com/dotnet/sdk:5.0 gets no more updates: Microsoft has ended the support of this version of .NET
 * ```dockerfile bad options="profile: strict" severity="hint info"
 * FROM «circleci/node» AS test
 * RUN node --version
 * FROM opensuse/leap:«15.3»
 * ```
 * > circleci/node gets no more updates: CircleCI publishes cimg/ images in its place since 2021
 * > opensuse/leap:15.3 gets no more updates: this openSUSE Leap has ended
 */
export default defineRule({
  id: 'image-retired',
  summary: 'The base image gets no more updates',
  category: 'image',
  severity: 'info',
  enabled: false,
  profiles: ['strict'],
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    for (const { instruction, image, resolved, via } of model.images) {
      const stage = instruction && model.stageOf(instruction);
      if (!stage || resolved === undefined) continue;
      const isCopied = stage.from !== instruction;
      // A step may run an old tool on purpose; what is copied stays.
      if (isCopied && via !== 'copy') continue;
      const base = isCopied ? knowImage(resolved) : stage.base;
      const retired = retiredDistroless(base.name);
      const { name, tag = '' } = imageName(resolved);
      const why = retiredElsewhere(name, tag);
      if (base.lastListed !== undefined) {
        yield {
          at: (image.tag ?? image.name).span,
          message: `${nameOf(resolved)} gets no more updates: Docker listed its version until ${monthOf(base.lastListed)} (list of ${listMonth})`,
          severity: severityOf(model, stage, resolved),
        };
      } else if (why !== undefined) {
        yield {
          at: (image.tag ?? image.name).span,
          message: `${nameOf(resolved)} gets no more updates: ${why}`,
          severity: stage.reachable ? undefined : 'hint',
        };
      } else if (retired) {
        const { text, span } = image.name;
        const at = { start: span.end - text.length + text.lastIndexOf('/') + 1, end: span.end };
        const { successor } = retired;
        yield {
          at,
          message: `${nameOf(resolved)} gets no more updates: its publisher lists it on Debian 13 alone, or not at all`,
          severity: stage.reachable ? undefined : 'hint',
          ...(successor !== undefined &&
            !image.digest &&
            !image.variable && { fix: { title: `Use ${successor}`, edits: [replace(at, successor)] } }),
        };
      }
    }
  },
});

/** Without the digest. */
function nameOf(reference: string): string {
  return reference.replace(/@.*$/s, '');
}

/** More where the stage, or one on it, installs with an npm of that age; less where only `--target` builds it. */
function severityOf(model: Model, stage: Stage, reference: string): 'warning' | 'info' | 'hint' {
  if (!stage.reachable) return 'hint';
  const { name, tag } = imageName(reference);
  const isOldNode = name === 'node' && /^v?[0-8](?![0-9])/.test(String(tag));
  const installs =
    isOldNode &&
    model.installs.some(
      ({ manager, command }) =>
        manager.scope === 'language' && model.stageOf(command.instruction)?.chain.includes(stage),
    );
  return installs ? 'warning' : 'info';
}
