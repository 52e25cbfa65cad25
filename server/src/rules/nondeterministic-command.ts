import { interpreters, verifiers } from '../core/knowledge/programs/programs';
import { downloaders, runsInput } from '../core/knowledge/programs/build-steps';
import { defineRule } from '../core/lint/rule';
import type { Finding, Model } from '../core/lint/rule';
import type { Command, ShellWord } from '../core/shell/types';
import { baseName } from '../core/text/paths';

/**
 * Some commands give another result each time they run, so two builds of the same file give two images: the time, a
 * random number, the newest commit of a branch, the package lists of today.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN «date» > /built && «uuidgen» > /id && echo «"$RANDOM"» > /salt
 * RUN «apt-get update» && apt-get install -y git
 * RUN «git clone https://github.com/acme/app»
 * CMD echo $RANDOM
 * ```
 * > date gives another time in each build
 * > uuidgen gives another id in each build
 * > RANDOM gives another number in each build
 * > apt-get update reads the package lists of today, so later builds install other versions
 * > git clone takes the newest commit, which another build no longer gets
 * ```dockerfile bad
 * FROM debian:12
 * RUN «openssl req -x509 -newkey rsa:2048 -nodes -keyout /k -out /c» && «ssh-keygen -A» && «openssl rand -hex 16» > /salt
 * RUN head -c 16 «/dev/urandom» > /a && tr -dc a-z < «/dev/urandom» | head -c 9 > /b && «keytool -genkeypair -keystore /ks»
 * RUN «git pull»
 * RUN «svn checkout https://example.com/svn/trunk» && «hg clone https://example.com/hg» && «hostname» > /h
 * RUN python -c «'import uuid; print(uuid.uuid4())'» > /id && «curl -fsSLo /i.sh https://example.com/i.sh» && sh /i.sh
 * RUN «hostname» | tee /h && «curl -fsSL https://example.com/j.sh» > /j.sh && sh /j.sh
 * FROM alpine:3.20
 * RUN «apk update» && apk add git
 * ```
 * > openssl req gives another key in each build
 * > ssh-keygen gives another key in each build
 * > openssl rand gives another number in each build
 * > /dev/urandom gives other bytes in each build
 * > /dev/urandom gives other bytes in each build
 * > keytool gives another key in each build
 * > git pull takes the newest commit, which another build no longer gets
 * > svn checkout takes the newest commit, which another build no longer gets
 * > hg clone takes the newest commit, which another build no longer gets
 * > hostname gives another name in each build
 * > This gives another result in each build
 * > This runs whatever the server sends in each build, and nothing checks it
 * > hostname gives another name in each build
 * > This runs whatever the server sends in each build, and nothing checks it
 * > apk update reads the package lists of today, so later builds install other versions
 * What is fixed by a time, a commit, a tag or a snapshot is the same each time:
 * ```dockerfile good
 * FROM debian:12
 * RUN date -d "@$SOURCE_DATE_EPOCH" > /built && apt-get install -y ./git.deb
 * RUN git clone https://github.com/acme/app && cd app && git checkout 43c572f
 * RUN git clone --branch v1.2.3 https://github.com/acme/tool
 * RUN git fetch && svn checkout -r 12 https://example.com/svn && hg clone -r 1f2e https://example.com/hg && hostname app
 * RUN openssl x509 -in /c -noout && openssl req -new -key /k && ssh-keygen -lf /k && keytool -list
 * RUN curl -fsSLo /j.sh https://example.com/1.2/j.sh && sh /j.sh && sed -i s,file:/dev/random,file:/dev/urandom, /java.security
 * RUN curl -fsSLo /i.sh https://example.com/i.sh && echo '1f2e /i.sh' | sha256sum -c && sh /i.sh
 * CMD date
 * FROM debian:12
 * RUN echo 'deb https://snapshot.debian.org/archive/debian/20260101 bookworm main' > /etc/apt/sources.list
 * RUN apt-get update
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN «curl -fsSL https://example.com/install.sh | sh -s -- -y» && echo done | sh && sh /srv/a.sh
 * ```
 * > This runs whatever the server sends in each build, and nothing checks it
 * ```dockerfile bad
 * FROM debian:12
 * RUN «sh -c "$(curl -fsSL https://example.com/install.sh)"» && sh -c "$(cat /install.sh)"
 * RUN ["bash", "-c", "«bash <(wget -qO- https://example.com/install.sh)»"]
 * CMD sh -c "$(curl -fsSL https://example.com/start.sh)"
 * ```
 * > This runs whatever the server sends in each build, and nothing checks it
 */
