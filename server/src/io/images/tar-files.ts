// The files of a tar archive as a stream, by tar-stream. It keeps the long headers of GNU and POSIX archives whole, whatever
// size they claim, so this file bounds what may come between two files.
import { extract } from 'tar-stream';
import type { Headers } from 'tar-stream';
import type { Bytes } from './bytes';
import { ImageError } from './image-error';

export interface TarFile {
  readonly name: string;
  readonly type: NonNullable<Headers['type']> | 'unknown';
  readonly size: number;
  readonly mode: number;
  /** `0:0`: the numbers of its user and group. */
  readonly owner: string;
  /** Seconds since 1970 when it was changed last. */
  readonly modified: number;
  readonly target: string;
  /** Records of POSIX archives. */
  readonly records: Readonly<Record<string, string>>;
  /** What is not read is skipped. */
  readonly content: Bytes;
}

/** In bytes: the headers of one file, with extended attributes. */
const longestHeaders = 8_000_000;

export async function* tarFiles(source: Bytes): AsyncGenerator<TarFile> {
  const extractor = extract({ allowUnknownFormat: true });
  const closed = new Promise<void>((resolve) => extractor.on('close', () => resolve()));
  // Bytes since the last file ended, while no file is open.
  let between = 0;
  let isOpen = false;
  const pump = async (): Promise<void> => {
    try {
      for await (const chunk of source) {
        if (!isOpen) between += chunk.length;
        if (between > longestHeaders + chunk.length) throw new ImageError('tooMuch', 'headers');
        if (extractor.destroyed) return;
        if (!extractor.write(chunk)) await Promise.race([drained(extractor), closed]);
      }
      extractor.end();
    } catch (error) {
      extractor.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const pumping = pump();
  try {
    for await (const entry of extractor) {
      isOpen = true;
      entry.once('close', () => {
        isOpen = false;
        between = 0;
      });
      yield toFile(entry.header, entry as Bytes);
      entry.resume();
    }
  } finally {
    extractor.destroy();
    await pumping;
  }
}

function drained(extractor: ReturnType<typeof extract>): Promise<void> {
  return new Promise((resolve) => extractor.once('drain', () => resolve()));
}

function toFile(
  header: Headers & { readonly pax?: Readonly<Record<string, string>> | null },
  content: Bytes,
): TarFile {
  const { name, type, size = 0, mode = 0, linkname, pax, uid = 0, gid = 0, mtime } = header;
  const records = pax ?? {};
  // A sparse file has its name and size beside what is stored of it.
  const real = Number(records['GNU.sparse.realsize'] ?? NaN);
  return {
    name: records['GNU.sparse.name'] ?? name,
    type: type ?? 'unknown',
    size: Number.isSafeInteger(real) && real >= 0 ? real : Math.max(0, size),
    mode,
    owner: `${uid}:${gid}`,
    modified: Math.floor((mtime?.getTime() ?? 0) / 1000),
    target: linkname ?? '',
    records,
    content,
  };
}
