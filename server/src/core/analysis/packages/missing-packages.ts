// The words of an installation that the index of its archive cannot fulfil: unknown names, names of several packages, and
// versions that are gone.
import { archiveTitle } from '../../package-index/archive';
import { holds } from '../../package-index/relations';
import type { PackageEntry, PackageIndex } from '../../package-index/package-index';
import { compareVersions } from '../../package-index/versions';
import type { ShellWord } from '../../shell/types';
import type { Span } from '../../text/span';
import { missingName } from '../../knowledge/packages/debian-names';
import { namedPackages } from './indexed-installs';
import type { ArchivedInstall, NamedPackage } from './indexed-installs';

interface MissingPackage {
  readonly word: ShellWord;
  readonly message: string;
  /** What was probably meant, and the text that it replaces. */
  readonly instead: { readonly name: string; readonly at: Span } | undefined;
}

/** @param index a complete one of the archive */
export function* missingInIndex(archived: ArchivedInstall, index: PackageIndex): Generator<MissingPackage> {
  const { archive, from, install } = archived;
  const { program } = install.command;
  const title = archiveTitle(archive);
  for (const { word, name, version } of namedPackages(archived)) {
    // The image keeps Debian's own PHP away.
    if (from.image === 'php' && name.includes('php')) continue;
    if (isKnown(index, name, version)) continue;
    const providers = [...new Set(index.providersOf(name).map(({ entry }) => entry.name))].sort();
    // apk and dnf choose one by themselves.
    if (providers.length === 1 || (providers.length > 1 && index.scheme !== 'deb')) continue;
    if (providers.length > 1) {
      const listed = providers.slice(0, 4).join(', ') + (providers.length > 4 ? ' and others' : '');
      const message = `Several packages of ${title} provide ${name}, so ${program} stops until one is named: ${listed}`;
      yield { word, message, instead: undefined };
      continue;
    }
    // apt-get also tries a name with these signs as a pattern.
    if (index.scheme === 'deb' && /[.+]/.test(name) && index.hasLike(name)) continue;
    const successor = missingName(archive.release, name)?.successor;
    const guess = successor !== undefined && index.candidate(successor) ? successor : index.near(name);
    yield {
      word,
      message: `${title} has no package ${name}, so ${program} stops${guess === undefined ? '' : `. Did you mean ${guess}?`}`,
      instead: guess !== undefined && word.text === name ? { name: guess, at: word.span } : undefined,
    };
  }
}

function isKnown(index: PackageIndex, name: string, version: string | undefined): boolean {
  // Of rpm a number behind a dash may belong to the name.
  return index.candidate(name) !== undefined || index.candidate(`${name}-${version ?? ''}`) !== undefined;
}

interface GoneVersion {
  readonly word: ShellWord;
  readonly name: string;
  /** As it is written. */
  readonly version: string;
  /** What the archive has now. */
  readonly now: PackageEntry;
  /** Whether the wanted one is newer than that: it never was in this archive, or a mirror lags behind. */
  readonly isNewer: boolean;
  /** The version in the text, if it stands there as it is. */
  readonly at: Span | undefined;
}

/** The pinned versions that an archive does not have. @param index a complete one of the archive */
export function* goneVersions(
  archived: ArchivedInstall,
  index: PackageIndex,
  textOf: (span: Span) => string,
): Generator<GoneVersion> {
  for (const named of namedPackages(archived)) {
    const { word, name, version } = named;
    if (version === undefined) continue;
    const versions = index.versionsOf(name);
    const [now] = versions;
    // One of the image's own PHP is none of the archive's.
    if (!now || (archived.from.image === 'php' && name.includes('php'))) continue;
    if (versions.some((entry) => fits(index, named, entry.version) !== false)) continue;
    const text = textOf(word.span);
    const offset = text.lastIndexOf(version);
    const isPlain = offset >= 0 && text.indexOf(version) === offset;
    yield {
      word,
      name,
      version,
      now,
      isNewer: compareVersions(index.scheme, version.replace(/\*$/, ''), now.version) > 0,
      at: isPlain
        ? { start: word.span.start + offset, end: word.span.start + offset + version.length }
        : undefined,
    };
  }
}

/** Whether a version is one that a word wants; undefined if the word is a pattern that nobody here reads. */
function fits(index: PackageIndex, { sign, version = '' }: NamedPackage, has: string): boolean | undefined {
  const { scheme } = index;
  if (scheme === 'rpm')
    return (
      has === version ||
      has.replace(/^\d+:/, '').startsWith(`${version}-`) ||
      has.replace(/^\d+:/, '') === version
    );
  if (scheme === 'deb') {
    const [start = '', rest] = version.split('*');
    if (rest === undefined && !/[?[]/.test(version)) return has === version;
    return version.endsWith('*') && start === version.slice(0, -1) ? has.startsWith(start) : undefined;
  }
  const operator = (
    { '=': '=', '~': '~', '~=': '~', '=~': '~', '<': '<<', '>': '>>', '<=': '<=', '>=': '>=' } as const
  )[sign];
  return operator && holds(scheme, { name: '', operator, version }, has);
}
