// Facts that all images of one distribution share, and the distribution that the tag of an official image names.
// Sources: base-passwd (Debian, Ubuntu), alpine-baselayout, setup (Fedora, RHEL), the images themselves.
import type { ImageFacts } from './base-image';
import { compareVersions, releaseOfWords } from './releases';
import type { Release } from './releases';

function users(text: string): ReadonlyMap<string, number> {
  return new Map(
    text
      .trim()
      .split(/\s+/)
      .map((word) => {
        const [name = '', id = ''] = word.split('=');
        return [name, Number(id)];
      }),
  );
}

const debianUsers = users(`
  root=0 daemon=1 bin=2 sys=3 sync=4 games=5 man=6 lp=7 mail=8 news=9 uucp=10 proxy=13 www-data=33 backup=34
  list=38 irc=39 nobody=65534`);
const ubuntu24Users = new Map([...debianUsers, ['ubuntu', 1000] as const]);
// Only the users that all releases share: 3.21 dropped a dozen. Its www-data is a group (82) without a user.
const alpineUsers = users(`
  root=0 bin=1 daemon=2 lp=4 sync=5 shutdown=6 halt=7 mail=8 news=9 uucp=10 cron=16 ftp=21 sshd=22 games=35
  ntp=123 guest=405 nobody=65534`);
const redHatUsers = users(`
  root=0 bin=1 daemon=2 adm=3 lp=4 sync=5 shutdown=6 halt=7 mail=8 operator=11 games=12 ftp=14`);
const redHat8Users = new Map([...redHatUsers, ['nobody', 65534] as const]);
const redHat7Users = new Map([...redHatUsers, ['nobody', 99] as const]);

export const debian: ImageFacts = {
  distribution: 'debian',
  shell: 'dash',
  hasBash: true,
  libc: 'glibc',
  packageManager: 'apt',
  users: debianUsers,
};
export const ubuntu: ImageFacts = { ...debian, distribution: 'ubuntu' };
/** 24.04 and later have a user `ubuntu`. */
export const ubuntu24: ImageFacts = { ...ubuntu, users: ubuntu24Users };
/** Debian or Ubuntu, if it is not known which: they hardly differ in what matters here. */
export const debianOrUbuntu: ImageFacts = { ...debian, distribution: undefined };
export const alpine: ImageFacts = {
  distribution: 'alpine',
  shell: 'ash',
  libc: 'musl',
  packageManager: 'apk',
  users: alpineUsers,
};
const redHat: ImageFacts = { shell: 'bash', hasBash: true, libc: 'glibc', users: redHatUsers };
export const fedora: ImageFacts = {
  ...redHat,
  distribution: 'fedora',
  packageManager: 'dnf',
  users: redHat8Users,
};
export const rhel7: ImageFacts = {
  ...redHat,
  distribution: 'rhel',
  packageManager: 'yum',
  users: redHat7Users,
};
export const rhel8: ImageFacts = {
  ...redHat,
  distribution: 'rhel',
  packageManager: 'dnf',
  users: redHat8Users,
};
export const rhelMinimal: ImageFacts = { ...rhel8, packageManager: 'microdnf' };
/** Since release 9, microdnf asks; in release 8 it does not. */
export const rhelMinimal9: ImageFacts = { ...rhelMinimal, microdnfAsks: true };
export const rhel: ImageFacts = { ...redHat, distribution: 'rhel' };
export const amazon2: ImageFacts = {
  ...redHat,
  distribution: 'amazon',
  packageManager: 'yum',
  users: redHat7Users,
};
export const amazon2023: ImageFacts = {
  ...redHat,
  distribution: 'amazon',
  packageManager: 'dnf',
  users: redHat8Users,
};
export const amazon: ImageFacts = { ...redHat, distribution: 'amazon' };
export const suse: ImageFacts = {
  distribution: 'suse',
  shell: 'bash',
  hasBash: true,
  libc: 'glibc',
  packageManager: 'zypper',
  users: users('root=0 nobody=65534'),
};
export const arch: ImageFacts = {
  distribution: 'arch',
  shell: 'bash',
  hasBash: true,
  libc: 'glibc',
  packageManager: 'pacman',
  users: users('root=0 nobody=65534'),
};
export const azureLinux: ImageFacts = {
  distribution: 'azurelinux',
  shell: 'bash',
  hasBash: true,
  libc: 'glibc',
  packageManager: 'tdnf',
  users: users('root=0 nobody=65534'),
};
export const photon: ImageFacts = { ...azureLinux, distribution: 'photon' };
export const busybox: ImageFacts = {
  distribution: 'busybox',
  shell: 'ash',
  hasBash: false,
  packageManager: 'none',
  users: users('root=0 daemon=1 bin=2 sys=3 sync=4 mail=8 www-data=33 operator=37 nobody=65534'),
};
/** cmd is the default shell of Windows images unless a SHELL in their Dockerfile changed it. */
export const windows: ImageFacts = {
  distribution: 'windows',
  shell: 'cmd',
  hasBash: false,
  libc: 'none',
  packageManager: 'none',
};

