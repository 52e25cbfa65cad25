import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Edit, Fix, Instruction, Model } from '../core/lint/rule';
import { cleansCache } from '../core/analysis/packages/caches-left';
import { deletionsOf } from '../core/analysis/layers/layer-contents';
import { packageCommandOf } from '../core/analysis/packages/package-commands';
import { cacheFolder, isMountedOver, toolUses } from '../core/analysis/packages/tool-caches';
import type { ToolUse } from '../core/analysis/packages/tool-caches';
import { toolsToCleanUp } from '../core/knowledge/packages/tool-caches';
import { addMounts, ownerOptions } from '../core/fixes/add-mounts';
import { addSyntaxLine } from '../core/fixes/syntax-line';
import { removeWords } from '../core/shell/removal';

/**
 * A step that runs again starts with empty caches, and fetches and compiles everything again. A cache mount keeps them
 * between builds, outside the image. The rule speaks with `packageCache: mount`, and in the profile `strict` where no
 * other rule asks for a removal of the cache.
 *
 * ```dockerfile bad options="packageCache: mount"
 * FROM golang:1.23 AS build
 * WORKDIR /src
 * COPY . .
 * RUN CGO_ENABLED=0 go «build» -trimpath -o /app . && go test ./...
 * FROM python:3.13-slim
 * RUN pip «install» --no-cache-dir -r requirements.txt
 * RUN ["npm", "«ci»"]
 * ENV npm_config_cache=/npm
 * RUN <<EOF
 * npm «ci»
 * EOF
 * ```
 * > go starts without its caches whenever this step runs: /go/pkg/mod and 1 more
 * > pip starts without its caches whenever this step runs: /root/.cache/pip
 * > npm starts without its caches whenever this step runs: /root/.npm
 * > npm starts without its caches whenever this step runs: /npm
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM golang:1.23 AS build
 * WORKDIR /src
 * COPY . .
 * RUN --mount=type=cache,target=/go/pkg/mod \
 *     --mount=type=cache,target=/root/.cache/go-build \
 *     CGO_ENABLED=0 go build -trimpath -o /app . && go test ./...
 * FROM python:3.13-slim
 * RUN --mount=type=cache,target=/root/.cache/pip \
 *     pip install -r requirements.txt
 * RUN --mount=type=cache,target=/root/.npm ["npm", "ci"]
 * ENV npm_config_cache=/npm
 * RUN --mount=type=cache,target=/npm <<EOF
 * npm ci
 * EOF
 * ```
 * Another user has another home directory, and has to own the mount. There is no fix where the owner is not known, or
 * where the step empties the cache itself:
 * ```dockerfile bad options="packageCache: mount"
 * FROM node:22
 * RUN yarn «install» --frozen-lockfile && yarn cache clean && npm ci
 * RUN pip «install» -r requirements.txt && rm -rf /root/.cache
 * USER node
 * RUN --network=default npm «ci»
 * RUN useradd other
 * USER other
 * RUN npm «ci»
 * ```
 * > yarn starts without its caches whenever this step runs: /usr/local/share/.cache/yarn and 1 more
 * > pip starts without its caches whenever this step runs: /root/.cache/pip
 * > npm starts without its caches whenever this step runs: /home/node/.npm
 * > npm starts without its caches whenever this step runs: /home/other/.npm
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM node:22
 * RUN yarn install --frozen-lockfile && yarn cache clean && npm ci
 * RUN pip install -r requirements.txt && rm -rf /root/.cache
 * USER node
 * RUN --network=default --mount=type=cache,target=/home/node/.npm,uid=1000,gid=1000 npm ci
 * RUN useradd other
 * USER other
 * RUN npm ci
 * ```
 * ```dockerfile bad options="packageCache: mount"
 * FROM php:8.3-cli
 * RUN composer «install»
 * FROM node:22
 * USER node
 * RUN yarn «install» --frozen-lockfile
 * FROM python:3.13-slim
 * RUN ["pip", "«install»", "--no-cache-dir", "-r", "requirements.txt"]
 * RUN sh -c "pip «install» --no-cache-dir \"flask\""
 * ```
 * > composer starts without its caches whenever this step runs: /root/.cache/composer
 * > yarn starts without its caches whenever this step runs: /home/node/.cache/yarn
 * > pip starts without its caches whenever this step runs: /root/.cache/pip
 * > pip starts without its caches whenever this step runs: /root/.cache/pip
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM php:8.3-cli
 * RUN --mount=type=cache,target=/root/.cache/composer \
 *     composer install
 * FROM node:22
 * USER node
 * RUN --mount=type=cache,target=/home/node/.cache/yarn,uid=1000,gid=1000 \
 *     yarn install --frozen-lockfile
 * FROM python:3.13-slim
 * RUN --mount=type=cache,target=/root/.cache/pip ["pip", "install", "-r", "requirements.txt"]
 * RUN sh -c "pip install --no-cache-dir \"flask\""
 * ```
 * ```dockerfile good options="packageCache: mount"
 * FROM node:22
 * RUN --mount=type=cache,target=/root/.npm npm ci
 * RUN npm ci --cache /tmp/npm && npm run build
 * RUN --mount=type=bind,source=cache,target=/root npm ci
 * USER app
 * RUN npm ci
 * ```
 * ```dockerfile bad options="profile: strict"
 * FROM rust:1.82 AS build
 * RUN cargo «build» --locked && npm ci
 * FROM python:3.13-slim
 * RUN pip install -r requirements.txt
 * RUN uv pip install --system --no-cache -r requirements.txt && uv sync --no-cache
 * ```
 * > cargo starts without its caches whenever this step runs: /usr/local/cargo/registry and 2 more
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM rust:1.82 AS build
 * RUN --mount=type=cache,target=/usr/local/cargo/registry \
 *     --mount=type=cache,target=/usr/local/cargo/git \
 *     --mount=type=cache,target=/root/.npm \
 *     cargo build --locked && npm ci
 * FROM python:3.13-slim
 * RUN pip install -r requirements.txt
 * RUN uv pip install --system --no-cache -r requirements.txt && uv sync --no-cache
 * ```
 * ```dockerfile good
 * FROM rust:1.82
 * RUN cargo build --locked
 * ```
 *
 * @skip backtick the line that the fix adds stands above the other directive
 * @skip onbuild the users that a trigger creates are not looked up
 */
