import { packageCommandOf } from '../core/analysis/packages/package-commands';
import { managerOfProgram } from '../core/knowledge/packages/package-managers';
import { downloaders, fileTools } from '../core/knowledge/programs/build-steps';
import { defineRule, insertAfter } from '../core/lint/rule';
import type { Edit, Model } from '../core/lint/rule';
import type { Command, ShellWord } from '../core/shell/types';

/**
 * Without a `&&` between them, the second command becomes a list of arguments of the first one. A package manager then
 * looks for packages with such names, finds none, and the build stops.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && \
 *     apt-get install -y --no-install-recommends \
 *         gcc \
 *         make \
 *     «apt-get install» -y --no-install-recommends git
 * ```
 * > A && is missing here, so apt-get takes these words for packages
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && \
 *     apt-get install -y --no-install-recommends \
 *         gcc \
 *         make && \
 *     apt-get install -y --no-install-recommends git
 * ```
 * ```dockerfile bad uncovers="apk-no-cache pip-pin-versions"
 * FROM alpine:3.18
 * RUN apk update \
 *     && apk add --no-cache python3 py3-pip \
 *     # for the server
 *     «pip install» --no-cache-dir flask \
 *     «rm -rf» /root/.cache
 * RUN mkdir -p /app «apk add» git
 * RUN apk add git > /dev/null «apk add» curl
 * ```
 * > A && is missing here, so apk takes these words for packages
 * > A && is missing here, so apk takes these words for packages
 * > A && is missing here, so mkdir takes these words for arguments
 * > A && is missing here, so apk takes these words for packages
 * ```dockerfile fixed
 * FROM alpine:3.18
 * RUN apk update \
 *     && apk add --no-cache python3 py3-pip \
 *     # for the server
 *     && pip install --no-cache-dir flask \
 *     && rm -rf /root/.cache
 * RUN mkdir -p /app && apk add git
 * RUN apk add git > /dev/null && apk add curl
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update «apt-get install» -y --no-install-recommends unzip && rm -rf /var/lib/apt/lists/*
 * RUN curl -fsSLO https://example.com/a.tgz \
 *     «tar xf» a.tgz
 * RUN mkdir /srv/a \
 *     «chown app» /srv/a
 * RUN mkdir /srv/b «rm -rf» /srv/c
 * ```
 * > A && is missing here, so apt-get takes these words for arguments
 * > A && is missing here, so curl takes these words for arguments
 * > A && is missing here, so mkdir takes these words for arguments
 * > A && is missing here, so mkdir takes these words for arguments
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y --no-install-recommends unzip && rm -rf /var/lib/apt/lists/*
 * RUN curl -fsSLO https://example.com/a.tgz && \
 *     tar xf a.tgz
 * RUN mkdir /srv/a && \
 *     chown app /srv/a
 * RUN mkdir /srv/b && rm -rf /srv/c
 * ```
 * The fix is up to you where no shell reads the words:
 * ```dockerfile bad
 * FROM python:3.13
 * RUN ["pip", "install", "flask", "«pip", "install»", "gunicorn"]
 * ```
 * > A && is missing here, so pip takes these words for packages
 * Package managers are packages too, and a command may be data of another one:
 * ```dockerfile good
 * FROM alpine:3.20
 * RUN apk add --no-cache nodejs npm yarn && npm install -g npm pnpm
 * RUN apk add --no-cache curl -q && apk info npm && echo apk add curl
 * RUN pip install pip $PACKAGES
 * RUN python3 -m pip install --upgrade pip wheel && pip install pip install
 * RUN chmod +x cp rm
 * RUN apk add --no-cache gzip \
 *     tar \
 *     xz
 * RUN pip install -r requirements.txt
 * ```
 */
export default defineRule({
  id: 'command-taken-as-argument',
  summary: 'A && is missing, so a command becomes arguments of the one before',
  category: 'shell',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    for (const command of model.commands) {
      const use = packageCommandOf(model, command);
      const installs = use?.action === 'install';
      const updates = use?.action === 'update' && use.manager.scope === 'system';
      if (!installs && !updates && !fileTools.has(command.program) && !downloaders.has(command.program))
        continue;
      const { args } = command;
      // The first word of a list is what the command is for.
      const from = installs ? args.indexOf(use.packages[0] ?? use.verb) : 0;
      for (const [at, word] of args.entries()) {
        const previous = args[at - 1];
        if (!previous) continue;
        // A word at the start of a line is seldom an argument of the same name.
        const opens = (): boolean =>
          model.document.slice({ start: previous.span.end, end: word.span.start }).includes('\n');
        const isValue = previous.text.startsWith('-') && !installs;
        const last = at > from && !isValue ? lastOfCommand(args, at, opens) : undefined;
        if (!last) continue;
        const edit = command.script && command.editable ? joined(model, command, previous, word) : undefined;
        yield {
          at: { start: word.span.start, end: last.span.end },
          message: `A && is missing here, so ${command.program} takes these words for ${installs ? 'packages' : 'arguments'}`,
          fix: edit && { title: 'Insert the missing &&', edits: [edit] },
        };
      }
    }
  },
});

/** The last word that shows that a command begins at a word: `install` of `apt-get -y install`, `-rf` of `rm -rf`. */
function lastOfCommand(args: readonly ShellWord[], at: number, opens: () => boolean): ShellWord | undefined {
  const program = args[at]?.value ?? '';
  const next = args[at + 1];
  if (next && (downloaders.has(program) || program === 'tar') && opens())
    return /^(?:-\w|["']?https?:|\/|[xc][a-zA-Z]*f$)/.test(next.text) ? next : undefined;
  if (fileTools.has(program) && opens()) return next;
  if (fileTools.has(program)) return next && /^(?:-\w|\/)/.test(next.text) ? next : undefined;
  const manager = managerOfProgram(program);
  if (!manager) return undefined;
  const [verb, object] = args.slice(at + 1, at + 5).filter(({ text }) => !text.startsWith('-'));
  const phrases = [verb?.value ?? '', `${verb?.value ?? ''} ${object?.value ?? ''}`];
  // `wheel`, which builds packages, is a package too.
  const isVerb = Object.entries(manager.verbs).some(
    ([action, verbs]) => action !== 'download' && verbs.some((one) => phrases.includes(one)),
  );
  return isVerb ? verb : undefined;
}

/** Behind the word before, or in front of the command where the other `&&` stand at the start of a line. */
function joined({ document }: Model, { chain }: Command, previous: ShellWord, word: ShellWord): Edit {
  const { text } = document;
  const before = { start: word.span.start, end: word.span.start, text: '&& ' };
  const between = text.slice(previous.span.end, word.span.start);
  const isApart = /^(?:[ \t]|[\\`]\r?\n|#[^\n]*\n)*$/.test(between);
  const leads = chain?.joints.some((_, at) =>
    /\n[ \t]*&&/.test(text.slice(chain.pipelines[at]?.end, chain.pipelines[at + 1]?.start)),
  );
  return isApart && between.includes('\n') && !leads ? insertAfter(previous.span, ' &&') : before;
}
