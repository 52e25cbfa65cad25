import { defineRule, sharedOptions } from '../core/lint/rule';
import { relatedTo } from '../core/analysis/layers/vain-deletions';
import { firstCachesLeft, vainDeletionAfter } from '../core/analysis/packages/caches-left';
import { cacheRemoval } from '../core/families/cache-removal';

/**
 * npm keeps every package that it downloads in `~/.npm`, beside the copy in `node_modules`. In an image nobody uses
 * that cache. pnpm links the files of its store, so its store takes no extra space, and the rule does not ask for it.
 *
 * ```dockerfile bad
 * FROM node:22-slim
 * COPY package.json package-lock.json ./
 * RUN npm «ci» --omit=dev \
 *     # the process manager
 *     && npm install -g pm2@5.4.2
 * RUN npm «install» express@4.21.0; echo done
 * ```
 * > npm leaves its cache in the layer
 * ```dockerfile fixed
 * FROM node:22-slim
 * COPY package.json package-lock.json ./
 * RUN npm ci --omit=dev \
 *     # the process manager
 *     && npm install -g pm2@5.4.2 \
 *     && npm cache clean --force
 * RUN npm install express@4.21.0 && npm cache clean --force; echo done
 * ```
 * The rule accepts a removal in the same `RUN`, a cache mount, another folder, and a stage that does not reach the
 * image:
 * ```dockerfile good
 * FROM node:22 AS build
 * RUN npm ci
 * FROM node:22-slim
 * RUN npm ci && npm cache clean --force
 * RUN npm ci && rm -rf /root/.npm/_cacache
 * RUN npm ci && rm -rf ~/.npm
 * RUN --mount=type=cache,target=/root/.npm npm ci
 * RUN npm ci --cache /tmp/npm && rm -rf /tmp/npm
 * ENV npm_config_cache=/npm
 * RUN --mount=type=cache,target=/npm npm ci
 * RUN pnpm install --frozen-lockfile
 * ```
 * ```dockerfile good options="packageCache: mount"
 * FROM node:22-slim
 * RUN npm ci
 * ```
 */
export default defineRule({
  id: 'npm-cache-clean',
  summary: 'npm leaves its cache in the layer',
  category: 'package',
  severity: 'info',
  enabled: false,
  profiles: ['strict'],
  fix: 'safe',
  effect: 'declared',
  since: 'next',
  alsoKnownAs: [],
  once: true,
  options: { packageCache: sharedOptions.packageCache },

  *check({ model, options: { packageCache } }) {
    if (packageCache === 'mount') return;
    for (const left of firstCachesLeft(model, ({ name }) => name === 'npm')) {
      yield {
        at: left.use.verb.span,
        message: 'npm leaves its cache in the layer',
        related: relatedTo(vainDeletionAfter(model, left)),
        fix: cacheRemoval(model, left, 'Empty the cache of npm in this RUN'),
      };
    }
  },
});
