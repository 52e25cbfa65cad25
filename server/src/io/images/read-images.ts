// Reads images from an archive or a folder. Layers pass through as a stream; only facts about their files stay.
import { lstat, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageTrouble, ReadImage, ReadLayer } from '../../workflow/image/image';
import { readImageConfig, readIndex, readManifest, readSavedImages } from '../../workflow/image/manifest';
import type { StoredConfig } from '../../workflow/image/manifest';
import type { CancelSignal } from '../../workflow/run';
import { ArchiveStore, FolderStore } from './blob-store';
import type { BlobStore } from './blob-store';
import type { Bytes } from './bytes';
import { ImageError, toTrouble } from './image-error';
import { LayerBudget, readLayer } from './read-layer';

export interface ReadOptions {
  /** Only this platform: `linux/arm64`, also for `linux/arm64/v8`. Without it: all that are there. */
  readonly platform?: string | undefined;
  /** Whether to measure what gzip makes of layers that are stored unpacked. */
  readonly measure: boolean;
  readonly signal?: CancelSignal | undefined;
}

export type ImagesRead = { readonly images: readonly ReadImage[] } | { readonly trouble: ImageTrouble };

/** An image before its layers are read. */
interface FoundImage {
  readonly names: readonly string[];
  readonly config: StoredConfig;
  readonly layers: readonly { readonly part: string; readonly digest: string; readonly isForeign: boolean }[];
}

/** Whether a folder holds an image, so that its path means that and not the name of an image. */
export async function holdsImage(folder: string): Promise<boolean> {
  for (const name of ['index.json', 'manifest.json'])
    if (
      await lstat(join(folder, name)).then(
        (found) => found.isFile(),
        () => false,
      )
    )
      return true;
  return false;
}

/** @param path of an archive or a folder @returns never rejects */
export async function readImages(path: string, options: ReadOptions): Promise<ImagesRead> {
  try {
    const found = await stat(path);
    if (!found.isDirectory() && !found.isFile()) throw new ImageError('notAnImage');
    const store = found.isDirectory() ? new FolderStore(path) : await ArchiveStore.open(path);
    const all = await findImages(store, found.isDirectory());
    if (all.length === 0) throw new ImageError('noImage');
    const wanted = all.filter(({ config }) => isWanted(config.platform, options.platform));
    if (wanted.length === 0)
      throw new ImageError('noPlatform', [...new Set(all.map(({ config }) => config.platform))].join(', '));
    return { images: await readLayers(store, wanted, options) };
  } catch (error) {
    return { trouble: toTrouble(error) };
  }
}

function isWanted(platform: string, wanted: string | undefined): boolean {
  return wanted === undefined || platform === wanted || platform.startsWith(`${wanted}/`);
}

async function findImages(store: BlobStore, isFolder: boolean): Promise<FoundImage[]> {
  const index = await json(store, 'index.json');
  const listed = index === undefined ? undefined : readIndex(index);
  const manifest = await json(store, 'manifest.json');
  if (listed) {
    const images = await ofIndex(store, listed, [], 0);
    if (images.length > 0 || manifest === undefined) return images;
  }
  const saved = readSavedImages(manifest);
  if (saved) return Promise.all(saved.map((one) => ofSaved(store, one)));
  if (isFolder && readManifest(manifest))
    return [await ofManifest(store, manifest, [], (digest) => digest.replace(/^.*:/, ''))];
  if (listed) return [];
  throw new ImageError('notAnImage');
}

async function ofSaved(
  store: BlobStore,
  { names, config, layers }: NonNullable<ReturnType<typeof readSavedImages>>[number],
): Promise<FoundImage> {
  const read = readImageConfig(await required(store, config));
  return {
    names,
    config: read,
    layers: layers.map((part, at) => ({ part, digest: read.diffIds[at] ?? part, isForeign: false })),
  };
}

/** How deep indexes lie in indexes. */
const deepest = 4;

async function ofIndex(
  store: BlobStore,
  listed: NonNullable<ReturnType<typeof readIndex>>,
  names: readonly string[],
  depth: number,
): Promise<FoundImage[]> {
  if (depth > deepest) throw new ImageError('damaged', 'indexes in indexes');
  const images: FoundImage[] = [];
  let missing: string | undefined;
  for (const { digest, isAttestation, name } of listed) {
    if (isAttestation) continue;
    const part = blobPath(digest);
    const root = await json(store, part);
    // An engine keeps the index of all platforms, and often the image of one.
    if (root === undefined) {
      missing ??= part;
      continue;
    }
    const known = name === '' ? names : [name];
    const inner = readIndex(root);
    if (inner) images.push(...(await ofIndex(store, inner, known, depth + 1)));
    else if (readManifest(root)) images.push(await ofManifest(store, root, known, blobPath));
  }
  if (images.length === 0 && missing !== undefined) throw new ImageError('blobMissing', missing);
  return images;
}

async function ofManifest(
  store: BlobStore,
  root: unknown,
  names: readonly string[],
  partOf: (digest: string) => string,
): Promise<FoundImage> {
  const manifest = readManifest(root);
  if (!manifest) throw new ImageError('notAnImage');
  return {
    names,
    config: readImageConfig(await required(store, partOf(manifest.config))),
    layers: manifest.layers.map(({ digest, isForeign }) => ({ part: partOf(digest), digest, isForeign })),
  };
}

function blobPath(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}

async function required(store: BlobStore, part: string): Promise<unknown> {
  const value = await json(store, part);
  if (value === undefined) throw new ImageError('blobMissing', part === '' ? 'the configuration' : part);
  return value;
}

async function json(store: BlobStore, part: string): Promise<unknown> {
  const bytes = await store.small(part);
  if (!bytes) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw new ImageError('damaged', `${part} is not JSON`);
  }
}

/** Each layer once, although several images may share it. */
async function readLayers(
  store: BlobStore,
  images: readonly FoundImage[],
  { measure, signal }: ReadOptions,
): Promise<readonly ReadImage[]> {
  const digests = new Map<string, string>();
  const foreign = new Set<string>();
  for (const { part, digest, isForeign } of images.flatMap(({ layers }) => layers)) {
    if (isForeign && !(await store.has(part))) foreign.add(part);
    else digests.set(part, digest);
  }
  const budget = new LayerBudget();
  const read = new Map<string, ReadLayer>();
  await store.each(new Set(digests.keys()), async (parts, bytes, size) => {
    const digest = digests.get(parts[0] ?? '') ?? '';
    const layer = await readLayer(cancellable(bytes, signal), size, { digest, measure, budget });
    for (const part of parts) read.set(part, layer);
  });
  return images.map(({ names, config, layers }) => ({
    names,
    platform: config.platform,
    config: config.config,
    history: config.history,
    layers: layers.map(({ part, digest }) => read.get(part) ?? unknownLayer(digest)),
  }));
}

function unknownLayer(digest: string): ReadLayer {
  return { digest, compressed: undefined, unpacked: 0, entries: [], isForeign: true, refused: 0 };
}

async function* cancellable(bytes: Bytes, signal: CancelSignal | undefined): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    if (signal?.aborted) throw new ImageError('cancelled');
    yield chunk;
  }
}
