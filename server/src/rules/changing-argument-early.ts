import { defineRule } from '../core/lint/rule';
import type { Instruction, Model, Stage } from '../core/lint/rule';
import { packageCommandOf } from '../core/analysis/packages/package-commands';
import { downloaders, fileTools, ignoresSources } from '../core/knowledge/programs/build-steps';
import { quietForTests } from '../core/analysis/context/context-sources';

/**
 * The value of an `ARG` is part of every `RUN` below it. A date or a commit is another one in each build, so nothing below it
 * comes from the cache, and packages are fetched again. Declare such an argument below the steps that do not use it.
 *
 * ```dockerfile bad
 * FROM debian:13-slim
 * ARG VERSION «BUILD_DATE» «VCS_REF»
 * LABEL org.opencontainers.image.created="$BUILD_DATE" org.opencontainers.image.revision="$VCS_REF"
 * RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
 * ```
 * > BUILD_DATE is another one in each build, so line 4 never comes from the cache
 * > VCS_REF is another one in each build, so line 4 never comes from the cache
 * ```dockerfile bad
 * FROM node:24
 * ARG «GIT_COMMIT»=unknown
 * ENV GIT_COMMIT=$GIT_COMMIT
 * COPY package.json package-lock.json ./
 * RUN npm ci --omit=dev --no-audit && npm cache clean --force
 * ```
 * > GIT_COMMIT is another one in each build, so line 5 never comes from the cache
 * The rule accepts arguments below the steps, or used by them, and others that stay the same. Any other program may read
 * the argument from its environment:
 * ```dockerfile good
 * FROM debian:13-slim
 * RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
 * ARG BUILD_DATE
 * LABEL org.opencontainers.image.created="$BUILD_DATE"
 * RUN mkdir /srv/app
 * ```
 * ```dockerfile good
 * FROM golang:1.27
 * ARG VERSION REVISION
 * RUN go build -trimpath -ldflags="-X main.revision=$REVISION" -o /app .
 * RUN go build -trimpath -o /tool ./tool
 * ```
 * ```dockerfile good
 * FROM debian:13-slim
 * ARG REVISION
 * RUN make
 * RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
 * ```
 * ```dockerfile good
 * ARG BUILD_DATE
 * FROM debian:13-slim
 * ARG VERSION
 * RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
 * ```
 *
 * @skip onbuild the cache of a later build is its own
 */
export default defineRule({
  id: 'changing-argument-early',
  summary: 'An argument that changes with each build stands above steps that do not use it',
  category: 'build',
  severity: 'info',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['arg'],

  *check({ model, facts }) {
    for (const instruction of model.instructionsOf('ARG').slice(0, most)) {
      const stage = model.stageOf(instruction);
      if (!stage) continue;
      for (const { key } of instruction.pairs) {
        if (!changing.test(key.value)) continue;
        const step = costlyStep(model, stage, instruction, key.value);
        if (!step) continue;
        const line = model.document.lineAt(step.span.start) + 1;
        yield {
          at: key.span,
          message: `${key.value} is another one in each build, so line ${line} never comes from the cache`,
          quiet: quietForTests(facts),
          related: [{ at: step.keywordSpan, message: 'This step runs in every build' }],
        };
      }
    }
  },
});

/** More arguments than this are not looked at. */
const most = 50;

/** Names of dates, commits and numbers of builds. */
const changing =
  /^(?:(?:OCI_|IMAGE_|DOCKER_)?(?:BUILD_(?:DATE|TIME|TIMESTAMP|NUMBER|ID|SHA)|CREATED|REVISION|VCS_(?:REF|REVISION)|GIT_(?:COMMIT|SHA|REV|REVISION|HASH|COMMIT_SHA|COMMIT_HASH)|COMMIT(?:_SHA|_HASH|_ID)?|SOURCE_(?:COMMIT|REVISION)|CI_COMMIT_SHA|GITHUB_SHA|BUILDTIME|BUILDDATE))$/;

/**
 * The first step below an argument that fetches packages and does not use it. None if a step above that one may use it: every
 * program sees it in its environment.
 */
function costlyStep(model: Model, stage: Stage, arg: Instruction, name: string): Instruction | undefined {
  for (const step of stage.instructions) {
    if (step.index <= arg.index || step.keyword !== 'RUN' || step.trigger) continue;
    if (names(model.document.slice(step.span), name)) return undefined;
    const commands = model.commandsOf(step);
    const tasks = commands.map((command) => packageCommandOf(model, command)?.action);
    if (!commands.every(({ program }, at) => tasks[at] !== undefined || isPlain(program))) return undefined;
    if (tasks.includes('install')) return step;
  }
  return undefined;
}

/** Whether a text holds `$NAME` or `${NAME`. */
function names(text: string, name: string): boolean {
  const [, ...behind] = text.split(/\$\{?/);
  return behind.some((rest) => rest.startsWith(name) && !/^\w/.test(rest.slice(name.length)));
}

/** Programs whose work does not depend on such a variable. */
function isPlain(program: string): boolean {
  return ignoresSources.has(program) || fileTools.has(program) || downloaders.has(program);
}
