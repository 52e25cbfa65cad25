import { isForBuild, keptTools, removeTools } from './final-stage-build-tools.parts';
import type { KeptTools } from './final-stage-build-tools.parts';
import { isFullImage } from '../core/knowledge/images/slim-variants';
import { workplaces } from '../core/knowledge/programs/build-steps';
import { isCompiler } from '../core/knowledge/packages/build-packages';
import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Finding, Model, Stage } from '../core/lint/rule';
import { isDevcontainer, quietForTests } from '../core/analysis/context/context-sources';
import { startScripts, startsMounted } from '../core/analysis/runtime/start-scripts';
import type { AsksContext } from '../core/analysis/runtime/started-files';
import { startedCommands, whatRuns } from '../core/analysis/runtime/what-runs';
import { shippedStage } from '../core/analysis/runtime/shipped-stage';
import { baseName } from '../core/text/paths';
import { compiles, sdkRunners, tells } from '../core/knowledge/programs/subcommands';

/**
 * Compilers and headers make the image larger, and help an attacker. They are needed while packages are built: remove them
 * in the same `RUN`, or build in a stage of its own and copy what it made.
 *
 * The recommended profile reports compilers that a step uses. For headers alone, and where a start script may compile, only
 * `strict` asks.
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
 * RUN apk add --no-cache «make» g++; npm ci
 * CMD ["node", "server.js"]
 * EXPOSE 8000
 * ```
 * > make and g++ stay in the image, but only the build needs them
 * ```dockerfile fixed
 * FROM node:22-alpine
 * WORKDIR /app
 * RUN apk add --no-cache make g++; npm ci && apk del make g++
 * CMD ["node", "server.js"]
 * EXPOSE 8000
 * ```
 * Where later steps build too, or a library may only be there for its headers, take a stage of its own. Headers alone, and
 * tools for an unknown purpose, matter less:
 * ```dockerfile bad
 * FROM debian:12-slim
 * RUN apt-get update && apt-get install -y «libpq-dev» gcc cmake make python3-pip
 * RUN apt-get install -y bison
 * RUN pip install a && gcc -o a a.c && pip install b
 * CMD ["/srv/server"]
 * ```
 * > libpq-dev, gcc, cmake and more stay in the image, but only the build needs them
 * ```dockerfile bad severity="hint"
 * FROM debian:12-slim
 * RUN dnf install -y curl && dnf install -y «openssl-devel»
 * CMD ["/srv/server"]
 * ```
 * > openssl-devel stays in the image, but only the build needs it
 * ```dockerfile bad
 * FROM debian:12-slim
 * RUN sudo apt-get install -y «cmake» && pip install a
 * CMD ["/srv/server"]
 * ```
 * > cmake stays in the image, but only the build needs it
 * ```dockerfile bad
 * FROM debian:12-slim
 * RUN apt-get install -y «make» && pip install b || exit 1
 * CMD ["/srv/server"]
 * ```
 * > make stays in the image, but only the build needs it
 * A script at the start may build something, too, and so may one that is mounted later:
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * RUN apt-get install -y «gcc»
 * RUN pip install a
 * CMD ["/run.sh"]
 * ```
 * > gcc stays in the image, but only the build needs it
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * RUN apt-get install -y «gcc»
 * RUN go get example.com/lint
 * CMD ["./scripts/entry"]
 * ```
 * > gcc stays in the image, but only the build needs it
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get install -y gcc && pip install a
 * CMD ["/build-wheels.sh"]
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get install -y gcc && pip install a
 * ENTRYPOINT ["/srv/tool/build.py"]
 * ```
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
 * RUN apt-get install -y g++-14 && pip install a
 * CMD ["/srv/server", "--compiler", "/usr/bin/g++-14"]
 * EXPOSE 80
 * ```
 * ```dockerfile good
 * FROM buildpack-deps:noble
 * RUN apt-get install -y cmake && pip install a
 * CMD ["/srv/server"]
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
 * ```dockerfile good
 * FROM debian:12
 * CMD ["/srv/server"]
 * ```
 * ```dockerfile good
 * FROM golang:1.25
 * RUN apt-get install -y gcc
 * CMD ["/srv/server"]
 * ```
 * The profile `strict` reports all of them, at least as hints:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * RUN apt-get update && apt-get install -y --no-install-recommends «gcc» && rm -rf /var/lib/apt/lists/*
 * RUN apt-get install -y make && apt-get purge -y make
 * RUN apt-get install -y «g++» && apt-get purge -y curl
 * RUN apk add gcc && apk del .build-deps
 * RUN apk add -t tools make && apk del tools && apk add g++ && apk del curl $MORE
 * RUN yum groupinstall -y «"Development Tools"»
 * ```
 * > gcc stays in the image, but only the build needs it
 * > g++ stays in the image, but only the build needs it
 * > Development Tools stays in the image, but only the build needs it
 * An image in a `.devcontainer` folder is made to build in:
 * ```dockerfile good files="server.js" dockerfile=".devcontainer/Dockerfile"
 * FROM node:22-slim
 * RUN apt-get update && apt-get install -y build-essential && npm install -g a && rm -rf /var/lib/apt/lists/*
 * CMD ["node", "server.js"]
 * EXPOSE 8000
 * ```
 * Nothing is installed here:
 * ```dockerfile good
 * FROM debian:12
 * COPY a /a
 * CMD ["/a"]
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
  options: { profile: sharedOptions.profile },

  *check({ model, facts, options: { profile } }) {
    if (model.installs.length === 0 || isDevcontainer(facts.context, facts.path)) return;
    const stage = shippedStage(model);
    const isStrict = profile === 'strict';
    const isFinished =
      stage !== undefined &&
      whatRuns(model, stage).kind === 'program' &&
      !hasCompilers(stage) &&
      !compilesAtStart(model, stage, facts);
    if (!stage || (!isFinished && !isStrict)) return;
    const all = keptTools(model, stage, isStrict);
    const worst = all.find((one) => matters(model, one)) ?? all[0];
    if (!worst) return;
    const isClear = isFinished && !startsMounted(model, stage) && !startsUnknown(model, stage, facts);
    for (const kept of isStrict ? all : [worst]) {
      const isWaste = isClear && matters(model, kept);
      const quiet = !isWaste || quietForTests(facts);
      yield { severity: isWaste ? undefined : 'hint', quiet, ...finding(model, kept) };
    }
  },
});

function finding(model: Model, kept: KeptTools): Finding {
  const names = kept.names.length > 3 ? [...kept.names.slice(0, 3), 'more'] : kept.names;
  const shown = names.join(', ').replace(/, ([^,]*)$/, ' and $1');
  return {
    at: kept.word.span,
    message:
      names.length > 1
        ? `${shown} stay in the image, but only the build needs them`
        : `${shown} stays in the image, but only the build needs it`,
    fix: removeTools(model, kept),
  };
}

/** Whether compilers are among the packages, and a later step uses them. */
function matters(model: Model, kept: KeptTools): boolean {
  return kept.names.some(isCompiler) && isForBuild(model, kept);
}

