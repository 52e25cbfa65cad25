import { defineRule } from '../core/lint/rule';
import type { Model } from '../core/lint/rule';
import { projectInstalls } from '../core/analysis/packages/project-installs';
import type { ProjectInstall } from '../core/analysis/packages/project-installs';
import { buildsScripts, scriptBuilders } from '../core/knowledge/programs/subcommands';
import type { Command } from '../core/shell/types';
import type { ContextFacts } from '../core/lint/facts';
import type { CopySource } from '../core/model/copies';

/**
 * Compilers and bundlers of a JavaScript project are among its packages for development. An installation that leaves them
 * out makes a later `npm run build` stop: "tsc: not found". Install everything, build, and leave them out of the image:
 * install again in a stage of its own, or `npm prune --omit=dev` after the build.
 *
 * ```dockerfile bad
 * FROM node:24-trixie-slim AS build
 * WORKDIR /app
 * COPY package.json package-lock.json ./
 * RUN npm ci «--omit=dev»
 * COPY src src
 * RUN npm run build
 * ```
 * > Packages for development are left out here, and npm run build in line 6 mostly needs them
 * ```dockerfile bad
 * FROM node:24-trixie-slim AS build
 * WORKDIR /app
 * ENV NODE_ENV=production
 * COPY package.json pnpm-lock.yaml ./
 * RUN npm install --global pnpm@10.0.0 && npm cache clean --force
 * RUN pnpm «install» --frozen-lockfile && npx tsc
 * ```
 * > Packages for development are left out here, and npx tsc in line 6 mostly needs them
 * ```dockerfile bad
 * FROM node:24-trixie-slim AS build
 * WORKDIR /app
 * COPY package.json yarn.lock .yarnrc.yml ./
 * RUN yarn workspaces focus «--production»
 * COPY src src
 * RUN yarn run build
 * ```
 * > Packages for development are left out here, and yarn run build in line 6 mostly needs them
 * Where package.json is known, it tells what the script needs:
 * ```dockerfile bad files="package.json package-lock.json src/" texts="package.json: 'devDependencies': { 'vite': '7' }"
 * FROM node:24-trixie-slim AS build
 * COPY package.json package-lock.json ./
 * RUN npm ci «--omit=dev»
 * COPY src src
 * RUN npm run build
 * ```
 * > Packages for development are left out here, and npm run build in line 5 mostly needs them
 * ```dockerfile good files="app/ docker/"
 * FROM node:22
 * WORKDIR /app
 * COPY . .
 * RUN npm ci --omit=dev
 * RUN npm run build
 * ```
 * ```dockerfile good files="package.json package-lock.json src/" texts="package.json: 'dependencies': { 'vite': '7' }"
 * FROM node:24-trixie-slim AS build
 * COPY package.json package-lock.json ./
 * RUN npm ci --omit=dev
 * COPY src src
 * RUN npm run build
 * ```
 * The rule accepts another installation before the build, packages by name, and those of another stage:
 * ```dockerfile good
 * FROM node:24-trixie-slim AS all
 * RUN npm ci
 * RUN npm run build && npm ci --omit=dev
 * FROM node:24-trixie-slim AS build
 * RUN npm ci --omit=dev
 * RUN npm install
 * RUN npm run build
 * FROM node:24-trixie-slim AS named
 * RUN npm ci --omit=dev && npm install --no-save typescript && npm run build
 * FROM node:24-trixie-slim AS copied
 * RUN npm ci --omit=dev
 * COPY --from=all /app/node_modules node_modules
 * RUN npm run build
 * FROM node:24-trixie-slim AS other
 * RUN npm ci --omit=dev
 * FROM node:24-trixie-slim
 * RUN npm ci && npm test
 * RUN npm run build
 * ```
 *
 * @skip onbuild what the stage installed before is not known in a trigger
 */
export default defineRule({
  id: 'build-packages-left-out',
  summary: 'A build step runs without the packages for development',
  category: 'build',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['npm', 'yarn', 'pnpm'],

  *check({ model, facts: { context } }) {
    const installs = projectInstalls(model).slice(0, most);
    if (!installs.some(({ omits }) => omits) || !mayNeedThem(model, context)) return;
    for (const build of model.commandsNamed('npm', 'yarn', 'pnpm', 'npx', 'tsc').slice(0, most)) {
      const words = build.args.map(({ value }) => value ?? '');
      const stage = model.stageOf(build.instruction);
      if (!stage || build.instruction.keyword !== 'RUN' || !buildsScripts(build.program, words)) continue;
      const before = installs.filter(
        (one) => stage.chain.includes(one.stage) && one.command.span.start < build.span.start,
      );
      const last = before.at(-1);
      if (!last?.omits || before.some(({ omits }) => omits !== true) || bringsOthers(model, last, build))
        continue;
      const line = model.document.lineAt(build.span.start) + 1;
      yield {
        at: optionOf(last).span,
        message: `Packages for development are left out here, and ${[build.program, ...words.slice(0, 2)].join(' ')} in line ${line} mostly needs them`,
        related: [{ at: build.span, message: 'The build' }],
      };
      return;
    }
  },
});

/** More commands than this are not compared with each other. */
const most = 100;

/** The option that leaves them out, or the verb where a variable does. */
function optionOf({ command, installer, verb }: ProjectInstall): Command['name'] {
  return command.args.find(({ value }) => installer.omits.test(value ?? '')) ?? verb;
}

/** Whether anything between two commands may bring packages: an installation by name, a copy from another stage. */
function bringsOthers(model: Model, { command, stage }: ProjectInstall, build: Command): boolean {
  const brings = model
    .commandsNamed('npm', 'yarn', 'pnpm')
    .some(
      (one) =>
        one.span.start > command.span.start &&
        one.span.start < build.span.start &&
        model.stageOf(one.instruction)?.chain.includes(stage) === true &&
        one.args.some(({ value }) => value === 'add' || value === 'i' || value === 'install'),
    );
  return (
    brings ||
    model.copies.some(
      (copy) =>
        copy.stage?.chain.includes(stage) === true &&
        copy.sources.some(({ kind, value }) => kind === 'stage' && value.includes('node_modules')),
    )
  );
}

function namesPackages({ value }: CopySource): boolean {
  return value.includes('package');
}

/** Whether package.json, as far as it is known, has a package for development that builds. */
function mayNeedThem(model: Model, context: ContextFacts | undefined): boolean {
  const text = context?.textOf?.('package.json');
  // Then the build has another context, and nothing is known of it.
  if (context && text === undefined && !model.copies.some(({ sources }) => sources.some(namesPackages)))
    return false;
  return (
    text === undefined || scriptBuilders.test(/["']devDependencies["']\s*:\s*\{[^}]*/.exec(text)?.[0] ?? '')
  );
}
