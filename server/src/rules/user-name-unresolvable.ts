import { defineRule, replace } from '../core/lint/rule';
import type { Finding, Instruction, Model, Stage } from '../core/lint/rule';
import { guardOf } from '../core/analysis/commands/guard';
import { rosterAt } from '../core/analysis/runtime/image-roster';
import { createdUserNamed } from '../core/analysis/runtime/image-users';
import { argumentsOf, findOption } from '../core/shell/options';
import type { Command, ShellWord } from '../core/shell/types';
import { once } from '../core/text/memo';
import type { Span } from '../core/text/span';

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
 * An archive may bring users, but only to the root or to `/etc`:
 * ```dockerfile good
 * FROM scratch
 * ADD ["root.tar.gz", "/"]
 * USER app
 * ```
 * A mention creates nobody, and a copy into another folder brings no list of users:
 * ```dockerfile bad
 * FROM debian:12
 * RUN chown -R «nonroot:nonroot» /srv
 * USER «nonroot»
 * CMD ["/srv/server"]
 * ```
 * > The image has no user nonroot, so the build stops here
 * > The image has no user nonroot, so the container does not start
 * ```dockerfile fixed
 * FROM debian:12
 * RUN chown -R 65532:65532 /srv
 * USER 65532
 * CMD ["/srv/server"]
 * ```
 * ```dockerfile bad
 * FROM node:22-alpine
 * WORKDIR /app
 * COPY . .
 * RUN apk add --no-cache postgresql && npm ci
 * USER «app»
 * RUN npm run build
 * ```
 * > The image has no user app, so the next RUN stops the build
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl && useradd dev
 * USER «dev:nosuch»
 * ```
 * > The image has no group nosuch, so the container does not start
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN adduser -S app && install -d -o app -g «app» /srv && chgrp «nonroot» /opt && chown «:nonroot» /opt
 * USER «0:app»
 * ```
 * > The image has no group app, so the build stops here
 * > The image has no group nonroot, so the build stops here
 * > The image has no group nonroot, so the build stops here
 * > The image has no group app, so the container does not start
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN adduser -S app && install -d -o app -g app /srv && chgrp 65532 /opt && chown :65532 /opt
 * USER 0:app
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN chown «"nonroot"» /srv
 * ```
 * > The image has no user nonroot, so the build stops here
 * Steps that may create users count, and so do packages, names from variables and failures that are handled:
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get update && apt-get install -y postgresql && chown postgres /srv
 * USER postgres
 * FROM alpine:3.20
 * RUN adduser -S -G nogroup app && chown app:nogroup /srv && chown --reference=/srv /opt && chown "$OWNER" /opt
 * RUN addgroup web; chown app:web /srv; chown nosuch /srv || true; install -oapp -m 755 x /srv
 * USER app:web
 * FROM debian:12
 * RUN echo 'app:x:1000:1000::/:/bin/false' >> /etc/passwd
 * USER app
 * FROM debian:12
 * RUN sh -c 'useradd --user-group app'
 * USER app:app
 * FROM debian:12
 * COPY . /
 * USER app
 * FROM debian:12
 * RUN curl -fsSL https://example.com/install.sh | bash
 * USER app
 * ```
 * A stage that only files are copied from starts no container:
 * ```dockerfile good
 * FROM debian:12 AS build
 * USER app
 * FROM scratch
 * COPY --from=build /srv /srv
 * ```
 * A build runs a stage that no other needs only if it is the target:
 * ```dockerfile bad severity="warning"
 * FROM debian:12 AS tools
 * COPY --chown=«ops» tool /srv/
 * USER «ops»
 * FROM debian:12 AS tests
 * USER «tester»
 * RUN make test
 * FROM debian:12
 * ```
 * > The image has no user ops, so a build of this stage stops here
 * > The image has no user ops, so a container of this stage does not start
 * > The image has no user tester, so the next RUN stops a build of this stage
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
    for (const stage of model.stages) {
      for (const instruction of stage.instructions) {
        for (const mention of mentionsIn(model, stage, instruction)) {
          const finding = judge(model, stage, mention);
          if (finding) yield finding;
        }
      }
    }
  },
});

/** A place that names a user, a group, or both. */
interface Mention {
  readonly at: Instruction | Command;
  readonly span: Span;
  /** As written, for the title. */
  readonly written: string;
  /** `user`, `user:group` or `:group`, with variables expanded. */
  readonly text: string;
  /** Whether the command line can replace it. */
  readonly overridable: boolean;
  /** The span that a fix replaces; undefined if it comes from a variable. */
  readonly editable: Span | undefined;
  readonly effect: string;
}

