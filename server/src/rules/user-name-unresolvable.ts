import { defineRule, replace } from '../core/lint/rule';
import type { Finding, Instruction, Model, Stage } from '../core/lint/rule';
import { createdUserNamed } from '../core/analysis/runtime/image-users';
import { lacksUser } from '../core/knowledge/images/base-users';
import { isBelow } from '../core/text/paths';

/**
 * A name has to be looked up in the image's own `/etc/passwd`. Where there is none, the container does not
 * start (`USER`), or the build stops (`--chown`). A number needs no look-up.
 *
 * ```dockerfile bad
 * FROM golang:1.23 AS build
 * RUN useradd -u 10001 app && go build -o /app .
 * FROM scratch
 * COPY --from=build --chown=«app:app» /app /app
 * USER «nobody»
 * ENTRYPOINT ["/app"]
 * ```
 * > The image has no user called app, so the build stops here
 * > The image has no user called nobody, so a container of it does not start
 * ```dockerfile fixed
 * FROM golang:1.23 AS build
 * RUN useradd -u 10001 app && go build -o /app .
 * FROM scratch
 * COPY --from=build --chown=10001:10001 /app /app
 * USER 65534
 * ENTRYPOINT ["/app"]
 * ```
 * ```dockerfile bad
 * FROM gcr.io/distroless/static-debian12
 * USER «www-data»
 * ```
 * > The image has no user called www-data, so a container of it does not start
 * Other images have users, but not those a file forgets to create; which number was meant is not known:
 * ```dockerfile bad
 * FROM python:3.13-slim
 * COPY --chown=«node:node» . /app
 * USER «appuser»
 * ```
 * > The image has no user called node, so the build stops here
 * > The image has no user called appuser, so a container of it does not start
 * ```dockerfile good
 * FROM node:22-alpine
 * COPY --chown=node:node . /app
 * USER node
 * FROM debian:12
 * USER www-data
 * FROM debian:12
 * RUN ./create-users
 * USER app
 * FROM example.com/python:3.13
 * USER appuser
 * FROM alpine:3.20
 * ARG RUN_AS=app
 * USER $RUN_AS
 * FROM debian:12
 * COPY rootfs/ /
 * USER app
 * ```
 * Names the base is known to have are fine, and so is a list of users that is copied in:
 * ```dockerfile good
 * FROM gcr.io/distroless/static-debian12
 * USER nonroot:nonroot
 * FROM scratch
 * COPY --from=0 /etc/passwd /etc/passwd
 * USER app
 * FROM scratch
 * USER 65532:65532
 * ```
 * ```dockerfile good
 * FROM scratch AS base
 * COPY --from=alpine:3.20 /etc/passwd /etc/group /etc/
 * FROM base
 * USER guest
 * ```
 * A group is looked for as a user is, and quotes stay:
 * ```dockerfile bad
 * FROM scratch
 * USER «"nobody:nogroup"»
 * ```
 * > The image has no user called nobody, so a container of it does not start
 * ```dockerfile fixed
 * FROM scratch
 * USER "65534:65534"
 * ```
 * ```dockerfile bad
 * FROM scratch
 * USER «1000:nogroup»
 * ```
 * > The image has no group called nogroup, so a container of it does not start
 * ```dockerfile fixed
 * FROM scratch
 * USER 1000:65534
 * ```
 * An archive may bring users:
 * ```dockerfile good
 * FROM scratch
 * ADD ["root.tar.gz", "/srv/"]
 * USER app
 * ```
 * Where a number stands for the user alone, the group is for the author to name:
 * ```dockerfile bad
 * FROM gcr.io/distroless/static-debian12
 * USER «nonroot:app»
 * ```
 * > The image has no group called app, so a container of it does not start
 *
 * @skip onbuild the image of the later build decides
 */
export default defineRule({
  id: 'user-name-unresolvable',
  summary: 'A user name is not known in the image',
  category: 'runtime',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    const withList = new Set<Stage>();
    for (const stage of model.stages) {
      if (stage.parent && withList.has(stage.parent)) withList.add(stage);
      for (const instruction of stage.instructions) {
        if (bringsUsers(model, instruction)) withList.add(stage);
        if (withList.has(stage)) break;
        const word = instruction.keyword === 'USER' ? instruction.words[0] : model.copyOf(instruction)?.chown;
        const { text, overridable } = word ? model.expansion(word, instruction) : {};
        if (!word || text === undefined) continue;
        const [user = '', group] = text.split(':');
        const lacks = (name: string): boolean => isName(name) && lacksUser(stage.base, name);
        // Groups are known whole only where users are.
        const lacksGroup =
          group !== undefined && stage.base.usersComplete && !groups.has(group) && lacks(group);
        if (!lacks(user) && !lacksGroup) continue;
        // Where there are users, others may be meant than by default.
        if (overridable && !stage.base.usersComplete) continue;
        const missing = lacks(user) ? `user called ${user}` : `group called ${group ?? ''}`;
        yield finding(model, stage, word, instruction, user, group, missing);
      }
    }
  },
});

function finding(
  model: Model,
  stage: Stage,
  word: Instruction['words'][number],
  instruction: Instruction,
  user: string,
  group: string | undefined,
  missing: string,
): Finding {
  const number = numberOf(model, stage, user);
  const groupNumber =
    group === undefined ? undefined : group === user ? number : numberOf(model, stage, group);
  const text =
    group === undefined
      ? number
      : number !== undefined && groupNumber !== undefined
        ? `${number}:${groupNumber}`
        : undefined;
  const effect = instruction.keyword === 'USER' ? 'a container of it does not start' : 'the build stops here';
  const quote = /^["']/.test(word.raw) ? 1 : 0;
  return {
    at: word.span,
    message: `The image has no ${missing}, so ${effect}`,
    ...(text !== undefined &&
      word.variables.length === 0 && {
        fix: {
          title: `Write ${text}`,
          edits: [replace({ start: word.span.start + quote, end: word.span.end - quote }, text)],
        },
      }),
  };
}

function isName(text: string): boolean {
  return text !== '' && !/^\d+$/.test(text);
}

/** Of distroless images, besides those that are called as users are. */
const groups: ReadonlySet<string> = new Set(['staff', 'tty']);

/** Of the base, of another stage that creates the user, or what the name always stands for. */
function numberOf(model: Model, stage: Stage, name: string): string | undefined {
  if (/^\d+$/.test(name)) return name;
  const known = stage.base.users.get(name);
  if (known !== undefined) return String(known);
  return createdUserNamed(model, name)?.uid ?? conventional.get(name);
}

const conventional: ReadonlyMap<string, string> = new Map([
  ['root', '0'],
  ['nobody', '65534'],
  ['nogroup', '65534'],
  ['nonroot', '65532'],
]);

/** Steps after which the list of users may be another: unknown is not wrong. */
function bringsUsers(model: Model, instruction: Instruction): boolean {
  if (instruction.keyword === 'RUN' || instruction.trigger !== undefined) return true;
  const copy = model.copyOf(instruction);
  if (!copy) return false;
  const { keyword, sources, destination } = copy;
  return (
    destination.path === undefined ||
    destination.path === '/' ||
    isBelow(destination.path, '/etc') ||
    sources.some(
      ({ value }) =>
        /passwd|group|rootfs/.test(value) || (keyword === 'ADD' && /\.(?:tar|t[gbx]z|gz|xz|bz2)/.test(value)),
    )
  );
}
