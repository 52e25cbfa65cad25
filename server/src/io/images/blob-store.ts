// The parts of a stored image by name: a folder (OCI layout, or what skopeo calls dir) or an archive of one, which is read
// from its start to its end, once for the small parts and once for the layers.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileBytes, unpacked, wholeBytes } from './bytes';
import type { Bytes } from './bytes';
import { ImageError, toTrouble } from './image-error';
import { tarFiles } from './tar-files';

/** In bytes: manifests and configurations. */
const largestSmall = 8_000_000;
const allSmall = 100_000_000;
const mostParts = 100_000;

/** @param names of a part that an archive may have under several @param size bytes */
export type Visit = (names: readonly string[], bytes: Bytes, size: number) => Promise<void>;

export interface BlobStore {
  /** A small part. @returns undefined if it is not there */
  small(name: string): Promise<Buffer | undefined>;
  has(name: string): Promise<boolean>;
  /** Large parts, in the order in which they lie there. @param names of parts that are there */
  each(names: ReadonlySet<string>, visit: Visit): Promise<void>;
}

export class FolderStore implements BlobStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async small(name: string): Promise<Buffer | undefined> {
    const size = await this.#size(name);
    if (size === undefined) return undefined;
    if (size > largestSmall) throw new ImageError('tooMuch', name);
    return wholeBytes(fileBytes(join(this.#folder, name)), largestSmall, name);
  }

  async has(name: string): Promise<boolean> {
    return (await this.#size(name)) !== undefined;
  }

  async each(names: ReadonlySet<string>, visit: Visit): Promise<void> {
    for (const name of names) {
      const size = await this.#size(name);
      if (size === undefined) throw new ImageError('blobMissing', name);
      await visit([name], fileBytes(join(this.#folder, name)), size);
    }
  }

  /** @returns undefined if there is no regular file */
  async #size(name: string): Promise<number | undefined> {
    // The name comes from a file of other people.
    if (name === '' || name.split(/[\\/]/).includes('..')) return undefined;
    try {
      const found = await stat(join(this.#folder, name));
      return found.isFile() ? found.size : undefined;
    } catch {
      return undefined;
    }
  }
}

export class ArchiveStore implements BlobStore {
  readonly #path: string;
  readonly #small: ReadonlyMap<string, Buffer>;
  readonly #sizes: ReadonlyMap<string, number>;
  /** docker wrote a layer that an image has twice as a link. */
  readonly #links: ReadonlyMap<string, string>;

  private constructor(
    path: string,
    small: ReadonlyMap<string, Buffer>,
    sizes: ReadonlyMap<string, number>,
    links: ReadonlyMap<string, string>,
  ) {
    this.#path = path;
    this.#small = small;
    this.#sizes = sizes;
    this.#links = links;
  }

  /** Reads the archive once. @throws when it is none */
  static async open(path: string): Promise<ArchiveStore> {
    const seen = { files: 0 };
    try {
      return await ArchiveStore.#index(path, seen);
    } catch (error) {
      // Any file has a first byte; a damaged archive has at least one file.
      if (seen.files === 0 && ['damaged', 'truncated'].includes(toTrouble(error).kind))
        throw new ImageError('notAnImage');
      throw error;
    }
  }

  static async #index(path: string, seen: { files: number }): Promise<ArchiveStore> {
    const small = new Map<string, Buffer>();
    const sizes = new Map<string, number>();
    const links = new Map<string, string>();
    let kept = 0;
    const { bytes } = await unpacked(fileBytes(path));
    for await (const { name, type, size, target, content } of tarFiles(bytes)) {
      const part = partName(name);
      seen.files += 1;
      if (sizes.size + links.size > mostParts) throw new ImageError('tooMuch', `${mostParts} parts`);
      if (type === 'symlink' || type === 'link') links.set(part, linkTarget(part, target, type === 'link'));
      if (type !== 'file') continue;
      sizes.set(part, size);
      if (size > largestSmall) continue;
      const whole = await wholeBytes(content, largestSmall, part);
      if (!startsLikeJson(whole)) continue;
      kept += size;
      if (kept > allSmall) throw new ImageError('tooMuch', 'manifests');
      small.set(part, whole);
    }
    return new ArchiveStore(path, small, sizes, links);
  }

  small(name: string): Promise<Buffer | undefined> {
    const part = this.#real(name);
    return Promise.resolve(part === undefined ? undefined : this.#small.get(part));
  }

  has(name: string): Promise<boolean> {
    return Promise.resolve(this.#real(name) !== undefined);
  }

  async each(names: ReadonlySet<string>, visit: Visit): Promise<void> {
    const wanted = new Map<string, string[]>();
    for (const name of names) {
      const part = this.#real(name);
      if (part === undefined) throw new ImageError('blobMissing', name);
      wanted.set(part, [...(wanted.get(part) ?? []), name]);
    }
    const { bytes } = await unpacked(fileBytes(this.#path));
    for await (const { name, size, content } of tarFiles(bytes)) {
      const part = partName(name);
      const known = wanted.get(part);
      if (!known) continue;
      wanted.delete(part);
      await visit(known, content, size);
      if (wanted.size === 0) return;
    }
    for (const part of wanted.keys()) throw new ImageError('blobMissing', part);
  }

  #real(name: string): string | undefined {
    let part = name;
    for (let step = 0; step < 10; step += 1) {
      if (this.#sizes.has(part)) return part;
      const next = this.#links.get(part);
      if (next === undefined) return undefined;
      part = next;
    }
    return undefined;
  }
}

function partName(name: string): string {
  return name
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

function linkTarget(from: string, target: string, fromTop: boolean): string {
  const parts = fromTop ? [] : from.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function startsLikeJson(bytes: Buffer): boolean {
  return /^\s*[[{]/.test(bytes.toString('latin1', 0, 100));
}
