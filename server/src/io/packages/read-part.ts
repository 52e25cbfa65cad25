// Reads the index of one part of an archive from its mirror, as a stream: what comes is hashed, unpacked and parsed piece by
// piece. Nothing is kept of an index whose hash is not the one that its Release file names.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import * as zlib from 'node:zlib';
import type { Transform } from 'node:stream';
import { extract } from 'tar-stream';
import { AlpineReader } from '../../core/package-index/read-alpine';
import { DebianReader, readRelease } from '../../core/package-index/read-debian';
import { FedoraReader, readRepomd } from '../../core/package-index/read-fedora';
import type { IndexReader } from '../../core/package-index/index-reader';
import { RegistryError } from '../registry/errors';
import { PackageError } from './faults';
import { Hashing } from './mirror-client';
import type { MirrorClient, MirrorFile, Validators } from './mirror-client';
import type { ArchivePart } from './mirrors';
import type { PartCache, StoredPart } from './part-cache';
import { unxz, XzError } from './unxz';

/** In bytes, of what comes over the wire and of what it unpacks to. */
const largestRelease = 8_000_000;
const largestIndex = 120_000_000;
const largestUnpacked = 900_000_000;

/** So long nobody is asked again, in milliseconds: archives change a few times a day. */
const freshMs = 60 * 60_000;

function isFresh({ at }: StoredPart, now: number): boolean {
  return at <= now && now - at < freshMs;
}

