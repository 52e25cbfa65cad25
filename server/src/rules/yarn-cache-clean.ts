import { defineRule, sharedOptions } from '../core/lint/rule';
import { relatedTo } from '../core/analysis/layers/vain-deletions';
import { firstCachesLeft, vainDeletionAfter } from '../core/analysis/packages/caches-left';
import { yarnVersion } from '../core/analysis/packages/yarn-version';
import { cacheRemoval } from '../core/families/cache-removal';
import { hasWord, mountsOver } from '../core/families/hadolint-commands';
import { keepsLayers, withoutCleaning } from '../core/families/hadolint-packages';

/**
 * yarn 1 keeps every package that it downloads in a cache, beside the copy in `node_modules`. In an image that doubles
 * the size of the dependencies.
 *
 * ```dockerfile bad files="package.json yarn.lock" texts="yarn.lock: # yarn lockfile v1"
 * FROM node:22-slim
 * WORKDIR /app
 * COPY package.json yarn.lock ./
 * RUN yarn «install» --frozen-lockfile \
 *     # only what runs
 *     --production
 * RUN set -e; «yarn» --frozen-lockfile; yarn add left-pad@1.3.0
 * ```
 * > yarn leaves its cache in the layer
 * ```dockerfile fixed
 * FROM node:22-slim
 * WORKDIR /app
 * COPY package.json yarn.lock ./
 * RUN yarn install --frozen-lockfile \
 *     # only what runs
 *     --production \
 *     && yarn cache clean
 * RUN set -e; yarn --frozen-lockfile; yarn add left-pad@1.3.0; yarn cache clean
 * ```
 * A later `RUN` that empties it saves nothing, and goes. As long as nothing says which yarn runs, you have to apply the fix
 * yourself:
 * ```dockerfile bad
 * FROM node:22-slim
 * COPY . .
 * RUN yarn «install»
 * RUN yarn cache clean
 * ```
 * > yarn leaves its cache in the layer
 * ```dockerfile fixed
 * FROM node:22-slim
 * COPY . .
 * RUN yarn install && yarn cache clean
 * ```
 * The rule accepts a removal in the same `RUN`, a cache mount, another folder, and a stage that does not reach the
 * image:
 * ```dockerfile good
 * FROM node:22 AS build
 * RUN yarn install
 * FROM node:22-slim
 * RUN yarn install --frozen-lockfile && yarn cache clean
 * RUN yarn install && rm -rf /usr/local/share/.cache
 * RUN --mount=type=cache,target=/usr/local/share/.cache/yarn yarn install
 * RUN --mount=type=cache,target=/yarn YARN_CACHE_FOLDER=/yarn yarn install
 * RUN YARN_CACHE_FOLDER=$ELSEWHERE yarn install
 * RUN yarn install --cache-folder /tmp/yarn && rm -rf /tmp/yarn
 * ```
 * Later versions may read packages right from their cache, so the rule leaves them alone:
 * ```dockerfile good
 * FROM node:22-slim
 * RUN yarn set version berry && yarn install
 * ```
 * ```dockerfile good
 * FROM node:22-slim
 * COPY package.json .yarnrc.yml ./
 * RUN yarn install
 * ```
 * ```dockerfile good
 * FROM node:22-slim
 * RUN corepack enable && corepack prepare yarn@4.1.0 --activate
 * RUN yarn install
 * ```
 * ```dockerfile good
 * FROM node:22-slim
 * RUN corepack enable && yarn
 * ```
 * ```dockerfile good options="packageCache: mount"
 * FROM node:22-slim
 * RUN yarn install --frozen-lockfile
 * ```
 */
export default defineRule({
  id: 'yarn-cache-clean',
  summary: 'yarn leaves its cache in the layer',
  category: 'package',
  severity: 'info',
  fix: 'safe',
  effect: 'declared',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3060'],
  once: true,
  options: { packageCache: sharedOptions.packageCache },

  *check({ model, facts, options: { packageCache } }) {
    if (packageCache === 'mount') return;
    for (const left of firstCachesLeft(model, ({ name }) => name === 'yarn')) {
      const { command, verb } = left.use;
      const version = yarnVersion(model, facts.context, command.instruction);
      // Later versions may read packages right from their cache.
      if (version === 'modern' || version === 'unknown') continue;
      const fix = cacheRemoval(model, left, 'Empty the cache of yarn in this RUN');
      yield {
        at: verb.span,
        message: 'yarn leaves its cache in the layer',
        related: relatedTo(vainDeletionAfter(model, left)),
        fix: fix && version === 'perhaps' ? { ...fix, safety: 'suggested' } : fix,
      };
    }
  },

  *hadolint({ model }) {
    yield* withoutCleaning(
      model,
      (seen) =>
        seen.name === 'yarn' &&
        hasWord(seen, 'install') &&
        !mountsOver(seen.command.instruction, '.cache/yarn') &&
        keepsLayers(model.stageOf(seen.command.instruction)),
      (seen) => seen.name === 'yarn' && hasWord(seen, 'cache') && hasWord(seen, 'clean'),
    );
  },
});
