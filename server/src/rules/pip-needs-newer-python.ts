import { defineRule, replace, sharedOptions } from '../core/lint/rule';
import type { Finding, Model, Stage } from '../core/lint/rule';
import { stopsBuild } from '../core/analysis/commands/failing-step';
import { baseTag, versionOfTag } from '../core/analysis/images/base-version';
import { givesOption } from '../core/analysis/packages/package-commands';
import { isPython } from '../core/knowledge/programs/programs';
import { pythonNeeds, pythonsOfRelease, releasesWithOldPip } from '../core/knowledge/packages/runtime-needs';
import type { Install } from '../core/model/installs';
import type { Command, ShellWord } from '../core/shell/types';
import type { Instruction } from '../core/syntax/nodes';
import { groupedBy } from '../core/text/groups';
import { once } from '../core/text/memo';
import type { Span } from '../core/text/span';

/**
 * The newest pip runs only on a newer Python. `get-pip.py` then stops; older Pythons have a script of their own. And a pip
 * before version 9 does not ask which Python a package needs: it replaces itself or setuptools by a version that cannot
 * start.
 *
 * ```dockerfile bad uncovers="add-remote-unverified"
 * FROM ubuntu:18.04
 * RUN apt-get update && apt-get install -y --no-install-recommends curl python
 * RUN curl -fsSL «https://bootstrap.pypa.io/get-pip.py» | python
 * FROM python:3.6-slim
 * COPY --from=0 /a /a
 * ADD «https://bootstrap.pypa.io/get-pip.py» /tmp/
 * RUN python /tmp/get-pip.py
 * FROM ubuntu:22.04
 * COPY --from=1 /a /a
 * RUN wget -q «https://bootstrap.pypa.io/get-pip.py» && python3.8 get-pip.py --user
 * ```
 * > The newest get-pip.py does not run on Python 2.7, so the build stops
 * > The newest get-pip.py does not run on Python 3.6, so the build stops
 * > The newest get-pip.py does not run on Python 3.8, so the build stops
 * ```dockerfile fixed
 * FROM ubuntu:18.04
 * RUN apt-get update && apt-get install -y --no-install-recommends curl python
 * RUN curl -fsSL https://bootstrap.pypa.io/pip/2.7/get-pip.py | python
 * FROM python:3.6-slim
 * COPY --from=0 /a /a
 * ADD https://bootstrap.pypa.io/pip/3.6/get-pip.py /tmp/
 * RUN python /tmp/get-pip.py
 * FROM ubuntu:22.04
 * COPY --from=1 /a /a
 * RUN wget -q https://bootstrap.pypa.io/pip/3.8/get-pip.py && python3.8 get-pip.py --user
 * ```
 * ```dockerfile bad
 * FROM ubuntu:16.04
 * RUN apt-get update && apt-get install -y python-pip python3-pip
 * RUN pip install --upgrade «pip» «setuptools» && pip install --upgrade setuptools
 * FROM ubuntu:trusty AS base
 * COPY --from=0 /a /a
 * RUN apt-get update && apt-get install -y python3-pip
 * FROM base
 * RUN python3 -m pip install -U «setuptools» wheel
 * RUN pip3 install flask && pip3 install -U «"pip"»
 * ```
 * > The newest pip does not run on Python 2.7, so the build stops
 * > The newest setuptools does not run on Python 2.7, so the build stops
 * > The newest setuptools does not run on Python 3.4, so the build stops
 * > The newest pip does not run on Python 3.4, so the build stops
 * ```dockerfile fixed
 * FROM ubuntu:16.04
 * RUN apt-get update && apt-get install -y python-pip python3-pip
 * RUN pip install --upgrade 'pip<21' 'setuptools<45' && pip install --upgrade setuptools
 * FROM ubuntu:trusty AS base
 * COPY --from=0 /a /a
 * RUN apt-get update && apt-get install -y python3-pip
 * FROM base
 * RUN python3 -m pip install -U 'setuptools<44' wheel
 * RUN pip3 install flask && pip3 install -U 'pip<19.2'
 * ```
 * A failure that is ignored stops nothing:
 * ```dockerfile bad severity="hint"
 * FROM ubuntu:16.04
 * RUN apt-get update && apt-get install -y python-pip && (pip install -U «pip» || true)
 * RUN wget «https://bootstrap.pypa.io/get-pip.py» && python3 get-pip.py || true
 * ```
 * > The newest pip does not run on Python 2.7, so the build stops
 * > The newest get-pip.py does not run on Python 3.5, so the build stops
 * ```dockerfile fixed
 * FROM ubuntu:16.04
 * RUN apt-get update && apt-get install -y python-pip && (pip install -U 'pip<21' || true)
 * RUN wget https://bootstrap.pypa.io/pip/3.5/get-pip.py && python3 get-pip.py || true
 * ```
 * There is no fix in a string with escapes:
 * ```dockerfile bad
 * FROM ubuntu:16.04
 * RUN apt-get update && apt-get install -y python-pip && sh -c "pip install -U «pip» && echo \"done\""
 * ```
 * > The newest pip does not run on Python 2.7, so the build stops
 * A newer Python, a newer pip and a version are fine, and so is a Python that is not known:
 * ```dockerfile good
 * FROM ubuntu:24.04
 * RUN curl -fsSL https://bootstrap.pypa.io/get-pip.py | python3
 * FROM ubuntu:18.04
 * RUN curl -fsSL https://bootstrap.pypa.io/get-pip.py -o get-pip.py && python3.11 get-pip.py
 * FROM ubuntu:18.04
 * RUN curl -fsSL https://bootstrap.pypa.io/get-pip.py -o get-pip.py && python get-pip.py && python3.11 get-pip.py
 * RUN apt-get update && apt-get install -y python3-pip && pip3 install --upgrade pip
 * FROM ubuntu:16.04
 * RUN apt-get update && apt-get install -y python-pip
 * RUN pip install pip setuptools && pip install --upgrade "pip<21" && pip install --upgrade setuptools
 * FROM ubuntu:16.04
 * RUN /opt/python/bin/pip install -U pip && pip install -U pip
 * FROM python:3
 * RUN curl https://bootstrap.pypa.io/get-pip.py | python
 * FROM python:2.7
 * RUN pip install --upgrade pip && curl https://bootstrap.pypa.io/pip/2.7/get-pip.py | python
 * FROM example.com/base
 * RUN curl https://bootstrap.pypa.io/get-pip.py | python && curl -O https://bootstrap.pypa.io/get-pip.py
 * ```
 * ```dockerfile good options="archives: own"
 * FROM ubuntu:18.04
 * RUN curl -fsSL https://bootstrap.pypa.io/get-pip.py | python
 * ```
 */