export interface PartContext {
  readonly client: MirrorClient;
  readonly cache: PartCache;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/**
 * The lines of a part, from the cache where its mirror says that nothing changed.
 * @throws PackageError, RegistryError
 */
export function readPart(part: ArchivePart, context: PartContext): Promise<string> {
  switch (part.kind) {
    case 'debian':
      return readDebian(part, context);
    case 'alpine':
      return readAlpine(part, context);
    case 'fedora':
      return readFedora(part, context);
  }
}

async function readDebian(part: ArchivePart, context: PartContext): Promise<string> {
  const { base } = part.mirror;
  const host = new URL(base).host;
  const release = await readSmall(part, ['InRelease', 'Release'], context, (text) => {
    const files = readRelease(text)?.files;
    // Of all suites of a mirror, only the indexes of this kind count.
    return (
      files &&
      [...files]
        .flatMap(([path, { sha256, size }]) =>
          /\/Packages(?:\.\w+)?$/.test(path) ? `${sha256} ${size} ${path}\n` : [],
        )
        .join('')
    );
  });
  const listed = new Map(
    release.split('\n').map((line) => {
      const [sha256 = '', size = '', path = ''] = line.split(' ');
      return [path, { sha256, size: Number(size) }] as const;
    }),
  );
  const name = ['Packages.gz', 'Packages.xz', 'Packages'].find((one) => listed.has(part.below + one));
  const wanted = name === undefined ? undefined : listed.get(part.below + name);
  if (name === undefined || !wanted)
    throw new PackageError({ code: 'NotThere', host, path: part.folder + part.below });
  return readIndex(part, part.folder + part.below + name, wanted, context, () => new DebianReader());
}

async function readFedora(part: ArchivePart, context: PartContext): Promise<string> {
  const { host } = new URL(part.mirror.base);
  const listed = await readSmall(part, ['repodata/repomd.xml'], context, (text) => {
    const primary = readRepomd(text);
    return primary && `${primary.sha256} ${primary.size} ${primary.path}`;
  });
  const [sha256 = '', size = '', path = ''] = listed.split(' ');
  // The path comes from the mirror: it stays below its folder.
  if (!/^repodata\/[\w.-]+$/.test(path))
    throw new PackageError({ code: 'NotAnIndex', host, path: 'repodata/repomd.xml' });
  return readIndex(
    part,
    part.folder + path,
    { sha256, size: Number(size) },
    context,
    () => new FedoraReader(),
  );
}

/** Alpine has no file with hashes: its index is asked for as often as a Release file. */
async function readAlpine(part: ArchivePart, context: PartContext): Promise<string> {
  const path = `${part.folder}APKINDEX.tar.gz`;
  const { client, cache, now, signal } = context;
  const key = part.mirror.base + path;
  const known = await cache.read(key);
  if (known && isFresh(known, now())) return known.lines;
  const file = await client.get(part.mirror, path, known ?? {}, largestIndex, signal);
  const { host } = new URL(part.mirror.base);
  if (file === 'absent') throw new PackageError({ code: 'NotThere', host, path });
  if (file === 'same') {
    if (known) return keep(cache, key, { ...known, at: now() });
    throw new PackageError({ code: 'NotAnIndex', host, path });
  }
  const lines = await contained(file, path, async () => {
    const reader = new AlpineReader();
    let out = '';
    const extractor = extract();
    const unpacking = pipeline(file.body, zlib.createGunzip(), extractor, { signal });
    // What goes wrong inside is told by the loop below or by the await behind it.
    unpacking.catch(() => undefined);
    for await (const entry of extractor) {
      if (entry.header.name === 'APKINDEX')
        out = await readText(entry as AsyncIterable<Uint8Array>, reader, host);
      entry.resume();
    }
    await unpacking;
    return out;
  });
  if (lines === '') throw new PackageError({ code: 'NotAnIndex', host: file.host, path });
  return keep(cache, key, { ...validatorsOf(file), at: now(), sha256: '', lines });
}

/** A small text of which only a part is kept, by the mirror's own word that it is unchanged. */
async function readSmall(
  part: ArchivePart,
  names: readonly string[],
  { client, cache, now, signal }: PartContext,
  read: (text: string) => string | undefined,
): Promise<string> {
  const { host } = new URL(part.mirror.base);
  for (const name of names) {
    const path = part.folder + name;
    const key = part.mirror.base + path;
    const known = await cache.read(key);
    if (known && isFresh(known, now())) return known.lines;
    const file = await client.get(part.mirror, path, known ?? {}, largestRelease, signal);
    if (file === 'absent') continue;
    if (file === 'same') {
      if (known) return keep(cache, key, { ...known, at: now() });
      continue;
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of file.body) chunks.push(chunk);
    const lines = read(Buffer.concat(chunks).toString('utf8'));
    if (lines === undefined) throw new PackageError({ code: 'NotAnIndex', host: file.host, path });
    return keep(cache, key, { ...validatorsOf(file), at: now(), sha256: '', lines });
  }
  throw new PackageError({ code: 'NotThere', host, path: part.folder + (names[0] ?? '') });
}

async function readIndex(
  part: ArchivePart,
  path: string,
  wanted: { readonly sha256: string; readonly size: number },
  { client, cache, now, signal }: PartContext,
  newReader: () => IndexReader,
): Promise<string> {
  const key = part.mirror.base + path;
  const known = await cache.read(key);
  if (known && known.sha256 === wanted.sha256) return known.lines;
  const file = await client.get(part.mirror, path, {}, largestIndex, signal);
  const { host } = new URL(part.mirror.base);
  if (file === 'absent' || file === 'same') throw new PackageError({ code: 'NotThere', host, path });
  const hashing = new Hashing();
  const lines = await contained(
    file,
    path,
    async () => {
      const unpacked = unpack(hashing.through(file.body), path, file.host, signal);
      return readText(unpacked, newReader(), file.host);
    },
    () => {
      const { sha256, size } = hashing.end();
      return sha256 === wanted.sha256 && size === wanted.size;
    },
  );
  return keep(cache, key, { at: now(), sha256: wanted.sha256, lines });
}

function validatorsOf({ etag, modified }: MirrorFile): Validators {
  return { etag, modified };
}

async function keep(cache: PartCache, key: string, stored: StoredPart): Promise<string> {
  await cache.write(key, stored);
  return stored.lines;
}

/** Turns what unpacking throws into our words, and closes the connection whatever happens. */
async function contained(
  file: MirrorFile,
  path: string,
  task: () => Promise<string>,
  isGenuine: () => boolean = () => true,
): Promise<string> {
  try {
    const lines = await task();
    if (!isGenuine()) throw new PackageError({ code: 'HashMismatch', host: file.host, path });
    return lines;
  } catch (error) {
    if (error instanceof PackageError || error instanceof RegistryError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (
      error instanceof XzError ||
      /^(?:Z_|ERR_|ZSTD)/.test(code) ||
      /tar|premature|header/i.test(String(error))
    )
      throw new PackageError({ code: 'Damaged', host: file.host, path });
    throw error;
  } finally {
    file.close();
  }
}

async function* unpack(
  source: AsyncIterable<Uint8Array>,
  path: string,
  host: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (path.endsWith('.xz')) yield* unxz(source);
  else if (path.endsWith('.gz')) yield* through(source, zlib.createGunzip(), signal);
  else if (path.endsWith('.zst')) {
    // Node.js 22.15 and later.
    const make = (zlib as { readonly createZstdDecompress?: () => Transform }).createZstdDecompress;
    if (!make) throw new PackageError({ code: 'Compression', host, path, what: 'zstd' });
    yield* through(source, make(), signal);
  } else if (/\.(?:zck|bz2|lzma|lz4)$/.test(path))
    throw new PackageError({ code: 'Compression', host, path, what: path.slice(path.lastIndexOf('.') + 1) });
  else yield* source;
}

async function* through(
  source: AsyncIterable<Uint8Array>,
  transform: Transform,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const running = pipeline(Readable.from(source), transform, { signal });
  running.catch(() => undefined);
  try {
    for await (const chunk of transform) yield chunk as Uint8Array;
  } catch (error) {
    // What the source threw explains more than the stream it broke.
    await running;
    throw error;
  }
  await running;
}

/** Other work gets its turn between two pieces. */
async function readText(
  source: AsyncIterable<Uint8Array>,
  reader: IndexReader,
  host: string,
): Promise<string> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let size = 0;
  let since = 0;
  for await (const chunk of source) {
    size += chunk.length;
    since += chunk.length;
    if (size > largestUnpacked) throw new PackageError({ code: 'TooLarge', host });
    parts.push(reader.push(decoder.decode(chunk, { stream: true })));
    if (since > 262_144) {
      since = 0;
      await setImmediate();
    }
  }
  parts.push(reader.push(decoder.decode()), reader.end());
  // One flat string: it is searched in many times.
  return Buffer.from(parts.join('')).toString('utf8');
}
