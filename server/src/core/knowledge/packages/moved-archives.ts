// Releases whose packages have left the servers that their images ask, and where they are now. A row is an error only
// with a dated source: somebody asked the server, or builds fail there. Other rows are warnings.

export interface MovedArchive {
  /** Name of the release. */
  readonly release: string;
  readonly kind: 'debian' | 'ubuntu' | 'centos';
  /** When its packages left, as the message says it; undefined if not known. */
  readonly since: string | undefined;
  /** Whether the archive has its `-updates`. */
  readonly hasUpdates: boolean;
  /** Whether its keys have expired, so that apt refuses its lists. */
  readonly keysExpired: boolean;
  readonly severity: 'error' | 'warning';
  /** Who saw it, and when. */
  readonly source: string;
}

const seenInBuilds = 'Shipwright data set, builds of 2020: 404 for its lists';

function debian(release: string, since: string | undefined, source: string): MovedArchive {
  const isKept = release === 'buster';
  return {
    release,
    kind: 'debian',
    since,
    hasUpdates: isKept,
    keysExpired: !isKept,
    severity: 'error',
    source,
  };
}

function ubuntu(release: string, source: string, severity: 'error' | 'warning' = 'error'): MovedArchive {
  return {
    release,
    kind: 'ubuntu',
    since: undefined,
    hasUpdates: true,
    keysExpired: false,
    severity,
    source,
  };
}

function centos(release: string, since: string | undefined, source: string): MovedArchive {
  return {
    release,
    kind: 'centos',
    since,
    hasUpdates: true,
    keysExpired: false,
    severity: 'error',
    source,
  };
}

const moved: readonly MovedArchive[] = [
  debian('wheezy', undefined, `${seenInBuilds}; its keys expired by 2022-11-19`),
  debian('jessie', undefined, 'deb.debian.org, 404 on 2026-11-28; its keys expired by 2022-11-19'),
  debian('stretch', 'April 2023', 'deb.debian.org, 404 on 2026-11-28; its keys expired on 2025-05-20'),
  debian('buster', 'July 2025', 'deb.debian.org, 404 on 2026-11-28; archive.debian.org has buster-updates'),
  ubuntu('precise', 'old-releases.ubuntu.com has it; seen in builds of 2020 and later'),
  ...[
    'quantal',
    'raring',
    'saucy',
    'utopic',
    'vivid',
    'wily',
    'yakkety',
    'zesty',
    'artful',
    'cosmic',
    'disco',
  ].map((release) => ubuntu(release, seenInBuilds)),
  ...['eoan', 'groovy', 'hirsute', 'impish', 'kinetic', 'lunar', 'mantic', 'oracular'].map((release) =>
    ubuntu(release, 'old-releases.ubuntu.com has it, and public issues show 404, up to 24.10 in 2025'),
  ),
  // Past their end. Nobody has seen the move yet.
  ubuntu('plucky', 'ended on 2026-01-15', 'warning'),
  ubuntu('questing', 'ended on 2026-07-09', 'warning'),
  centos('centos6', 'November 2020', 'mirrorlist.centos.org has no list for it since 2020-11-30'),
  centos('centos7', 'July 2024', 'mirrorlist.centos.org is gone since 2024-07-01'),
  centos('centos8', 'January 2022', 'mirrorlist.centos.org has no list for it since 2022-01-31'),
];

const byRelease: ReadonlyMap<string, MovedArchive> = new Map(moved.map((row) => [row.release, row]));

/** Where the packages of a release went; undefined if they are where its images look for them. */
export function movedArchive(release: string | undefined): MovedArchive | undefined {
  return release === undefined ? undefined : byRelease.get(release);
}

/** Suites beside those of releases that are gone, with where they went; undefined if nobody has them. */
const movedSuites: ReadonlySet<string> = new Set(['bullseye-backports']);

/** Whether a suite of Debian or Ubuntu is not on its usual server: `jessie-backports`, `artful-updates`. */
export function isMovedSuite(suite: string): boolean {
  return movedSuites.has(suite) || byRelease.has(suite.split(/[-/]/, 1)[0] ?? '');
}

/** Releases past their end whose packages are still served, with the month of the end. */
export const endedReleases: ReadonlyMap<string, string> = new Map([['bullseye', 'August 2026']]);
