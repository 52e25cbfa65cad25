// Which addresses hold an archive: the mirrors that the user names, and the paths of each distribution below them.
import { machineArchitecture } from './machine-architecture';
import type { Archive } from '../../core/package-index/archive';
import type { Reach } from '../registry/images/address';
import { PackageError } from './faults';

/** Addresses by name, as settings, files and options give them. */
export interface Mirrors {
  readonly byName: Readonly<Partial<Record<string, string>>>;
  /** Names whose address comes from a file of the project: it may not lead to this machine. */
  readonly fromProject: ReadonlySet<string>;
}

export const mirrorNames = [
  'debian',
  'debian-security',
  'ubuntu',
  'ubuntu-ports',
  'alpine',
  'fedora',
] as const;

export type MirrorName = (typeof mirrorNames)[number];

export interface Mirror {
  /** Ends with a slash. */
  readonly base: string;
  readonly maxReach: Reach;
}

/** One piece of an archive that has an index of its own. */
export interface ArchivePart {
  readonly kind: 'debian' | 'alpine' | 'fedora';
  /** For people and for what was missing: `bookworm-updates/main`. */
  readonly name: string;
  readonly mirror: Mirror;
  /** Folder below the mirror that has the Release file, the index or `repodata`; ends with a slash. */
  readonly folder: string;
  /** For Debian: the folder of the index below that. */
  readonly below: string;
  /** Without it nothing can be said about the archive. */
  readonly isMain: boolean;
}

/**
 * Where the parts of an archive are.
 * @throws PackageError NoMirror, BadMirror, NotThere
 */
export function partsOf(archive: Archive, mirrors: Mirrors): readonly ArchivePart[] {
  const architecture = archive.architecture ?? machineArchitecture();
  switch (archive.family) {
    case 'debian':
      return debianParts(archive.release, architecture, mirrors);
    case 'ubuntu':
      return ubuntuParts(archive.release, architecture, mirrors);
    case 'alpine':
      return alpineParts(archive.release, architecture, mirrors);
    case 'fedora':
      return fedoraParts(archive.release, architecture, mirrors);
  }
}

function debianParts(suite: string, architecture: string, mirrors: Mirrors): readonly ArchivePart[] {
  const mirror = mirrorFor('debian', mirrors);
  // The archive of security updates lies beside the other one.
  const security =
    mirrors.byName['debian-security'] === undefined
      ? { ...mirror, base: mirror.base.replace(/\/debian\/$/, '/debian-security/') }
      : mirrorFor('debian-security', mirrors);
  const part = (name: string, at: Mirror, isMain: boolean): ArchivePart => ({
    kind: 'debian',
    name: `${name}/main`,
    mirror: at,
    folder: `dists/${name}/`,
    below: `main/binary-${debianNames[architecture] ?? architecture}/`,
    isMain,
  });
  const main = part(suite, mirror, true);
  if (suite === 'sid') return [main];
  // Before bullseye the name had another form.
  const old = ['jessie', 'stretch', 'buster'].includes(suite);
  const updates: ArchivePart = old
    ? { ...part(`${suite}-security`, security, false), folder: `dists/${suite}/updates/` }
    : part(`${suite}-security`, security, false);
  return [main, part(`${suite}-updates`, mirror, false), updates];
}

function ubuntuParts(suite: string, architecture: string, mirrors: Mirrors): readonly ArchivePart[] {
  const isPort = architecture !== 'amd64' && architecture !== '386';
  const name = isPort && mirrors.byName['ubuntu-ports'] !== undefined ? 'ubuntu-ports' : 'ubuntu';
  const mirror = mirrorFor(name, mirrors);
  return ['', '-updates', '-security'].flatMap((pocket) =>
    ['main', 'universe', 'restricted', 'multiverse'].map((component): ArchivePart => ({
      kind: 'debian',
      name: `${suite}${pocket}/${component}`,
      mirror,
      folder: `dists/${suite}${pocket}/`,
      below: `${component}/binary-${debianNames[architecture] ?? architecture}/`,
      isMain: pocket === '' && component === 'main',
    })),
  );
}

function alpineParts(release: string, architecture: string, mirrors: Mirrors): readonly ArchivePart[] {
  const mirror = mirrorFor('alpine', mirrors);
  const branch = release === 'edge' ? 'edge' : `v${release}`;
  const machine = machineNames[architecture] ?? architecture;
  return ['main', 'community'].map((name) => ({
    kind: 'alpine',
    name: `${branch}/${name}`,
    mirror,
    folder: `${branch}/${name}/${machine}/`,
    below: '',
    isMain: name === 'main',
  }));
}

function fedoraParts(release: string, architecture: string, mirrors: Mirrors): readonly ArchivePart[] {
  const mirror = mirrorFor('fedora', mirrors);
  const machine = machineNames[architecture] ?? architecture;
  const part = (name: string, folder: string, isMain: boolean): ArchivePart => ({
    kind: 'fedora',
    name,
    mirror,
    folder,
    below: '',
    isMain,
  });
  return [
    part(`${release}/Everything`, `releases/${release}/Everything/${machine}/os/`, true),
    part(`${release}/updates`, `updates/${release}/Everything/${machine}/`, false),
  ];
}

const debianNames: Readonly<Record<string, string>> = { '386': 'i386', ppc64le: 'ppc64el' };
const machineNames: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64', '386': 'x86' };

function mirrorFor(name: MirrorName, { byName, fromProject }: Mirrors): Mirror {
  const text = byName[name];
  if (text === undefined || text === '') throw new PackageError({ code: 'NoMirror', family: name });
  const read = readMirror(text);
  if ('wrong' in read) throw new PackageError({ code: 'BadMirror', name, why: read.wrong });
  return { base: read.base, maxReach: fromProject.has(name) ? 'private' : 'loopback' };
}

/** @returns why the text is not the address of a mirror, without a full stop */
export function readMirror(text: string): { readonly base: string } | { readonly wrong: string } {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return { wrong: 'it is not an address such as https://mirror.example.com/debian' };
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return { wrong: 'it must begin with https:// or http://' };
  if (url.username !== '' || url.password !== '') return { wrong: 'it may hold no user and no password' };
  if (url.search !== '' || url.hash !== '') return { wrong: 'it may hold no ? and no #' };
  return { base: url.href.replace(/\/*$/, '/') };
}