function* mentionsIn(model: Model, stage: Stage, instruction: Instruction): Generator<Mention> {
  const ofStage = stage.reachable ? '' : ' of this stage';
  const stop = `${ofStage === '' ? 'the' : 'a'} build${ofStage} stops here`;
  if (instruction.keyword === 'RUN') {
    for (const command of model.commandsOf(instruction)) yield* mentionsOf(model, command, stop);
    return;
  }
  const isUser = instruction.keyword === 'USER';
  const word = isUser ? instruction.words[0] : model.copyOf(instruction)?.chown;
  const effect = isUser ? effectOf(model, instruction, ofStage) : stop;
  const { text, overridable = false } = word ? model.expansion(word, instruction) : {};
  if (!word || text === undefined || effect === undefined) return;
  const quote = /^["']/.test(word.raw) ? 1 : 0;
  const { span, value, variables } = word;
  const editable = variables.length === 0 ? { start: span.start + quote, end: span.end - quote } : undefined;
  yield { at: instruction, span, written: value, text, overridable, editable, effect };
}

/** The names that chown, chgrp and install look up, if nothing handles their failure. */
function* mentionsOf(model: Model, command: Command, effect: string): Generator<Mention> {
  const words = ownersIn(command).filter(({ word }) => word.value !== undefined);
  if (words.length === 0 || guardOf(model, command).kind !== 'stops') return;
  for (const { word, isGroup } of words) {
    const { span, text, value = '' } = word;
    const editable = command.editable && text === value ? span : undefined;
    const names = isGroup ? `:${value}` : value;
    yield { at: command, span, written: value, text: names, overridable: false, editable, effect };
  }
}

interface Owner {
  readonly word: ShellWord;
  readonly isGroup: boolean;
}

function ownersIn(command: Command): readonly Owner[] {
  const { program } = command;
  if (program === 'install') {
    const option = (isGroup: boolean, ...names: string[]): readonly Owner[] => {
      const { word, valueWord } = findOption(command, ...names) ?? {};
      // `-oapp` is one word, which has no place of its own for the name.
      return valueWord && valueWord !== word ? [{ word: valueWord, isGroup }] : [];
    };
    return [...option(false, '-o', '--owner'), ...option(true, '-g', '--group')];
  }
  if ((program !== 'chown' && program !== 'chgrp') || findOption(command, '--reference')) return [];
  return argumentsOf(command)
    .operands.slice(0, 1)
    .map((word) => ({ word, isGroup: program === 'chgrp' }));
}

/** The USER instructions under which a RUN runs, and those under which containers of a stage start. */
const usersInForce = once((model: Model) => ({
  ofRuns: new Set(
    model.instructions
      .filter(({ keyword, onbuild }) => keyword === 'RUN' && !onbuild)
      .map((run) => model.environmentAt(run).user?.instruction),
  ),
  ofContainers: new Set(
    model.stages
      .filter(({ isFinal, reachable }) => isFinal || !reachable)
      .map((stage) => model.environmentAfter(stage).user?.instruction),
  ),
}));

/** What a USER that cannot be looked up causes; undefined if nothing runs under it. */
function effectOf(model: Model, user: Instruction, ofStage: string): string | undefined {
  const { ofRuns, ofContainers } = usersInForce(model);
  if (ofRuns.has(user)) return `the next RUN stops ${ofStage === '' ? 'the' : 'a'} build${ofStage}`;
  if (!ofContainers.has(user)) return undefined;
  return `${ofStage === '' ? 'the' : 'a'} container${ofStage} does not start`;
}

function judge(model: Model, stage: Stage, mention: Mention): Finding | undefined {
  const { text, span, written, editable, overridable, effect } = mention;
  const roster = rosterAt(model, mention.at);
  // An image with users may mean others than the default ones.
  if (!roster || (overridable && !stage.base.usersComplete)) return undefined;
  const [user = '', group] = text.split(':');
  const lacksUser = isName(user) && roster.lacksUser(user);
  const lacksGroup = group !== undefined && isName(group) && roster.lacksGroup(group);
  if (!lacksUser && !lacksGroup) return undefined;
  const missing = lacksUser ? `user ${user}` : `group ${group ?? ''}`;
  const elsewhere = lacksUser ? createdUserNamed(model, user)?.command : undefined;
  // chgrp and `install -g` name a group without a colon.
  const number = numbersFor(model, stage, user, group)?.replace(written.includes(':') ? '' : /^:/, '');
  return {
    at: span,
    message: `The image has no ${missing}, so ${effect}`,
    severity: stage.reachable ? undefined : 'warning',
    ...(elsewhere && {
      related: [{ at: elsewhere.span, message: `Only this creates ${user}, and the image does not have it` }],
    }),
    ...(number !== undefined &&
      editable && { fix: { title: `Change ${written} to ${number}`, edits: [replace(editable, number)] } }),
  };
}

/** The numbers to write for `user`, `user:group` or `:group`; undefined if one is not known. */
function numbersFor(model: Model, stage: Stage, user: string, group: string | undefined): string | undefined {
  const number = user === '' ? '' : numberOf(model, stage, user);
  if (group === undefined || number === undefined) return number;
  const groupNumber = group === user ? number : numberOf(model, stage, group);
  return groupNumber && `${number}:${groupNumber}`;
}

function isName(text: string): boolean {
  return /^[a-z_][a-z0-9_-]*\$?$/i.test(text);
}

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
