// The attack surface of an image: what somebody who got into a container would find. All of it comes from the files and the
// configuration; nothing is started.
import type { ImageConfig } from './image';
import type { Merged } from './file-tree';
import { readPackages } from './installed-packages';
import type { InstalledPackage } from './installed-packages';

export interface Surface {
  /** Absolute paths. */
  readonly shells: readonly string[];
  readonly packageManagers: readonly string[];
  /** Programs that fetch from the network. */
  readonly downloaders: readonly string[];
  readonly interpreters: readonly string[];
  /** Programs that run with the rights of their owner or group. */
  readonly setuid: readonly string[];
  /** Programs with capabilities of their own. */
  readonly capable: readonly string[];
  /** Files and folders that every user may write; folders such as /tmp, where only owners delete, are left out. */
  readonly writable: readonly string[];
  /** As the image says it; `root` if it says nothing. */
  readonly user: string;
  readonly ports: readonly string[];
  readonly packages: readonly InstalledPackage[];
  /** Lists of packages that are there and cannot be read. */
  readonly unreadPackages: readonly 'rpm'[];
  /** Files and links. */
  readonly files: number;
  readonly hasCertificates: boolean;
  readonly hasTimeZones: boolean;
  /** /etc/passwd. */
  readonly hasUserList: boolean;
  readonly hasTemporaryFolder: boolean;
  readonly libc: 'glibc' | 'musl' | 'none';
  /** As os-release says it; empty without one. */
  readonly system: string;
}

/** The last part of a path below one of the folders for programs. */
const program = (names: string): RegExp =>
  new RegExp(`^(?:(?:usr/|usr/local/|busybox/|opt/[^/]+/|usr/local/[^/]+/)?s?bin/|busybox/)(?:${names})$`);

const programs = {
  shells: program('sh|bash|dash|ash|zsh|ksh|mksh|fish|busybox|toybox|pwsh'),
  packageManagers: program(
    'apt|apt-get|dpkg|apk|dnf5?|microdnf|tdnf|yum|rpm|zypper|pacman|opkg|pip3?|npm|npx|yarn|pnpm|corepack|gem|bundle|composer|cargo|conda|uv',
  ),
  downloaders: program('curl|wget|nc|ncat|netcat|socat|ssh|scp|ftp|rsync|git'),
  interpreters: program(
    'python(?:[23](?:\\.\\d+)?)?|node|deno|bun|perl|ruby|php|lua[\\d.]*|java|tclsh|gawk|mawk|awk|guile',
  ),
};

const certificates =
  /^(?:etc\/ssl\/(?:certs\/.+|cert\.pem)|etc\/pki\/(?:tls\/certs\/ca-bundle\.crt|ca-trust\/extracted\/.+)|usr\/share\/ca-certificates\/.+)$/;
const timeZones = /^usr\/(?:share|lib)\/zoneinfo\/.+/;
const rpmDatabase = /^(?:var\/lib|usr\/lib\/sysimage)\/rpm\/(?:rpmdb\.sqlite|Packages(?:\.db)?)$/;
const musl = /^(?:usr\/)?lib\/ld-musl-[^/]+$/;
const glibc = /^(?:usr\/)?lib(?:64|32)?\/(?:[^/]+\/)?(?:ld-linux[^/]*\.so[^/]*|libc\.so\.6)$/;

export function readSurface({ present }: Pick<Merged, 'present'>, config: ImageConfig): Surface {
  const lists: Record<
    'shells' | 'packageManagers' | 'downloaders' | 'interpreters' | 'setuid' | 'capable' | 'writable',
    string[]
  > = {
    shells: [],
    packageManagers: [],
    downloaders: [],
    interpreters: [],
    setuid: [],
    capable: [],
    writable: [],
  };
  const seen = { certificates: false, timeZones: false, rpm: false, musl: false, glibc: false };
  let files = 0;
  for (const [path, { entry }] of present) {
    const { kind, mode } = entry;
    if (kind === 'folder') {
      if ((mode & 0o1002) === 0o002) lists.writable.push(`/${path}`);
      continue;
    }
    files += 1;
    for (const name of ['shells', 'packageManagers', 'downloaders', 'interpreters'] as const)
      if (programs[name].test(path)) lists[name].push(`/${path}`);
    seen.musl ||= musl.test(path);
    seen.glibc ||= glibc.test(path);
    seen.rpm ||= rpmDatabase.test(path);
    seen.timeZones ||= timeZones.test(path);
    seen.certificates ||= certificates.test(path);
    if (kind === 'symlink' || kind === 'other') continue;
    if ((mode & 0o6000) !== 0) lists.setuid.push(`/${path}`);
    if (entry.isCapable) lists.capable.push(`/${path}`);
    if ((mode & 0o002) !== 0) lists.writable.push(`/${path}`);
  }
  for (const list of Object.values(lists)) list.sort();
  return {
    ...lists,
    user: config.user === '' ? 'root' : config.user,
    ports: config.ports,
    packages: readPackages(present),
    unreadPackages: seen.rpm ? ['rpm'] : [],
    files,
    hasCertificates: seen.certificates,
    hasTimeZones: seen.timeZones,
    hasUserList: present.has('etc/passwd'),
    hasTemporaryFolder: present.get('tmp')?.entry.kind === 'folder',
    libc: seen.glibc ? 'glibc' : seen.musl ? 'musl' : 'none',
    system: systemOf(
      present.get('etc/os-release')?.entry.text ?? present.get('usr/lib/os-release')?.entry.text ?? '',
    ),
  };
}

function systemOf(release: string): string {
  const line = release.split('\n').find((one) => one.startsWith('PRETTY_NAME='));
  return (line ?? '')
    .slice('PRETTY_NAME='.length)
    .trim()
    .replace(/^["']|["']$/g, '')
    .slice(0, 200);
}
