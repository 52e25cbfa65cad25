// Edits for pip and what it installs: other versions, and the tools that a package is built with.
import { baseTag } from '../../../core/analysis/images/base-version';
import { findVersionPlace } from '../../../core/analysis/images/version-places';
import { givesOption, sudoLike } from '../../../core/analysis/packages/package-commands';
import { insertStep } from '../../../core/fixes/own-step';
import { isPython } from '../../../core/knowledge/programs/programs';
import { pythonNeeds, pythonsOfRelease } from '../../../core/knowledge/packages/runtime-needs';
import type { Install } from '../../../core/model/installs';
import { prependToCommand } from '../../../core/shell/edits';
import { insertAfter, replace } from '../../../core/text/edit';
import type { Edit } from '../../../core/text/edit';
import type { ExplainedEdit } from '../explanation';
import { releaseOf } from './distribution';
import { installsHere, offer, several } from './failure';
import type { Failure } from './failure';

/** Takes a version of a Python package that the index has. */
export function otherPythonVersion(failure: Failure): readonly ExplainedEdit[] {
  const { facts } = failure;
  const versions = several(facts.available).map((one) => one.replace(/,$/, ''));
  const newest = versions.at(-1);
  const name = facts.package?.replace(/[=<>~!].*$/, '');
  if (newest === undefined || name === undefined || !/^\d[\w.]*$/.test(newest)) return [];
  for (const install of installsHere(failure, 'pip')) {
    const word = install.packages.find(({ value }) => value?.startsWith(`${name}==`));
    if (word && install.command.editable && word.value === word.text)
      return offer(
        `Install ${name} ${newest}, the newest for this Python`,
        replace(word.span, `${name}==${newest}`),
      );
  }
  return [];
}

/** Lets pip write into the folders of the distribution. */
export function overrideExternallyManaged(failure: Failure): readonly ExplainedEdit[] {
  const uses = installsHere(failure, 'pip').filter(({ command }) => command.script && command.editable);
  return offer(
    'Add --break-system-packages',
    ...uses.map(({ verb }) => insertAfter(verb.span, ' --break-system-packages')),
  );
}

/** Lets pip install a package over the one of the distribution, which it cannot remove. */
export function installOver(failure: Failure): readonly ExplainedEdit[] {
  if (!failure.facts.said?.includes('distutils installed project')) return [];
  const uses = installsHere(failure, 'pip').filter(
    (use) => use.command.script && use.command.editable && !givesOption(use, '-I', '--ignore-installed'),
  );
  return offer(
    'Add --ignore-installed',
    ...uses.map(({ verb }) => insertAfter(verb.span, ' --ignore-installed')),
  );
}

/** Modules of Python whose package has another name. */
const packagesOfModules: ReadonlyMap<string, string> = new Map([
  ['Cython', 'Cython'],
  ['Crypto', 'pycryptodome'],
  ['MySQLdb', 'mysqlclient'],
  ['PIL', 'Pillow'],
  ['bs4', 'beautifulsoup4'],
  ['cv2', 'opencv-python-headless'],
  ['distutils', 'setuptools'],
  ['dateutil', 'python-dateutil'],
  ['numpy', 'numpy'],
  ['pbr', 'pbr'],
  ['pip', 'pip'],
  ['pkg_resources', 'setuptools'],
  ['psycopg2', 'psycopg2-binary'],
  ['pybind11', 'pybind11'],
  ['requests', 'requests'],
  ['scipy', 'scipy'],
  ['setuptools', 'setuptools'],
  ['setuptools_rust', 'setuptools-rust'],
  ['setuptools_scm', 'setuptools-scm'],
  ['six', 'six'],
  ['skbuild', 'scikit-build'],
  ['sklearn', 'scikit-learn'],
  ['wheel', 'wheel'],
  ...`Cheetah babel boto3 cffi click colorama cryptography django docutils flask future gevent h5py jinja2 lxml mako markdown
  matplotlib mock nose packaging pandas paramiko ply psutil pygments pyparsing pytest pytz redis scons simplejson sphinx
  sqlalchemy sympy tabulate termcolor toml tornado tqdm ujson virtualenv wget`
    .split(/\s+/)
    .map((name): [string, string] => [name, name]),
  ['OpenSSL', 'pyOpenSSL'],
  ['dotenv', 'python-dotenv'],
  ['git', 'GitPython'],
  ['jwt', 'PyJWT'],
  ['magic', 'python-magic'],
  ['serial', 'pyserial'],
  ['usb', 'pyusb'],
  ['zmq', 'pyzmq'],
  ['yaml', 'PyYAML'],
]);

