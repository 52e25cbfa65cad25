// Reads the JSON of stored images: indexes, manifests, configurations, and the list in an archive of docker save.
import { list, object, text } from '../foreign-json';
import type { HistoryStep, ImageConfig } from './image';

export interface Descriptor {
  readonly mediaType: string;
  /** `sha256:…` */
  readonly digest: string;
  /** `linux/arm64`; empty if it says none. */
  readonly platform: string;
  /** Says something about another image: a signature, a list of packages, where it was built. */
  readonly isAttestation: boolean;
  readonly name: string;
}

/** @returns undefined if it is neither an index nor a list of manifests */
export function readIndex(root: unknown): readonly Descriptor[] | undefined {
  const { manifests } = object(root);
  return Array.isArray(manifests) ? manifests.slice(0, 1000).flatMap(readDescriptor) : undefined;
}

function readDescriptor(raw: unknown): Descriptor[] {
  const { mediaType, digest, platform, annotations, artifactType } = object(raw);
  if (!isDigest(text(digest))) return [];
  const notes = object(annotations);
  const platformText = platformOf(object(platform));
  return [
    {
      mediaType: text(mediaType),
      digest: text(digest),
      platform: platformText,
      isAttestation:
        text(notes['vnd.docker.reference.type']) !== '' ||
        !isImageOrNothing(text(artifactType)) ||
        platformText === 'unknown/unknown',
      name: text(notes['io.containerd.image.name']) || text(notes['org.opencontainers.image.ref.name']),
    },
  ];
}

/** crane gives an image the type of its configuration, as a registry does that lists what refers to another image. */
function isImageOrNothing(artifactType: string): boolean {
  return /^(?:|application\/vnd\.oci\.image\.config\.v1\+json|application\/vnd\.docker\.container\.image\.v1\+json)$/.test(
    artifactType,
  );
}

function platformOf({ os, architecture, variant }: Readonly<Record<string, unknown>>): string {
  return [os, architecture, variant]
    .map(text)
    .filter((part) => part !== '')
    .join('/');
}

export interface StoredManifest {
  readonly config: string;
  readonly layers: readonly { readonly digest: string; readonly isForeign: boolean }[];
}

/** @returns undefined if it is not the manifest of an image */
export function readManifest(root: unknown): StoredManifest | undefined {
  const { config, layers } = object(root);
  const digest = text(object(config)['digest']);
  if (!isDigest(digest) || !Array.isArray(layers)) return undefined;
  const all = layers.map(object);
  if (all.some((layer) => !isDigest(text(layer['digest'])))) return undefined;
  return {
    config: digest,
    layers: all.map((layer) => ({
      digest: text(layer['digest']),
      isForeign: /foreign|nondistributable/.test(text(layer['mediaType'])),
    })),
  };
}

function isDigest(digest: string): boolean {
  return /^[a-z0-9]+:[0-9a-f]{32,128}$/.test(digest);
}

export interface SavedImage {
  readonly names: readonly string[];
  /** Paths in the archive. */
  readonly config: string;
  readonly layers: readonly string[];
}

/** The list in an archive of docker save. @returns undefined if it is none */
export function readSavedImages(root: unknown): readonly SavedImage[] | undefined {
  if (!Array.isArray(root)) return undefined;
  return root.slice(0, 1000).map((raw) => {
    const saved = object(raw);
    return {
      names: list(saved['RepoTags']).map(text),
      config: text(saved['Config']),
      layers: list(saved['Layers']).map(text),
    };
  });
}

export interface StoredConfig {
  readonly platform: string;
  readonly config: ImageConfig;
  readonly history: readonly HistoryStep[];
  readonly diffIds: readonly string[];
}

export function readImageConfig(root: unknown): StoredConfig {
  const whole = object(root);
  const config = object(whole['config']);
  return {
    platform: platformOf(whole),
    config: {
      user: text(config['User']),
      ports: Object.keys(object(config['ExposedPorts'])).sort(),
    },
    history: list(whole['history'])
      .map(object)
      .map((step) => ({ createdBy: text(step['created_by']), isEmpty: step['empty_layer'] === true })),
    diffIds: list(object(whole['rootfs'])['diff_ids']).map(text),
  };
}
