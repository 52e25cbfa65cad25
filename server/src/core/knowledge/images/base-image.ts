// The facts that can be known about a base image.
import type { Platform } from './platforms';
import type { Release } from './releases';

export interface BaseImage {
  /** Short name of the image (`python`, `gcr.io/distroless/static-debian12`); undefined for unknown images. */
  readonly name: string | undefined;
  /** Key of the distribution; undefined if unknown. */
  readonly distribution: Distribution | undefined;
  /**
   * The release of its distribution: by the words of its tag, else by the generated table, where a tag that moves has
   * the release that it had when the table was made. Undefined if unknown.
   */
  readonly release: Release | undefined;
  /**
   * The month (YYYY-MM) in which the release line of an official image was last listed, by the generated table;
   * undefined for a line that was listed when the table was made, and if unknown.
   */
  readonly lastListed: string | undefined;
  /** What it is for, as far as its name says so: an image for several architectures has none here. */
  readonly platform: Platform | undefined;
  /** The shell at /bin/sh; `none` if the image has no shell. */
  readonly shell: 'none' | 'dash' | 'ash' | 'bash' | 'cmd' | 'powershell' | undefined;
  readonly hasBash: boolean | undefined;
  readonly libc: 'glibc' | 'musl' | 'none' | undefined;
  readonly packageManager: PackageManagerName | 'none' | undefined;
  /** Whether its microdnf asks for confirmation, as versions since 3.7 do; false if unknown. */
  readonly microdnfAsks: boolean;
  /** USER of the image's configuration: '' or root names for root; undefined if unknown. */
  readonly user: string | undefined;
  /** Whether its processes run as root without a USER instruction. */
  readonly isRoot: boolean | undefined;
  /** Users it is known to have, by name, with their uid. */
  readonly users: ReadonlyMap<string, number>;
  /** Whether `users` is complete (as on scratch and distroless). */
  readonly usersComplete: boolean;
  /** Its user for applications (node on `node`, nonroot on distroless); undefined if there is none. */
  readonly appUser: string | undefined;
  readonly workdir: string | undefined;
  /** Variables of its configuration, without PATH; with a value if all versions have the same one. */
  readonly env: ReadonlyMap<string, string | undefined>;
  /** Whether `env` is complete. */
  readonly envComplete: boolean;
  /** Its SDK, if it is an image to build in, not to ship. */
  readonly sdk: Sdk | undefined;
  /** Whether the tag is a debug variant: with a shell, although the image normally has none. */
  readonly debugVariant: boolean;
  /** A tag of the image that does not run as root; undefined if there is none, or this tag already does not. */
  readonly nonRootTag: string | undefined;
  /** Whether its own CMD or ENTRYPOINT starts a server; false for shells, interpreters, tools and no command. */
  readonly runsService: boolean | undefined;
  /** Ports that its own program listens on; the main port first. Empty if unknown. */
  readonly exposes: readonly number[];
  /** Whether its own entrypoint starts as root and then changes the user. Not valid after another ENTRYPOINT. */
  readonly dropsPrivileges: boolean;
}

export type Distribution =
  | 'scratch'
  | 'distroless'
  | 'chainguard-static'
  | 'alpine'
  | 'wolfi'
  | 'debian'
  | 'ubuntu'
  | 'fedora'
  | 'rhel'
  | 'amazon'
  | 'azurelinux'
  | 'photon'
  | 'suse'
  | 'arch'
  | 'busybox'
  | 'windows';

type PackageManagerName = 'apt' | 'apk' | 'dnf' | 'microdnf' | 'yum' | 'tdnf' | 'zypper' | 'pacman';

type Sdk =
  | 'go'
  | 'rust'
  | 'gcc'
  | 'java'
  | 'maven'
  | 'sbt'
  | 'gradle'
  | 'dotnet'
  | 'node'
  | 'swift'
  | 'haskell'
  | 'dart'
  | 'erlang'
  | 'mono';

/** Some of the facts; the others are unknown. */
export type ImageFacts = Partial<BaseImage>;

export const unknownImage: BaseImage = {
  name: undefined,
  distribution: undefined,
  release: undefined,
  lastListed: undefined,
  platform: undefined,
  shell: undefined,
  hasBash: undefined,
  libc: undefined,
  packageManager: undefined,
  microdnfAsks: false,
  user: undefined,
  isRoot: undefined,
  users: new Map(),
  usersComplete: false,
  appUser: undefined,
  workdir: undefined,
  env: new Map(),
  envComplete: false,
  sdk: undefined,
  debugVariant: false,
  nonRootTag: undefined,
  runsService: undefined,
  exposes: [],
  dropsPrivileges: false,
};

/** The parts of a reference that the tables need. */
export interface ImageName {
  /** Registry and path, without Docker Hub: `python`, `bitnami/redis`, `gcr.io/distroless/static`. */
  readonly name: string;
  /** Lower-cased; `latest` without tag and digest, undefined with only a digest. */
  readonly tag: string | undefined;
  /** Whether it is an official image of Docker (`library/`), also from a mirror that keeps the names. */
  readonly official: boolean;
  /** Of a namespace that holds official images for one platform. */
  readonly platform?: Platform | undefined;
}
