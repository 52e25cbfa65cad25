import { emptied, uncached, unlocked, wrongPlace, deleted } from './cache-mount-ineffective.parts';
import { defineRule } from '../core/lint/rule';
import { mountedRuns } from '../core/analysis/packages/mounted-caches';

/**
 * A cache mount helps only if the tool of the step keeps its files there, and if nothing removes them again.
 *
 * ```dockerfile bad
 * FROM rust:1.82
 * RUN --mount=type=cache,target=«/root/.cache» cargo build --locked
 * RUN --mount=type=cache,id=yarn,target=«/root/.npm» \
 *     # from the lock file
 *     yarn install --frozen-lockfile
 * RUN --mount=type=cache,target=«/root/.cache» apt-get update && apt-get install -y --no-install-recommends jq=1.6-2.1
 * ```
 * > cargo keeps nothing in /root/.cache, so this mount caches nothing
 * > yarn keeps nothing in /root/.npm, so this mount caches nothing
 * > apt-get keeps nothing in /root/.cache, so this mount caches nothing
 * ```dockerfile fixed
 * FROM rust:1.82
 * RUN --mount=type=cache,target=/usr/local/cargo/registry cargo build --locked
 * RUN --mount=type=cache,id=yarn,target=/usr/local/share/.cache/yarn \
 *     # from the lock file
 *     yarn install --frozen-lockfile
 * RUN --mount=type=cache,target=/var/lib/apt,sharing=locked apt-get update && apt-get install -y --no-install-recommends jq=1.6-2.1
 * ```
 * ```dockerfile bad
 * FROM python:3.13-slim
 * RUN --mount=type=cache,target=«/root/.m2» npm ci && pip install -r requirements.txt
 * ```
 * > npm and pip keep nothing in /root/.m2, so this mount caches nothing
 * The home directory of another user is another folder, and the user has to own the mount:
 * ```dockerfile bad
 * FROM node:22
 * USER node
 * RUN --mount=type=cache,target=«/root/.npm» npm ci
 * USER app
 * RUN --mount=type=cache,target=«/root/.npm» npm ci
 * RUN useradd other
 * USER other
 * RUN --mount=type=cache,target=«/root/.npm» npm ci
 * ```
 * > npm keeps nothing in /root/.npm, so this mount caches nothing
 * ```dockerfile fixed
 * FROM node:22
 * USER node
 * RUN --mount=type=cache,target=/home/node/.npm,uid=1000,gid=1000 npm ci
 * USER app
 * RUN --mount=type=cache,target=/root/.npm npm ci
 * RUN useradd other
 * USER other
 * RUN --mount=type=cache,target=/root/.npm npm ci
 * ```
 * The builder takes a tilde for the name of a folder:
 * ```dockerfile bad
 * FROM node:22
 * RUN --mount=type=cache,target=«~/.npm» npm ci
 * RUN --mount=type=cache,target=«/app/.npm» npm ci
 * ```
 * > npm keeps nothing in /~/.npm, so this mount caches nothing
 * > npm keeps nothing in /app/.npm, so this mount caches nothing
 * ```dockerfile fixed
 * FROM node:22
 * RUN --mount=type=cache,target=/root/.npm npm ci
 * RUN --mount=type=cache,target=/root/.npm npm ci
 * ```
 * An option that switches the cache off contradicts the mount, and so does a command that empties it:
 * ```dockerfile bad
 * FROM python:3.13-slim
 * RUN --mount=type=cache,target=/root/.cache/pip pip install «--no-cache-dir» -r requirements.txt
 * RUN --mount=type=cache,target=/root/.npm npm ci && npm cache «clean» --force
 * RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt && «rm -rf /root/.cache»
 * ```
 * > --no-cache-dir keeps pip from using the cache mount
 * > This empties the cache mount, so the next build finds nothing in it
 * > This empties the cache mount, so the next build finds nothing in it
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt
 * RUN --mount=type=cache,target=/root/.npm npm ci
 * RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt
 * ```
 * Variables do so too, and an option may name another folder:
 * ```dockerfile bad
 * FROM python:3.13-slim
 * RUN --mount=type=cache,target=/root/.cache/uv «UV_NO_CACHE=1» uv sync --locked
 * RUN --mount=type=cache,target=«/root/.cache/pip» pip install --cache-dir /pip -r requirements.txt
 * ENV PIP_NO_CACHE_DIR=1
 * RUN --mount=type=cache,target=«/root/.cache/pip» pip install -r requirements.txt
 * FROM acme/uv:1
 * RUN --mount=type=cache,target=/root/.cache/uv uv sync --locked «--no-cache»
 * ```
 * > UV_NO_CACHE keeps uv from using the cache mount
 * > pip keeps nothing in /root/.cache/pip, so this mount caches nothing
 * > PIP_NO_CACHE_DIR keeps pip from using the cache mount
 * > --no-cache keeps uv from using the cache mount
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * RUN --mount=type=cache,target=/root/.cache/uv UV_NO_CACHE=1 uv sync --locked
 * RUN --mount=type=cache,target=/pip pip install --cache-dir /pip -r requirements.txt
 * ENV PIP_NO_CACHE_DIR=1
 * RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt
 * FROM acme/uv:1
 * RUN --mount=type=cache,target=/root/.cache/uv uv sync --locked
 * ```
 * apt refuses to work in a folder that another build locks, and the images of Debian and Ubuntu delete what it downloads:
 * ```dockerfile bad severity="info"
 * FROM debian:12
 * RUN --mount=type=cache,«target=/var/lib/apt/lists» \
 *     --mount=type=cache,target=«/var/cache/apt»,sharing=locked \
 *     apt-get update && apt-get install -y --no-install-recommends jq=1.6-2.1
 * ```
 * > If two builds run at once, one cannot lock the files of apt in this mount and fails
 * > The image deletes what apt downloads, so no package stays in this mount
 * ```dockerfile fixed
 * FROM debian:12
 * RUN --mount=type=cache,target=/var/lib/apt/lists,sharing=locked \
 *     --mount=type=cache,target=/var/cache/apt,sharing=locked \
 *     rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y --no-install-recommends jq=1.6-2.1
 * ```
 * Where no user has a home, that is `/`:
 * ```dockerfile good
 * FROM scratch
 * COPY --from=acme/tools:1 / /
 * RUN --mount=type=cache,target=/.cache/go-build go build .
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN rm -f /etc/apt/apt.conf.d/docker-clean
 * RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked \
 *     apt-get update && apt-get install -y --no-install-recommends jq=1.6-2.1
 * RUN --mount=type=cache,target=/root/.cache ./build.sh && go build .
 * RUN --mount=type=cache,target=/root/.cache/go-build,sharing=locked make
 * RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt && rm -rf /tmp/x
 * RUN --mount=type=cache,target=/root/.cache/pip PIP_NO_CACHE_DIR=0 pip install --cache-dir $X -r requirements.txt
 * RUN --mount=type=cache,target=/root/.cache/pip pip install --no-index --cache-dir /x -r requirements.txt
 * RUN --mount=type=cache,target=/root/.yarn/berry/cache yarn install --immutable
 * USER 1000
 * RUN --mount=type=cache,target=/root/.npm HOME=/root npm ci
 * RUN --mount=type=cache,target=/var/cache/npm npm ci
 * RUN --mount=type=cache,target=$DIR npm ci
 * RUN --mount=type=cache,target=/src/dist npm ci
 * RUN --mount=type=cache,target=/root/.npm true
 * FROM node:22-alpine
 * RUN --mount=type=cache,target=/root/.npm npm ci
 * FROM rust:1.82
 * RUN --mount=type=cache,target=/usr/local/cargo/git/db cargo build --locked
 * ```
 * ```dockerfile bad
 * FROM fedora:43
 * RUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y git && dnf «clean» all
 * ```
 * > This empties the cache mount, so the next build finds nothing in it
 * ```dockerfile fixed
 * FROM fedora:43
 * RUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y git
 * ```
 *
 * @skip onbuild the users that a trigger creates are not looked up
 */
export default defineRule({
  id: 'cache-mount-ineffective',
  summary: 'A cache mount keeps nothing that its step can use',
  category: 'package',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  once: 'in each step',
  alsoKnownAs: [],
  mentions: ['mount'],

  *check({ model }) {
    for (const mounted of mountedRuns(model)) {
      if (mounted.keepers.length === 0) continue;
      yield* wrongPlace(model, mounted);
      yield* uncached(model, mounted);
      yield* emptied(model, mounted);
      yield* deleted(model, mounted);
      yield* unlocked(mounted);
    }
  },
});
