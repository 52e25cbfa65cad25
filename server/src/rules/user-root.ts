import { defineRule, replace, sharedOptions } from '../core/lint/rule';
import type { Finding, Fix, Instruction, Model, Stage } from '../core/lint/rule';
import { besideRootNeed, fittingUser, insertUser, needBeside } from '../core/fixes/non-root-user';
import { createdUsers, startStepsDown, stepsDown, whatStepsDown } from '../core/analysis/runtime/image-users';
import { shippedStage } from '../core/analysis/runtime/shipped-stage';
import { whatRuns } from '../core/analysis/runtime/what-runs';
import { startWithComments } from '../core/analysis/text/comment-lines';
import { keywordLike } from '../core/analysis/text/keyword-case';
import type { AsksContext } from '../core/analysis/runtime/started-files';
import type { UserSetting } from '../core/model/model';

/**
 * The last `USER` decides which user runs the program. Switching to root for a step is fine, but switch back after
 * it.
 *
 * ```dockerfile bad
 * FROM node:22
 * USER «root»
 * RUN npm install -g serve
 * # back at work
 * CMD ["serve"]
 * ```
 * > The last USER is root, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22
 * USER root
 * RUN npm install -g serve
 * USER node
 * # back at work
 * CMD ["serve"]
 * ```
 * On an unknown base image, going back to root after another user is not reported:
 * ```dockerfile good
 * FROM registry.example.com/team/base:3
 * USER postgres
 * RUN createdb app
 * USER root
 * ```
 * What such an image starts is unknown, so root is only a hint:
 * ```dockerfile bad severity="hint"
 * FROM registry.example.com/team/base:3
 * USER «root»
 * ```
 * > The last USER is root, so the container runs as root
 * If no later step needs root, the fix replaces the word itself:
 * ```dockerfile bad
 * FROM debian:12
 * RUN useradd -u 1234 web
 * USER «0:0»
 * CMD ["/srv/web"]
 * ```
 * > The last USER is 0:0, so the container runs as root
 * ```dockerfile fixed
 * FROM debian:12
 * RUN useradd -u 1234 web
 * USER web
 * CMD ["/srv/web"]
 * ```
 * ```dockerfile good
 * FROM node:22
 * USER root
 * RUN npm install -g serve
 * USER node
 * CMD ["serve"]
 * ```
 * ```dockerfile good
 * FROM alpine:3.20
 * RUN apk add --no-cache su-exec
 * USER root
 * ENTRYPOINT ["/entrypoint.sh"]
 * ```
 * Some images already run as their own user:
 * ```dockerfile bad
 * FROM jenkins/jenkins:2.492
 * USER «root»
 * RUN apt-get update && apt-get install -y maven && rm -rf /var/lib/apt/lists/*
 * ```
 * > The last USER is root, so the container runs as root
 * ```dockerfile fixed
 * FROM jenkins/jenkins:2.492
 * USER root
 * RUN apt-get update && apt-get install -y maven && rm -rf /var/lib/apt/lists/*
 * USER jenkins
 * ```
 * A `USER` of an earlier stage stays in force:
 * ```dockerfile bad
 * FROM node:22 AS base
 * USER «root»
 * RUN npm install -g serve
 * FROM base
 * CMD ["serve", "-l", "3000"]
 * ```
 * > The last USER is root, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22 AS base
 * USER root
 * RUN npm install -g serve
 * FROM base
 * USER node
 * CMD ["serve", "-l", "3000"]
 * ```
 * If the last word stands below what starts the program, the fix replaces it, after root has created the user:
 * ```dockerfile bad
 * FROM alpine:3.20
 * USER root
 * RUN apk add --no-cache openjdk21-jre-headless
 * CMD ["java", "-jar", "/srv/app.jar"]
 * # for the start
 * USER «root»
 * ```
 * > The last USER is root, so the container runs as root
 * ```dockerfile fixed
 * FROM alpine:3.20
 * USER root
 * RUN apk add --no-cache openjdk21-jre-headless
 * CMD ["java", "-jar", "/srv/app.jar"]
 * RUN adduser -D -u 10001 app
 * # for the start
 * USER app
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * ENTRYPOINT ["/srv/app"]
 * COPY app /srv/
 * USER «root»
 * ```
 * > The last USER is root, so the container runs as root
 * ```dockerfile fixed
 * FROM debian:12
 * ENTRYPOINT ["/srv/app"]
 * COPY app /srv/
 * RUN useradd --create-home --uid 10001 app
 * USER app
 * ```
 * This needs root to be in force:
 * ```dockerfile bad
 * FROM debian:12
 * ARG OWNER
 * USER $OWNER
 * CMD ["/srv/app"]
 * USER «root»
 * ```
 * > The last USER is root, so the container runs as root
 * ```dockerfile fixed
 * FROM debian:12
 * ARG OWNER
 * USER $OWNER
 * CMD ["/srv/app"]
 * USER root
 * RUN useradd --create-home --uid 10001 app
 * USER app
 * ```
 * A file that had stepped down and goes back to root for no step is reported whatever it starts:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get install -y gosu && useradd app
 * USER app
 * ENTRYPOINT ["/srv/server"]
 * USER «root»
 * ```
 * > The last USER is root, so the container runs as root
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y gosu && useradd app
 * USER app
 * ENTRYPOINT ["/srv/server"]
 * USER app
 * ```
 * ```dockerfile bad
 * FROM registry.example.com/team/base:3
 * USER postgres
 * COPY files /srv/
 * USER «root»
 * ```
 * > The last USER is root, so the container runs as root
 * ```dockerfile fixed
 * FROM registry.example.com/team/base:3
 * USER postgres
 * COPY files /srv/
 * USER postgres
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN useradd app
 * USER app
 * USER root
 * CMD ["su", "app", "-c", "/srv/server"]
 * ```
 * If the start needs root for something, `USER` alone is not enough:
 * ```dockerfile bad
 * FROM node:22
 * USER «root»
 * CMD chown node /data; exec node /srv/server.js
 * ```
 * > The last USER is root, because chown needs it, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22
 * USER node
 * CMD chown node /data; exec node /srv/server.js
 * ```
 * The command line can replace the default of an `ARG`, but not what `ENV` sets:
 * ```dockerfile bad
 * FROM node:22
 * ENV RUN_AS=root
 * USER «$RUN_AS»
 * CMD ["serve"]
 * ```
 * > The last USER, $RUN_AS, is root, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22
 * ENV RUN_AS=root
 * USER node
 * CMD ["serve"]
 * ```
 * ```dockerfile bad
 * FROM node:22 AS base
 * ENV ID=0
 * FROM base
 * USER «${ID}:${GROUP:-0}»
 * CMD ["serve"]
 * ```
 * > The last USER, ${ID}:${GROUP:-0}, is root, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22 AS base
 * ENV ID=0
 * FROM base
 * USER node
 * CMD ["serve"]
 * ```
 * ```dockerfile good
 * FROM node:22
 * ARG RUN_AS=root
 * ENV USER_NAME=${RUN_AS}
 * USER $USER_NAME
 * CMD ["serve"]
 * ```
 * ```dockerfile good
 * FROM node:22
 * ARG RUN_AS
 * USER ${RUN_AS:-root}
 * CMD ["serve"]
 * ```
 * The rule accepts root for an interactive shell, and in a stage that is only copied from:
 * ```dockerfile good
 * FROM gradle:8.7-jdk21 AS build
 * USER root
 * FROM debian:12
 * USER root
 * RUN apt-get update
 * ```
 * A comment above that says why makes it a hint in the recommended profile:
 * ```dockerfile bad
 * FROM node:22
 * # This one is privileged: it needs root for the network.
 * USER «root»
 * CMD ["serve"]
 * ```
 * > The last USER is root, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22
 * # This one is privileged: it needs root for the network.
 * USER node
 * CMD ["serve"]
 * ```
 * There is no fix for an unknown base image, because its user is unknown:
 * ```dockerfile bad
 * FROM registry.example.com/team/base:3
 * USER «root»
 * CMD ["/app"]
 * ```
 * > The last USER is root, so the container runs as root
 * The fix goes back to the user from before:
 * ```dockerfile bad
 * FROM debian:12
 * RUN useradd -u 1234 web
 * USER web
 * RUN make
 * USER «root»
 * COPY app /srv/
 * CMD ["/srv/app"]
 * ```
 * > The last USER is root, so the container runs as root
 * ```dockerfile fixed
 * FROM debian:12
 * RUN useradd -u 1234 web
 * USER web
 * RUN make
 * USER root
 * COPY app /srv/
 * USER web
 * CMD ["/srv/app"]
 * ```
 * ```dockerfile bad
 * FROM node:22
 * ENTRYPOINT ["/srv/app"]
 * COPY app /srv/
 * USER «root»
 * ```
 * > The last USER is root, so the container runs as root
 * ```dockerfile fixed
 * FROM node:22
 * ENTRYPOINT ["/srv/app"]
 * COPY app /srv/
 * USER node
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get install -y gosu && useradd app
 * USER app
 * ENTRYPOINT ["gosu", "app", "/srv/server"]
 * USER «root»
 * ```
 * > The last USER is root, so the container runs as root
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y gosu && useradd app
 * USER app
 * ENTRYPOINT ["gosu", "app", "/srv/server"]
 * USER app
 * ```
 * A start that steps down by itself is only reported in the strict profile, and so are stages that are not shipped:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM golang:1.25 AS build
 * USER «root»
 * FROM alpine:3.20
 * RUN apk add --no-cache su-exec
 * USER «root»
 * ENTRYPOINT ["/entrypoint.sh"]
 * ```
 * > The last USER of this stage is root, so its containers run as root
 * > The last USER is root, so the container starts as root until /entrypoint.sh steps down
 * The profile of hadolint reports each stage:
 * ```dockerfile bad options="profile: hadolint"
 * FROM golang:1.25 AS build
 * USER «root»
 * FROM debian:12
 * USER 0:0
 * USER «root:adm»
 * FROM debian:12
 * USER root
 * USER www-data
 * ```
 * > The last USER of this stage is root, so its containers run as root
 * > The last USER of this stage is root:adm, so its containers run as root
 * The profile `strict` also reports every other stage whose last `USER` is root:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * USER «root»
 * ```
 * > The last USER of this stage is root, so its containers run as root
 * The profile `strict` also reports stages that are only copied from, and root that an argument gives:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12 AS build
 * USER «"root"»
 * FROM debian:12 AS other
 * RUN true
 * USER app
 * FROM debian:12
 * ARG RUN_AS=root
 * USER «$RUN_AS»
 * CMD ["/srv/web"]
 * ```
 * > The last USER of this stage is root, so its containers run as root
 * > The last USER of this stage, $RUN_AS, is root, so its containers run as root
 *
 * @skip onbuild what a later build starts is not known
 */
