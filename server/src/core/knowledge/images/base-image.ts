// What can be known of a base image.

export interface BaseImage {
  /** Short name of what was recognised (`python`, `gcr.io/distroless/static-debian12`); undefined for unknown images. */
  readonly name: string | undefined;
  /** Key of the distribution; undefined when unknown. */
  readonly distribution: Distribution | undefined;
  /** What /bin/sh is; `none` when the image has no shell. */
  readonly shell: 'none' | 'dash' | 'ash' | 'bash' | 'cmd' | 'powershell' | undefined;
  readonly hasBash: boolean | undefined;
  readonly libc: 'glibc' | 'musl' | 'none' | undefined;
  readonly packageManager: PackageManagerName | 'none' | undefined;
  /** Whether its microdnf waits for a confirmation, as versions from 3.7 on do; false where that is not known. */
  readonly microdnfAsks: boolean;
  /** USER of the image's configuration: '' or root names for root; undefined when unknown. */
  readonly user: string | undefined;
  /** Whether its processes run as root when no USER is set. */
  readonly isRoot: boolean | undefined;
  /** Users it is known to have, by name, with their uid. */
  readonly users: ReadonlyMap<string, number>;
  /** Whether `users` is the whole truth (as on scratch and distroless). */
  readonly usersComplete: boolean;
  /** The user it was given for applications to run as (node on `node`, nonroot on distroless); undefined without. */
  readonly appUser: string | undefined;
  readonly workdir: string | undefined;
  /** Variables its configuration sets, PATH left out; the value where every version has the same. */
  readonly env: ReadonlyMap<string, string | undefined>;
  /** Whether `env` holds all of them. */
  readonly envComplete: boolean;
  /** What it compiles or builds with: an image to build in, not to ship. */
  readonly sdk: Sdk | undefined;
  /** Whether the tag is a variant with a shell added for debugging, of an image that has none otherwise. */
  readonly debugVariant: boolean;
  /** The tag to take instead so that the image runs as a user of its own; undefined when there is none or no need. */
  readonly nonRootTag: string | undefined;
  /** Whether its own CMD or ENTRYPOINT starts a server; false for shells, interpreters, tools and nothing at all. */
  readonly runsService: boolean | undefined;
  /** Whether its own entrypoint starts as root and steps down by itself. Holds only while ENTRYPOINT is the image's. */
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
  | 'maven'
  | 'gradle'
  | 'dotnet'
  | 'node'
  | 'swift'
  | 'haskell'
  | 'dart'
  | 'erlang'
  | 'mono';

/** Any subset of what can be known; the rest is unknown. */
export type ImageFacts = Partial<BaseImage>;

export const unknownImage: BaseImage = {
  name: undefined,
  distribution: undefined,
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
  dropsPrivileges: false,
};

/** A reference cut into what the tables ask for. */
export interface ImageName {
  /** Registry and path, Docker Hub left out: `python`, `bitnami/redis`, `gcr.io/distroless/static`. */
  readonly name: string;
  /** Lower-cased; `latest` when there is neither tag nor digest, undefined when only a digest stands there. */
  readonly tag: string | undefined;
  /** Whether it is one of the images Docker curates (`library/`), also from a mirror that keeps their names. */
  readonly official: boolean;
}