export default defineRule({
  id: 'nondeterministic-command',
  summary: 'A command gives another result in each build',
  category: 'runtime',
  severity: 'info',
  enabled: false,
  profiles: ['strict', 'reproducible'],
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    for (const command of model.commandsNamed('date', 'git', 'svn', 'hg', 'hostname', ...makers.keys())) {
      const message = command.instruction.keyword === 'RUN' ? reasonOf(model, command) : undefined;
      if (message !== undefined) yield { at: command.span, message };
    }
    yield* randomNumbers(model);
    yield* randomWords(model);
    yield* downloadedScripts(model);
    if (/snapshot\.(?:debian\.org|ubuntu\.com)/.test(model.file.text)) return;
    for (const { command, action, manager } of model.packageCommands) {
      if (action !== 'update' || !['apt', 'apk'].includes(manager.family)) continue;
      const message = `${command.program} update reads the package lists of today, so later builds install other versions`;
      yield { at: command.span, message };
    }
  },
});

function reasonOf(
  model: Model,
  { program, args, instruction, script, index, redirects, pipeline }: Command,
): string | undefined {
  const made = makers.get(program);
  if (made) {
    const verb = args[0]?.value ?? '';
    const words = args.map(({ text }) => text).join(' ');
    const called = program === 'openssl' ? `openssl ${verb}` : program;
    return made.makes.test(words)
      ? `${called} gives another ${verb === 'rand' ? 'number' : made.what} in each build`
      : undefined;
  }
  if (program === 'hostname')
    return args.length === 0 && (redirects.length > 0 || pipeline)
      ? 'hostname gives another name in each build'
      : undefined;
  if (program === 'date') {
    const isFixed = args.some(({ prefix }) => /^-\w*[dr]|^--(?:date|reference)/.test(prefix));
    return isFixed ? undefined : 'date gives another time in each build';
  }
  const verb = args.find(({ value }) => fetches.get(program)?.has(value ?? ''))?.value;
  if (verb === undefined) return undefined;
  const isTag = args.some(({ text }) => /\$|^(?:--branch=)?v?\d+\.\d|^--?rev(?:ision)?|^-r/.test(text));
  const isSet = model
    .commandsOf(instruction)
    .some(
      (one) => one.script === script && one.index > index && one.args.some(({ value }) => settles.has(value)),
    );
  return isTag || isSet
    ? undefined
    : `${program} ${verb} takes the newest commit, which another build no longer gets`;
}

/** Verbs that take the newest commit. */
const fetches: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['git', new Set(['clone', 'pull'])],
  ['svn', new Set(['co', 'checkout', 'export'])],
  ['hg', new Set(['clone', 'pull'])],
]);

/** Programs that make keys and numbers, with the arguments with which they do. */
const makers: ReadonlyMap<string, { readonly what: string; readonly makes: RegExp }> = new Map([
  ['uuidgen', { what: 'id', makes: /^(?!.*-(?:s|m|-sha1|-md5)\b)/ }],
  [
    'openssl',
    {
      what: 'key',
      makes: /^(?:rand|genrsa|gendsa|genpkey|dhparam)\b|^req\b.*-(?:newkey|x509)\b|^ecparam\b.*-genkey\b/,
    },
  ],
  ['ssh-keygen', { what: 'key', makes: /^(?!.*(?:^| )-[a-zA-Z]*[lRFyeic][a-zA-Z]*(?: |$))/ }],
  ['keytool', { what: 'key', makes: /-gen(?:key|keypair|seckey)\b/ }],
  ['gpg', { what: 'key', makes: /--(?:quick-|full-)?gen(?:erate)?-key\b/ }],
  ['wg', { what: 'key', makes: /^gen(?:key|psk)\b/ }],
  ['pwgen', { what: 'password', makes: /(?:)/ }],
  ['shuf', { what: 'order', makes: /^(?!.*--random-source)/ }],
  ['mcookie', { what: 'number', makes: /(?:)/ }],
]);

