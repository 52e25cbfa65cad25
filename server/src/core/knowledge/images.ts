// What well-known base images are known to be. Unknown is always `undefined`, never a guess: a rule that
// says something false about an image is worse than one that is silent.
import { distributionOfTag } from './distributions';
import { officialImage } from './official-images';
import { vendorImage } from './vendor-images';

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

export type PackageManagerName = 'apt' | 'apk' | 'dnf' | 'microdnf' | 'yum' | 'tdnf' | 'zypper' | 'pacman';

export type Sdk =
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

/** The empty image: no files, no users (so only numbers work in USER), nothing but PATH in the environment. */
const scratch: BaseImage = {
  ...unknownImage,
  name: 'scratch',
  distribution: 'scratch',
  shell: 'none',
  hasBash: false,
  libc: 'none',
  packageManager: 'none',
  user: '',
  isRoot: true,
  usersComplete: true,
  workdir: '/',
  envComplete: true,
  runsService: false,
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

/** Spellings of Docker Hub, and mirrors that carry its curated images under the same name. */
const hubPrefixes = ['docker.io/', 'index.docker.io/', 'registry.hub.docker.com/'];
const libraryMirrors = [
  'public.ecr.aws/docker/library/',
  'mcr.microsoft.com/mirror/docker/library/',
  'mirror.gcr.io/library/',
];
/** Hub namespaces with the curated images for one architecture each. */
const architectures =
  /^(?:amd64|arm32v5|arm32v6|arm32v7|arm64v8|i386|mips64le|ppc64le|riscv64|s390x|windows-amd64|winamd64)\//;

/** Splits a reference without variables. Nothing is checked. */
export function imageName(reference: string): ImageName {
  const digestAt = reference.indexOf('@');
  let name = digestAt < 0 ? reference : reference.slice(0, digestAt);
  let tag: string | undefined = digestAt < 0 ? 'latest' : undefined;
  const colon = name.lastIndexOf(':');
  if (colon > name.lastIndexOf('/')) {
    tag = name.slice(colon + 1).toLowerCase();
    name = name.slice(0, colon);
  }
  let hub = true;
  const mirror = libraryMirrors.find((prefix) => name.startsWith(prefix));
  const prefix = hubPrefixes.find((one) => name.startsWith(one));
  if (mirror) name = name.slice(mirror.length);
  else if (prefix) name = name.slice(prefix.length);
  else hub = !hasHost(name);
  if (hub) name = name.replace(/^library\//, '').replace(architectures, '');
  return { name, tag, official: hub && !name.includes('/') };
}

/** Whether the part in front of the first slash is a registry, by the rule of distribution/reference. */
function hasHost(name: string): boolean {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  return first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase();
}

/**
 * What is known of an image.
 * @param reference with known values in the place of variables; undefined when it holds one without
 */
export function knowImage(reference: string | undefined): BaseImage {
  if (reference === undefined || reference === '') return unknownImage;
  if (reference === 'scratch') return scratch;
  const image = imageName(reference);
  const facts = image.official ? officialImage(image) : vendorImage(image);
  return { ...unknownImage, ...(facts ?? windowsByName(image)) };
}

/** Names and tags that only images for Windows have. Of other images of unknown makers, a tag proves nothing. */
function windowsByName({ name, tag }: ImageName): ImageFacts | undefined {
  const windows =
    (tag !== undefined && distributionOfTag(tag)?.distribution === 'windows') ||
    /(?:^|[-_/])(?:windowsservercore|nanoserver|servercore)(?:$|[-_/])|[-_]windows$/.test(name);
  return windows
    ? { distribution: 'windows', shell: 'cmd', hasBash: false, libc: 'none', packageManager: 'none' }
    : undefined;
}
