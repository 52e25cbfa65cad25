// Edits for packages that the distribution does not have, or not in the version that was asked for.
import { packageOfCommand } from '../../../core/knowledge/packages/command-packages';
import { missingName, successorOfName } from '../../../core/knowledge/packages/debian-names';
import { isSince } from '../../../core/knowledge/images/releases';
import type { Release } from '../../../core/knowledge/images/releases';
import { leftPackage } from '../../../core/knowledge/packages/left-packages';
import { unversionedName } from '../../../core/knowledge/packages/unversioned-names';
import { packageName } from '../../../core/knowledge/packages/package-managers';
import type { Install } from '../../../core/model/installs';
import type { ShellWord } from '../../../core/shell/types';
import { removeWords } from '../../../core/shell/removal';
import { replace } from '../../../core/text/edit';
import type { Edit } from '../../../core/text/edit';
import type { ExplainedEdit } from '../explanation';
import { hasLists, updateLists } from './archives';
import { namingOf, releaseOf } from './distribution';
import { installsHere, offer, several } from './failure';
import type { Failure } from './failure';

/** Installs what takes the place of the missing packages; first of all fetches the lists that are not there. */
export function otherPackage(failure: Failure): readonly ExplainedEdit[] {
  const words = missingWords(failure);
  // apt knows a name that other packages refer to; without the lists it says that it cannot locate it.
  const isReferred = failure.facts.said?.includes('no installation candidate') === true;
  const isRenamed = isReferred && words.every(({ name }) => successorOf(failure, name) !== undefined);
  const [lists] = hasLists(failure) || isRenamed ? [] : updateLists(failure);
  if (lists) return [lists];
  const available = several(failure.facts.available).filter((name) => !name.includes(':'));
  // A library is not what somebody wanted who asked for a program.
  const programs = available.filter((name) => !name.startsWith('lib'));
  if (words.length === 1 && available.length > 0)
    return (programs.length > 0 ? programs : available)
      .slice(0, 3)
      .flatMap((name) => renamed(failure, [{ ...words[0]!, successor: name }]));
  const made = words.map((one) => ({ ...one, successor: successorOf(failure, one.name) }));
  return renamed(
    failure,
    made.length > 0 && made.every(({ successor }) => successor !== undefined)
      ? [...made, ...companions(failure, words)]
      : made,
  );
}

interface Missing {
  readonly name: string;
  readonly word: ShellWord;
}

/** The words of the failing step that ask for the missing packages. */
function missingWords(failure: Failure): readonly Missing[] {
  const names = new Set(several(failure.facts.package));
  return installsHere(failure, 'apt', 'apk', 'rpm').flatMap((install) =>
    install.packages.flatMap((word) => {
      const name = nameOf(install, word);
      return name !== undefined && names.has(name) ? [{ name, word }] : [];
    }),
  );
}

/** Other packages of the same step that the release of today lacks, too, and what takes their place. */
function companions(
  failure: Failure,
  missing: readonly Missing[],
): readonly (Missing & { readonly successor: string })[] {
  return installsHere(failure, 'apt', 'apk').flatMap((install) =>
    install.packages.flatMap((word) => {
      const name = nameOf(install, word);
      if (name === undefined || missing.some((one) => one.word === word)) return [];
      // With one package of Python 2 the others go, too.
      const isPython = name.startsWith('python-') && missing.some((one) => one.name.startsWith('python-'));
      // apt takes a name with dots for a pattern, and may find something else under it.
      const isPhp = /^php\d\.\d$/.test(name) && missing.some((one) => one.name.startsWith(`${name}-`));
      const successor =
        knownSuccessor(failure, name) ??
        (isPython ? successorOfName(name) : isPhp ? unversionedName(name) : undefined);
      return successor === undefined ? [] : [{ name, word, successor }];
    }),
  );
}

