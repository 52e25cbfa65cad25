// Edits that take another release of the distribution.
import { dropCommand } from '../../../core/fixes/drop-command';
import { releaseNamed } from '../../../core/knowledge/images/releases';
import { movedArchive } from '../../../core/knowledge/packages/moved-archives';
import { packageOfCommand } from '../../../core/knowledge/packages/command-packages';
import { findVersionPlace } from '../../../core/analysis/images/version-places';
import { replace } from '../../../core/text/edit';
import type { Edit } from '../../../core/text/edit';
import type { ExplainedEdit } from '../explanation';
import { useArchive } from './archives';
import { releaseOf } from './distribution';
import { offer, several } from './failure';
import type { Failure } from './failure';

/** Packages of Python 2 that Ubuntu 18.04 was the last release to have together. */
const pythonTwo =
  /^python-(?:pip|dev|setuptools|virtualenv|numpy|scipy|matplotlib|opencv|pandas|yaml|requests)$|^python$/;

/** Takes the last release with the packages of Python 2, where the file names no release. */
export function olderUbuntu(failure: Failure): readonly ExplainedEdit[] {
  const names = several(failure.facts.package);
  if (names.length === 0 || !names.every((name) => pythonTwo.test(name))) return [];
  return withTag(failure, 'ubuntu', '18.04', `the last with ${names.join(' and ')}`);
}

/** `NAMES BRANCH`: packages that an older branch of Alpine was the last to have. Old branches stay. */
const branches: readonly (readonly [names: RegExp, branch: string])[] = [
  [/^(?:py2-[\w-]+|python(?:-dev)?)$/, '3.11'],
  [/^(?:python2(?:-dev)?|php7(?:-\w+)?)$/, '3.15'],
];

/** Takes the last branch of Alpine with the packages, where the file names none. */
export function olderBranch(failure: Failure): readonly ExplainedEdit[] {
  const names = several(failure.facts.package);
  const row = branches.find(([own]) => names.length > 0 && names.every((name) => own.test(name)));
  return row ? withTag(failure, 'alpine', row[1], `the last with ${names.join(' and ')}`) : [];
}

function withTag(
  { model, stage }: Failure,
  image: string,
  tag: string,
  reason: string,
): readonly ExplainedEdit[] {
  const from = stage.chain.at(-1)?.from;
  const use = model.images.find(({ instruction, via }) => instruction === from && via === 'from');
  const place = use && findVersionPlace(model, use);
  if (place?.name !== image || place.tag !== 'latest') return [];
  return offer(`Use ${image}:${tag}, ${reason}`, replace(place.at, `${place.prefix}${tag}`));
}

/** Asks the archive of a release where even packages are missing that every release has: then no list was loaded. */
export function archiveOfAll(failure: Failure): readonly ExplainedEdit[] {
  const release = releaseOf(failure);
  if (!movedArchive(release?.name)) return [];
  const known = ['curl', 'wget', 'git', 'make', 'gcc', 'unzip', 'vim', 'sudo', 'tar'].map((command) =>
    packageOfCommand(command, 'apt', release),
  );
  return several(failure.facts.package).some((name) => known.includes(name)) ? useArchive(failure) : [];
}

/** Leaves out the lists of another release of Ubuntu than the image has now, or takes the image of that release. */
export function sourcesOfImage(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, stage, instruction } = failure;
  const written = releaseNamed(facts.release ?? '');
  const own = stage.base.release;
  if (written?.family !== 'ubuntu' || own?.family !== 'ubuntu' || own.name === written.name) return [];
  const line = new RegExp(`\\bdeb(?:-src)? [^|;&]*ubuntu/? ${written.name}\\b`);
  const title = `Leave out the lists of ${written.name}, as the image is ${own.name}`;
  const edits = model.commands
    .filter(({ instruction: where }) => where.index <= instruction.index && model.stageOf(where) === stage)
    .filter(({ redirects }) =>
      redirects.some(({ target }) => target?.value?.startsWith('/etc/apt/sources.list') === true),
    )
    .filter((command) => line.test(model.document.slice(command.fullSpan)))
    .map((command) => dropCommand(model, command, title)?.edits)
    .flatMap((all): readonly (Edit | undefined)[] => all ?? [undefined]);
  const { version } = written;
  const older = version === undefined ? [] : withTag(failure, 'ubuntu', version, 'whose lists the file has');
  return [...offer(title, ...edits), ...older];
}
