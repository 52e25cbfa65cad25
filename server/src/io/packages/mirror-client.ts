// Asks a mirror for a file: follows redirects to no nearer address, and asks only for what has changed since it was read.
import { createHash } from 'node:crypto';
import { within } from '../registry/images/address';
import type { OpenResponse, UndiciTransport } from '../registry/http/transport';
import { PackageError } from './faults';
import type { Mirror } from './mirrors';

/** What a mirror said about a file when it was read, to be asked again. */
export interface Validators {
  readonly etag?: string | undefined;
  readonly modified?: string | undefined;
}

export interface MirrorFile extends Validators {
  readonly host: string;
  readonly body: AsyncIterable<Uint8Array>;
  readonly close: () => void;
}

const redirectsAtMost = 5;

export class MirrorClient {
  readonly #transport: Pick<UndiciTransport, 'open' | 'close'>;

  constructor(transport: Pick<UndiciTransport, 'open' | 'close'>) {
    this.#transport = transport;
  }

  /**
   * @param path below the mirror
   * @param maxBytes of what comes over the wire
   * @returns `same`: it has not changed; `absent`: the mirror has no such file
   * @throws PackageError, RegistryError
   */
  async get(
    { base, maxReach }: Mirror,
    path: string,
    { etag, modified }: Validators,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<MirrorFile | 'same' | 'absent'> {
    let url = new URL(path, base);
    let limit = maxReach;
    for (let hop = 0; hop <= redirectsAtMost; hop += 1) {
      const headers = {
        'user-agent': 'drydock',
        ...(etag !== undefined && { 'if-none-match': etag }),
        ...(modified !== undefined && { 'if-modified-since': modified }),
      };
      const request = {
        method: 'GET',
        url,
        headers,
        purpose: 'packages',
        maxBytes,
        maxReach: limit,
      } as const;
      const response = await this.#transport.open(request, signal);
      const { status } = response;
      if (status === 200) return fileOf(response, url.host);
      response.close();
      if (status === 304) return 'same';
      if (status === 404 || status === 410) return 'absent';
      if (![301, 302, 303, 307, 308].includes(status))
        throw new PackageError({ code: 'Status', host: url.host, status });
      const next = nextUrl(response, url);
      if (!next) throw new PackageError({ code: 'Redirect', host: url.host });
      if (within(response.reach, limit)) limit = response.reach;
      url = next;
    }
    throw new PackageError({ code: 'Redirect', host: url.host });
  }

  close(): Promise<void> {
    return this.#transport.close();
  }
}

function fileOf({ headers, body, close }: OpenResponse, host: string): MirrorFile {
  return {
    host,
    body,
    close,
    etag: headers.get('etag')?.[0],
    modified: headers.get('last-modified')?.[0],
  };
}

/** @returns undefined for one that must not be followed: without an address, or from TLS to none */
function nextUrl({ headers }: OpenResponse, from: URL): URL | undefined {
  const location = headers.get('location')?.[0];
  if (location === undefined) return undefined;
  try {
    const url = new URL(location, from);
    const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && from.protocol === 'http:');
    return isSafe && url.username === '' ? url : undefined;
  } catch {
    return undefined; // not an address
  }
}

/** Lets bytes pass and knows their hash once they have. */
export class Hashing {
  readonly #hash = createHash('sha256');
  #size = 0;

  async *through(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      this.#hash.update(chunk);
      this.#size += chunk.length;
      yield chunk;
    }
  }

  /** To be asked once, when all has passed. */
  end(): { readonly sha256: string; readonly size: number } {
    return { sha256: this.#hash.digest('hex'), size: this.#size };
  }
}
