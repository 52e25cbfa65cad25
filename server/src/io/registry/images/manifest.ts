// Manifests: what a registry says a tag or digest is. Everything is read through checks into fresh objects.
import { isRecord } from '../../../core/text/record';
import type { JsonObject } from '../../../core/text/record';
import { parseDigest } from './digest';
import type { Digest } from './digest';
import { RegistryError } from '../errors';
import type { RegistryFault } from '../errors';

/** All four, always: with fewer a registry answers with a converted schema 1, or with the amd64 child of a list. */
export const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const;

const indexTypes: readonly string[] = manifestTypes.slice(0, 2);
const imageTypes: readonly string[] = manifestTypes.slice(2);

/**
 * Configs that make a manifest an image. The generic types are what early Docker releases pushed
 * (distribution issue 1621), and Docker still pulls them.
 */
const configTypes: readonly string[] = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
  'application/octet-stream',
  'application/json',
  'text/html',
];

/** More entries than any real index; refused so that one answer cannot keep us busy. */
const maxEntries = 1_000;

export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string | undefined;
  readonly osVersion?: string | undefined;
}

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
}

/** One image (or inner index) of an index; attestations are already left out. */
export interface IndexEntry extends Descriptor {
  readonly platform: Platform | undefined;
}

export type Manifest = {
  readonly mediaType: string;
  /** When it was built, if an annotation says so: milliseconds since 1970. */
  readonly created: number | undefined;
} & (
  | { readonly kind: 'index'; readonly entries: readonly IndexEntry[] }
  /** `bytes`: of its layers, compressed. */
  | { readonly kind: 'image'; readonly config: Descriptor; readonly bytes: number }
);

/** Where a manifest came from, for messages. */
export interface Source {
  readonly host: string;
  readonly name: string;
}

/**
 * Reads a manifest.
 * @param contentType the header's value; parameters such as charset are ignored, `application/json` is tolerated
 * @throws RegistryError Protocol, Unsupported (schema 1, not an image) or TooLarge
 */
export function parseManifest(bytes: Uint8Array, contentType: string | undefined, from: Source): Manifest {
  const outer = (contentType ?? '').replace(/;.*$/s, '').trim().toLowerCase();
  if (/^application\/vnd\.docker\.distribution\.manifest\.v1\+/.test(outer))
    throw unsupported('schema1', from);
  const generic = outer === '' || outer === 'application/json' || outer === 'application/octet-stream';
  if (!generic && !manifestTypes.some((type) => type === outer)) {
    // Neither a manifest nor untyped JSON: a login page, or an artifact of another kind.
    throw outer.endsWith('+json') ? unsupported('artifact', from) : protocol(from);
  }
  const value = parseJson(bytes);
  if (!isRecord(value)) throw protocol(from);
  if (value['schemaVersion'] === 1) throw unsupported('schema1', from);
  if (value['schemaVersion'] !== 2) throw protocol(from);
  const inner = value['mediaType'];
  if (inner !== undefined && typeof inner !== 'string') throw protocol(from);
  if (inner !== undefined && !generic && inner !== outer) throw protocol(from);
  const mediaType =
    inner ??
    (generic ? undefined : outer) ??
    (Array.isArray(value['manifests']) ? indexTypes[0] : imageTypes[0]);
  if (mediaType !== undefined && indexTypes.includes(mediaType)) return readIndex(value, mediaType, from);
  if (mediaType !== undefined && imageTypes.includes(mediaType)) return readImage(value, mediaType, from);
  throw unsupported('artifact', from);
}

function readIndex(value: JsonObject, mediaType: string, from: Source): Manifest {
  const list = value['manifests'];
  // One document that is both would be read as one thing by us and another by the engine.
  if (!Array.isArray(list) || value['layers'] !== undefined || value['config'] !== undefined)
    throw protocol(from);
  if (list.length > maxEntries) throw new RegistryError({ code: 'TooLarge', host: from.host, what: 'index' });
  const entries = list.map((item: unknown) => readEntry(item, from)).filter((entry) => entry !== undefined);
  if (entries.length === 0) throw unsupported('artifact', from);
  return { kind: 'index', mediaType, entries, created: createdInAnnotations(value) };
}