export default defineRule({
  id: 'language-cache-mount',
  summary: 'A step fetches everything again whenever it runs',
  category: 'package',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  options: { packageCache: sharedOptions.packageCache, profile: sharedOptions.profile },

  *check({ model, options: { packageCache, profile } }) {
    const always = packageCache === 'mount';
    if (!always && profile !== 'strict') return;
    const byRun = new Map<Instruction, ToolUse[]>();
    for (const use of toolUses(model)) {
      const run = use.command.instruction;
      if (!always && isCleaned(model, use)) continue;
      const own = byRun.get(run);
      if (own) own.push(use);
      else byRun.set(run, [use]);
    }
    for (const [run, uses] of byRun) {
      const folders = [...new Set(uses.flatMap((use) => foldersToMount(model, use)))];
      const [first] = uses;
      const [folder, ...more] = folders;
      if (!first || folder === undefined || folders.some((one) => isMountedOver(model, run, one))) continue;
      const others = more.length > 0 ? ` and ${more.length} more` : '';
      yield {
        at: first.verb.span,
        message: `${first.tool.name} starts without its caches whenever this step runs: ${folder}${others}`,
        fix: mounted(model, run, uses, folders),
      };
    }
  },
});

/** Whether other rules ask for a removal, or the command leaves nothing. */
function isCleaned(model: Model, { command, tool }: ToolUse): boolean {
  const use = packageCommandOf(model, command);
  const isAsked =
    toolsToCleanUp.has(tool.name) || (tool.name === 'uv' && use?.phrase.startsWith('pip ') === true);
  if (isAsked && model.reachesImage(command.instruction)) return true;
  return use?.given.some(({ name }) => use.manager.noCache.includes(name)) === true;
}

/** The folders of a tool, those of another user left out; none if one is not known. */
function foldersToMount(model: Model, use: ToolUse): readonly string[] {
  if (use.mayBeElsewhere) return [];
  const isRoot = model.environmentAt(use.command.instruction).isRoot === true;
  const { folders, name } = use.tool;
  const own =
    name === 'yarn'
      ? folders.slice(isRoot ? 1 : 0).slice(0, 1)
      : name === 'composer'
        ? folders.slice(0, 1)
        : folders;
  const known = own.flatMap((folder) => cacheFolder(model, use, folder) ?? []);
  return known.length === own.length ? known : [];
}

function mounted(
  model: Model,
  run: Instruction,
  uses: readonly ToolUse[],
  folders: readonly string[],
): Fix | undefined {
  const owner = ownerOptions(model, run);
  if (owner === undefined || model.commandsOf(run).some((command) => empties(model, command)))
    return undefined;
  const edits: Edit[] = [
    ...addSyntaxLine(model),
    addMounts(
      model,
      run,
      folders.map((folder) => `--mount=type=cache,target=${folder}${owner}`),
    ),
  ];
  for (const { command } of uses) {
    const use = packageCommandOf(model, command);
    for (const { name, word } of use?.given ?? []) {
      if (!use?.manager.noCache.includes(name)) continue;
      const removal = removeWords(model, command, word);
      if (!removal) return undefined;
      edits.push(...removal);
    }
  }
  return { title: 'Mount the caches', edits: edits.sort((a, b) => a.start - b.start) };
}

/** Whether a command empties caches, so that the mounts would not last. */
function empties(model: Model, command: Parameters<typeof deletionsOf>[1]): boolean {
  const use = packageCommandOf(model, command);
  if (use && cleansCache(use)) return true;
  return deletionsOf(model, command).known.some(({ pattern }) =>
    /cache|~|\/root|\/go|cargo|\.m2|nuget/.test(pattern),
  );
}
