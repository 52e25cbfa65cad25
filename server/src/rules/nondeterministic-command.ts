import { downloaders, runsInput } from '../core/knowledge/programs/build-steps';
import { defineRule } from '../core/lint/rule';
import type { Finding, Model } from '../core/lint/rule';
import type { Command, ShellWord } from '../core/shell/types';

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
 * What is fixed by a time, a commit, a tag or a snapshot is the same each time:
 * ```dockerfile good
 * FROM debian:12
 * RUN date -d "@$SOURCE_DATE_EPOCH" > /built && apt-get install -y ./git.deb
 * RUN git clone https://github.com/acme/app && cd app && git checkout 43c572f
 * RUN git clone --branch v1.2.3 https://github.com/acme/tool
 * RUN git -C /src pull
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
    for (const command of model.commandsNamed('date', 'uuidgen', 'git')) {
      const message = command.instruction.keyword === 'RUN' ? reasonOf(model, command) : undefined;
      if (message !== undefined) yield { at: command.span, message };
    }
    yield* randomNumbers(model);
    yield* downloadedScripts(model);
    if (/snapshot\.(?:debian\.org|ubuntu\.com)/.test(model.file.text)) return;
    for (const { command, action, manager } of model.packageCommands) {
      if (action !== 'update' || manager.family !== 'apt') continue;
      const message = `${command.program} update reads the package lists of today, so later builds install other versions`;
      yield { at: command.span, message };
    }
  },
});

function reasonOf(model: Model, { program, args, instruction, script, index }: Command): string | undefined {
  if (program === 'uuidgen') return 'uuidgen gives another id in each build';
  if (program === 'date') {
    const isFixed = args.some(({ prefix }) => /^-\w*[dr]|^--(?:date|reference)/.test(prefix));
    return isFixed ? undefined : 'date gives another time in each build';
  }
  if (!args.some(({ value }) => value === 'clone')) return undefined;
  const isTag = args.some(({ text }) => /\$|^(?:--branch=)?v?\d+\.\d|^--revision/.test(text));
  const isSet = model
    .commandsOf(instruction)
    .some(
      (one) => one.script === script && one.index > index && one.args.some(({ value }) => settles.has(value)),
    );
  return isTag || isSet ? undefined : 'git clone takes the newest commit, which another build no longer gets';
}

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