function readEntry(item: unknown, from: Source): IndexEntry | undefined {
  if (!isRecord(item)) throw protocol(from);
  const descriptor = readDescriptor(item, from);
  if (!manifestTypes.some((type) => type === descriptor.mediaType)) return undefined;
  const annotations = item['annotations'];
  if (isRecord(annotations) && annotations['vnd.docker.reference.type'] === 'attestation-manifest')
    return undefined;
  const platform = readPlatform(item['platform']);
  if (platform?.os === 'unknown' && platform.architecture === 'unknown') return undefined;
  return { ...descriptor, platform };
}

function readImage(value: JsonObject, mediaType: string, from: Source): Manifest {
  if (!isRecord(value['config']) || !Array.isArray(value['layers']) || value['manifests'] !== undefined)
    throw protocol(from);
  const config = readDescriptor(value['config'], from);
  if (!configTypes.includes(config.mediaType)) throw unsupported('artifact', from);
  const bytes = value['layers'].reduce((sum: number, layer: unknown) => sum + sizeOf(layer), 0);
  return { kind: 'image', mediaType, config, bytes, created: createdInAnnotations(value) };
}

/** 0 for what says none: a wrong size spoils no digest. */
function sizeOf(layer: unknown): number {
  const size = isRecord(layer) ? layer['size'] : undefined;
  return typeof size === 'number' && Number.isSafeInteger(size) && size > 0 ? size : 0;
}

/** Before Docker. Builds that hide their time write 1970 or 1980. */
const firstImages = Date.UTC(2013, 0, 1);

/** @returns milliseconds since 1970; undefined for anything but a believable time */
export function readTime(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 64) return undefined;
  const time = Date.parse(value);
  return time >= firstImages ? time : undefined;
}

function createdInAnnotations({ annotations }: JsonObject): number | undefined {
  return isRecord(annotations) ? readTime(annotations['org.opencontainers.image.created']) : undefined;
}

function readDescriptor(value: JsonObject, from: Source): Descriptor {
  const { mediaType, digest, size } = value;
  const parsed = typeof digest === 'string' ? parseDigest(digest) : undefined;
  if (typeof mediaType !== 'string' || parsed === undefined) throw protocol(from);
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) throw protocol(from);
  return { mediaType, digest: parsed, size };
}

/**
 * Reads a platform from an index entry, or from the top of an image's config.
 * @returns undefined when it is absent or not one
 */
export function readPlatform(value: unknown): Platform | undefined {
  if (!isRecord(value)) return undefined;
  const word = (key: string): string | undefined => {
    const text = value[key];
    return typeof text === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(text) ? text : undefined;
  };
  const os = word('os');
  const architecture = word('architecture');
  if (os === undefined || architecture === undefined) return undefined;
  return { os, architecture, variant: word('variant'), osVersion: word('os.version') };
}

/** `linux/arm64`, `linux/arm/v7`; variants that say nothing (arm64's v8) are left out. */
export function formatPlatform(platform: Platform): string {
  const variant = significantVariant(platform);
  return `${platform.os}/${platform.architecture}${variant === '' ? '' : `/${variant}`}`;
}

/** Whether an image for one runs as an image for the other; Windows' build number does not count. */
export function samePlatform(a: Platform, b: Platform): boolean {
  return formatPlatform(a) === formatPlatform(b);
}

/** As containerd normalises: arm64 is v8 and arm is v7 when nothing is said. */
function significantVariant({ architecture, variant = '' }: Platform): string {
  if (architecture === 'arm64') return variant === 'v8' ? '' : variant;
  return architecture === 'arm' && variant === '' ? 'v7' : variant;
}

/** @returns undefined for anything but UTF-8 JSON; a byte order mark is an error, as it is to every engine */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
    );
    return value;
  } catch {
    return undefined; // no JSON value parses to undefined
  }
}

function fault(fields: RegistryFault): RegistryError {
  return new RegistryError(fields);
}

function protocol(from: Source): RegistryError {
  return fault({ code: 'Protocol', host: from.host, what: 'manifest' });
}

function unsupported(what: 'schema1' | 'artifact', from: Source): RegistryError {
  return fault({ code: 'Unsupported', what, name: from.name });
}
