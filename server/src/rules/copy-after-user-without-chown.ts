import { defineRule, insertAfter, sharedOptions } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';
import { once } from '../core/text/memo';
import { isBelow, resolvePath } from '../core/text/paths';

/**
 * `COPY` and `ADD` do not care for `USER`: what they bring belongs to root. In a folder that the program writes to, it then
 * cannot change those files.
 *
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /srv
 * USER node
 * COPY --link «db» data/db
 * COPY server.js /srv/
 * VOLUME ["/srv/data"]
 * ```
 * > Everything copied to data/db belongs to root, so node cannot change it
 * ```dockerfile fixed
 * FROM node:22
 * WORKDIR /srv
 * USER node
 * COPY --chown=node --link db data/db
 * COPY server.js /srv/
 * VOLUME ["/srv/data"]
 * ```
 * The profile `strict` asks for it everywhere. A user out of a variable gets no fix:
 * ```dockerfile bad options="profile: strict"
 * FROM node:22
 * ARG OWNER=node
 * USER 1000:1000
 * COPY «.» /srv
 * USER $OWNER
 * ADD «.» /opt
 * ```
 * > Everything copied to /srv belongs to root, so 1000 cannot change it
 * > Everything copied to /opt belongs to root, so node cannot change it
 * ```dockerfile fixed
 * FROM node:22
 * ARG OWNER=node
 * USER 1000:1000
 * COPY --chown=1000:1000 . /srv
 * USER $OWNER
 * ADD . /opt
 * ```
 * ```dockerfile good
 * FROM node:22 AS build
 * VOLUME $ANY
 * COPY a /data/
 * USER node
 * COPY a /data/
 * FROM node:22
 * VOLUME /data /logs
 * COPY a /data/
 * USER node
 * COPY --chown=node a /data/
 * COPY a $UNKNOWN/
 * COPY a /srv/
 * ```
 * ```dockerfile good
 * FROM node:22
 * COPY a /srv/
 * ```
 * Without a user, nothing changes hands:
 * ```dockerfile good
 * FROM debian:12
 * # There is no user.
 * COPY a /srv/a
 * ```
 * ```dockerfile good options="profile: strict"
 * FROM node:22
 * USER node
 * COPY app.conf /etc/
 * ```
 */
export default defineRule({
  id: 'copy-after-user-without-chown',
  summary: 'Copied files belong to root where the program writes',
  category: 'copy',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['user'],
  options: { profile: sharedOptions.profile },

  *check({ model, options }) {
    if (model.instructionsOf('USER').length === 0) return;
    for (const { instruction, stage, destination, chown, sources } of model.copies) {
      const [source] = sources;
      const { user, isRoot } = model.environmentAt(instruction);
      if (!stage || !source || chown || !user?.name || isRoot !== false) continue;
      const { path, value } = destination;
      const isWritten = path !== undefined && volumesOf(model, stage).some((volume) => isBelow(path, volume));
      const mayBeWritten = isWritten || (options.profile === 'strict' && !ofSystem.test(path ?? ''));
      if (!mayBeWritten) continue;
      const isPlain = !user.overridable && /^[\w.-]+(?::[\w.-]+)?$/.test(user.text ?? '');
      yield {
        at: source.span,
        message: `Everything copied to ${value} belongs to root, so ${user.name} cannot change it`,
        fix: isPlain
          ? {
              title: `Add --chown=${user.text ?? ''}`,
              edits: [insertAfter(instruction.keywordSpan, ` --chown=${user.text ?? ''}`)],
            }
          : undefined,
      };
    }
  },
});

/** Folders of settings and programs, in which a container writes nothing. */
const ofSystem = /^\/(?:etc|s?bin|lib(?:64|exec)?|usr\/(?:local\/)?(?:s?bin|lib(?:64|exec)?|etc))(?:\/|$)/;

/** More volumes than anyone declares are not looked at. */
const mostVolumes = 50;

const none: readonly string[] = [];

/** The folders that a stage declares for data. */
function volumesOf(model: Model, stage: Stage): readonly string[] {
  return volumesByStage(model).get(stage) ?? none;
}

const volumesByStage = once((model: Model): ReadonlyMap<Stage | undefined, readonly string[]> => {
  const found = new Map<Stage | undefined, string[]>();
  for (const instruction of model.instructionsOf('VOLUME').slice(0, mostVolumes)) {
    const words = instruction.json?.map(({ value }) => value) ?? instruction.words.map(({ value }) => value);
    const { workdir } = model.environmentAt(instruction);
    const folders = words.flatMap((word) => (word.includes('$') ? [] : (resolvePath(workdir, word) ?? [])));
    const stage = model.stageOf(instruction);
    found.set(stage, [...(found.get(stage) ?? none), ...folders]);
  }
  return found;
});