/** Whether the base image brings compilers itself: then a few more packages are not the matter. */
function hasCompilers({ base, chain }: Stage): boolean {
  if (base.sdk !== undefined && base.sdk !== 'java') return true;
  const [image] = chain.at(-1)?.from?.words ?? [];
  const reference = image?.value ?? '';
  if (base.name === 'buildpack-deps') return !/curl|scm/.test(reference);
  return base.distribution === 'debian' && isFullImage(base.name, reference);
}

/** Whether what a container starts compiles, or is a place for people to work in. */
function compilesAtStart(model: Model, stage: Stage, facts: AsksContext): boolean {
  const scripts = startScripts(model, stage, facts);
  if (scripts.some(({ name }) => forBuild.test(baseName(name)))) return true;
  const all = [...startedCommands(model, stage), ...scripts.flatMap(({ commands }) => commands ?? [])];
  return all.some(({ program, args }) => {
    const words = args.map(({ value }) => value ?? '');
    return (
      workplaces.has(program) ||
      forBuild.test(baseName(program)) ||
      compiles(program, words) ||
      tells(sdkRunners, program, words) ||
      words.some((word) => isCompiler(baseName(word)))
    );
  });
}

/** Names of scripts and programs that build. */
const forBuild = /^(?:build|compile|install|setup|make)\b|[-_](?:build|compile|install)\b/i;

/** Whether a container starts a script of which nothing is known. */
function startsUnknown(model: Model, stage: Stage, facts: AsksContext): boolean {
  return startScripts(model, stage, facts).some(({ commands }) => commands === undefined);
}