export default defineRule({
  id: 'user-root',
  summary: 'The last USER is root, so the container runs as root',
  category: 'security',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3002',
    'trivy:DS-0002',
    'checkov:CKV_DOCKER_8',
    'kics:last_user_is_root',
    'semgrep:last-user-is-root',
  ],
  mentions: ['user'],
  options: { profile: sharedOptions.profile },

  *check({ model, facts, options: { profile } }) {
    const shipped = shippedRoot(model, facts, profile === 'strict');
    if (shipped) yield shipped;
    if (profile === 'strict') yield* rootStages(model, shipped);
  },

  *hadolint({ model }) {
    for (const { from, instructions } of model.stages) {
      const word = instructions.filter(({ keyword, onbuild }) => keyword === 'USER' && !onbuild).at(-1)
        ?.words[0];
      if (from && word && /^(?:root|0)(?::|$)/.test(word.raw))
        yield {
          at: word.span,
          message: `The last USER of this stage is ${word.value}, so its containers run as root`,
        };
    }
  },
});

/** What the last USER of a stage comes to be, where nothing else is said of it. */
function* rootStages(model: Model, told: Finding | undefined): Generator<Finding> {
  for (const { from, instructions } of model.stages) {
    const user = instructions.filter(({ keyword, onbuild }) => keyword === 'USER' && !onbuild).at(-1);
    const [word] = user?.words ?? [];
    if (!user || !word || !from || word.span.start === told?.at.start) continue;
    if (!/^(?:root|0+)(?::|$)/.test(model.expand(word, user) ?? '')) continue;
    const named = word.variables.length > 0 ? `, ${word.value}, is root` : ` is ${word.value}`;
    yield {
      at: word.span,
      message: `The last USER of this stage${named}, so its containers run as root`,
      severity: 'hint',
    };
  }
}

