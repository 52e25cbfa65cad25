// Streams of bytes that may be compressed: unpacks them, and measures what gzip would make of them.
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import type { Transform } from 'node:stream';
import { ImageError } from './image-error';

export type Bytes = AsyncIterable<Buffer>;

/** Whoever opens a stream checks first that a regular file is there: a pipe never ends. */
export function fileBytes(path: string): Bytes {
  return createReadStream(path, { highWaterMark: 256 * 1024 });
}

export interface Unpacked {
  readonly bytes: Bytes;
  readonly isCompressed: boolean;
}

/** Recognises gzip and zstd by their first bytes; anything else is taken as it is. */
export async function unpacked(packed: Bytes): Promise<Unpacked> {
  const reader = packed[Symbol.asyncIterator]();
  const head: Buffer[] = [];
  for (let length = 0; length < 4;) {
    const next = await reader.next();
    if (next.done) break;
    head.push(next.value);
    length += next.value.length;
  }
  const start = Buffer.concat(head);
  const rest = async function* (): AsyncGenerator<Buffer> {
    try {
      if (start.length > 0) yield start;
      for (let next = await reader.next(); !next.done; next = await reader.next()) yield next.value;
    } finally {
      await reader.return?.();
    }
  };
  const decompressor = decompressorFor(start);
  if (!decompressor) return { bytes: rest(), isCompressed: false };
  return { bytes: through(rest(), decompressor), isCompressed: true };
}

/** Newer versions of Node.js read zstd, too. */
const { createZstdDecompress } = zlib as { readonly createZstdDecompress?: () => Transform };

function decompressorFor(start: Buffer): Transform | undefined {
  if (start[0] === 0x1f && start[1] === 0x8b) return zlib.createGunzip({ chunkSize: 256 * 1024 });
  if (start.length < 4 || start.readUInt32BE(0) !== 0x28b52ffd) return undefined;
  if (!createZstdDecompress) throw new ImageError('compression', 'zstd');
  return createZstdDecompress();
}

async function* through(source: Bytes, transform: Transform): AsyncGenerator<Buffer> {
  let failure: Error | undefined;
  const done = pipeline(Readable.from(source, { objectMode: false }), transform).catch((error: unknown) => {
    failure = error instanceof Error ? error : new Error(String(error));
  });
  try {
    for await (const chunk of transform) yield chunk as Buffer;
    await done;
  } catch (error) {
    await done;
    throw failure ?? error;
  } finally {
    transform.destroy();
  }
  if (failure !== undefined) throw failure;
}

/** Passes bytes on and tells how many gzip makes of them, as builders compress layers. */
export class GzipMeasure {
  readonly #gzip = zlib.createGzip({ chunkSize: 256 * 1024 });
  readonly #finished: Promise<void>;
  #bytes = 0;

  constructor() {
    this.#gzip.on('data', (chunk: Buffer) => (this.#bytes += chunk.length));
    this.#finished = new Promise((resolve) => this.#gzip.once('close', () => resolve()));
  }

  async *pass(source: Bytes): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of source) {
        if (!this.#gzip.write(chunk))
          await new Promise<void>((resolve) => this.#gzip.once('drain', () => resolve()));
        yield chunk;
      }
    } finally {
      this.#gzip.end();
    }
  }

  async bytes(): Promise<number> {
    await this.#finished;
    return this.#bytes;
  }
}

/** All bytes of a small part. @param most bytes @param what names it when there are more */
export async function wholeBytes(source: Bytes, most: number, what: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > most) throw new ImageError('tooMuch', what);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
