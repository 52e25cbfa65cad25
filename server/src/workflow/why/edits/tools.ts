// Edits for what a step needs and the image lacks: commands, headers, libraries.
import { packageOfCommand } from '../../../core/knowledge/packages/command-packages';
import type { PackageNaming } from '../../../core/knowledge/packages/command-packages';
import { isBeforePackage, nameInRelease } from '../../../core/knowledge/packages/older-names';
import { languageToolOf } from '../../../core/knowledge/packages/language-tools';
import {
  packageOfHeader,
  packageOfLibrary,
  packageOfModule,
  packageOfSharedLibrary,
} from '../../../core/knowledge/packages/header-packages';
import { baseTag } from '../../../core/analysis/images/base-version';
import { insertStep } from '../../../core/fixes/own-step';
import { remove } from '../../../core/text/edit';
import type { ExplainedEdit } from '../explanation';
import { installBefore, isGuessed, namingOf, releaseOf } from './distribution';
import { offer } from './failure';
import type { Failure } from './failure';

/** Installs what has the missing command, or leaves `sudo` out where root needs none. */
export function missingCommand(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, instruction } = failure;
  const command = facts.command?.replace(/^.*\//, '');
  if (command === undefined || facts.command?.includes('./')) return [];
  const wrapped = model
    .commandsOf(instruction)
    .flatMap(({ wrappers }) => wrappers)
    .filter(({ program }) => program === 'sudo');
  const isRoot = model.environmentAt(instruction).isRoot === true;
  const withoutSudo =
    command === 'sudo' && isRoot && wrapped.length > 0 && wrapped.every(({ args }) => args.length === 0)
      ? offer(
          'Run the commands without sudo, as root does not need it',
          ...[...new Set(wrapped)].map(({ span }) => remove(span)),
        )
      : [];
  return [...withoutSudo, ...installed(failure, command)];
}

/** As the release of the failing stage calls a package. */
function named(failure: Failure, name: string | undefined): string | undefined {
  const release = releaseOf(failure);
  return name === undefined || isBeforePackage(name, release) ? undefined : nameInRelease(name, release);
}

const ofLanguages = /^(?:pip|python|node|npm|npx|gem|bundle|ruby|php|composer|java|javac|mvn|go|R)/;

function installed(failure: Failure, command: string): readonly ExplainedEdit[] {
  const naming = namingOf(failure);
  // What an unknown image brings for a language lies elsewhere, as conda and pyenv do it.
  const system =
    naming && !(isGuessed(failure) && ofLanguages.test(command))
      ? named(failure, packageOfCommand(command, naming, releaseOf(failure)))
      : undefined;
  const before = placeOf(failure, command);
  // What a step installs already and is not found nevertheless lies elsewhere.
  const isThere = failure.model.installs.some(
    ({ command: other, packages }) =>
      other.span.end <= before &&
      failure.model.stageOf(other.instruction) === failure.stage &&
      packages.some(({ value }) => value === system),
  );
  const bySystem =
    system === undefined || isThere
      ? []
      : offer(
          `Install ${system}${system === command ? '' : `, which has ${command}`}`,
          installBefore(failure, [system, ...(system === 'gcc' && naming ? headersFor(naming) : [])], before),
        );
  const byLanguage = fromLanguage(failure, command);
  return languageToolOf(command) && byLanguage.length > 0 ? [...byLanguage, ...bySystem] : bySystem;
}

/** What gcc compiles against, which its package only recommends. */
function headersFor(naming: PackageNaming): readonly string[] {
  return naming === 'apk' ? ['musl-dev'] : naming === 'apt' ? ['libc6-dev'] : [];
}

/** Where a command of the failing instruction runs; the start of the instruction if another one starts it. */
function placeOf({ model, instruction }: Failure, name: string): number {
  const found = model.commandsOf(instruction).find(({ program }) => program === name);
  return found?.fullSpan.start ?? instruction.span.start;
}

