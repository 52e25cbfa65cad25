import { defineRule, sharedOptions } from '../core/lint/rule';
import { unpinned } from '../core/families/unpinned';
import { operandsOf, textOf, seenNamed } from '../core/families/hadolint-commands';
import { ownTools } from '../core/knowledge/packages/own-tools';
import { quietInDevcontainer } from '../core/analysis/context/context-sources';

/**
 * Without a version, each build installs what the registry has on that day, so two builds of one file differ, and a new
 * release can break them. A tag such as `latest` moves too.
 *
 * ```dockerfile bad
 * FROM node:22-slim
 * RUN npm install -g «pm2» typescript@5.7.2 @angular/cli && npm i «@nestjs/cli@latest»
 * RUN npm install --loglevel warn «git+https://github.com/acme/tool.git» && npm install «acme/tool»
 * RUN yarn global add «serve» && yarn cache clean && pnpm add -g «turbo» && bun add «hono»
 * ```
 * > pm2 and 1 more have no version, so each build installs the newest ones
 * > @nestjs/cli at latest has no fixed version, so each build installs the newest one
 * > git+https://github.com/acme/tool.git has no version, so each build installs the newest one
 * > acme/tool has no version, so each build installs the newest one
 * > serve has no version, so each build installs the newest one
 * > turbo has no version, so each build installs the newest one
 * > hono has no version, so each build installs the newest one
 * ```dockerfile good
 * FROM node:22-slim
 * ARG VERSION
 * RUN npm install -g pm2@5.4.3 @angular/cli@19.0.1 && npm ci && npm run install && npm install
 * RUN npm install ./lib ../x /y.tgz https://example.com/x.tgz acme/tool#v1 "pm2@$VERSION" $PACKAGES
 * RUN yarn install --frozen-lockfile && yarn cache clean && pnpm install --frozen-lockfile
 * RUN npm install -g npm@latest yarn && npm install -g corepack
 * ```
 * In the profile `strict`, the tools of npm itself need one too; in a stage that only `--target` builds, it is a hint:
 * ```dockerfile bad options="profile: strict"
 * FROM node:22-slim
 * RUN npm install -g «npm@latest»
 * ```
 * > npm at latest has no fixed version, so each build installs the newest one
 * ```dockerfile bad severity="hint"
 * FROM node:22-slim AS lint
 * RUN npm install -g «markdownlint-cli»
 * FROM node:22-slim
 * ```
 * > markdownlint-cli has no version, so each build installs the newest one
 * The address of a repository has no version either, without a commit or tag behind `#`:
 * ```dockerfile bad
 * FROM node:22
 * RUN npm install «https://github.com/example/tool.git» https://github.com/example/tool.git#v1 https://example.com/tool.tgz
 * ```
 * > https://github.com/example/tool.git has no version, so each build installs the newest one
 */
export default defineRule({
  id: 'npm-pin-versions',
  summary: 'A package of npm is installed without a version',
  category: 'package',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3016', 'kics:npm_install_without_pinned_version'],
  mentions: ['npm', 'yarn', 'pnpm', 'bun'],
  options: { profile: sharedOptions.profile },

  *check({ model, facts, options: { profile } }) {
    const quiet = quietInDevcontainer(facts);
    const own = profile === 'recommended' ? ownTools.get('npm') : undefined;
    yield* unpinned(model, ({ manager }) => manager.dependencies === 'node_modules', own, quiet);
  },

  *hadolint({ model }) {
    for (const seen of seenNamed(model, 'npm')) {
      const [verb, ...packages] = operandsOf(seen, /^--(?:loglevel|registry)$/);
      const word = packages.find((one) => textOf(one) !== 'install' && !hasVersion(textOf(one)));
      if (verb && textOf(verb) === 'install' && word)
        yield { at: word.span, message: `${textOf(word)} has no version` };
    }
  },
});

/** Whether hadolint asks no version of a package of npm. */
function hasVersion(name: string): boolean {
  if (/^git(?:\+\w+)?:\/\//.test(name)) return name.includes('#');
  const isFile = /^(?:\/|\.\.?\/|~\/)|\.(?:tar|tar\.gz|tgz)$/.test(name);
  return isFile || name.replace(/^@[^/]*(?:\/|$)/, '').includes('@');
}