export default defineRule({
  id: 'pip-needs-newer-python',
  summary: 'The newest pip or setuptools needs a newer Python than the image has',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['pip'],
  explains: ['python-too-old'],
  options: { archives: sharedOptions.archives },

  *check({ model, options }) {
    if (options.archives === 'own') return;
    if (model.file.text.includes(script)) yield* ofScript(model);
    yield* ofUpgrades(model);
  },
});

const script = 'https://bootstrap.pypa.io/get-pip.py';

/** Where the script is fetched for a Python that it does not run on. */
function* ofScript(model: Model): Generator<Finding> {
  for (const { at, instruction, command } of fetches(model)) {
    const named = runsOfFile(model).get(stageKey(model, instruction));
    const piped = pipedInto(command);
    const runs = [...(named ? [named] : []), ...(piped ? [runsOf(model, [piped])] : [])];
    const [python, ...others] = new Set(runs.flatMap(({ pythons }) => [...pythons]));
    // It also runs on a newer one, or nobody knows.
    if (python === undefined || others.length > 0 || !isOld(python)) continue;
    const address = script.replace('io/', `io/pip/${python}/`);
    yield {
      at,
      message: `The newest get-pip.py does not run on Python ${python}, so the build stops`,
      severity: runs.every(({ stop }) => stop) ? 'error' : 'hint',
      fix: { title: `Take get-pip.py for Python ${python}`, edits: [replace(at, address)] },
    };
  }
}

/** pip for Python 3.8 has a script of its own; for 3.9 there is none yet that somebody has seen. */
function isOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 2 || minor < 9;
}

interface Fetch {
  readonly at: Span;
  readonly instruction: Instruction;
  /** Undefined for ADD. */
  readonly command: Command | undefined;
}