/** An image whose configuration sets no USER and no WORKDIR. */
export const rootAtSlash: ImageFacts = { user: '', isRoot: true, workdir: '/' };

/** The facts of a release. Only what all images on it share: on Red Hat's, package managers differ. */
export function factsOfRelease({ family, version }: Release): ImageFacts {
  switch (family) {
    case 'debian':
      return debian;
    case 'ubuntu':
      return version !== undefined && compareVersions(version, '24.04') < 0 ? ubuntu : ubuntu24;
    case 'alpine':
      return alpine;
    case 'fedora':
      return fedora;
    case 'amazon':
      return version === '2023' ? amazon2023 : version === '2' ? amazon2 : amazon;
    case 'opensuse':
      return suse;
    case 'photon':
      return photon;
    case 'mageia':
      return {};
    default:
      return version === '7' && family !== 'sl' ? rhel7 : rhel;
  }
}

/** Words of tags that name a distribution, not one of its releases. The last one in a tag decides. */
const byTagPart: readonly (readonly [RegExp, ImageFacts])[] = [
  [/^alpine(?:[\d.]+)?$/, alpine],
  [/^(?:unstable|testing|stable|oldstable|debian\d*)$/, debian],
  [/^ubuntu\d{0,2}$/, ubuntu],
  [/^(?:centos|rhel|ubi|oraclelinux|oracle|rocky|rockylinux|almalinux)$/, rhel],
  [/^fedora$/, fedora],
  [/^amazonlinux$/, amazon],
  [/^(?:azurelinux|cbl|mariner)[\d.]*$/, azureLinux],
];

/** In tags of Windows images, the first word that names a kind of Windows decides. */
const windowsParts: readonly (readonly [RegExp, ImageFacts])[] = [
  [/^(?:windowsservercore|windows|servercore|ltsc20\d\d)/, { ...windows, shell: 'powershell' }],
  [/^nanoserver/, windows],
];

/**
 * The distribution that a tag of an official image names (`3.13-slim-bookworm`, `21-jdk-alpine`).
 * @returns undefined if it names none
 */
export function distributionOfTag(tag: string): ImageFacts | undefined {
  const parts = tag.split('-');
  const windowsPart = firstOf(parts, windowsParts);
  if (windowsPart) return windowsPart;
  const release = releaseOfWords(tag);
  if (release) return { ...factsOfRelease(release), release };
  return firstOf(parts.reverse(), byTagPart);
}

function firstOf(
  parts: readonly string[],
  table: readonly (readonly [RegExp, ImageFacts])[],
): ImageFacts | undefined {
  for (const part of parts) {
    const found = table.find(([pattern]) => pattern.test(part));
    if (found) return found[1];
  }
  return undefined;
}
