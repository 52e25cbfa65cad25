import { defineRule, replace } from '../core/lint/rule';
import type { Fix, Model, Stage } from '../core/lint/rule';
import { fittingUser, insertUser } from '../core/fixes/non-root-user';
import type { NonRootUser } from '../core/fixes/non-root-user';
import { createdUsers, stepsDown } from '../core/analysis/runtime/image-users';
import { whatRuns } from '../core/analysis/runtime/what-runs';
import { startWithComments } from '../core/analysis/text/comment-lines';
import { keywordLike } from '../core/analysis/text/keyword-case';
import type { UserSetting } from '../core/model/model';

/**
 * The last `USER` decides whom the program runs as. Switching to root for a step is fine, forgetting to switch
 * back is not.
 *
 * ```dockerfile bad
 * FROM node:22
 * USER «root»
 * RUN npm install -g serve
 * # back at work
 * CMD ["serve"]
 * ```
 * > root is the last USER, so what the image starts runs as root
 * ```dockerfile fixed
 * FROM node:22
 * USER root
 * RUN npm install -g serve
 * USER node
 * # back at work
 * CMD ["serve"]
 * ```
 * Of a base that is not known, going back to root after another user says nothing:
 * ```dockerfile good
 * FROM registry.example.com/team/base:3
 * USER postgres
 * RUN createdb app
 * USER root
 * ```
 * Where no step needs root any more, the word itself is replaced:
 * ```dockerfile bad
 * FROM debian:12
 * RUN useradd -u 1234 web
 * USER «0:0»
 * CMD ["/srv/web"]
 * ```
 * > 0:0 is the last USER, so what the image starts runs as root
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
 * Some images run as a user of their own already:
 * ```dockerfile bad
 * FROM jenkins/jenkins:2.492
 * USER «root»
 * RUN apt-get update && apt-get install -y maven && rm -rf /var/lib/apt/lists/*
 * ```
 * > root is the last USER, so what the image starts runs as root
 * ```dockerfile fixed
 * FROM jenkins/jenkins:2.492
 * USER root
 * RUN apt-get update && apt-get install -y maven && rm -rf /var/lib/apt/lists/*
 * USER jenkins
 * ```
 * What an earlier stage set holds on:
 * ```dockerfile bad
 * FROM node:22 AS base
 * USER «root»
 * RUN npm install -g serve
 * FROM base
 * CMD ["serve", "-l", "3000"]
 * ```
 * > root is the last USER, so what the image starts runs as root
 * ```dockerfile fixed
 * FROM node:22 AS base
 * USER root
 * RUN npm install -g serve
 * FROM base
 * USER node
 * CMD ["serve", "-l", "3000"]
 * ```
 * Behind the instruction that says what starts, the last word is replaced as well, once root has created the user:
 * ```dockerfile bad
 * FROM alpine:3.20
 * USER root
 * RUN apk add --no-cache openjdk21-jre-headless
 * CMD ["java", "-jar", "/srv/app.jar"]
 * # for the start
 * USER «root»
 * ```
 * > root is the last USER, so what the image starts runs as root
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
 * > root is the last USER, so what the image starts runs as root
 * ```dockerfile fixed
 * FROM debian:12
 * ENTRYPOINT ["/srv/app"]
 * COPY app /srv/
 * RUN useradd --create-home --uid 10001 app
 * USER app
 * ```
 * Root has to be in force for that:
 * ```dockerfile bad
 * FROM debian:12
 * ARG OWNER
 * USER $OWNER
 * CMD ["/srv/app"]
 * USER «root»
 * ```
 * > root is the last USER, so what the image starts runs as root
 * ```dockerfile fixed
 * FROM debian:12
 * ARG OWNER
 * USER $OWNER
 * CMD ["/srv/app"]
 * USER root
 * RUN useradd --create-home --uid 10001 app
 * USER app
 * ```
 * A shell to look around with may well be root's, and so may a stage that is only copied from:
 * ```dockerfile good
 * FROM gradle:8.7-jdk21 AS build
 * USER root
 * FROM debian:12
 * USER root
 * RUN apt-get update
 * ```
 * Of an unknown base it is not known which user to go back to:
 * ```dockerfile bad
 * FROM registry.example.com/team/base:3
 * USER «root»
 * CMD ["/app"]
 * ```
 * > root is the last USER, so what the image starts runs as root
 * The user who worked before is the one to go back to:
 * ```dockerfile bad
 * FROM debian:12
 * RUN useradd -u 1234 web
 * USER web
 * RUN make
 * USER «root»
 * COPY app /srv/
 * CMD ["/srv/app"]
 * ```
 * > root is the last USER, so what the image starts runs as root
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
 * > root is the last USER, so what the image starts runs as root
 * ```dockerfile fixed
 * FROM node:22
 * ENTRYPOINT ["/srv/app"]
 * COPY app /srv/
 * USER node
 * ```
 *
 * @skip onbuild what a later build starts is not known
 */