/** Installs the package of a Python module that a step imports, in the way the step itself uses. */
export function missingModule(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, stage, instruction } = failure;
  const name = packagesOfModules.get(facts.package?.split('.', 1)[0] ?? '');
  const [use] = installsHere(failure, 'pip');
  const pip = use?.command.script
    ? model.document.slice({ start: use.command.span.start, end: use.verb.span.end })
    : stage.base.name === 'python'
      ? 'pip install'
      : undefined;
  if (name === undefined || pip === undefined || pip.includes('\n') || name === 'pip') return [];
  return offer(
    `Install ${name} first`,
    insertStep(model, stage, instruction, [`${pip} --no-cache-dir ${name}`]),
  );
}

/** What pip itself works with. */
const isTool = /^(?:pip|setuptools|wheel|virtualenv)$/;

/**
 * Upgrades a pip before version 9, which takes the newest version of a package without asking what Python that needs, and
 * a setuptools of the same age, which cannot read the conditions of others.
 */
export function newerPip(failure: Failure): readonly ExplainedEdit[] {
  const { facts } = failure;
  const [use] = installsHere(failure, 'pip');
  if (!use || facts.pip === undefined || Number.parseInt(facts.pip, 10) >= 9) return [];
  // A build may fail for other reasons, too.
  const isOld = facts.package === 'setuptools' || /exited with 32/.test(facts.detail ?? '');
  if (failure.cause === 'pip-build-failed' && !isOld) return [];
  const python = pythonOf(failure, use);
  // Without knowing the Python: those that run on all of them.
  const needs = pythonNeeds.get(python ?? '3.4');
  const program = pipOf(failure, use);
  if (!needs || program === undefined) return [];
  const own = use.packages.filter(({ value }) => value === 'pip' || value === 'setuptools');
  if (own.length > 0 && use.packages.every(({ value }) => isTool.test(value ?? '')))
    return use.command.editable ? pinned(own, needs) : [];
  const text = `${sudoLike(use)}${program} install --upgrade '${needs.pip}' '${needs.setuptools}'`;
  return offer(
    'Upgrade pip first: the one of the image takes versions that do not run on its Python',
    beforePip(failure, use, text),
  );
}

function pinned(
  words: Install['packages'],
  needs: { readonly pip: string; readonly setuptools: string },
): readonly ExplainedEdit[] {
  const texts = words.map(({ value }) => (value === 'pip' ? needs.pip : needs.setuptools));
  return offer(
    `Install ${texts.join(' and ')}, the last for this Python`,
    ...words.map(({ span }, at) => replace(span, `'${texts[at] ?? ''}'`)),
  );
}

/** The Python that a pip installs for: by the release, or as the log tells it. */
function pythonOf(failure: Failure, { command }: Install): string | undefined {
  const named = /^(?:python|pip)(\d\.\d+)$/.exec(command.program)?.[1];
  const present = /^\d\.\d+/.exec(failure.facts.present ?? '')?.[0];
  const known = pythonsOfRelease.get(releaseOf(failure)?.name ?? '');
  return named ?? present ?? (/^(?:python|pip)3$/.test(command.program) ? known?.three : known?.two);
}

/**
 * How to call the same pip. That of a distribution is found elsewhere after its upgrade, which the shell of the step does not
 * see: there it is `python3 -m pip`.
 */
function pipOf(failure: Failure, { command }: Install): string | undefined {
  const { name, program } = command;
  if (!/^pip[\d.]*$/.test(program))
    return isPython(program) && name.text === program ? `${program} -m pip` : undefined;
  if (name.text.includes('/') || !pythonsOfRelease.has(releaseOf(failure)?.name ?? '')) return name.text;
  return `python${program.slice('pip'.length)} -m pip`;
}

/** Runs a command before a pip: in a step of its own if pip is there by then. */
function beforePip(failure: Failure, use: Install, text: string): Edit | undefined {
  const { model, stage, instruction } = failure;
  const isBrought =
    model.environmentAt(instruction).isRoot === false ||
    model
      .commandsOf(instruction)
      .some(
        ({ span, program }) =>
          span.end <= use.command.span.start && !/^(?:cd|set|export|echo)$/.test(program),
      );
  return isBrought
    ? prependToCommand(model, use.command, text)
    : insertStep(model, stage, instruction, [text]);
}

/** Installs the setuptools from before what an old package needs was removed. */
export function olderSetuptools(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, stage, instruction } = failure;
  const version = facts.needed;
  if (version === undefined || model.file.text.includes('setuptools<')) return [];
  const [use] = installsHere(failure, 'pip');
  const title = `Install ${version}, which still has what the package is built with`;
  if (use) {
    const program = pipOf(failure, use);
    return program === undefined
      ? []
      : offer(title, beforePip(failure, use, `${sudoLike(use)}${program} install '${version}'`));
  }
  if (baseTag(model, stage, 'python') === undefined) return [];
  return offer(title, insertStep(model, stage, instruction, [`pip install --no-cache-dir '${version}'`]));
}

