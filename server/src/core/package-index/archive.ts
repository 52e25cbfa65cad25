// Names one set of packages: those of a release of a distribution, for an architecture.
import type { VersionScheme } from './versions';

export const archiveFamilies = ['debian', 'ubuntu', 'alpine', 'fedora'] as const;

export type ArchiveFamily = (typeof archiveFamilies)[number];

export interface Archive {
  readonly family: ArchiveFamily;
  /** As the paths of its archive have it: `bookworm`, `noble`, `3.20`, `edge`, `41`. */
  readonly release: string;
  /** In Docker's words: `amd64`, `arm64`. Undefined: that of the machine which builds. */
  readonly architecture: string | undefined;
}

export function archiveKey({ family, release, architecture }: Archive): string {
  return `${family} ${release} ${architecture ?? 'any'}`;
}

export const schemeOf: Readonly<Record<ArchiveFamily, VersionScheme>> = {
  debian: 'deb',
  ubuntu: 'deb',
  alpine: 'apk',
  fedora: 'rpm',
};

const titles: Readonly<Record<ArchiveFamily, string>> = {
  debian: 'Debian',
  ubuntu: 'Ubuntu',
  alpine: 'Alpine',
  fedora: 'Fedora',
};

/** As people call it: `Debian bookworm`, `Alpine 3.20`. */
export function archiveTitle({ family, release }: Archive): string {
  return `${titles[family]} ${release}`;
}
