import { defineRule, replace } from '../core/lint/rule';
import type { Finding, Instruction, Model, Stage } from '../core/lint/rule';
import { createdUserNamed } from '../core/analysis/runtime/image-users';
import { lacksUser } from '../core/knowledge/images/base-users';
import { isBelow } from '../core/text/paths';

/**
 * The engine looks up a name in the image's own `/etc/passwd`. Without an entry there, the container does not start
 * (`USER`), or the build stops (`--chown`). A number needs no look-up.
 *
 * ```dockerfile bad
 * FROM golang:1.23 AS build
 * RUN useradd -u 10001 app && go build -o /app .
 * FROM scratch
 * COPY --from=build --chown=«app:app» /app /app
 * USER «nobody»
 * ENTRYPOINT ["/app"]
 * ```
 * > The image has no user app, so the build stops here
 * > The image has no user nobody, so the container does not start
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
 * > The image has no user www-data, so the container does not start
 * Other images have users, but not those that a file forgot to create. There is no fix, because the intended number
 * is unknown:
 * ```dockerfile bad
 * FROM python:3.13-slim
 * COPY --chown=«node:node» . /app
 * USER «appuser»
 * ```
 * > The image has no user node, so the build stops here
 * > The image has no user appuser, so the container does not start
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
 * The rule accepts names that the base image has, and a list of users that is copied in:
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
 * Groups are looked up like users, and quotes stay:
 * ```dockerfile bad
 * FROM scratch
 * USER «"nobody:nogroup"»
 * ```
 * > The image has no user nobody, so the container does not start
 * ```dockerfile fixed
 * FROM scratch
 * USER "65534:65534"
 * ```
 * ```dockerfile bad
 * FROM scratch
 * USER «1000:nogroup»
 * ```
 * > The image has no group nogroup, so the container does not start
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
 * There is no fix for the group if only the number of the user is known:
 * ```dockerfile bad
 * FROM gcr.io/distroless/static-debian12
 * USER «nonroot:app»
 * ```
 * > The image has no group app, so the container does not start
 *
 * @skip onbuild the image of the later build decides
 */
export default defineRule({
  id: 'user-name-unresolvable',
  summary: 'The image lacks a user or group that the file names',
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
        // All groups are known only if all users are.
        const lacksGroup =
          group !== undefined && stage.base.usersComplete && !groups.has(group) && lacks(group);
        if (!lacks(user) && !lacksGroup) continue;
        // An image with users may mean others than the default ones.
        if (overridable && !stage.base.usersComplete) continue;
        const missing = lacks(user) ? `user ${user}` : `group ${group ?? ''}`;
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
  const effect = instruction.keyword === 'USER' ? 'the container does not start' : 'the build stops here';
  const quote = /^["']/.test(word.raw) ? 1 : 0;
  return {
    at: word.span,
    message: `The image has no ${missing}, so ${effect}`,
    ...(text !== undefined &&
      word.variables.length === 0 && {
        fix: {
          title: `Change ${word.value} to ${text}`,
          edits: [replace({ start: word.span.start + quote, end: word.span.end - quote }, text)],
        },
      }),
  };
}

function isName(text: string): boolean {
  return text !== '' && !/^\d+$/.test(text);
}

/** Groups of distroless images, besides those with the names of users. */
const groups: ReadonlySet<string> = new Set(['staff', 'tty']);

/**
 * Number of a user of the base image, of a user that another stage creates, or of a name that always means the same.
 */
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

/** Steps that may change the list of users: unknown is not wrong. */
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
