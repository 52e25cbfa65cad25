import { isForBuild, keptTools, removeTools } from './final-stage-build-tools.parts';
import { isCompiler } from '../core/knowledge/packages/build-packages';
import { defineRule } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';
import { isDevcontainer } from '../core/analysis/context/context-sources';
import { startedCommands, whatRuns } from '../core/analysis/runtime/what-runs';
import { shippedStage } from '../core/analysis/runtime/shipped-stage';
import { compiles, sdkRunners, tells } from '../core/knowledge/programs/subcommands';

/**
 * Compilers and headers make the image larger, and help an attacker. They are needed while packages are built: remove them
 * in the same `RUN`, or build in a stage of its own and copy what it made.
 *
 * ```dockerfile bad
 * FROM python:3.13-slim
 * RUN apt-get update && apt-get install -y «build-essential» libpq5 && pip install uwsgi && rm -rf /var/lib/apt/lists/*
 * CMD ["uwsgi", "--ini", "/srv/app.ini"]
 * EXPOSE 8000
 * ```
 * > build-essential stays in the image, but only the build needs it
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * RUN apt-get update && apt-get install -y build-essential libpq5 && pip install uwsgi && rm -rf /var/lib/apt/lists/* && apt-get purge -y --auto-remove build-essential
 * CMD ["uwsgi", "--ini", "/srv/app.ini"]
 * EXPOSE 8000
 * ```
 * ```dockerfile bad
 * FROM node:22-alpine
 * WORKDIR /app
 * RUN apk add --no-cache «make» g++ && npm ci
 * CMD ["node", "server.js"]
 * EXPOSE 8000
 * ```
 * > make and g++ stay in the image, but only the build needs them
 * ```dockerfile fixed
 * FROM node:22-alpine
 * WORKDIR /app
 * RUN apk add --no-cache make g++ && npm ci && apk del make g++
 * CMD ["node", "server.js"]
 * EXPOSE 8000
 * ```
 * Where later steps build too, or a library may only be there for its headers, take a stage of its own. Headers alone, and
 * tools for an unknown purpose, matter less:
 * ```dockerfile bad severity="warning info warning warning warning info"
 * FROM debian:12-slim
 * RUN apt-get update && apt-get install -y «gcc» python3-pip
 * RUN apt-get update && apt-get install -y «libpq-dev»
 * RUN dnf install -y «gcc-c++» openssl-devel
 * RUN sudo apt-get install -y «cmake» && pip install a
 * RUN apt-get install -y «make» $MORE && pip install b
 * RUN apt-get install -y «bison» || exit 1
 * CMD ["/srv/server"]
 * ```
 * > gcc stays in the image, but only the build needs it
 * > libpq-dev stays in the image, but only the build needs it
 * > gcc-c++ and openssl-devel stay in the image, but only the build needs them
 * > cmake stays in the image, but only the build needs it
 * > make stays in the image, but only the build needs it
 * > bison stays in the image, but only the build needs it
 * The rule accepts tools that a step removes again, stages that are only copied from, images with compilers in their base,
 * and images that compile when they run or start nothing:
 * ```dockerfile good
 * FROM alpine:3.22 AS build
 * RUN apk add --no-cache build-base && pip install a
 * FROM alpine:3.22
 * RUN apk add --no-cache --virtual .build gcc && pip install a && apk del .build
 * RUN apk add --no-cache $PACKAGES
 * CMD ["/srv/server"]
 * ```
 * ```dockerfile good
 * FROM python:3.13
 * RUN apt-get install -y gcc && pip install a
 * CMD ["/srv/server"]
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get install -y gcc && pip install a
 * CMD ["make", "run"]
 * EXPOSE 80
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get install -y gcc && pip install jupyterlab
 * CMD ["jupyter", "lab"]
 * EXPOSE 80
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get install -y gcc
 * ```
 *
 * @skip onbuild what a later build starts is not known
 */
export default defineRule({
  id: 'final-stage-build-tools',
  summary: 'Compilers and headers stay in the image',
  category: 'stage',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model, facts }) {
    if (model.installs.length === 0) return;
    const stage = shippedStage(model);
    if (!stage || whatRuns(model, stage).kind !== 'program' || isDevcontainer(facts.context)) return;
    if (hasCompilers(stage) || compilesAtStart(model, stage)) return;
    for (const kept of keptTools(model, stage)) {
      const names = kept.names.length > 3 ? [...kept.names.slice(0, 3), 'more'] : kept.names;
      const shown = names.join(', ').replace(/, ([^,]*)$/, ' and $1');
      yield {
        at: kept.word.span,
        message:
          names.length > 1
            ? `${shown} stay in the image, but only the build needs them`
            : `${shown} stays in the image, but only the build needs it`,
        severity: kept.names.some(isCompiler) && isForBuild(model, kept) ? undefined : 'info',
        fix: removeTools(model, kept),
      };
    }
  },
});

/** Official images whose full variants on Debian have compilers. */
const full: ReadonlySet<string> = new Set(
  'buildpack-deps elixir erlang gcc perl php pypy python r-base ruby'.split(' '),
);

/** Whether the base image brings compilers itself: then a few more packages are not the matter. */
function hasCompilers({ base, chain }: Stage): boolean {
  if (base.sdk !== undefined) return true;
  const [image] = chain.at(-1)?.from?.words ?? [];
  return full.has(base.name ?? '') && base.distribution === 'debian' && !/slim/.test(image?.value ?? '');
}

/** Whether what a container starts compiles, or is a place for people to work in. */
function compilesAtStart(model: Model, stage: Stage): boolean {
  return startedCommands(model, stage).some(({ program, args }) => {
    const words = args.map(({ value }) => value ?? '');
    return workplaces.test(program) || compiles(program, words) || tells(sdkRunners, program, words);
  });
}

const workplaces = /^(?:jupyter|code-server|jenkins|gitlab-runner|rstudio|rserver|sshd|supervisord)/;
