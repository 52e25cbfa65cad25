import { givesOption, packageCommandOf } from '../core/analysis/packages/package-commands';
import { managerOfProgram } from '../core/knowledge/packages/package-managers';
import { downloaders, fileTools } from '../core/knowledge/programs/build-steps';
import {
  certainStarts,
  commandStarts,
  runsAgain,
  startsAlone,
  takesNamesOnly,
  takesNoCommand,
} from '../core/knowledge/programs/command-starts';
import { defineRule, insertAfter } from '../core/lint/rule';
import type { Edit, Finding, Model } from '../core/lint/rule';
import type { PackageCommand } from '../core/model/installs';
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
 * A new line shows commands that could also be names of packages, targets or files:
 * ```dockerfile bad uncovers="npm-cache-clean build-packages-left-out"
 * FROM acme/tools:3
 * RUN cd /tmp/wargames \
 *     «make» \
 *     && make install
 * RUN apt-get purge -y gcc \
 *     «rm -rf» /var/lib/apt/lists/*
 * RUN npm ci --omit=dev \
 *     «npm run» build
 * RUN make install \
 *     «ldconfig»
 * RUN ./configure --prefix=/usr \
 *     «make install»
 * RUN make \
 *     «make install»
 * RUN git clone https://example.com/a.git \
 *     «cd a» \
 *     && tar xf b.tgz \
 *     «rm b.tgz»
 * RUN curl -fsSL https://example.com/get.py | python - \
 *     «pip install» --no-cache-dir idstools==0.6.5
 * ```
 * > A && is missing here, so cd takes these words for arguments
 * > A && is missing here, so apt-get takes these words for arguments
 * > A && is missing here, so npm takes these words for packages
 * > A && is missing here, so make takes these words for arguments
 * > A && is missing here, so configure takes these words for arguments
 * > A && is missing here, so make takes these words for arguments
 * > A && is missing here, so git takes these words for arguments
 * > A && is missing here, so tar takes these words for arguments
 * > A && is missing here, so python takes these words for arguments
 * ```dockerfile fixed
 * FROM acme/tools:3
 * RUN cd /tmp/wargames \
 *     && make \
 *     && make install
 * RUN apt-get purge -y gcc && \
 *     rm -rf /var/lib/apt/lists/*
 * RUN npm ci --omit=dev && \
 *     npm run build
 * RUN make install && \
 *     ldconfig
 * RUN ./configure --prefix=/usr && \
 *     make install
 * RUN make && \
 *     make install
 * RUN git clone https://example.com/a.git \
 *     && cd a \
 *     && tar xf b.tgz \
 *     && rm b.tgz
 * RUN curl -fsSL https://example.com/get.py | python - && \
 *     pip install --no-cache-dir idstools==0.6.5
 * ```
 * Some words tell a command anywhere: a mode, an owner, an address, or the same program with another verb:
 * ```dockerfile bad uncovers="npm-cache-clean"
 * FROM acme/tools:3
 * RUN mkdir /app «chmod 755» /app
 * RUN mkdir /srv/a «chown app:app» /srv/a
 * RUN npm ci «npm run» build
 * RUN pip install --no-cache-dir -r requirements.txt «pip install» --no-cache-dir flask==3.0.0
 * RUN git clone https://example.com/a.git /a «git checkout» v1
 * RUN dnf -y upgrade «dnf install» -y git-2.45.1
 * RUN apk add --no-cache tar=1.35-r2 wget=1.24.5-r0 «wget https://example.com/a.tgz»
 * ```
 * > A && is missing here, so mkdir takes these words for arguments
 * > A && is missing here, so mkdir takes these words for arguments
 * > A && is missing here, so npm takes these words for packages
 * > A && is missing here, so pip takes these words for packages
 * > A && is missing here, so git takes these words for arguments
 * > A && is missing here, so dnf takes these words for arguments
 * > A && is missing here, so apk takes these words for packages
 * ```dockerfile fixed
 * FROM acme/tools:3
 * RUN mkdir /app && chmod 755 /app
 * RUN mkdir /srv/a && chown app:app /srv/a
 * RUN npm ci && npm run build
 * RUN pip install --no-cache-dir -r requirements.txt && pip install --no-cache-dir flask==3.0.0
 * RUN git clone https://example.com/a.git /a && git checkout v1
 * RUN dnf -y upgrade && dnf install -y git-2.45.1
 * RUN apk add --no-cache tar=1.35-r2 wget=1.24.5-r0 && wget https://example.com/a.tgz
 * ```
 * ```dockerfile bad uncovers="pip-pin-versions cd-unchecked apt-lists-cleanup"
 * FROM acme/tools:3
 * RUN apt-get update -y «apt-get upgrade» -y
 * RUN pip install --no-cache-dir -r requirements.txt «python setup.py» install
 * RUN pip install --no-cache-dir flask==3.0.0 «git clone» https://example.com/a.git /srv
 * RUN pip install --no-cache-dir flask==3.0.0 «python -m» compileall /srv
 * RUN pip install --no-cache-dir flask==3.0.0 «go build ./cmd» -o /srv/a
 * RUN git clone https://example.com/b.git «cd b» && make
 * RUN cd /srv «make» install
 * RUN npm run build «npm prune» --omit=dev
 * RUN python manage.py collectstatic «python manage.py» migrate
 * RUN useradd app «mkdir /home/app/x»
 * RUN curl -fsSLO https://example.com/a.tgz «tar xzf» a.tgz
 * RUN mkdir /srv/a \
 *     «wget -q» https://example.com/a
 * ```
 * > A && is missing here, so apt-get takes these words for arguments
 * > A && is missing here, so pip takes these words for packages
 * > A && is missing here, so pip takes these words for packages
 * > A && is missing here, so pip takes these words for packages
 * > A && is missing here, so pip takes these words for packages
 * > A && is missing here, so git takes these words for arguments
 * > A && is missing here, so cd takes these words for arguments
 * > A && is missing here, so npm takes these words for arguments
 * > A && is missing here, so python takes these words for arguments
 * > A && is missing here, so useradd takes these words for arguments
 * > A && is missing here, so curl takes these words for arguments
 * > A && is missing here, so mkdir takes these words for arguments
 * ```dockerfile fixed
 * FROM acme/tools:3
 * RUN apt-get update -y && apt-get upgrade -y
 * RUN pip install --no-cache-dir -r requirements.txt && python setup.py install
 * RUN pip install --no-cache-dir flask==3.0.0 && git clone https://example.com/a.git /srv
 * RUN pip install --no-cache-dir flask==3.0.0 && python -m compileall /srv
 * RUN pip install --no-cache-dir flask==3.0.0 && go build ./cmd -o /srv/a
 * RUN git clone https://example.com/b.git && cd b && make
 * RUN cd /srv && make install
 * RUN npm run build && npm prune --omit=dev
 * RUN python manage.py collectstatic && python manage.py migrate
 * RUN useradd app && mkdir /home/app/x
 * RUN curl -fsSLO https://example.com/a.tgz && tar xzf a.tgz
 * RUN mkdir /srv/a && \
 *     wget -q https://example.com/a
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
 * RUN python3 -m pip install -r requirements.txt
 * RUN chmod +x cp rm
 * RUN apt-get install -y python make && pip install python && npm run npm && cd make
 * RUN apt-get update -o apt-get install
 * RUN cd -P \
 *     /srv
 * RUN apk add --no-cache gzip \
 *     tar \
 *     xz
 * RUN pip install -r requirements.txt
 * RUN make -C /src \
 *     install \
 *     git \
 *     && npm install \
 *     npm \
 *     run && make \
 *     git
 * ```
 * Some words begin a command wherever they stand:
 * ```dockerfile bad uncovers="command-missing command-not-installed"
 * FROM debian:12
 * RUN apt-get install -y curl «useradd app»
 * RUN pip install -r requirements.txt «python setup.py» install
 * ```
 * > A && is missing here, so apt-get takes these words for packages
 * > A && is missing here, so pip takes these words for packages
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get install -y curl && useradd app
 * RUN pip install -r requirements.txt && python setup.py install
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
      const { args, program } = command;
      if (args.length === 0) continue;
      const use = packageCommandOf(model, command);
      if (!use && !fileTools.has(program) && !downloaders.has(program) && !takesNoCommand.has(program))
        continue;
      for (let at = 0; at < args.length; at += 1) {
        const word = args[at] as ShellWord;
        if (word.value === undefined || !mayBegin(word.value, program)) continue;
        const found = takenAt(model, command, use, at, word);
        if (found) yield found;
      }
    }
  },
});