export default defineRule({
  id: 'user-root',
  summary: 'The image switches to root and stays there',
  category: 'security',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3002', 'trivy:DS-0002', 'checkov:CKV_DOCKER_8'],

  *check({ model }) {
    // What a stage that is only copied from runs as matters to nobody.
    const stage = model.finalStage;
    if (!stage) return;
    const { user, isRoot } = model.environmentAfter(stage);
    // A variable is there for the command line to set.
    if (!user || isRoot !== true || user.word.variables.length > 0 || stepsDown(model, stage)) return;
    const runs = whatRuns(model, stage).kind;
    // Back to where an unknown base may well have been.
    if (runs === 'nothing' || (runs === 'unknown' && usersBefore(stage, user).length > 0)) return;
    yield {
      at: user.word.span,
      message: `${user.word.value} is the last USER, so what the image starts runs as root`,
      // What an unknown base starts may well be meant to.
      severity: runs === 'unknown' ? 'hint' : undefined,
      fix: runs === 'unknown' ? undefined : fixFor(model, stage, user),
    };
  },
});

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
    return { title: `Write USER ${chosen.user}`, edits: [replace(setting.word.span, chosen.user)] };
  const title = chosen.create
    ? `Create the user ${chosen.user} and add USER ${chosen.user}`
    : `Add USER ${chosen.user}`;
  const edit = insertUser(model, stage, chosen);
  // In front of the word at fault, another user would not stay.
  if (edit && edit.start <= setting.instruction.span.start) return replaceUser(model, setting, chosen);
  return edit && { title, edits: [edit] };
}

/** Writes the word at fault over, below what creates the user as root. */
function replaceUser(
  model: Model,
  { instruction, word }: UserSetting,
  { user, create }: NonRootUser,
): Fix | undefined {
  if (create === undefined) return undefined;
  const { document, file } = model;
  const isRoot = model.environmentAt(instruction).isRoot === true;
  const lines = [
    ...(isRoot ? [] : [`${keywordLike(file, 'USER')} ${word.raw}`]),
    `${keywordLike(file, 'RUN')} ${create}`,
  ];
  return {
    title: `Create the user ${user} and write USER ${user}`,
    edits: [
      document.insertLinesBefore(startWithComments(model, instruction.span.start), ...lines),
      replace(word.span, user),
    ],
  };
}

/** Other users than root that the file switched to before. */
function usersBefore(stage: Stage, { instruction }: UserSetting): readonly string[] {
  return [...stage.chain]
    .reverse()
    .flatMap(({ instructions }) => instructions)
    .filter(({ keyword, index }) => keyword === 'USER' && index < instruction.index)
    .flatMap(({ words }) => words[0]?.value ?? [])
    .filter((name) => !/^(?:root|0)(?::|$)|\$/.test(name));
}
