import { defineRule } from '../core/lint/rule';
import { stopsBuild } from '../core/analysis/commands/failing-step';
import { baseTag, isAtLeastVersion, versionOfTag } from '../core/analysis/images/base-version';
import { addedBefore } from '../core/analysis/packages/added-packages';
import { nodeLines } from '../core/knowledge/packages/runtime-needs';

/**
 * Since Node.js 25, the image of Node.js comes without corepack: the step ends with "corepack: not found". Install the
 * package manager itself, in its exact version, by `npm install --global pnpm@…`; for Yarn 4 by
 * `npm install --prefix=/opt/yarn @yarnpkg/cli-dist@…`.
 *
 * ```dockerfile bad
 * FROM node:26-trixie-slim
 * WORKDIR /app
 * COPY package.json pnpm-lock.yaml ./
 * RUN «corepack» enable && pnpm install --frozen-lockfile
 * ```
 * > Node.js 26 comes without corepack, so the build stops
 * ```dockerfile bad severity="hint"
 * FROM node:25
 * RUN «corepack» enable || true
 * ```
 * > Node.js 25 comes without corepack, so this fails
 * ```dockerfile good
 * FROM node:24-trixie-slim
 * RUN corepack enable
 * FROM node:26-trixie-slim
 * RUN npm install --global corepack && corepack enable
 * FROM node:lts
 * RUN corepack enable
 * FROM node:current
 * RUN corepack enable
 * FROM example.com/node:26
 * RUN corepack enable
 * FROM node:26
 * COPY --from=tools /usr/local/bin/ /usr/local/bin/
 * RUN corepack enable
 * ```
 *
 * @skip onbuild what earlier steps add is followed in the stage itself only
 */
export default defineRule({
  id: 'corepack-gone',
  summary: 'A step calls corepack, which the image of Node.js no longer has',
  category: 'build',
  severity: 'error',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['corepack'],

  *check({ model }) {
    for (const command of model.commandsNamed('corepack')) {
      const { instruction, name } = command;
      const tag = baseTag(model, model.stageOf(instruction), 'node');
      const node = tag === undefined ? undefined : versionOfTag(tag, nodeLines);
      if (!node || !isAtLeastVersion([node[0]], [25])) continue;
      const added = addedBefore(model, command);
      if (!added || added.unknown || added.packages.get('corepack')) continue;
      const stops = stopsBuild(model, instruction, command);
      yield {
        at: name.span,
        message: `Node.js ${node[0]} comes without corepack, so ${stops ? 'the build stops' : 'this fails'}`,
        severity: stops ? 'error' : 'hint',
      };
    }
  },
});