/** The command that begins at a word which may begin one. @param use the package command that takes the word */
function takenAt(
  model: Model,
  command: Command,
  use: PackageCommand | undefined,
  at: number,
  word: ShellWord,
): Finding | undefined {
  const { args, program } = command;
  const installs = use?.action === 'install';
  // Of a language's own tool, and of programs with words of many kinds, only a new line tells.
  const anywhere =
    installs ||
    fileTools.has(program) ||
    downloaders.has(program) ||
    takesNamesOnly.has(program) ||
    refreshes(use);
  // The first word of a list is what the command is for, where no file names the packages.
  const named = installs && !givesOption(use, '-r', '--requirement') ? use.packages[0] : undefined;
  const from = installs ? args.indexOf(named ?? use.verb) : 0;
  const previous = args[at - 1] ?? command.name;
  // A word at the start of a line is seldom an argument of the same name.
  const opens = (): boolean => isApart(model, previous, word);
  const isValue =
    previous.text.startsWith('-') &&
    !installs &&
    !(
      refreshes(use) &&
      use.options.includes(previous) &&
      !use.given.some(({ valueWord }) => valueWord === word)
    );
  const last =
    (anywhere && at > from && !isValue ? lastOfCommand(args, at, opens) : undefined) ??
    (installs ? otherRun(args, at) : afterFolder(command, at, opens)) ??
    (use || runsAgain.has(program) ? secondRun(model, command, at) : undefined) ??
    lastOnLine(model, command, at);
  if (!last) return undefined;
  const edit = command.script && command.editable ? joined(model, command, previous, word) : undefined;
  return {
    at: { start: word.span.start, end: last.span.end },
    message: `A && is missing here, so ${program} takes these words for ${installs ? 'packages' : 'arguments'}`,
    fix: edit && { title: 'Add the missing &&', edits: [edit] },
  };
}

