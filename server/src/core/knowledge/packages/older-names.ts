// Packages of Debian and Ubuntu that older releases have under another name.
import { isSince } from '../images/releases';
import type { Release, ReleaseFamily } from '../images/releases';

/** `NAME=OLDER`. */
function named(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(/\s+/).map((pair) => pair.split('=') as [string, string]));
}

/** By the first releases with the newer name. */
const renamed: readonly (readonly [
  since: Readonly<Partial<Record<ReleaseFamily, string>>>,
  names: ReadonlyMap<string, string>,
])[] = [
  [
    { debian: '11', ubuntu: '20.04' },
    named(
      'libfreetype-dev=libfreetype6-dev libldap-dev=libldap2-dev libgcc-s1=libgcc1 libenchant-2-dev=libenchant-dev',
    ),
  ],
  [
    { debian: '10', ubuntu: '18.10' },
    named(
      `libncurses-dev=libncurses5-dev libgl-dev=libgl1-mesa-dev libegl-dev=libegl1-mesa-dev libgl1=libgl1-mesa-glx
      libcurl4=libcurl3`,
    ),
  ],
  [
    { debian: '9', ubuntu: '18.04' },
    named(
      'default-libmysqlclient-dev=libmysqlclient-dev default-mysql-client=mysql-client default-mysql-server=mysql-server',
    ),
  ],
];

/** Packages that the first releases do not have at all, by the first that has. */
const newcomers: ReadonlyMap<string, Readonly<Partial<Record<ReleaseFamily, string>>>> = new Map(
  ['cargo', 'rustc', 'composer'].map((name) => [name, { debian: '9', ubuntu: '16.04' }]),
);

/** Whether a release of Debian or Ubuntu is too old to have a package under any name. */
export function isBeforePackage(name: string, release: Release | undefined): boolean {
  const since = newcomers.get(name);
  return since !== undefined && release !== undefined && isBefore(release, since);
}

function isBefore(release: Release, since: Readonly<Partial<Record<ReleaseFamily, string>>>): boolean {
  return (release.family === 'debian' || release.family === 'ubuntu') && !isSince(release, since);
}

/** The name of a package in a release; the newer one if the release is not known. */
export function nameInRelease(name: string, release: Release | undefined): string {
  const row = release && renamed.find(([since, names]) => names.has(name) && isBefore(release, since));
  return row?.[1].get(name) ?? name;
}
