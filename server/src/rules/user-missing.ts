import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Finding, Stage } from '../core/lint/rule';
import { besideRootNeed, fittingUser, insertUser, needBeside } from '../core/fixes/non-root-user';
import { stepsDown, whatStepsDown } from '../core/analysis/runtime/image-users';
import { isDevcontainer, quietForTests } from '../core/analysis/context/context-sources';
import { shippedStage } from '../core/analysis/runtime/shipped-stage';
import { startsMounted } from '../core/analysis/runtime/start-scripts';
import { onlyCarriesFiles, whatRuns } from '../core/analysis/runtime/what-runs';
import type { Span } from '../core/text/span';

/**
 * Without `USER`, the program runs as root, and an attacker who breaks into it is root in the container. Almost no
 * program needs that.
 *
 * The user depends on the base image. Debian has `useradd`:
 * ```dockerfile bad
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY app.py ./
 * # what runs
 * «CMD» ["python", "app.py"]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY app.py ./
 * RUN useradd --create-home --uid 10001 app
 * USER app
 * # what runs
 * CMD ["python", "app.py"]
 * ```
 * An existing group becomes the group of the user:
 * ```dockerfile bad
 * FROM debian:12
 * RUN groupadd --system --gid 10001 app
 * COPY server /srv/
 * «CMD» ["/srv/server"]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM debian:12
 * RUN groupadd --system --gid 10001 app
 * COPY server /srv/
 * RUN useradd --create-home --uid 10001 --gid app app
 * USER app
 * CMD ["/srv/server"]
 * ```
 * Alpine has `adduser`, and some images already have a user:
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN apk add --no-cache redis
 * EXPOSE 6379
 * «ENTRYPOINT» ["redis-server"]
 * CMD ["--save", ""]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN apk add --no-cache redis
 * EXPOSE 6379
 * RUN adduser -D -u 10001 app
 * USER app
 * ENTRYPOINT ["redis-server"]
 * CMD ["--save", ""]
 * ```
 * ```dockerfile bad
 * FROM node:22
 * COPY server.js /srv/
 * «CMD» ["node", "/srv/server.js"]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22
 * COPY server.js /srv/
 * USER node
 * CMD ["node", "/srv/server.js"]
 * ```
 * Distroless images have `nonroot`. Images without a list of users need a number:
 * ```dockerfile bad
 * FROM gcr.io/distroless/static-debian12
 * COPY app /app
 * «ENTRYPOINT» ["/app"]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM gcr.io/distroless/static-debian12
 * COPY app /app
 * USER nonroot
 * ENTRYPOINT ["/app"]
 * ```
 * ```dockerfile bad
 * FROM scratch
 * COPY app /app
 * «ENTRYPOINT» ["/app"]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM scratch
 * COPY app /app
 * USER 65532
 * ENTRYPOINT ["/app"]
 * ```
 * The user has to own the files and folders that the program writes to: use `COPY --chown`, or `chown` in an earlier
 * `RUN`.
 *
 * What an image only carries, and a program for WebAssembly, runs as no user:
 * ```dockerfile good
 * FROM scratch
 * COPY app.wasm /
 * ENTRYPOINT ["/app.wasm"]
 * ```
 * The rule accepts images that already run as another user or switch by themselves, and unknown images:
 * ```dockerfile good
 * FROM gcr.io/distroless/static-debian12:nonroot
 * ENTRYPOINT ["/app"]
 * ```
 * ```dockerfile good
 * FROM alpine:3.20
 * RUN apk add --no-cache su-exec
 * COPY entrypoint.sh /
 * ENTRYPOINT ["/entrypoint.sh"]
 * ```
 * ```dockerfile good
 * FROM registry.example.com/team/base:3
 * CMD ["/app"]
 * ```
 * A program that steps down by itself needs no user either, as far as its file is known:
 * ```dockerfile good files="launch.py" texts="launch.py: import os\nos.chown('/data', 10001, 10001)\nos.setuid(10001)\n"
 * FROM python:3.13-slim
 * WORKDIR /srv
 * COPY launch.py ./
 * CMD ["python3", "launch.py"]
 * ```
 * A volume, a folder for data, or the folder of a program that writes beside its sources, still belongs to root, and only root may enter its
 * home, `/root`. Then the fix is yours to take:
 * ```dockerfile bad
 * FROM debian:12
 * COPY server /srv/
 * VOLUME /data
 * «CMD» ["/srv/server"]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM debian:12
 * COPY server /srv/
 * VOLUME /data
 * RUN useradd --create-home --uid 10001 app
 * USER app
 * CMD ["/srv/server"]
 * ```
 * ```dockerfile bad
 * FROM node:22-slim
 * COPY server.js /srv/
 * ENV DATABASE_PATH=/data/app.sqlite
 * «CMD» ["node", "/srv/server.js"]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22-slim
 * COPY server.js /srv/
 * ENV DATABASE_PATH=/data/app.sqlite
 * USER node
 * CMD ["node", "/srv/server.js"]
 * ```
 * ```dockerfile bad
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY . .
 * RUN mkdir -p build uploads && make -C build
 * «CMD» ["python", "app.py"]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY . .
 * RUN mkdir -p build uploads && make -C build
 * RUN useradd --create-home --uid 10001 app
 * USER app
 * CMD ["python", "app.py"]
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * COPY server app.conf /srv/
 * «CMD» sed -i "s/PORT/$PORT/" /srv/app.conf && exec /srv/server
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM debian:12
 * COPY server app.conf /srv/
 * RUN useradd --create-home --uid 10001 app
 * USER app
 * CMD sed -i "s/PORT/$PORT/" /srv/app.conf && exec /srv/server
 * ```
 * ```dockerfile bad
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY app.py ./
 * ENV HF_HOME=/app/.cache
 * «CMD» ["python", "app.py"]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY app.py ./
 * ENV HF_HOME=/app/.cache
 * RUN useradd --create-home --uid 10001 app
 * USER app
 * CMD ["python", "app.py"]
 * ```
 * ```dockerfile bad files="db.sqlite3 manage.py"
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY . .
 * «CMD» ["gunicorn", "site.wsgi"]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY . .
 * RUN useradd --create-home --uid 10001 app
 * USER app
 * CMD ["gunicorn", "site.wsgi"]
 * ```
 * ```dockerfile bad
 * FROM alpine:3.20
 * WORKDIR /root/
 * COPY server .
 * «CMD» ["./server"]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM alpine:3.20
 * WORKDIR /root/
 * COPY server .
 * RUN adduser -D -u 10001 app
 * USER app
 * CMD ["./server"]
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * ENV PATH=/root/.local/bin:$PATH
 * COPY app.py /srv/
 * «CMD» ["uv", "run", "/srv/app.py"]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM debian:12
 * ENV PATH=/root/.local/bin:$PATH
 * COPY app.py /srv/
 * RUN useradd --create-home --uid 10001 app
 * USER app
 * CMD ["uv", "run", "/srv/app.py"]
 * ```
 * ```dockerfile bad
 * FROM ruby:3.4
 * WORKDIR /app
 * COPY . .
 * RUN bundle install
 * «CMD» ["bundle", "exec", "rails", "server", "-b", "0.0.0.0"]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM ruby:3.4
 * WORKDIR /app
 * COPY . .
 * RUN bundle install
 * RUN useradd --create-home --uid 10001 app
 * USER app
 * CMD ["bundle", "exec", "rails", "server", "-b", "0.0.0.0"]
 * ```
 * If the start needs root for something, or a script that is not known may need it, `USER` alone is not enough:
 * ```dockerfile bad
 * FROM debian:12
 * COPY server /srv/
 * «CMD» chown -R www-data /var/lib/app && exec /srv/server
 * ```
 * > No USER is set, because chown needs root, so the container runs as root
 * ```dockerfile fixed
 * FROM debian:12
 * COPY server /srv/
 * RUN useradd --create-home --uid 10001 app
 * USER app
 * CMD chown -R www-data /var/lib/app && exec /srv/server
 * ```
 * ```dockerfile bad
 * FROM node:22
 * COPY --chmod=755 <<EOF /start
 * #!/bin/sh
 * echo "$PORT" > /etc/port
 * exec node /srv/server.js
 * EOF
 * EXPOSE 3000
 * «CMD» ["/start"]
 * ```
 * > No USER is set, because echo in /start needs root, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22
 * COPY --chmod=755 <<EOF /start
 * #!/bin/sh
 * echo "$PORT" > /etc/port
 * exec node /srv/server.js
 * EOF
 * EXPOSE 3000
 * USER node
 * CMD ["/start"]
 * ```
 * ```dockerfile bad
 * FROM node:22
 * COPY docker-entrypoint.sh /
 * COPY server.js /srv/
 * «ENTRYPOINT» ["/docker-entrypoint.sh"]
 * CMD ["node", "/srv/server.js"]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22
 * COPY docker-entrypoint.sh /
 * COPY server.js /srv/
 * USER node
 * ENTRYPOINT ["/docker-entrypoint.sh"]
 * CMD ["node", "/srv/server.js"]
 * ```
 * A last stage for tests or debugging does not hide the stage above it:
 * ```dockerfile bad
 * FROM node:22 AS base
 * COPY . /srv
 * FROM base AS production
 * «CMD» ["node", "/srv/server.js"]
 * FROM base AS test
 * CMD ["npm", "test"]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22 AS base
 * COPY . /srv
 * FROM base AS production
 * USER node
 * CMD ["node", "/srv/server.js"]
 * FROM base AS test
 * CMD ["npm", "test"]
 * ```
 * ```dockerfile bad
 * FROM node:22 AS app
 * «CMD» ["node", "/srv/server.js"]
 * FROM app AS debug
 * RUN npm install -g clinic
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22 AS app
 * USER node
 * CMD ["node", "/srv/server.js"]
 * FROM app AS debug
 * RUN npm install -g clinic
 * ```
 * Scripts of the build context are read. One that needs no root takes any user, also where the file creates one:
 * ```dockerfile bad files="start.sh server.js" texts="start.sh: #!/bin/sh\nexec node server.js\n"
 * FROM node:22
 * RUN useradd web
 * COPY . /srv
 * «ENTRYPOINT» ["/srv/start.sh"]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22
 * RUN useradd web
 * COPY . /srv
 * USER web
 * ENTRYPOINT ["/srv/start.sh"]
 * ```
 * ```dockerfile bad files="start.sh server.js" texts="start.sh: #!/bin/sh\n./wait-for-it.sh db:5432 -t 10\nexec node server.js\n"
 * FROM node:22
 * WORKDIR /srv
 * COPY start.sh server.js ./
 * «ENTRYPOINT» ["/srv/start.sh"]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22
 * WORKDIR /srv
 * COPY start.sh server.js ./
 * USER node
 * ENTRYPOINT ["/srv/start.sh"]
 * ```
 * ```dockerfile good files="start.sh server.js" texts="start.sh: #!/bin/sh\n./wait-for-it.sh db:5432 -- gosu node node server.js\n"
 * FROM node:22
 * WORKDIR /srv
 * COPY start.sh server.js ./
 * ENTRYPOINT ["/srv/start.sh"]
 * ```
 * ```dockerfile good files="start.sh server.js" texts="start.sh: #!/bin/sh\nexec gosu node node server.js\n"
 * FROM node:22
 * COPY . /srv
 * ENTRYPOINT ["/srv/start.sh"]
 * ```
 * So are the scripts of package.json, composer.json and deno.json and the targets of a Makefile, with those that they run:
 * ```dockerfile good files="package.json server.js" texts="package.json: {&quot;scripts&quot;:{&quot;start&quot;:&quot;npm run serve&quot;,&quot;serve&quot;:&quot;su-exec node node server.js&quot;}}"
 * FROM node:22
 * WORKDIR /srv
 * COPY . .
 * CMD ["npm", "start"]
 * ```
 * ```dockerfile bad files="app/package.json app/server.js" texts="app/package.json: {&quot;scripts&quot;:{&quot;prestart&quot;:&quot;chown -R node data&quot;,&quot;start&quot;:&quot;node server.js&quot;}}"
 * FROM node:22
 * WORKDIR /srv
 * COPY app .
 * «CMD» ["yarn", "start"]
 * ```
 * > No USER is set, because chown in yarn start needs root, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22
 * WORKDIR /srv
 * COPY app .
 * USER node
 * CMD ["yarn", "start"]
 * ```
 * ```dockerfile bad files="package.json server.js" texts="package.json: {&quot;scripts&quot;:{&quot;start&quot;:&quot;node server.js&quot;}}"
 * FROM node:22
 * WORKDIR /srv
 * COPY . .
 * «CMD» ["npm", "start"]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22
 * WORKDIR /srv
 * COPY . .
 * USER node
 * CMD ["npm", "start"]
 * ```
 * ```dockerfile bad files="Makefile server.js" texts="Makefile: run: own\n\tnode server.js\nown:\n\tchown -R node data\n"
 * FROM node:22
 * WORKDIR /srv
 * COPY . .
 * EXPOSE 3000
 * «CMD» ["make", "run"]
 * ```
 * > No USER is set, because chown in make run needs root, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22
 * WORKDIR /srv
 * COPY . .
 * EXPOSE 3000
 * USER node
 * CMD ["make", "run"]
 * ```
 * The rule accepts a script that steps down, and images that others build on:
 * ```dockerfile good
 * FROM node:22
 * COPY --chmod=755 <<EOF /start
 * #!/bin/sh
 * chown node /data
 * exec setpriv --reuid node node /srv/server.js
 * EOF
 * EXPOSE 3000
 * ENTRYPOINT ["/start"]
 * ```
 * ```dockerfile good
 * FROM node:22
 * ONBUILD COPY . /srv
 * CMD ["node", "/srv/server.js"]
 * ```
 * It also accepts images that start a shell, an interpreter for people, a tool, or a script of the next image, and
 * programs that have to be root or only keep their main process root:
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get update
 * COPY docker-entrypoint.sh /
 * ENTRYPOINT ["/docker-entrypoint.sh"]
 * CMD ["python3"]
 * ```
 * ```dockerfile good
 * FROM alpine:3.20
 * RUN apk add --no-cache nmap
 * ENTRYPOINT ["nmap"]
 * CMD ["--help"]
 * ```
 * ```dockerfile good
 * FROM nginx:1.27
 * COPY site /usr/share/nginx/html
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get update && apt-get install -y strongswan iptables
 * COPY run.sh /
 * EXPOSE 500/udp
 * CMD ["/run.sh"]
 * ```
 * ```dockerfile good
 * FROM node:22 AS dev
 * CMD ["npm", "run", "dev"]
 * ```
 * ```dockerfile good
 * FROM python:3.13
 * CMD ["uvicorn", "app:app", "--reload"]
 * ```
 * The strict profile names those that start as root and step down by themselves, or only keep their main process root:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM «nginx:1.27»
 * COPY site /usr/share/nginx/html
 * ```
 * > No USER is set, so the container starts as root, and only nginx may step down
 * A program that an earlier stage starts is reported at the last `FROM`:
 * ```dockerfile bad
 * FROM node:22 AS base
 * CMD ["node", "/srv/server.js"]
 * FROM «base»
 * COPY server.js /srv/
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22 AS base
 * CMD ["node", "/srv/server.js"]
 * FROM base
 * COPY server.js /srv/
 * USER node
 * ```
 * A file for tests or development, by its name or its folder, gets a hint in the recommended profile:
 * ```dockerfile bad dockerfile="e2e/Dockerfile" files="e2e/ server.js"
 * FROM node:22
 * COPY server.js /srv/
 * «CMD» ["node", "/srv/server.js"]
 * ```
 * > No USER is set, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22
 * COPY server.js /srv/
 * USER node
 * CMD ["node", "/srv/server.js"]
 * ```
 * The profile `strict` reports as a hint what an image for others to build on leaves open, and what is not known:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM «debian:12»
 * RUN apt-get update
 * ```
 * > No USER is set, so what the image starts runs as root
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM «acme/base:1»
 * CMD ["/srv/server"]
 * ```
 * > No USER is set, so the base image decides whether the container runs as root
 * ```dockerfile good options="profile: strict"
 * FROM scratch
 * COPY out /
 * ```
 *
 * @skip onbuild what a later build starts is not known
 */
