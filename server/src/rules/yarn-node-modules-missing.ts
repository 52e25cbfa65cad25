import { defineRule } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';
import { yarnVersion } from '../core/analysis/packages/yarn-version';
import type { ContextFacts } from '../core/lint/facts';

/**
 * Unless a setting says otherwise, Yarn 2 and later keep packages as archives and write `.pnp.cjs` instead of a folder
 * node_modules. A later copy of that folder stops the build, and Next.js cannot put packages from archives into its
 * standalone folder. Set `YARN_NODE_LINKER=node-modules`, or copy the `.yarnrc.yml` that says so.
 *
 * ```dockerfile bad
 * FROM node:24-trixie-slim AS build
 * WORKDIR /app
 * RUN npm install --prefix=/opt/yarn @yarnpkg/cli-dist@4.18.1 && npm cache clean --force
 * COPY package.json yarn.lock ./
 * RUN /opt/yarn/node_modules/.bin/yarn install --immutable && yarn cache clean
 * FROM node:24-trixie-slim
 * COPY --from=build «/app/node_modules» /app/node_modules
 * USER node
 * CMD ["node", "/app/index.js"]
 * ```
 * > Yarn makes no folder node_modules here, because nothing sets its linker
 * ```dockerfile bad severity="warning"
 * FROM node:24-trixie-slim AS build
 * WORKDIR /app
 * RUN npm install --prefix=/opt/yarn @yarnpkg/cli-dist@4.18.1 && npm cache clean --force
 * COPY package.json yarn.lock ./
 * RUN yarn install --immutable && yarn cache clean
 * COPY app app
 * RUN yarn run build
 * FROM node:24-trixie-slim
 * COPY --from=build «/app/.next/standalone» /app
 * COPY --from=build /app/.next/static /app/.next/static
 * USER node
 * CMD ["node", "/app/server.js"]
 * ```
 * > Yarn makes no folder node_modules here, because nothing sets its linker
 * The rule accepts a linker that is set, settings that are copied, and folders of another package manager:
 * ```dockerfile good
 * FROM node:24-trixie-slim AS build
 * ENV YARN_NODE_LINKER=node-modules
 * COPY package.json yarn.lock ./
 * RUN yarn install --immutable
 * FROM node:24-trixie-slim
 * COPY --from=build /app/node_modules /app/node_modules
 * ```
 * ```dockerfile good
 * FROM node:24-trixie-slim AS build
 * COPY package.json yarn.lock .yarnrc.yml ./
 * RUN yarn install --immutable
 * FROM node:24-trixie-slim
 * COPY --from=build /app/node_modules /app/node_modules
 * ```
 * ```dockerfile good files="package.json yarn.lock .yarnrc.yml"
 * FROM node:24-trixie-slim AS build
 * COPY package.json yarn.lock ./
 * RUN yarn install --immutable
 * FROM node:24-trixie-slim
 * COPY --from=build /app/node_modules /app/node_modules
 * ```
 * ```dockerfile good
 * FROM node:24-trixie-slim AS build
 * COPY . .
 * RUN yarn install --immutable
 * FROM node:24-trixie-slim
 * COPY --from=build /app/node_modules /app/node_modules
 * ```
 * ```dockerfile good
 * FROM node:24-trixie-slim AS build
 * COPY package.json yarn.lock ./
 * RUN yarn install --immutable
 * FROM node:24-trixie-slim AS other
 * RUN npm ci
 * FROM node:24-trixie-slim
 * COPY --from=other /app/node_modules /app/node_modules
 * COPY --from=build /app/dist $TARGET
 * COPY --from=build $DIST /app/
 * ```
 * ```dockerfile good
 * FROM node:24-trixie-slim AS build
 * COPY package.json yarn.lock ./
 * RUN yarn install --frozen-lockfile
 * FROM node:24-trixie-slim
 * COPY --from=build /app/node_modules /app/node_modules
 * ```
 */
export default defineRule({
  id: 'yarn-node-modules-missing',
  summary: 'A folder node_modules is copied that Yarn does not make',
  category: 'build',
  severity: 'error',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['yarn'],

  *check({ model, facts: { context } }) {
    // Settings may lie in a file that the text names, or in a variable.
    if (/linker|yarnrc/i.test(model.document.text) || context?.entries.includes('.yarnrc.yml')) return;
    const isPlain = new Map<Stage, boolean>();
    for (const { sources } of model.copies) {
      for (const source of sources) {
        if (source.kind !== 'stage') continue;
        const [, wanted] = /(?:^|\/)(node_modules|\.next\/standalone)$/.exec(source.path ?? '') ?? [];
        if (wanted === undefined) continue;
        const { stage } = source;
        let plain = isPlain.get(stage);
        if (plain === undefined) isPlain.set(stage, (plain = hasArchives(model, stage, context)));
        if (plain)
          yield {
            at: source.span,
            message: 'Yarn makes no folder node_modules here, because nothing sets its linker',
            severity: wanted === 'node_modules' ? undefined : 'warning',
          };
      }
    }
  },
});

/** Whether a stage installs by a modern Yarn alone, and certainly without settings of the project. */
function hasArchives(model: Model, { chain }: Stage, context: ContextFacts | undefined): boolean {
  const stages = new Set(chain);
  const isHere = (stage: Stage | undefined): boolean => stage !== undefined && stages.has(stage);
  const installs = model
    .commandsNamed('yarn', 'npm', 'pnpm', 'bun')
    .filter(({ instruction, args }) => isHere(model.stageOf(instruction)) && !args.some(isOfTools));
  const others = installs.filter(({ program }) => program !== 'yarn');
  const [yarn] = installs.filter(({ program }) => program === 'yarn');
  if (!yarn || others.length > 0 || yarnVersion(model, context, yarn.instruction) !== 'modern') return false;
  return model.copies.every(
    ({ stage, sources }) =>
      !isHere(stage) || sources.every(({ value }) => !/^(?:\.?\/?\.?|.*[*?$[].*)$/.test(value)),
  );
}

/** Words of steps that install a package manager. */
function isOfTools({ text }: { readonly text: string }): boolean {
  return /^(?:-g|--global|--prefix|cache)/.test(text);
}
