// What was read of mirrors, kept on disk so that the next start need not read it again. A file that cannot be read or does
// not fit counts as absent; a full disk costs only the cache.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { isRecord } from '../../core/text/record';
import type { Validators } from './mirror-client';

export interface StoredPart extends Validators {
  /** When its mirror last said that this is what there is; milliseconds since 1970. */
  readonly at: number;
  /** Of the file as it came; empty where nothing names it. */
  readonly sha256: string;
  readonly lines: string;
}

export interface PartCache {
  read(key: string): Promise<StoredPart | undefined>;
  write(key: string, stored: StoredPart): Promise<void>;
}

/** Changes with the form of the lines. */
const format = 1;
/** In bytes, unpacked. */
const largest = 200_000_000;

/** The folder for it, as each system has one. @param variables of the process */
export function cacheFolder(
  variables: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  home = homedir(),
): string {
  const own = variables['XDG_CACHE_HOME'] ?? (platform === 'win32' ? variables['LOCALAPPDATA'] : undefined);
  const above = own ?? join(home, platform === 'darwin' ? 'Library/Caches' : '.cache');
  return join(above, 'drydock', 'packages');
}

export class DiskCache implements PartCache {
  readonly #folder: string;

  /** @param folder absolute; made when something is written */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(key: string): Promise<StoredPart | undefined> {
    try {
      const packed = await readFile(this.#path(key));
      const text = (await promisify(gunzip)(packed, { maxOutputLength: largest })).toString('utf8');
      const end = text.indexOf('\n');
      const head: unknown = JSON.parse(text.slice(0, end));
      const lines = text.slice(end + 1);
      if (
        !isRecord(head) ||
        head['format'] !== format ||
        head['key'] !== key ||
        head['length'] !== lines.length
      )
        return undefined;
      const { at, sha256, etag, modified } = head;
      if (typeof at !== 'number' || typeof sha256 !== 'string') return undefined;
      return {
        at,
        sha256,
        lines,
        ...(typeof etag === 'string' && { etag }),
        ...(typeof modified === 'string' && { modified }),
      };
    } catch {
      return undefined; // not there, or not what we wrote
    }
  }

  async write(key: string, { lines, ...rest }: StoredPart): Promise<void> {
    const head = JSON.stringify({ format, key, length: lines.length, ...rest });
    const path = this.#path(key);
    const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      const packed = await promisify(gzip)(`${head}\n${lines}`, { level: 1 });
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeFile(temporary, packed, { mode: 0o600 });
      // Whoever reads meanwhile gets the old file whole.
      await rename(temporary, path);
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  #path(key: string): string {
    return join(this.#folder, `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.gz`);
  }
}
