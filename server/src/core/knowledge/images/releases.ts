// Releases of distributions: their names, the words of tags that name them, and which is older.
// Sources: distro-info-data (Debian, Ubuntu); the tags of docker-library/official-images.
import { compareTagVersions } from './tag-versions';

/** The distribution of a release, as far as releases are told apart. */
export type ReleaseFamily =
  | 'debian'
  | 'ubuntu'
  | 'alpine'
  | 'centos'
  | 'fedora'
  | 'ol'
  | 'ubi'
  | 'rocky'
  | 'alma'
  | 'amazon'
  | 'opensuse'
  | 'photon'
  | 'mageia'
  | 'sl';

export interface Release {
  /** `bookworm`, `jammy`, `alpine3.20`, `centos7`, `amazon2023`: one name for each release. */
  readonly name: string;
  readonly family: ReleaseFamily;
  /** `12`, `22.04`, `3.20`, `7`; undefined for those that always move on (sid, edge). */
  readonly version: string | undefined;
}

const debianVersions = `squeeze=6 wheezy=7 jessie=8 stretch=9 buster=10 bullseye=11 bookworm=12 trixie=13 forky=14
  duke=15 sid=`;
const ubuntuVersions = `lucid=10.04 natty=11.04 oneiric=11.10 precise=12.04 quantal=12.10 raring=13.04 saucy=13.10
  trusty=14.04 utopic=14.10 vivid=15.04 wily=15.10 xenial=16.04 yakkety=16.10 zesty=17.04 artful=17.10 bionic=18.04
  cosmic=18.10 disco=19.04 eoan=19.10 focal=20.04 groovy=20.10 hirsute=21.04 impish=21.10 jammy=22.04 kinetic=22.10
  lunar=23.04 mantic=23.10 noble=24.04 oracular=24.10 plucky=25.04 questing=25.10 resolute=26.04`;

/** Words of tags and folders for the families whose releases have only numbers. */
const families: ReadonlyMap<string, ReleaseFamily> = new Map<string, ReleaseFamily>([
  ['alpine', 'alpine'],
  ['centos', 'centos'],
  ['fedora', 'fedora'],
  ['ol', 'ol'],
  ['oraclelinux', 'ol'],
  ['oracle', 'ol'],
  ['ubi', 'ubi'],
  ['rhel', 'ubi'],
  ['rocky', 'rocky'],
  ['rockylinux', 'rocky'],
  ['alma', 'alma'],
  ['almalinux', 'alma'],
  ['al', 'amazon'],
  ['amazon', 'amazon'],
  ['amazonlinux', 'amazon'],
  ['amzn', 'amazon'],
  ['opensuse', 'opensuse'],
  ['photon', 'photon'],
  ['mageia', 'mageia'],
  ['sl', 'sl'],
]);

const byCodename = new Map<string, Release>();
const codenames = new Map<string, Release>();
for (const [family, text] of [
  ['debian', debianVersions],
  ['ubuntu', ubuntuVersions],
] as const) {
  for (const pair of text.split(/\s+/)) {
    const [name = '', version = ''] = pair.split('=');
    const release: Release = { name, family, version: version === '' ? undefined : version };
    byCodename.set(name, release);
    if (version !== '') codenames.set(family + version, release);
  }
}

const edge: Release = { name: 'alpine-edge', family: 'alpine', version: undefined };

/** A release by its name (`bookworm`, `alpine3.20`) or by what tags call it (`ubuntu22.04`, `oraclelinux8`). */
export function releaseNamed(word: string): Release | undefined {
  const known = byCodename.get(word) ?? codenames.get(word);
  if (known) return known;
  if (word === edge.name) return edge;
  const [, letters = '', version = ''] = /^([a-z]+)(\d+(?:\.\d+)*)$/.exec(word) ?? [];
  // `ubuntu2204`.
  if (letters === 'ubuntu') return codenames.get(`ubuntu${version.replace(/^(\d\d)(\d\d)$/, '$1.$2')}`);
  const family = families.get(letters);
  if (family === undefined) return undefined;
  const [major = '', minor] = version.split('.');
  if (family !== 'alpine') return numbered(family, major);
  // Alpine's branches have two numbers.
  return minor === undefined ? undefined : numbered(family, `${major}.${minor}`);
}