function* fetches(model: Model): Generator<Fetch> {
  for (const { instruction, sources } of model.copies)
    for (const { value, span } of sources)
      if (value === script) yield { at: span, instruction, command: undefined };
  for (const command of model.commandsNamed('curl', 'wget'))
    for (const { value, span, quoted } of command.args)
      if (value === script && !quoted) yield { at: span, instruction: command.instruction, command };
}

interface Runs {
  /** Their versions; undefined for one that is not known. */
  readonly pythons: ReadonlySet<string | undefined>;
  /** Whether the build stops if any of them fails. */
  readonly stop: boolean;
}

function runsOf(model: Model, commands: readonly Command[]): Runs {
  return {
    pythons: new Set(
      commands.map(({ instruction, program }) => pythonOf(model, model.stageOf(instruction), program)),
    ),
    stop: commands.every((command) => stopsBuild(model, command.instruction, command)),
  };
}

/** What each stage runs from a file of that name, by `stageKey`. */
const runsOfFile = once((model: Model): ReadonlyMap<string, Runs> => {
  const commands = model.commands.filter(
    ({ program, args }) => isPython(program) && args.some(({ suffix }) => suffix.endsWith('get-pip.py')),
  );
  const byStage = groupedBy(commands, ({ instruction }) => stageKey(model, instruction));
  return new Map([...byStage].map(([key, own]) => [key, runsOf(model, own)]));
});

function stageKey(model: Model, instruction: Instruction): string {
  return `${model.stageOf(instruction)?.index}`;
}

/** The Python at the other end of a pipe. */
function pipedInto(fetch: Command | undefined): Command | undefined {
  const next = fetch?.pipeline && fetch.script?.commands[fetch.index + 1];
  return next && isPython(next.program) ? next : undefined;
}

/** The version of a Python by its name; undefined if that does not tell. */
function pythonOf(model: Model, stage: Stage | undefined, program: string): string | undefined {
  const named = /^python(\d\.\d+)$/.exec(program)?.[1];
  if (named !== undefined) return named;
  const tag = baseTag(model, stage, 'python');
  if (tag !== undefined) {
    const [major, minor] = versionOfTag(tag) ?? [];
    return minor === undefined ? undefined : `${String(major)}.${String(minor)}`;
  }
  const known = pythonsOfRelease.get(stage?.base.release?.name ?? '');
  return /^(?:python|pip)3$/.test(program) ? known?.three : known?.two;
}

/** The upgrades of pip and setuptools by a pip of the distribution that is too old to ask what they need. */
function* ofUpgrades(model: Model): Generator<Finding> {
  const upgraded = new Set<Stage>();
  for (const install of model.installs) {
    const { command, manager, packages } = install;
    const stage = manager.name === 'pip' ? model.stageOf(command.instruction) : undefined;
    if (!stage || !releasesWithOldPip.has(stage.base.release?.name ?? '')) continue;
    if (stage.chain.some((one) => upgraded.has(one)) || !/^[\w.]+$/.test(command.name.text)) continue;
    if (packages.some(({ value }) => /^pip(?:$|[=<>~!])/.test(value ?? ''))) upgraded.add(stage);
    const python = pythonOf(model, stage, command.program);
    const needs = pythonNeeds.get(python ?? '');
    if (!needs || !givesOption(install, '-U', '--upgrade') || !hasItsPip(model, stage, install)) continue;
    for (const word of packages) {
      const { value } = word;
      if (value !== 'pip' && value !== 'setuptools') continue;
      yield {
        at: word.span,
        message: `The newest ${value} does not run on Python ${String(python)}, so the build stops`,
        severity: stopsBuild(model, command.instruction, command) ? 'error' : 'hint',
        fix: fixOf(command, word, needs[value]),
      };
    }
  }
}

function fixOf({ editable }: Command, { span }: ShellWord, version: string): Finding['fix'] {
  return editable ? { title: `Install ${version}`, edits: [replace(span, `'${version}'`)] } : undefined;
}

/** Whether an earlier step installs pip from the packages of the distribution. */
function hasItsPip(model: Model, { chain }: Stage, { command }: Install): boolean {
  return model.installs.some(
    ({ manager, packages, command: other }) =>
      manager.scope === 'system' &&
      other.span.start < command.span.start &&
      chain.some((stage) => stage === model.stageOf(other.instruction)) &&
      packages.some(({ value }) => /^python[23]?-pip$/.test(value ?? '')),
  );
}