/** Devices and one-line programs that give numbers by chance, or the time. */
function* randomWords(model: Model): Generator<Finding> {
  if (!/random|uuid|secrets\.|time\.time|uniqid|\.now/i.test(model.file.text)) return;
  for (const { instruction, args, redirects, program } of model.commands) {
    if (instruction.keyword !== 'RUN') continue;
    for (const { text, span } of [...args, ...redirects.flatMap(({ target }) => target ?? [])]) {
      const device = /^(?:if=)?(\/dev\/u?random|\/proc\/sys\/kernel\/random\/\w+)$/.exec(text)?.[1];
      if (device !== undefined) yield { at: span, message: `${device} gives other bytes in each build` };
      else if (interpreters.test(program) && byChance.test(text))
        yield { at: span, message: 'This gives another result in each build' };
    }
  }
}

const byChance =
  /\buuid\.uuid[14]\b|\bsecrets\.\w+\(|\brandom\.\w+\(|Math\.random|Date\.now|SecureRandom|random_bytes|uniqid\(|randomBytes|randomUUID|\btime\.time\(/;

/** Verbs of git that go to a commit. */
const settles: ReadonlySet<string | undefined> = new Set(['checkout', 'reset', 'switch']);

function* randomNumbers(model: Model): Generator<Finding> {
  if (!model.file.text.includes('RANDOM')) return;
  for (const { instruction, args } of model.commands) {
    if (instruction.keyword !== 'RUN') continue;
    for (const { text, span } of args)
      if (/\$(?:RANDOM\b|\{RANDOM\})/.test(text))
        yield { at: span, message: 'RANDOM gives another number in each build' };
  }
}

const runsAnything = 'This runs whatever the server sends in each build, and nothing checks it';

/** `"$(curl …)"`, `<(wget …)` */
const runsOutput = /^["']?(?:\$\(|`|<\()\s*(?:sudo\s+)?([\w-]+)\s/;

function runsDownload({ text }: ShellWord): boolean {
  return downloaders.has(runsOutput.exec(text)?.[1] ?? '');
}

/** `curl … | sh`, `sh -c "$(curl …)"` */
function* downloadedScripts(model: Model): Generator<Finding> {
  const downloads = model.commandsNamed(...downloaders);
  if (downloads.length === 0) return;
  const sources = new Set(downloads);
  for (const command of model.commandsNamed(...runsInput)) {
    const { instruction, pipeline, index, chain, position, args } = command;
    if (instruction.keyword !== 'RUN') continue;
    const saved = args.length > 0 && !pipeline ? savedBefore(model, command, downloads) : undefined;
    if (saved) yield { at: saved.span, message: runsAnything };
    const text = args.find(runsDownload);
    if (text) yield { at: { start: command.span.start, end: text.span.end }, message: runsAnything };
    if (!pipeline) continue;
    const first = model
      .commandsOf(instruction)
      .find(
        (one) => one.chain === chain && one.position === position && one.index < index && sources.has(one),
      );
    if (first)
      yield {
        at: { start: first.span.start, end: command.span.end },
        message: runsAnything,
      };
  }
}

/** The download of the same step that wrote the script which a shell runs, if nothing checks it. */
function savedBefore(model: Model, command: Command, downloads: readonly Command[]): Command | undefined {
  const name = baseName(command.args.find(({ value }) => value?.startsWith('-') === false)?.value ?? '');
  if (name === '') return undefined;
  const before = model
    .commandsOf(command.instruction)
    .filter(({ script, index }) => script === command.script && index < command.index);
  if (before.some(({ program }) => verifiers.test(program))) return undefined;
  return before.find(
    (one) =>
      downloads.includes(one) &&
      // A release stays what it is.
      !one.args.some(({ text }) => /:\/\/.*\d\.\d/.test(text)) &&
      [...one.args, ...one.redirects.flatMap(({ target }) => target ?? [])].some(
        ({ value }) => value !== undefined && baseName(value) === name,
      ),
  );
}