function numbered(family: ReleaseFamily, version: string): Release {
  return { name: family + version, family, version };
}

/**
 * The release that the words of a tag name. The last word decides: `kinetic` in `ros:kinetic-ros-base-jessie` is a
 * release of ROS.
 */
export function releaseOfWords(tag: string): Release | undefined {
  // Temurin writes alpine-3.24 where others write alpine3.24.
  const words = tag.replace(/\balpine-(?=\d)/, 'alpine').split(/[-_]/);
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const found = releaseNamed(words[at] ?? '');
    if (found) return found;
  }
  return undefined;
}

/** Images of distributions, whose tags begin with the version. */
const distributionImages: ReadonlyMap<string, ReleaseFamily> = new Map<string, ReleaseFamily>([
  ['debian', 'debian'],
  ['ubuntu', 'ubuntu'],
  ['ubuntu-upstart', 'ubuntu'],
  ['ubuntu-debootstrap', 'ubuntu'],
  ['alpine', 'alpine'],
  ['centos', 'centos'],
  ['fedora', 'fedora'],
  ['rockylinux', 'rocky'],
  ['almalinux', 'alma'],
  ['oraclelinux', 'ol'],
  ['amazonlinux', 'amazon'],
  ['opensuse', 'opensuse'],
  ['photon', 'photon'],
  ['mageia', 'mageia'],
  ['sl', 'sl'],
]);

/** The release that a tag of an official image itself names; undefined if it names none. */
export function releaseOfTag(image: string, tag: string): Release | undefined {
  const family = distributionImages.get(image);
  return (family && ownTag(family, tag)) ?? rosRelease(image, tag) ?? releaseOfWords(tag);
}

function ownTag(family: ReleaseFamily, tag: string): Release | undefined {
  if (family === 'debian') {
    const version = /^(\d+)(?:\.\d+)*(?:-slim|-backports)?$/.exec(tag)?.[1];
    return version === undefined ? undefined : codenames.get(`debian${version}`);
  }
  if (family === 'ubuntu') return codenames.get(`ubuntu${/^\d\d\.\d\d/.exec(tag)?.[0] ?? ''}`);
  if (family === 'alpine') {
    if (/^(?:edge|20\d{6}$)/.test(tag)) return edge;
    const version = /^\d+\.\d+/.exec(tag)?.[0];
    return version === undefined ? undefined : numbered(family, version);
  }
  const version = /^(?:centos|stream|ol)?(\d+)(?:[.-]|$)/.exec(tag)?.[1];
  if (version === undefined) return undefined;
  // Version 1 was named by its month: 2016.09, 2018.03.
  return numbered(family, family === 'amazon' && /^(?:2016|2017|2018)$/.test(version) ? '1' : version);
}

/** ROS has releases named like those of Ubuntu. Both of these stand on 16.04. */
function rosRelease(image: string, tag: string): Release | undefined {
  if (image !== 'ros' && image !== 'gazebo') return undefined;
  const named = releaseOfWords(tag)?.name;
  const isOfRos = (named === 'kinetic' || named === 'lunar') && !tag.endsWith(`-${named}`);
  return isOfRos ? byCodename.get('xenial') : undefined;
}

/**
 * Whether a release is of one of the families, and at least that version: `{ debian: '12', alpine: '3.19' }`. One that
 * always moves on is newer than any version.
 */
export function isSince(
  release: Release | undefined,
  versions: Readonly<Partial<Record<ReleaseFamily, string>>>,
): boolean {
  const least = release && versions[release.family];
  if (release === undefined || least === undefined) return false;
  return release.version === undefined || compareVersions(release.version, least) >= 0;
}

/** Orders versions number by number: 3.9 before 3.20, and 3 before 3.0. */
export function compareVersions(a: string, b: string): number {
  return compareTagVersions(a.split('.'), b.split('.'));
}

const titles: Readonly<Partial<Record<ReleaseFamily, string>>> = {
  debian: 'Debian',
  ubuntu: 'Ubuntu',
  alpine: 'Alpine',
  amazon: 'Amazon Linux',
};

/** As people call it: `Debian 12`, `Ubuntu 22.04`, `Alpine edge`. */
export function releaseTitle({ family, name, version }: Release): string {
  return `${titles[family] ?? family} ${version ?? name.replace(/^alpine-/, '')}`;
}