function nameOf({ manager, command }: Install, { value, text }: ShellWord): string | undefined {
  if (value === undefined || !command.editable || value !== text.replaceAll(/["']/g, '')) return undefined;
  return packageName(manager, value).replace(/:\w+$/, '');
}

/** By the tables of the release. */
function knownSuccessor(failure: Failure, name: string): string | undefined {
  const release = releaseOf(failure);
  const known =
    release?.family === 'debian'
      ? missingName(release.name, name)?.successor
      : release && leftPackage(release, name)?.successor;
  return usesPip2(failure, name) ? undefined : known;
}

/** Whether the commands of Python 2 stay missing with what takes the place of a package. */
function usesPip2({ model }: Failure, name: string): boolean {
  return /pip$/.test(name) && /\bpip2\b/.test(model.file.text);
}

/** What CentOS and its like have from 8 on in place of packages of Python 2 and ntp. */
const sinceCentos8: ReadonlyMap<string, string> = new Map([
  ['python', 'python3'],
  ['python-devel', 'python3-devel'],
  ['python-pip', 'python3-pip'],
  ['python-setuptools', 'python3-setuptools'],
  ['ntp', 'chrony'],
  ['ntpdate', 'chrony'],
]);

/** The releases that no longer have the packages of Python 2, which those of Python 3 are named after. */
const withoutPython2 = { alpine: '3.12', debian: '11', ubuntu: '20.04' };

function ofPython3(release: Release | undefined, name: string): string | undefined {
  if (!release || !isSince(release, withoutPython2)) return undefined;
  const part = (release.family === 'alpine' ? /^py2?-(.+)$/ : /^python2?-(.+)$/).exec(name)?.[1];
  return part === undefined || successorOfName(name) !== undefined || /-(?:doc|dbg)$/.test(part)
    ? undefined
    : `${release.family === 'alpine' ? 'py3' : 'python3'}-${part}`;
}

function successorOf(failure: Failure, name: string): string | undefined {
  const release = releaseOf(failure);
  const known =
    knownSuccessor(failure, name) ?? (usesPip2(failure, name) ? undefined : ofPython3(release, name));
  if (known !== undefined || release?.family === 'alpine') return known;
  if (release?.family === 'centos')
    return isSince(release, { centos: '8' }) ? sinceCentos8.get(name) : undefined;
  // The default of older releases is an older Java.
  if (name.startsWith('oracle-java') && release && !isSince(release, { debian: '9', ubuntu: '16.04' }))
    return undefined;
  // Until then its packages have a number.
  if (/^php\d/.test(name) && release && !isSince(release, { debian: '9', ubuntu: '16.04' })) return undefined;
  // The image of PHP keeps the distribution's own PHP away.
  if (failure.stage.base.name === 'php' && name.startsWith('php')) return undefined;
  return successorOfName(name) ?? unversionedName(name) ?? ofCommand(failure, name);
}

/** Takes the headers of the distribution's own kernel: a container shows the kernel of the machine, which is another one. */
export function kernelHeaders(failure: Failure): readonly ExplainedEdit[] {
  const { model, stage } = failure;
  const release = releaseOf(failure);
  const own = release?.family === 'ubuntu' ? 'generic' : release?.family === 'debian' ? 'amd64' : undefined;
  if (own === undefined || stage.base.name === undefined) return [];
  const words = installsHere(failure, 'apt').flatMap(({ packages, command }) =>
    command.editable
      ? packages.filter(({ span }) =>
          /^linux-(?:headers|image|tools)-(?:\$\(uname -r\)|`uname -r`)$/.test(model.document.slice(span)),
        )
      : [],
  );
  return offer(
    `Install the headers of the release's own kernel`,
    ...words.map(({ span }) => replace(span, model.document.slice(span).replace(/(?<=^linux-\w+-).*$/, own))),
  );
}

/** The package that has a command of this name. */
function ofCommand(failure: Failure, name: string): string | undefined {
  const naming = namingOf(failure);
  return naming && packageOfCommand(name, naming, releaseOf(failure));
}

/** All of them or none: the step fails as long as one is missing. */
function renamed(
  failure: Failure,
  words: readonly (Missing & { readonly successor: string | undefined })[],
): readonly ExplainedEdit[] {
  const pairs = words.flatMap(({ name, word, successor }) =>
    successor === undefined || successor === name ? [] : [{ name, word, successor }],
  );
  if (pairs.length === 0 || pairs.length < words.length) return [];
  const [first] = pairs;
  const title =
    new Set(pairs.map(({ name }) => name)).size === 1 && first
      ? `Install ${first.successor} instead of ${first.name}`
      : `Install ${pairs.map(({ successor }) => successor).join(', ')} instead`;
  const installs = installsHere(failure, 'apt', 'apk', 'rpm');
  const edits = pairs.flatMap(({ word, successor }): readonly (Edit | undefined)[] => {
    const install = installs.find(({ packages }) => packages.includes(word));
    const isThere = install?.packages.some(({ value }) => value === successor);
    return install && isThere
      ? (removeWords(failure.model, install.command, word) ?? [undefined])
      : [replace(word.span, successor)];
  });
  return offer(title, ...edits);
}

/** Takes the version that is there; without knowing one, any. */
export function otherVersion(failure: Failure): readonly ExplainedEdit[] {
  const versions = several(failure.facts.available);
  const names = several(failure.facts.package);
  const words = missingWords(failure).filter(({ word }) => /[=~<>]/.test(word.value ?? ''));
  if (words.length === 0) return [];
  const isApk = installsHere(failure, 'apk').length > 0;
  const known = words.map(({ name, word }) => ({ name, word, version: versions[names.indexOf(name)] }));
  const isKnown = versions.length === names.length && known.every(({ version }) => version !== undefined);
  const exact = isKnown ? pinned(known, '=', (version) => version) : [];
  const loose = isKnown && isApk ? pinned(known, '~=', minorOf) : [];
  const plural = words.length === 1 ? `Install ${words[0]?.name ?? ''}` : 'Install the packages';
  const any = offer(
    `${plural} in the version that the release has`,
    ...words.map(({ name, word }) => replace(word.span, name)),
  );
  return [...exact, ...loose, ...any];
}

function pinned(
  words: readonly (Missing & { readonly version: string | undefined })[],
  sign: string,
  versionOf: (version: string) => string,
): readonly ExplainedEdit[] {
  const texts = words.map(({ name, version = '' }) => `${name}${sign}${versionOf(version)}`);
  const edits = words.map(({ word }, at): Edit => replace(word.span, texts[at] ?? ''));
  return offer(`Install ${texts.join(', ')}`, ...edits);
}

/** `1.20.4-r2` → `1.20`. */
function minorOf(version: string): string {
  return /^\d+(?:\.\d+)?/.exec(version)?.[0] ?? version;
}
