import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Model } from '../core/lint/rule';
import { isDevcontainer } from '../core/analysis/context/context-sources';
import { projectInstalls } from '../core/analysis/packages/project-installs';
import type { ProjectInstall } from '../core/analysis/packages/project-installs';
import { shippedStage } from '../core/analysis/runtime/shipped-stage';
import { whatRuns } from '../core/analysis/runtime/what-runs';
import type { ContextFacts } from '../core/lint/facts';
import { isBelow } from '../core/text/paths';

/**
 * Test frameworks, linters and debuggers make an image larger, add findings to every scan, and some of them answer to
 * anybody: PHPUnit ran code that strangers sent to it. Leave out the packages for development, or install without them once
 * more where the image takes them from.
 *
 * ```dockerfile bad
 * FROM php:8.5-fpm-trixie
 * WORKDIR /app
 * COPY composer.json composer.lock ./
 * RUN composer «install» --no-interaction --no-scripts
 * COPY src src
 * USER 33:33
 * CMD ["php-fpm"]
 * ```
 * > Nothing leaves the packages for development out of the image
 * ```dockerfile bad
 * FROM python:3.14-slim-trixie AS build
 * WORKDIR /app
 * COPY pyproject.toml poetry.lock ./
 * RUN poetry «install» --no-root
 * FROM python:3.14-slim-trixie
 * COPY --from=build /app/.venv /app/.venv
 * USER 10001
 * ENTRYPOINT ["/app/.venv/bin/gunicorn", "shop.wsgi:application"]
 * ```
 * > Nothing leaves the packages for development out of the image
 * The profile `strict` adds JavaScript, where a build mostly needs them before:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM node:24-trixie-slim AS build
 * WORKDIR /app
 * COPY . .
 * RUN npm «ci» && npm run build
 * FROM node:24-trixie-slim
 * WORKDIR /app
 * COPY --from=build /app/node_modules node_modules
 * COPY --from=build /app/dist dist
 * USER node
 * CMD ["node", "dist/index.js"]
 * ```
 * > Nothing leaves the packages for development out of the image
 * The rule accepts installations without them, a later one, and packages that the image does not take:
 * ```dockerfile good options="profile: strict"
 * FROM php:8.5-fpm-trixie
 * WORKDIR /app
 * RUN composer install --no-dev && composer install --no-dev --optimize-autoloader
 * CMD ["php-fpm"]
 * ```
 * ```dockerfile good options="profile: strict"
 * FROM node:24-trixie-slim AS build
 * WORKDIR /app
 * RUN npm ci && npm run build && npm ci --omit=dev
 * RUN npm ci --no-save express
 * FROM node:24-trixie-slim AS other
 * WORKDIR /other
 * RUN yarn install $OPTIONS && pnpm install
 * FROM node:24-trixie-slim
 * COPY --from=build /app/node_modules node_modules
 * COPY --from=other /other/dist dist
 * USER node
 * CMD ["node", "dist/index.js"]
 * ```
 * ```dockerfile good options="profile: strict"
 * FROM node:24-trixie-slim
 * RUN npm ci && npm run build && npm prune --omit=dev
 * CMD ["node", "dist/index.js"]
 * ```
 * ```dockerfile good options="profile: strict"
 * FROM php:8.5-fpm-trixie
 * RUN git clone https://example.com/tool.git . && git checkout v1 && composer install
 * CMD ["php-fpm"]
 * ```
 * ```dockerfile good options="profile: strict"
 * FROM node:24-trixie-slim
 * RUN npm ci && npm run build && rm -rf node_modules
 * CMD ["node", "dist/index.js"]
 * ```
 * ```dockerfile good files="composer.json composer.lock" texts="composer.json: 'require': {}"
 * FROM php:8.5-fpm-trixie
 * RUN composer install
 * CMD ["php-fpm"]
 * ```
 * ```dockerfile good files="pyproject.toml poetry.lock" texts="pyproject.toml: [tool.poetry.dependencies]"
 * FROM python:3.14-slim-trixie
 * RUN poetry install
 * CMD ["gunicorn", "shop.wsgi:application"]
 * ```
 * ```dockerfile good
 * FROM php:8.5-cli-trixie
 * RUN composer install
 * CMD ["bash"]
 * ```
 * ```dockerfile good files=".devcontainer/" dockerfile=".devcontainer/Dockerfile"
 * FROM php:8.5-fpm-trixie
 * RUN composer install
 * CMD ["php-fpm"]
 * ```
 *
 * @skip onbuild what the stage installed before is not known in a trigger
 */