export default defineRule({
  id: 'user-missing',
  summary: 'No USER is set, so the container runs as root',
  category: 'security',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'trivy:DS-0002',
    'checkov:CKV_DOCKER_3',
    'semgrep:missing-user',
    'kics:missing_user_instruction',
    'semgrep:missing-user-entrypoint',
  ],
  options: { profile: sharedOptions.profile },

  *check({ model, facts, options: { profile } }) {
    const stage = shippedStage(model);
    const image = stage?.from?.words[0];
    const after = stage && model.environmentAfter(stage);
    const isRoot = after?.isRoot;
    if (!stage || !image || after?.user || isRoot === false || (isRoot === undefined && profile !== 'strict'))
      return;
    const isDown = stepsDown(model, stage, facts);
    if (isDown && profile !== 'strict') return;
    // The image is made for others to build on, or for people to develop in.
    if (stage.instructions.some(({ trigger }) => trigger) || isDevcontainer(facts.context, facts.path))
      return;
    if (onlyCarriesFiles(model, stage)) return;
    const runs = whatRuns(model, stage);
    if (isRoot === undefined || runs.kind !== 'program') {
      if (profile === 'strict') yield* whereLittleIsKnown(stage, image.span, isRoot);
      return;
    }
    const at = runs.at && stage.instructions.includes(runs.at) ? runs.at.keywordSpan : image.span;
    if (isDown) {
      const by = whatStepsDown(model, stage, facts);
      const message = `No USER is set, so the container starts as root, and only ${by} may step down`;
      yield { at, message, severity: 'hint' };
      return;
    }
    const need = needBeside(model, stage, facts);
    const chosen = fittingUser(model, stage);
    const edit = chosen && insertUser(model, stage, chosen);
    const fix = edit && {
      title: chosen.create
        ? `Create the user ${chosen.user} and add USER ${chosen.user}`
        : `Add USER ${chosen.user}`,
      edits: [edit],
    };
    yield {
      at,
      message:
        need?.kind === 'certain'
          ? `No USER is set, because ${need.by} needs root, so the container runs as root`
          : 'No USER is set, so the container runs as root',
      quiet: startsMounted(model, stage) || quietForTests(facts),
      fix: besideRootNeed(fix, need),
    };
  },
});

/** Nobody knows what the image starts, or as whom. An image without a system only holds files. */
function* whereLittleIsKnown({ base }: Stage, at: Span, isRoot: boolean | undefined): Generator<Finding> {
  if (base.distribution === 'scratch') return;
  yield {
    at,
    message:
      isRoot === true
        ? 'No USER is set, so what the image starts runs as root'
        : 'No USER is set, so the base image decides whether the container runs as root',
    severity: 'hint',
  };
}