const verbs: ReadonlyMap<string, string> = new Map([
  ['npm', 'npm install -g'],
  ['pip', 'pip install'],
  ['gem', 'gem install'],
]);

/** Images that bring the manager of a language. */
const managersOfImages: ReadonlyMap<string, string> = new Map([
  ['node', 'npm'],
  ['python', 'pip'],
  ['ruby', 'gem'],
]);

function fromLanguage({ model, stage, instruction }: Failure, command: string): readonly ExplainedEdit[] {
  const tool = languageToolOf(command);
  const verb = tool && verbs.get(tool.manager);
  if (!tool || verb === undefined) return [];
  const isThere =
    managersOfImages.get(stage.base.name ?? '') === tool.manager ||
    model.packageCommands.some(
      (use) =>
        use.manager.name === tool.manager &&
        use.command.span.start < instruction.span.end &&
        model.stageOf(use.command.instruction) === stage,
    );
  if (!isThere) return [];
  const edit = insertStep(model, stage, instruction, [`${verb} ${tool.name}`]);
  return offer(`Install ${tool.name} with ${tool.manager}`, edit);
}

/** Installs the development package of a header, a library, or a module of pkg-config. */
export function missingHeader(failure: Failure): readonly ExplainedEdit[] {
  const { facts, instruction } = failure;
  const naming = namingOf(failure);
  if (naming === undefined) return [];
  const what = facts.header ?? facts.package ?? '';
  // lxml names the one that it looks for first.
  const both = isOfPip(failure) ? together.get(what.startsWith('libxml/') ? 'libxml2' : what) : undefined;
  const words = both ?? [what];
  const names = words.map((word) =>
    named(
      failure,
      facts.header === undefined || both
        ? (packageOfName(word, naming) ?? packageOfTool(word, naming))
        : packageOfHeader(word, naming),
    ),
  );
  if (!names.every((name) => name !== undefined)) return [];
  return offer(
    `Install ${names.join(' and ')}, which ${names.length === 1 ? 'has' : 'have'} ${words.join(' and ')}`,
    installBefore(
      failure,
      [...names, ...(beforeCompiling.has(what) ? compilersFor(failure, naming) : [])],
      instruction.span.start,
    ),
  );
}

/** Libraries that lxml and matplotlib want together, by what they say. */
const together: ReadonlyMap<string, readonly string[]> = new Map([
  ['libxml2', ['libxml2', 'libxslt']],
  ['libxml2 and libxslt', ['libxml2', 'libxslt']],
  ['xml2', ['libxml2', 'libxslt']],
  ['freetype', ['freetype', 'png', 'pkg-config']],
]);

/** pkg-config, which a package looks for beside a library. */
function packageOfTool(word: string, naming: PackageNaming): string | undefined {
  return word === 'pkg-config' ? packageOfCommand(word, naming, undefined) : undefined;
}

/** Whether the step builds a package of Python. */
function isOfPip({ model, instruction }: Failure): boolean {
  return /\b(?:pip|pipenv|poetry|setup\.py)/.test(model.document.slice(instruction.span));
}

/** What is looked for before anything is compiled. */
const beforeCompiling: ReadonlySet<string> = new Set(['libxml2 and libxslt', 'freetype']);

/** The compiler, where a small image of Python has none: its absence would be the next failure. */
function compilersFor(failure: Failure, naming: PackageNaming): readonly string[] {
  const { model, stage } = failure;
  const tag = baseTag(model, stage, 'python') ?? '';
  if (!/slim|alpine/.test(tag) || /\b(?:gcc|clang|build-(?:base|essential))\b/.test(model.file.text))
    return [];
  return ['gcc', ...headersFor(naming)];
}