export default defineRule({
  id: 'development-packages-shipped',
  summary: 'The image holds packages that only development needs',
  category: 'package',
  severity: 'info',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  options: { profile: sharedOptions.profile },
  mentions: ['npm', 'yarn', 'pnpm', 'composer', 'poetry'],

  *check({ model, facts, options: { profile } }) {
    const installs = projectInstalls(model).slice(0, most);
    const stage = shippedStage(model);
    if (!stage || !installs.some(({ omits }) => omits === false) || isDevcontainer(facts.context, facts.path))
      return;
    const { context } = facts;
    if (/\bprune\b|NODE_ENV/.test(model.document.text) || whatRuns(model, stage).kind !== 'program') return;
    for (const install of installs) {
      const { installer, omits, verb } = install;
      const isScript = installer.folder === 'node_modules';
      if (omits !== false || (isScript && profile !== 'strict') || !hasThem(install, context)) continue;
      if (isOfOthers(model, install) || isLeftOutLater(model, install) || !isShipped(model, install))
        continue;
      yield {
        at: verb.span,
        message: 'Nothing leaves the packages for development out of the image',
        severity: isScript ? 'hint' : undefined,
      };
    }
  },
});

/** More installations than this are not looked at. */
const most = 20;

/** Whether the project has such packages, as far as its files are known. */
function hasThem({ installer: { folder } }: ProjectInstall, context: ContextFacts | undefined): boolean {
  const [file, pattern] =
    folder === 'vendor'
      ? ['composer.json', /["']require-dev["']/]
      : folder === '.venv'
        ? ['pyproject.toml', /dependency-groups|\.group\.|dev-dependencies/]
        : ['package.json', /["']devDependencies["']/];
  const text = context?.textOf?.(file);
  return text === undefined || pattern.test(text);
}

/** Whether the project was cloned: what it has is for others to say. */
function isOfOthers(model: Model, { stage, command }: ProjectInstall): boolean {
  return model
    .commandsNamed('git')
    .some(
      ({ instruction, args, span }) =>
        args.some(({ value }) => value === 'clone') &&
        span.start < command.span.start &&
        model.stageOf(instruction) === stage,
    );
}

/** Whether a later command of the stage takes the packages away, or installs without them. */
function isLeftOutLater(model: Model, { stage, command, installer }: ProjectInstall): boolean {
  return model
    .commandsNamed('rm', ...installer.programs)
    .some(
      ({ instruction, program, args, span }) =>
        span.start > command.span.start &&
        model.stageOf(instruction) === stage &&
        args.some(({ text }) =>
          program === 'rm'
            ? text.includes(installer.folder)
            : installer.omits.test(text) || text.includes('$'),
        ),
    );
}

/** Whether the image has the stage of an installation, or copies the packages from it. */
function isShipped(model: Model, { stage, packages }: ProjectInstall): boolean {
  const image = shippedStage(model);
  if (image?.chain.includes(stage)) return true;
  return (
    packages !== undefined &&
    model.copies.some(
      (copy) =>
        copy.stage !== undefined &&
        image?.chain.includes(copy.stage) === true &&
        copy.sources.some(
          (source) =>
            source.kind === 'stage' &&
            source.stage.chain.includes(stage) &&
            source.path !== undefined &&
            isBelow(packages, `/${source.path}`),
        ),
    )
  );
}
