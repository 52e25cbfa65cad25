// Edits for package managers of languages: the version that the log names.
import { givesOption } from '../../../core/analysis/packages/package-commands';
import { insertStep } from '../../../core/fixes/own-step';
import { insertAfter, replace } from '../../../core/text/edit';
import type { ExplainedEdit } from '../explanation';
import { installsHere, offer, several } from './failure';
import type { Failure } from './failure';

/** Installs the last version of a gem that runs on this Ruby, as gem itself says it. */
export function olderGem(failure: Failure): readonly ExplainedEdit[] {
  const { facts } = failure;
  const version = several(facts.available)[0];
  const name = facts.package ?? 'bundler';
  if (version === undefined || !/^\d[\w.]*$/.test(version)) return [];
  for (const install of installsHere(failure, 'gem')) {
    const word = install.packages.find(({ value }) => value === name);
    if (!word || !install.command.editable || givesOption(install, '-v', '--version')) continue;
    const edit =
      install.packages.length === 1
        ? insertAfter(word.span, ` -v ${version}`)
        : replace(word.span, `${name}:${version}`);
    return offer(`Install ${name} ${version}, the last for this Ruby`, edit);
  }
  return [];
}

/** Installs the bundler that the lock file was written with. */
export function bundlerOfLock(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, stage, instruction } = failure;
  const version = several(facts.version ?? facts.needed)[0];
  if (version === undefined || !/^\d[\d.]*$/.test(version)) return [];
  const title = `Install bundler ${version}, which Gemfile.lock asks for`;
  const own = model.installs
    .filter(
      ({ manager, command, packages }) =>
        manager.name === 'gem' &&
        command.editable &&
        command.span.start < instruction.span.end &&
        model.stageOf(command.instruction) === stage &&
        packages.length === 1 &&
        packages[0]?.value === 'bundler',
    )
    .at(-1);
  if (own?.packages[0] && !givesOption(own, '-v', '--version'))
    return offer(title, insertAfter(own.packages[0].span, ` -v ${version}`));
  return own
    ? []
    : offer(title, insertStep(model, stage, instruction, [`gem install bundler -v ${version}`]));
}

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

/** Makes git ask GitHub by https where a dependency names `git://`. */
export function gitByHttps({ model, stage, instruction }: Failure): readonly ExplainedEdit[] {
  if (/insteadof/i.test(model.file.text)) return [];
  const step = insertStep(model, stage, instruction, [
    'git config --system url.https://github.com/.insteadOf git://github.com/',
  ]);
  return offer('Fetch from GitHub by https instead of git://', step);
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
