// Facts about well-known base images. Unknown is always `undefined`, never a guess: a rule that says something false
// about an image is worse than a rule that says nothing.
import type { BaseImage, ImageFacts, ImageName } from './base-image';
import { unknownImage } from './base-image';
import { distributionOfTag } from './distributions';
import { officialImage } from './official-images';
import { architectureOfTag, platformOfNamespace } from './platforms';
import type { Platform } from './platforms';
import { vendorImage } from './vendor-images';

/** The empty image: no files, no users (so only numbers work in USER), only PATH in the environment. */
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

/** Names of Docker Hub, and mirrors that have its official images under the same name. */
const hubPrefixes = ['docker.io/', 'index.docker.io/', 'registry.hub.docker.com/'];
const libraryMirrors = [
  'public.ecr.aws/docker/library/',
  'mcr.microsoft.com/mirror/docker/library/',
  'mirror.gcr.io/library/',
];

/** Splits a reference without variables. Does not validate it. */
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
  if (hub) name = name.replace(/^library\//, '');
  const platform = hub ? platformOfNamespace(name.slice(0, Math.max(name.indexOf('/'), 0))) : undefined;
  if (platform) name = name.slice(name.indexOf('/') + 1);
  return { name, tag, official: hub && !name.includes('/'), platform };
}

/** Whether the part before the first slash is a registry, by the rule of distribution/reference. */
function hasHost(name: string): boolean {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  return first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase();
}

/**
 * The facts about an image.
 * @param reference with variables replaced by known values; undefined if a value is not known
 */
export function knowImage(reference: string | undefined): BaseImage {
  if (reference === undefined || reference === '') return unknownImage;
  if (reference === 'scratch') return scratch;
  let known = recent.get(reference);
  if (!known) {
    if (recent.size >= mostRecent) recent.clear();
    recent.set(reference, (known = readReference(reference)));
  }
  return known;
}

/** The same few images stand in file after file, and in one file after every key. */
const recent = new Map<string, BaseImage>();
const mostRecent = 200;

function readReference(reference: string): BaseImage {
  const image = imageName(reference);
  const facts = image.official ? officialImage(image) : vendorImage(image);
  const known = facts ?? windowsByName(image);
  return { ...unknownImage, ...known, platform: platformOf(image, known?.distribution === 'windows') };
}

/**
 * Of an image for one platform. Images of other publishers may hold whatever their tag says, and a tag that names no
 * system may stand for Linux and Windows.
 */
function platformOf({ name, tag, platform }: ImageName, isWindows: boolean): Platform | undefined {
  if (platform) return platform;
  const tellsByTag = /^(?:mcr\.microsoft\.com\/dotnet|gcr\.io\/distroless)\//.test(name);
  const architecture = tag !== undefined && tellsByTag ? architectureOfTag(tag) : undefined;
  if (isWindows) return { os: 'windows', architecture };
  return architecture === undefined ? undefined : { os: 'linux', architecture };
}

/** Names and tags that only Windows images have. For other images of unknown publishers, a tag proves nothing. */
function windowsByName({ name, tag }: ImageName): ImageFacts | undefined {
  const windows =
    (tag !== undefined && distributionOfTag(tag)?.distribution === 'windows') ||
    /(?:^|[-_/])(?:windowsservercore|nanoserver|servercore)(?:$|[-_/])|[-_]windows$/.test(name);
  return windows
    ? { distribution: 'windows', shell: 'cmd', hasBash: false, libc: 'none', packageManager: 'none' }
    : undefined;
}
