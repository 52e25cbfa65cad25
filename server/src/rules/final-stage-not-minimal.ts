import { slimEnding } from '../core/knowledge/images/slim-variants';
import { locateReference } from '../core/analysis/images/pins';
import { shippedStage } from '../core/analysis/runtime/shipped-stage';
import { askFirst } from '../core/fixes/ask-first';
import { defineRule, insertAfter } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';
import { buildsScripts, compiles } from '../core/knowledge/programs/subcommands';

/**
 * The full image has compilers, headers and tools for every purpose. Its slim variant has the language alone: it is a fifth
 * of the size, with far fewer known vulnerabilities.
 *
 * ```dockerfile bad answers="digest python:3.13-slim = sha256:e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2"
 * FROM python:3.13 AS build
 * RUN pip install --prefix=/install flask
 * FROM «python:3.13»
 * COPY --from=build /install /usr/local
 * CMD ["flask", "run"]
 * ```
 * > python has a slim variant, which leaves out what the program does not need
 * ```dockerfile fixed
 * FROM python:3.13 AS build
 * RUN pip install --prefix=/install flask
 * FROM python:3.13-slim
 * COPY --from=build /install /usr/local
 * CMD ["flask", "run"]
 * ```
 * There is no fix where a digest names the image, an argument does, or its tag is `latest`:
 * ```dockerfile bad
 * FROM «ruby:3.4-bookworm@sha256:e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2»
 * CMD ["ruby", "app.rb"]
 * ```
 * > ruby has a slim variant, which leaves out what the program does not need
 * ```dockerfile bad
 * FROM «perl:latest»
 * CMD ["perl", "app.pl"]
 * ```
 * > perl has a slim variant, which leaves out what the program does not need
 * What a stage installs, the slim variant can install too:
 * ```dockerfile bad severity="hint" answers="digest debian:12-slim = sha256:e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2"
 * FROM «debian:12»
 * RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg && rm -rf /var/lib/apt/lists/*
 * CMD ["ffmpeg"]
 * ```
 * > debian has a slim variant, which leaves out what the program does not need
 * ```dockerfile fixed
 * FROM debian:12-slim
 * RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg && rm -rf /var/lib/apt/lists/*
 * CMD ["ffmpeg"]
 * ```
 * Other images call it minimal, or have a variant that runs Java programs and does not compile them:
 * ```dockerfile bad
 * FROM «eclipse-temurin:21-jdk»
 * COPY app.jar /app.jar
 * CMD ["java", "-jar", "/app.jar"]
 * ```
 * > eclipse-temurin has a jre variant, which leaves out what the program does not need
 * The rule accepts small images, images whose minimal variant lacks the package manager that a stage calls, and stages that build:
 * ```dockerfile good
 * FROM python:3.13-slim
 * CMD ["flask", "run"]
 * ```
 * ```dockerfile good
 * FROM rockylinux:9
 * RUN dnf install -y nginx && dnf clean all
 * ```
 * ```dockerfile good
 * FROM eclipse-temurin:21-jre
 * CMD ["java", "-jar", "/app.jar"]
 * ```
 * ```dockerfile good
 * FROM golang:1.25
 * CMD ["/app"]
 * ```
 * ```dockerfile good
 * FROM python:3.13
 * RUN gcc -o /a a.c
 * ```
 * ```dockerfile good
 * FROM node:22
 * RUN npm run build
 * CMD ["node", "dist/main.js"]
 * ```
 * ```dockerfile good
 * FROM scratch
 * COPY app /app
 * ```
 *
 * @skip onbuild what a later build installs is not known
 */
export default defineRule({
  id: 'final-stage-not-minimal',
  summary: 'The image is built on a full variant that has a slim one',
  category: 'image',
  severity: 'info',
  enabled: false,
  profiles: ['strict'],
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model, facts }) {
    const stage = shippedStage(model);
    const from = stage?.chain.at(-1)?.from;
    const use = model.images.find(({ instruction }) => instruction !== undefined && instruction === from);
    const ending = stage && slimEnding(stage.base.name, use?.resolved);
    if (!stage || !use || ending === undefined || needsFull(model, stage)) return;
    const installs = installsPackages(model, stage);
    if (installs && ending === '-minimal') return;
    const place = locateReference(model, use);
    // The smaller variant of latest has another name, and so has that of a JDK.
    const isPlain =
      !('reason' in place) && place.tag !== undefined && !place.digest && !/^latest$|-jdk/.test(place.tag);
    yield {
      at: use.image.span,
      message: `${stage.base.name ?? ''} has a ${ending.slice(1)} variant, which leaves out what the program does not need`,
      // Nobody knows what of the full variant these packages make needless.
      severity: installs ? 'hint' : undefined,
      fix: isPlain
        ? askFirst(
            facts,
            { kind: 'digest', reference: `${place.reference}${ending}` },
            { title: `Use ${place.reference}${ending}`, reach: place.at },
            () => [insertAfter(place.at, ending)],
          )
        : undefined,
    };
  },
});

/** Whether the stage builds. What it installs can be installed on the slim variant too. */
function needsFull(model: Model, { chain }: Stage): boolean {
  const own = new Set(chain);
  const isOwn = (stage: Stage | undefined): boolean => stage !== undefined && own.has(stage);
  return model.commands.some(({ program, args, instruction }) => {
    const words = args.map(({ value }) => value ?? '');
    const builds = compiles(program, words) || buildsScripts(program, words);
    return builds && instruction.keyword === 'RUN' && isOwn(model.stageOf(instruction));
  });
}

function installsPackages(model: Model, { chain }: Stage): boolean {
  return model.installs.some(({ manager, command }) => {
    const stage = model.stageOf(command.instruction);
    return manager.scope === 'system' && stage !== undefined && chain.includes(stage);
  });
}