/** The names of programs with which a command may begin; those of package managers too. */
const beginners: ReadonlySet<string> = new Set([
  ...['cd', 'tar'],
  ...certainStarts.keys(),
  ...commandStarts.keys(),
  ...startsAlone,
  ...fileTools,
  ...downloaders,
]);

/** Whether a word among the arguments of a program can be one of those that are looked for. Behind `cd DIR`, any can. */
function mayBegin(word: string, program: string): boolean {
  return beginners.has(word) || word === program || program === 'cd' || managerOfProgram(word) !== undefined;
}

/** A program among packages with words that no package has: `python setup.py`, `git clone https://…`. */
function otherRun(args: readonly ShellWord[], at: number): ShellWord | undefined {
  const [word, next, object] = [args[at], args[at + 1], args[at + 2]];
  const starts = commandStarts.get(word?.value ?? '');
  if (at === 0 || !next || !starts?.test(next.text)) return undefined;
  if (/\.(?:py|zip)$|^-[mcj]/.test(next.text)) return next;
  return /^(?:https?:|git@|\.{1,2}\/)/.test(object?.text ?? '') ? object : undefined;
}

/** What stands behind the one folder of `cd`, or `cd` behind the address of `git clone`. */
function afterFolder({ program, args }: Command, at: number, opens: () => boolean): ShellWord | undefined {
  const [previous, word, next] = [args[at - 1], args[at], args[at + 1]];
  const name = word?.value ?? '';
  if (program === 'git') return args[0]?.value === 'clone' && at > 1 && name === 'cd' ? next : undefined;
  if (program !== 'cd' || !previous || previous.text.startsWith('-')) return undefined;
  const begins = commandStarts.has(name) || managerOfProgram(name) !== undefined;
  return begins || opens() ? word : undefined;
}

