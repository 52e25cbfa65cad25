import { defineRule, replace } from '../core/lint/rule';
import type { Fix, Model, Stage } from '../core/lint/rule';
import { baseTag, versionOfTag } from '../core/analysis/images/base-version';
import { givesOption } from '../core/analysis/packages/package-commands';
import { lastListedOf, monthOf } from '../core/knowledge/images/last-listed';
import { nodeLines } from '../core/knowledge/packages/runtime-needs';
import type { ImageReference } from '../core/syntax/nodes';
import { once } from '../core/text/memo';

/**
 * What npm and yarn install today seldom runs on Node.js 8 and older: yarn refuses packages that need a newer one, and npm
 * installs them, and they do not start. The fix takes the oldest Node.js that Docker still listed when the table was made.
 *
 * ```dockerfile bad
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
 * > Packages of today seldom install on Node.js 8, which Docker listed until January 2020
 * > Packages of today seldom install on Node.js 8, which Docker listed until January 2020
 * > Packages of today seldom install on Node.js 6, which Docker listed until May 2019
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
 * A stage that only `--target` builds matters less:
 * ```dockerfile bad severity="hint"
 * FROM node:«6» AS tests
 * RUN npm install
 * FROM node:24
 * ```
 * > Packages of today seldom install on Node.js 6, which Docker listed until May 2019
 * ```dockerfile fixed
 * FROM node:22 AS tests
 * RUN npm install
 * FROM node:24
 * ```
 * A lock file keeps the packages of its time:
 * ```dockerfile good
 * FROM node:8
 * RUN npm ci && yarn install --frozen-lockfile
 * FROM node:10
 * RUN npm install
 * FROM someone/node:8
 * RUN npm install
 * ```
 */
export default defineRule({
  id: 'node-too-old',
  summary: 'Packages of today do not install on a Node.js of this age',
  category: 'build',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['node'],

  *check({ model }) {
    for (const stage of model.stages) {
      const { image, base } = stage;
      const tag = image?.tag && baseTag(model, stage, 'node');
      const [major = 10] = versionOfTag(tag ?? '', nodeLines) ?? [];
      if (!image?.tag || tag === undefined || base.lastListed === undefined || major > 8) continue;
      if (!installing(model).has(stage)) continue;
      yield {
        at: image.tag.span,
        message: `Packages of today seldom install on Node.js ${major}, which Docker listed until ${monthOf(base.lastListed)}`,
        severity: stage.reachable ? undefined : 'hint',
        fix: newerNode(image, tag),
      };
    }
  },
});

/** The stages that install packages without a lock file, and those below them. */
const installing = once((model: Model): ReadonlySet<Stage> => {
  const found = new Set<Stage>();
  for (const install of model.installs) {
    const stage = model.stageOf(install.command.instruction);
    if (
      stage &&
      install.manager.scope === 'language' &&
      install.phrase !== 'ci' &&
      !givesOption(install, '--frozen-lockfile', '--immutable')
    )
      found.add(stage);
  }
  // A stage stands below the one that it is built on.
  for (const stage of [...model.stages].reverse())
    if (stage.parent && found.has(stage)) found.add(stage.parent);
  return found;
});

/** The oldest Node.js that was listed when the table was made, in the same variant. */
function newerNode({ tag, digest, variable }: ImageReference, given: string): Fix | undefined {
  if (!tag || digest || variable || given.includes('onbuild')) return undefined;
  let line = 10;
  while (lastListedOf('node', String(line)) !== undefined) line += 2;
  const newer = `${line}${/-(?:alpine|slim)/.exec(given)?.[0] ?? ''}`;
  return { title: `Use node:${newer}`, edits: [replace(tag.span, newer)] };
}