/** What is said of the stage that is shipped. */
function shippedRoot(model: Model, facts: AsksContext, isStrict: boolean): Finding | undefined {
  // A stage that is only copied from may run as any user.
  const stage = shippedStage(model);
  const after = stage && model.environmentAfter(stage);
  const user = after?.user;
  // An ARG is for the command line to set; it cannot change what ENV sets.
  if (!stage || !user || after.isRoot !== true || user.overridable) return undefined;
  const back = takesBack(stage, user) && (isBelowStart(stage, user) || !startStepsDown(model, stage, facts));
  const down = stepsDown(model, stage, facts);
  if (down && !back) {
    return isStrict ? untilItStepsDown(user, whatStepsDown(model, stage, facts)) : undefined;
  }
  const runs = whatRuns(model, stage).kind;
  // This may go back to the user of an unknown base image.
  if (runs === 'nothing' || (runs === 'unknown' && !back && usersBefore(stage, user).length > 0))
    return undefined;
  const need = needBeside(model, stage, facts) ?? (down ? { kind: 'possible', by: 'the start' } : undefined);
  const { value, variables } = user.word;
  const named = variables.length > 0 ? `, ${value}, is root` : ` is ${value}`;
  const why = need?.kind === 'certain' ? `, because ${need.by} needs it` : '';
  return {
    at: user.word.span,
    message: `The last USER${named}${why}, so the container runs as root`,
    // An unknown base image may start something that needs root.
    severity: runs === 'unknown' && !back ? 'hint' : undefined,
    quiet: saysWhy(model, user.instruction) ? 'hint' : undefined,
    fix: runs === 'unknown' && !back ? undefined : besideRootNeed(fixFor(model, stage, user), need),
  };
}