/** `libxml-2.0 >= 2.9`, `OpenSSL`, `libGL.so.1`, `xml2`. */
function packageOfName(text: string, naming: PackageNaming): string | undefined {
  const [word = ''] = text.trim().split(/[\s<>=]/, 1);
  const names = [word, word.toLowerCase(), word.toLowerCase().replace(/^lib/, '')];
  const shared = packageOfSharedLibrary(word, naming);
  if (shared !== undefined) return shared;
  return names.flatMap((name) => packageOfModule(name, naming) ?? packageOfLibrary(name, naming) ?? []).at(0);
}

/** What native modules of Node.js are built with. */
const nativeTools: Readonly<Record<PackageNaming, readonly string[]>> = {
  apt: ['python3', 'make', 'g++'],
  apk: ['python3', 'make', 'g++'],
  rpm: ['python3', 'make', 'gcc-c++'],
};

/** Installs what node-gyp builds with, where the image is a small one that has none of it. */
export function nativeBuild(failure: Failure): readonly ExplainedEdit[] {
  const { model, stage, instruction } = failure;
  const naming = namingOf(failure);
  const tag = baseTag(model, stage, 'node') ?? '';
  if (
    naming === undefined ||
    !/slim|alpine/.test(tag) ||
    /\b(?:g\+\+|build-base|build-essential)/.test(model.file.text)
  )
    return [];
  return offer(
    'Install what node-gyp builds with',
    installBefore(failure, nativeTools[naming], instruction.span.start),
  );
}

/** Installs what dpkg lists as missing for a build. */
export function missingDependencies(failure: Failure): readonly ExplainedEdit[] {
  const { facts, instruction } = failure;
  const names = (facts.package ?? '')
    .replaceAll(/\([^)]*\)/g, '')
    .split(/\s*\|[^ ]*\s*|\s+/)
    .filter((name) => /^[a-z0-9][a-z0-9.+:-]+$/.test(name));
  // Packages of another architecture need more than their name.
  return names.length === 0 || names.some((name) => name.includes(':'))
    ? []
    : offer('Install what the package is built with', installBefore(failure, names, instruction.span.start));
}

/** Removes a keyword that stands where a command should: `RUN apt-get update && RUN apt-get upgrade`. */
export function doubledKeyword({ facts, model, instruction }: Failure): readonly ExplainedEdit[] {
  const keyword = facts.command;
  if (keyword === undefined || !/^(?:RUN|CMD)$/i.test(keyword) || instruction.keyword !== 'RUN') return [];
  const edits = model
    .commandsOf(instruction)
    .filter(
      ({ name, args, editable, script }) => name.text === keyword && args.length > 0 && editable && script,
    )
    .map(({ name, args }) => remove({ start: name.span.start, end: args[0]?.span.start ?? name.span.end }));
  return offer(`Remove ${keyword} in the middle of the command`, ...edits);
}

/** Files that steps read, with the package that has them wherever it is named so. */
const packagesOfFiles: readonly (readonly [
  path: RegExp,
  packages: Partial<Record<PackageNaming, string>>,
])[] = [
  [/^\/usr\/share\/zoneinfo\/\w/, { apt: 'tzdata', apk: 'tzdata', rpm: 'tzdata' }],
  [/^\/etc\/ssl\/certs\/ca-certificates\.crt$/, { apt: 'ca-certificates', apk: 'ca-certificates' }],
  [/^\/usr\/share\/i18n\/(?:charmaps|locales)/, { apt: 'locales' }],
  [/^\/usr\/share\/dict\/words$/, { apt: 'wamerican', rpm: 'words' }],
];

/** Installs the package of a file of the system that the image lacks. */
export function missingFile(failure: Failure): readonly ExplainedEdit[] {
  const { facts, instruction } = failure;
  const naming = namingOf(failure);
  const said = /[`'‘](\/[^'’]+)['’]/.exec(facts.said ?? '')?.[1];
  const path = facts.path?.startsWith('/') ? facts.path : (said ?? '');
  const name = naming && packagesOfFiles.find(([own]) => own.test(path))?.[1][naming];
  return name === undefined
    ? []
    : offer(`Install ${name}, which has ${path}`, installBefore(failure, [name], instruction.span.start));
}