/** Whether the command takes package names at most. */
function refreshes(use: PackageCommand | undefined): use is PackageCommand {
  return (use?.action === 'update' || use?.action === 'upgrade') && use.manager.scope === 'system';
}

/** The verb of the same program once more: `npm ci npm run build`. */
function secondRun(model: Model, { args, program }: Command, at: number): ShellWord | undefined {
  const [word, next] = [args[at], args[at + 1]];
  if (at === 0 || word?.value !== program || !next || isApart(model, word, next)) return undefined;
  return commandStarts.get(program)?.test(next.text) ? next : undefined;
}

function isApart({ document }: Model, a: ShellWord, b: ShellWord): boolean {
  return document.slice({ start: a.span.end, end: b.span.start }).includes('\n');
}

/** The last word that shows that a command begins at the start of a line. */
function lastOnLine(model: Model, { name: own, args }: Command, at: number): ShellWord | undefined {
  const [previous = own, word, next] = [args[at - 1], args[at], args[at + 1]];
  const name = word?.value ?? '';
  const starts = commandStarts.get(name);
  const begins =
    starts !== undefined ||
    startsAlone.has(name) ||
    fileTools.has(name) ||
    managerOfProgram(name) !== undefined;
  if (!begins || !word || !isApart(model, previous, word)) return undefined;
  if (startsAlone.has(name)) return word;
  if (!next || isApart(model, word, next)) return undefined;
  return starts?.test(next.text) ? next : lastOfCommand(args, at, () => true);
}

/** The last word that shows that a command begins at a word: `install` of `apt-get -y install`, `-rf` of `rm -rf`. */
function lastOfCommand(args: readonly ShellWord[], at: number, opens: () => boolean): ShellWord | undefined {
  const program = args[at]?.value ?? '';
  const next = args[at + 1];
  if (next && certainStarts.get(program)?.test(next.text)) return next;
  if (next && downloaders.has(program) && /^["']?https?:/.test(next.text)) return next;
  if (next && program === 'tar' && /^-?[xc][a-zA-Z]*f$/.test(next.text)) return next;
  if (next && (downloaders.has(program) || program === 'tar') && opens())
    return /^(?:-\w|\/)/.test(next.text) ? next : undefined;
  if (fileTools.has(program) && opens()) return next;
  if (fileTools.has(program))
    return next && (/^(?:-\w|\/)/.test(next.text) || operands.get(program)?.test(next.text))
      ? next
      : undefined;
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

/** What stands behind the name of a program and is not a name of a file. */
const operands: ReadonlyMap<string, RegExp> = new Map([
  ['chmod', /^(?:[0-7]{3,4}|[ugoa]*[-+=][rwxXst]+)$/],
  ['chown', /^(?:root|[\w.-]+:[\w.-]*)$/],
]);

/** Behind the word before, or in front of the command where the other `&&` stand at the start of a line. */
function joined({ document }: Model, { chain }: Command, previous: ShellWord, word: ShellWord): Edit {
  const { text } = document;
  const before = { start: word.span.start, end: word.span.start, text: '&& ' };
  const between = text.slice(previous.span.end, word.span.start);
  const onlySpace = /^(?:[ \t]|[\\`]\r?\n|#[^\n]*\n)*$/.test(between);
  const leads = chain?.joints.some((_, at) =>
    /\n[ \t]*&&/.test(text.slice(chain.pipelines[at]?.end, chain.pipelines[at + 1]?.start)),
  );
  return onlySpace && between.includes('\n') && !leads ? insertAfter(previous.span, ' &&') : before;
}
