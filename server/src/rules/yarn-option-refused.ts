import { defineRule } from '../core/lint/rule';
import { stopsBuild } from '../core/analysis/commands/failing-step';
import { yarnVersion } from '../core/analysis/packages/yarn-version';
import type { ShellWord } from '../core/shell/types';
import { refusedByYarn } from '../core/knowledge/packages/yarn-options';
import { argumentsOf } from '../core/shell/options';

/**
 * Yarn 2 and later have other options than Yarn 1, and `install` stops at one that it does not know: "Unsupported option
 * name". To leave the packages for development out, use `yarn workspaces focus --production`.
 *
 * ```dockerfile bad
 * FROM node:24-trixie-slim
 * WORKDIR /app
 * COPY package.json yarn.lock .yarnrc.yml ./
 * RUN yarn install --immutable «--production»
 * ```
 * > Yarn 2 and later refuse --production, so the build stops
 * ```dockerfile bad files="package.json yarn.lock" texts="yarn.lock: __metadata: | package.json: {}" severity="error hint"
 * FROM node:24-trixie-slim
 * WORKDIR /app
 * COPY package.json yarn.lock ./
 * RUN yarn «--ignore-scripts»
 * RUN yarn install «--prefer-offline=true» || true
 * ```
 * > Yarn 2 and later refuse --ignore-scripts, so the build stops
 * > Yarn 2 and later refuse --prefer-offline, so this fails
 * ```dockerfile good
 * FROM node:24-trixie-slim
 * COPY package.json yarn.lock .yarnrc.yml ./
 * RUN yarn install --immutable --inline-builds && yarn workspaces focus --production && yarn run build --force && yarn && \
 *     yarn --cwd ./apps/web workspaces focus --production
 * ```
 * ```dockerfile good
 * FROM node:24-trixie-slim
 * COPY package.json yarn.lock ./
 * RUN yarn install --frozen-lockfile --production --ignore-scripts
 * ```
 */
export default defineRule({
  id: 'yarn-option-refused',
  summary: 'A step gives Yarn an option that only Yarn 1 has',
  category: 'build',
  severity: 'error',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['yarn'],

  *check({ model, facts: { context } }) {
    for (const command of model.commandsNamed('yarn')) {
      const { args, instruction } = command;
      const [verb] = argumentsOf(command).operands;
      if (verb && verb.value !== 'install') continue;
      const option = args.find((word) => refusedByYarn.has(nameOf(word)));
      if (!option || yarnVersion(model, context, instruction) !== 'modern') continue;
      const stops = stopsBuild(model, instruction, command);
      yield {
        at: option.span,
        message: `Yarn 2 and later refuse ${nameOf(option)}, so ${stops ? 'the build stops' : 'this fails'}`,
        severity: stops ? undefined : 'hint',
      };
    }
  },
});

/** An option without its value. */
function nameOf({ prefix }: Pick<ShellWord, 'prefix'>): string {
  return prefix.replace(/=.*$/s, '');
}
