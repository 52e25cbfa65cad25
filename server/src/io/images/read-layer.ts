// Reads one layer of an image: its files as facts, without their content.
import { keptBytes, readEntryName } from '../../workflow/image/image';
import type { EntryKind, LayerEntry, ReadLayer } from '../../workflow/image/image';
import { GzipMeasure, unpacked, wholeBytes } from './bytes';
import type { Bytes } from './bytes';
import { ImageError } from './image-error';
import { tarFiles } from './tar-files';
import type { TarFile } from './tar-files';

/** What all layers of an image may hold together: a person waits for no more, and the facts must fit into the memory. */
export class LayerBudget {
  #entries = 2_000_000;
  #bytes = 200_000_000_000;

  take(bytes: number): void {
    this.#entries -= 1;
    this.#bytes -= bytes;
    if (this.#entries < 0) throw new ImageError('tooMuch', '2,000,000 files');
    if (this.#bytes < 0) throw new ImageError('tooMuch', '200 GB');
  }
}

export interface LayerOptions {
  readonly digest: string;
  /** Whether to measure what gzip makes of a layer that is stored unpacked. */
  readonly measure: boolean;
  readonly budget: LayerBudget;
}

/** @param size bytes of the stored layer @throws ImageError */
export async function readLayer(
  stored: Bytes,
  size: number,
  { digest, measure, budget }: LayerOptions,
): Promise<ReadLayer> {
  const { bytes, isCompressed } = await unpacked(stored);
  const gzip = measure && !isCompressed ? new GzipMeasure() : undefined;
  const entries: LayerEntry[] = [];
  let refused = 0;
  let total = 0;
  for await (const file of tarFiles(gzip ? gzip.pass(bytes) : bytes)) {
    budget.take(file.size);
    const entry = await toEntry(file);
    if (entry === 'refused') refused += 1;
    if (entry === undefined || entry === 'refused') continue;
    entries.push(entry);
    total += entry.bytes;
  }
  const compressed = isCompressed
    ? ({ bytes: size, how: 'stored' } as const)
    : gzip && ({ bytes: await gzip.bytes(), how: 'measured' } as const);
  return { digest, compressed, unpacked: total, entries, isForeign: false, refused };
}

const kinds: Readonly<Partial<Record<TarFile['type'], EntryKind>>> = {
  file: 'file',
  'contiguous-file': 'file',
  link: 'hardlink',
  symlink: 'symlink',
  directory: 'folder',
};

/** Where builders put the capabilities of a file. */
const capabilities = ['SCHILY.xattr.security.capability', 'LIBARCHIVE.xattr.security.capability'];

async function toEntry(file: TarFile): Promise<LayerEntry | 'refused' | undefined> {
  const named = readEntryName(file.name);
  if (named === undefined || named === 'refused') return named;
  const { path, marker } = named;
  const kind = marker ?? kinds[file.type] ?? 'other';
  const bytes = kind === 'file' ? file.size : 0;
  const kept = kind === 'file' ? keptBytes(path) : 0;
  const isKept = kept > 0 && bytes <= kept;
  const text = isKept ? (await wholeBytes(file.content, kept, path)).toString('utf8') : undefined;
  return {
    path,
    kind,
    bytes,
    mode: file.mode & 0o7777,
    ...(kind === 'symlink' || kind === 'hardlink' ? { target: file.target } : {}),
    ...(capabilities.some((name) => name in file.records) ? { isCapable: true } : {}),
    ...(text === undefined ? {} : { text }),
  };
}
