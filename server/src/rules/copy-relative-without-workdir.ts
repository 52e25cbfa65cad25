import { keywordLike } from '../core/analysis/text/keyword-case';
import { withInherited } from '../core/families/hadolint-stages';
import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Finding, Fix, Instruction, Model } from '../core/lint/rule';
import type { Copy } from '../core/model/model';

/**
 * A relative destination starts at the working directory. Without `WORKDIR` that is `/`, where the files lie among the
 * folders of the system, or whatever the base image says.
 *
 * Nobody can tell whether an unknown base image sets a folder, so the recommended profile then stays silent.
 *
 * ```dockerfile bad severity="hint warning"
 * FROM example.com/team/base:3
 * ADD dist «app/»
 * FROM node:22
 * # the program
 * COPY . «.»
 * RUN npm ci
 * COPY other ./
 * ```
 * > No WORKDIR is set, so the base image decides where app/ is
 * > No WORKDIR is set, so the files go to / among the folders of the system
 * ```dockerfile fixed
 * FROM example.com/team/base:3
 * WORKDIR /app
 * ADD dist app/
 * FROM node:22
 * # the program
 * WORKDIR /app
 * COPY . .
 * RUN npm ci
 * COPY other ./
 * ```
 * There is no fix if a later step or the start of the container counts on `/`:
 * ```dockerfile bad
 * FROM nginx:1.29
 * COPY . «.»
 * CMD ["nginx", "-c", "/nginx.conf"]
 * ```
 * > No WORKDIR is set, so the files go to / among the folders of the system
 * On a base image with a known working directory, only the profile `strict` asks for one more than where all goes to `/`:
 * ```dockerfile bad options="profile: strict"
 * FROM golang:1.25
 * COPY main.go «.»
 * FROM scratch
 * COPY app «app»
 * ```
 * > No WORKDIR is set, so the base image decides where . is
 * > No WORKDIR is set, so the base image decides where app is
 * ```dockerfile fixed
 * FROM golang:1.25
 * WORKDIR /app
 * COPY main.go .
 * FROM scratch
 * WORKDIR /app
 * COPY app app
 * ```
 * hadolint reports each of them:
 * ```dockerfile bad options="profile: hadolint"
 * FROM golang:1.25
 * COPY main.go «.»
 * COPY go.mod «.»
 * ```
 * > No WORKDIR is set, so the base image decides where . is
 * ```dockerfile good
 * FROM node:22 AS base
 * WORKDIR /srv
 * FROM base
 * COPY . .
 * FROM node:22
 * COPY . "$HOME"
 * COPY . /srv/
 * COPY . C:\srv\
 * COPY package.json .
 * FROM golang:1.25
 * COPY . .
 * FROM scratch
 * COPY app .
 * ```
 * What stands before the first FROM is the matter of [instruction-before-from](instruction-before-from.md):
 * ```dockerfile good
 * COPY app .
 * FROM debian:12
 * ```
 * In a trigger, the profile `strict` reports it as a hint:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * ONBUILD COPY app.py «src/»
 * ```
 * > No WORKDIR is set, so the base image decides where src/ is
 *
 * @skip onbuild the base of the later build decides
 */
export default defineRule({
  id: 'copy-relative-without-workdir',
  summary: 'A relative destination of COPY without WORKDIR',
  category: 'copy',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3045'],
  options: { profile: sharedOptions.profile },

  *check({ model, options }) {
    const reported = new Set<string>();
    const isStrict = options.profile === 'strict';
    for (const copy of relativeCopies(model)) {
      const { stage, instruction } = copy;
      const { workdir } = model.environmentAt(instruction);
      const litters = workdir === '/' && stage?.base.packageManager !== 'none' && takesFolder(copy);
      const isKnown = workdir !== undefined && !(litters && model.reachesImage(instruction));
      const isMisplaced = stage === undefined && model.stages.length > 0;
      const key = `${stage?.index} ${copy.onbuild}`;
      if (isMisplaced || reported.has(key) || ((isKnown || copy.onbuild) && !isStrict)) continue;
      reported.add(key);
      // Where a later build copies to is for its own file to say.
      if (copy.onbuild) {
        yield { ...found(copy, false), severity: 'hint' };
        continue;
      }
      yield {
        ...found(copy, litters),
        severity: litters || isStrict ? undefined : 'hint',
        quiet: !litters,
        fix: countsOnRoot(model, copy) ? undefined : addWorkdir(model, instruction),
      };
    }
  },

  *hadolint({ model }) {
    const setsFolder = ({ keyword }: Instruction): boolean => keyword === 'WORKDIR';
    for (const [instruction, isSet] of withInherited(model, ['WORKDIR', 'COPY'], setsFolder)) {
      const copy = model.copyOf(instruction);
      if (copy && !copy.onbuild && !isSet && !/^(?:[/$]|[A-Za-z]:)/.test(copy.destination.value))
        yield found(copy, false);
    }
  },
});

function addWorkdir(model: Model, { span }: Instruction): Fix {
  const line = `${keywordLike(model.file, 'WORKDIR')} /app`;
  return { title: 'Add WORKDIR /app', edits: [model.document.insertLinesBefore(span.start, line)] };
}

/** A path in a folder that no image has by itself. */
const outsideSystem =
  /(?<![\w.:/}*$-])\/(?!(?:bin|boot|dev|etc|home|lib(?:32|64|exec)?|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)\b)[\w-]/;

/** Whether what follows a copy names files of `/` by their absolute path. */
function countsOnRoot({ document }: Model, { stage, instruction: { index } }: Copy): boolean {
  return (stage?.instructions ?? []).some(
    (one) => one.index > index && runs.has(one.keyword) && outsideSystem.test(document.slice(one.span)),
  );
}

const runs: ReadonlySet<string> = new Set(['RUN', 'CMD', 'ENTRYPOINT']);

function found({ destination: { span, value } }: Copy, litters: boolean): Pick<Finding, 'at' | 'message'> {
  return {
    at: span,
    message: litters
      ? 'No WORKDIR is set, so the files go to / among the folders of the system'
      : `No WORKDIR is set, so the base image decides where ${value} is`,
  };
}

/** Whether a copy may bring many files into the working directory itself. */
function takesFolder({ sources, destination }: Copy): boolean {
  return (
    destination.path === '/' &&
    sources.some(({ path }) => path === '' || path === '*' || path?.endsWith('/*'))
  );
}

/** Copies whose destination starts at the working directory, where the file sets none. */
function relativeCopies(model: Model): readonly Copy[] {
  return model.copies.filter(
    ({ destination: { value }, instruction }) =>
      !/^(?:[/\\$]|[A-Za-z]:)/.test(value) && !model.environmentAt(instruction).workdirSet,
  );
}