/** Whether the comment above a USER says that root is meant. */
function saysWhy(model: Model, { span }: Instruction): boolean {
  const above = model.document.slice({ start: startWithComments(model, span.start), end: span.start });
  return /\b(?:root|privileged?)\b/i.test(above) && isMeant.test(above);
}

const isMeant =
  /\b(?:needs?|needed|requires?|required|must|want|because|(?:have|has) to|intentional(?:ly)?|deliberate(?:ly)?|on purpose|necessary)\b/i;

function untilItStepsDown({ word }: UserSetting, by: string): Finding {
  return {
    at: word.span,
    message: `The last USER is ${word.value}, so the container starts as root until ${by} steps down`,
    severity: 'hint',
  };
}

function fixFor(model: Model, stage: Stage, setting: UserSetting): Fix | undefined {
  const instructions = stage.chain.flatMap((one) => one.instructions);
  const earlier = usersBefore(stage, setting).at(-1);
  const chosen = earlier === undefined ? fittingUser(model, stage) : { user: earlier, create: undefined };
  if (!chosen) return undefined;
  const later = instructions.filter(({ index }) => index > setting.instruction.index);
  const needsRoot = later.some(({ keyword }) => /^(?:RUN|COPY|ADD|WORKDIR)$/.test(keyword));
  const exists =
    chosen.create === undefined &&
    !createdUsers(model, stage).some(({ command }) => command.instruction.index > setting.instruction.index);
  if (!needsRoot && exists)
    return {
      title: `Change ${setting.word.value} to ${chosen.user}`,
      edits: [replace(setting.word.span, chosen.user)],
    };
  const title = chosen.create
    ? `Create the user ${chosen.user} and add USER ${chosen.user}`
    : `Add USER ${chosen.user}`;
  const edit = insertUser(model, stage, chosen);
  // A user set before the reported word would not stay in force.
  if (edit && chosen.create !== undefined && edit.start <= setting.instruction.span.start)
    return replaceUser(model, setting, chosen.user, chosen.create);
  return edit && { title, edits: [edit] };
}

/** Replaces the reported word, and inserts above it what creates the user as root. */
function replaceUser(model: Model, { instruction, word }: UserSetting, user: string, create: string): Fix {
  const { document, file } = model;
  const isRoot = model.environmentAt(instruction).isRoot === true;
  const lines = [
    ...(isRoot ? [] : [`${keywordLike(file, 'USER')} ${word.raw}`]),
    `${keywordLike(file, 'RUN')} ${create}`,
  ];
  return {
    title: `Create the user ${user} and change ${word.value} to ${user}`,
    edits: [
      document.insertLinesBefore(startWithComments(model, instruction.span.start), ...lines),
      replace(word.span, user),
    ],
  };
}

/** Whether the file had stepped down already, and no step needs the root it goes back to. */
function takesBack(stage: Stage, { instruction }: UserSetting): boolean {
  const steps = [...stage.chain]
    .reverse()
    .flatMap(({ instructions }) => instructions)
    .filter(({ keyword }) => keyword === 'USER' || keyword === 'RUN');
  const before = steps.at(-2)?.words[0]?.value ?? '';
  return steps.at(-1) === instruction && steps.at(-2)?.keyword === 'USER' && isOther(before);
}

/** Whether what the image starts stands above the USER, so that the file had named the user of the start before. */
function isBelowStart({ chain }: Stage, { instruction }: UserSetting): boolean {
  const starts = chain
    .flatMap(({ instructions }) => instructions)
    .filter(({ keyword }) => keyword === 'ENTRYPOINT' || keyword === 'CMD');
  return starts.length > 0 && starts.every(({ index }) => index < instruction.index);
}

/** Whether a user is certainly not root. */
function isOther(name: string): boolean {
  return !/^(?:root|0+)?(?::|$)|\$/.test(name);
}

/** Users other than root that the file switched to before. */
function usersBefore(stage: Stage, { instruction }: UserSetting): readonly string[] {
  return [...stage.chain]
    .reverse()
    .flatMap(({ instructions }) => instructions)
    .filter(({ keyword, index }) => keyword === 'USER' && index < instruction.index)
    .flatMap(({ words }) => words[0]?.value ?? [])
    .filter(isOther);
}
