// What well-known base images are known to be. Unknown is always `undefined`, never a guess: a rule that
// says something false about an image is worse than one that is silent.
import type { BaseImage, ImageFacts, ImageName } from './base-image';
import { unknownImage } from './base-image';
import { distributionOfTag } from './distributions';
import { officialImage } from './official-images';
import { vendorImage } from './vendor-images';

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
