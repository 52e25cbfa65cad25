import { defineRule, replace, sharedOptions } from '../core/lint/rule';
import type { Fix, Model, Stage } from '../core/lint/rule';
import { givesOption } from '../core/analysis/packages/package-commands';
import { imageName } from '../core/knowledge/images/images';
import { lastListedOf, listMonth, monthOf } from '../core/knowledge/images/last-listed';
import { retiredDistroless } from '../core/knowledge/images/retired-images';
import type { ImageReference } from '../core/syntax/nodes';

/**
 * Nobody updates such an image any more: it keeps every hole that is found in it, and what it installs from outside
 * stops working with it. The table comes from the list of Docker's official images; it has the month in which each
 * version was last on it.
 *
 * ```dockerfile bad options="profile: strict"
 * FROM python:«3.6»
 * RUN pip install --no-cache-dir flask
 * ```
 * > python:3.6 gets no more updates: Docker listed its version until January 2022 (list of August 2026)
 * ```dockerfile bad options="profile: strict"
 * FROM «java»
 * CMD ["java", "-jar", "/app.jar"]
 * ```
 * > java gets no more updates: Docker listed its version until June 2017 (list of August 2026)
 * A digest does not hide which version it is:
 * ```dockerfile bad options="profile: strict"
 * FROM golang:«1.19-alpine»@sha256:0466223b8544fb7d4ff04748acc4d75a608234bf4e79563bff208d2060c0dd79 AS build
 * RUN go build -o /app .
 * FROM scratch
 * COPY --from=build /app /app
 * ```
 * > golang:1.19-alpine gets no more updates: Docker listed its version until September 2023 (list of August 2026)
 * What npm and yarn install today seldom runs on Node.js 8 and older. That is all that other profiles report:
 * ```dockerfile bad severity="warning" options="profile: recommended"
 * FROM node:«8-alpine3.9» AS base
 * FROM base
 * RUN npm install
 * FROM node:«carbon»
 * COPY --from=1 /app /app
 * RUN yarn global add pm2
 * FROM node:«6-onbuild»
 * COPY --from=2 /app /app
 * RUN npm install -g pm2
 * ```
 * > Packages of today seldom install on node:8-alpine3.9: Docker listed its version until January 2020 (list of August 2026)
 * > Packages of today seldom install on node:carbon: Docker listed its version until January 2020 (list of August 2026)
 * > Packages of today seldom install on node:6-onbuild: Docker listed its version until May 2019 (list of August 2026)
 * ```dockerfile fixed
 * FROM node:22-alpine AS base
 * FROM base
 * RUN npm install
 * FROM node:22
 * COPY --from=1 /app /app
 * RUN yarn global add pm2
 * FROM node:6-onbuild
 * COPY --from=2 /app /app
 * RUN npm install -g pm2
 * ```
 * ```dockerfile good options="profile: recommended"
 * FROM node:8
 * RUN npm ci && yarn install --frozen-lockfile
 * FROM python:3.6
 * RUN pip install flask
 * FROM gcr.io/distroless/java17-debian12
 * ```
 * A stage that only `--target` builds matters less:
 * ```dockerfile bad severity="hint" options="profile: strict"
 * FROM node:«6» AS tests
 * RUN node --test
 * FROM node:24
 * ```
 * > node:6 gets no more updates: Docker listed its version until May 2019 (list of August 2026)
 * ```dockerfile fixed
 * FROM node:22 AS tests
 * RUN node --test
 * FROM node:24
 * ```
 * Distroless images have the Debian release in their name:
 * ```dockerfile bad options="profile: strict"
 * FROM gcr.io/distroless/«python3-debian12»:nonroot
 * COPY app.py /app.py
 * ```
 * > gcr.io/distroless/python3-debian12:nonroot gets no more updates: its publisher lists it on Debian 13 alone, or not at all
 * ```dockerfile fixed
 * FROM gcr.io/distroless/python3-debian13:nonroot
 * COPY app.py /app.py
 * ```
 * ```dockerfile bad severity="hint" options="profile: strict"
 * FROM gcr.io/distroless/«java17-debian12» AS unused
 * FROM scratch
 * ```
 * > gcr.io/distroless/java17-debian12 gets no more updates: its publisher lists it on Debian 13 alone, or not at all
 * ```dockerfile bad options="profile: strict"
 * FROM gcr.io/distroless/«java17-debian11»
 * COPY app.jar /app.jar
 * ```
 * > gcr.io/distroless/java17-debian11 gets no more updates: its publisher lists it on Debian 13 alone, or not at all
 * Versions that were listed when the table was made, and images of others, are fine:
 * ```dockerfile good options="profile: strict"
 * FROM python:3.13
 * FROM python:3.13.1-slim
 * FROM python
 * FROM someone/python:3.6
 * FROM gcr.io/distroless/static-debian12
 * FROM gcr.io/distroless/python3-debian13
 * FROM ${BASE}
 * ```
 */
export default defineRule({
  id: 'image-retired',
  summary: 'The base image gets no more updates',
  category: 'image',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  options: { profile: sharedOptions.profile },

  *check({ model, options }) {
    const isStrict = options.profile === 'strict';
    for (const { instruction, image, resolved } of model.images) {
      const stage = instruction && model.stageOf(instruction);
      if (!stage || stage.from !== instruction || resolved === undefined) continue;
      const { base } = stage;
      const retired = retiredDistroless(base.name);
      if (base.lastListed !== undefined) {
        const severity = severityOf(model, stage, resolved);
        const name = nameOf(resolved);
        if (!isStrict && severity !== 'warning') continue;
        yield {
          at: (image.tag ?? image.name).span,
          message: `${severity === 'warning' ? `Packages of today seldom install on ${name}` : `${name} gets no more updates`}: Docker listed its version until ${monthOf(base.lastListed)} (list of ${listMonth})`,
          severity,
          fix: newerNode(image, resolved),
        };
      } else if (retired && isStrict) {
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
  const isOldNode = name === 'node' && /^(?:v?[0-8](?![0-9])|argon|boron|carbon)/.test(String(tag));
  const installs =
    isOldNode &&
    model.installs.some(
      (install) =>
        /^(?:npm|yarn|pnpm)$/.test(install.manager.name) &&
        // A lock file keeps the packages of its time.
        install.phrase !== 'ci' &&
        !givesOption(install, '--frozen-lockfile', '--immutable') &&
        model.stageOf(install.command.instruction)?.chain.includes(stage),
    );
  return installs ? 'warning' : 'info';
}

/** The oldest Node.js that was listed when the table was made, in the same variant. */
function newerNode({ tag, digest, variable }: ImageReference, reference: string): Fix | undefined {
  const { name, tag: given = '' } = imageName(reference);
  if (name !== 'node' || !tag || digest || variable || given.includes('onbuild')) return undefined;
  let line = 10;
  while (lastListedOf('node', String(line)) !== undefined) line += 2;
  const newer = `${line}${/-(?:alpine|slim)/.exec(given)?.[0] ?? ''}`;
  return { title: `Use node:${newer}`, edits: [replace(tag.span, newer)] };
}