/** Lets pip choose the versions that a project depends on, where its `setup.py` takes the newest ones. */
export function installByPip(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, stage, instruction } = failure;
  if (facts.command !== 'easy_install') return [];
  const hasPip = baseTag(model, stage, 'python') !== undefined;
  for (const { program, args, editable, script } of model.commandsOf(instruction)) {
    const [file, verb, ...others] = args;
    const isDevelop = verb?.value === 'develop';
    if (!isPython(program) || file?.value !== 'setup.py' || others.length > 0 || !editable || !script)
      continue;
    if (!isDevelop && verb?.value !== 'install') continue;
    if (!hasPip && !installsPip(failure, program)) continue;
    return offer(
      'Install with pip, which takes versions for this Python',
      replace({ start: file.span.start, end: verb.span.end }, `-m pip install ${isDevelop ? '-e .' : '.'}`),
    );
  }
  return [];
}

/** Whether the stage brings pip for this Python before the failing step, or uses it there. */
function installsPip({ model, stage, instruction }: Failure, python: string): boolean {
  const pips = /^python3/.test(python) ? /^(?:python3-pip|py3-pip|pip3)$/ : /^(?:python-pip|py2?-pip|pip2?)$/;
  return model.installs.some(
    ({ command, packages, manager }) =>
      command.span.start < instruction.span.end &&
      stage.chain.some((one) => one === model.stageOf(command.instruction)) &&
      (packages.some(({ value }) => pips.test(value ?? '')) ||
        (manager.family === 'pip' && pips.test(command.program))),
  );
}

/** Takes the script that installs pip from the place where the one for an old Python is. */
export function olderGetPip({ facts, model, instruction }: Failure): readonly ExplainedEdit[] {
  const present = /^\d\.\d+/.exec(facts.present ?? '')?.[0];
  // The last one that asked for 3.5 says so to 3.4.
  const version = present ?? (facts.needed === '3.5' ? '3.4' : undefined);
  const text = model.document.slice(instruction.span);
  const script = /https:\/\/bootstrap\.pypa\.io\/(?=get-pip\.py)/.exec(text);
  if (!script || version === undefined || !pythonNeeds.has(version)) return [];
  const end = instruction.span.start + script.index + script[0].length;
  return offer(`Take get-pip.py for Python ${version}`, { start: end, end, text: `pip/${version}/` });
}

/** Takes the first psycopg2 that knows how PostgreSQL numbers its versions since 10. */
export function newerPsycopg(failure: Failure): readonly ExplainedEdit[] {
  if (!failure.facts.detail?.includes('could not determine PostgreSQL version')) return [];
  const words = installsHere(failure, 'pip').flatMap(({ packages, command }) =>
    command.editable ? packages.filter(({ value }) => /^psycopg2==2\.[0-6](?:\.|$)/.test(value ?? '')) : [],
  );
  return offer(
    'Install psycopg2 2.7.7, which knows this PostgreSQL',
    ...words.map(({ span, text, value = '' }) => replace(span, text.replace(value, 'psycopg2==2.7.7'))),
  );
}

/** The lines of Python whose image also stands on Debian stretch, which has PostgreSQL 9.6. */
const alsoOnStretch: ReadonlySet<string> = new Set(['2.7', '3.5', '3.6', '3.7']);

/** Takes the image on a release whose PostgreSQL an old psycopg2 knows, where a requirements file asks for that. */
export function olderPostgres(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, stage } = failure;
  if (!facts.detail?.includes('could not determine PostgreSQL version')) return [];
  const [, line = '', slim = ''] = /^(\d\.\d+)(-slim)?$/.exec(baseTag(model, stage, 'python') ?? '') ?? [];
  const from = stage.chain.at(-1)?.from;
  const use = model.images.find(({ instruction, via }) => instruction === from && via === 'from');
  const place = use && findVersionPlace(model, use);
  const isDirect = installsHere(failure, 'pip').some(({ packages }) =>
    packages.some(({ value }) => value?.startsWith('psycopg2')),
  );
  if (!place || !alsoOnStretch.has(line) || isDirect) return [];
  const tag = `${line}${slim}-stretch`;
  return offer(
    `Use python:${tag}, whose PostgreSQL an old psycopg2 knows`,
    replace(place.at, `${place.prefix}${tag}`),
  );
}
