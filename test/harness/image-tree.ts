// What a built image holds, read from the files that `buildah push IMAGE dir:FOLDER` writes.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface TreeEntry {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly mode: number;
  /** `UID:GID` */
  readonly owner: string;
  /** A hash of the bytes; of a link, where it leads. */
  readonly content: string;
}

export interface ImageTree {
  /** By absolute path. */
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /** Bytes of all layers, unpacked: what is deleted in a later layer counts. */
  readonly bytes: number;
  readonly layers: number;
  /** What the configuration says of how to run the image. */
  readonly config: Readonly<Record<string, unknown>>;
}

interface Manifest {
  readonly config: { readonly digest: string };
  readonly layers: readonly { readonly digest: string }[];
}

/** @throws when the folder holds no image */
export function readImageTree(folder: string): ImageTree {
  const blob = (digest: string): Buffer => readFileSync(join(folder, digest.replace('sha256:', '')));
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  const { config = {}, author } = JSON.parse(blob(manifest.config.digest).toString()) as {
    readonly config?: Record<string, unknown>;
    readonly author?: string;
  };
  const entries = new Map<string, TreeEntry>();
  let bytes = 0;
  for (const { digest } of manifest.layers) {
    const packed = blob(digest);
    const layer = packed.readUInt16BE(0) === 0x1f8b ? gunzipSync(packed) : packed;
    bytes += layer.length;
    addLayer(layer, entries);
  }
  return { entries, bytes, layers: manifest.layers.length, config: { ...config, Author: author } };
}

/** Puts a layer over those below. */
function addLayer(layer: Buffer, entries: Map<string, TreeEntry>): void {
  const remove = (path: string): void => {
    for (const one of entries.keys()) if (one === path || one.startsWith(`${path}/`)) entries.delete(one);
  };
  for (const { name, entry } of readTar(layer)) {
    const path = `/${name.replace(/^(?:\.?\/)+|\/$/g, '')}`;
    const [, folder = '', base = ''] = /^(.*)\/([^/]*)$/.exec(path) ?? [];
    if (base === '.wh..wh..opq') remove(folder);
    else if (base.startsWith('.wh.')) remove(`${folder}/${base.slice(4)}`);
    else entries.set(path, entry);
  }
}

const kinds: Readonly<Record<string, TreeEntry['kind']>> = {
  '0': 'file',
  // A second name of a file before it.
  '1': 'file',
  '2': 'link',
  '5': 'folder',
};

function* readTar(tar: Buffer): Iterable<{ readonly name: string; readonly entry: TreeEntry }> {
  let long: ReadonlyMap<string, string> = new Map();
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const head = tar.subarray(at, at + 512);
    const text = (from: number, length: number): string =>
      head.toString('utf8', from, from + length).replace(/\0[^]*$/, '');
    const octal = (from: number, length: number): number => parseInt(text(from, length).trim() || '0', 8);
    const size = Number(long.get('size') ?? octal(124, 12));
    const body = tar.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
    const type = text(156, 1) || '0';
    if (type === 'x') {
      long = recordsOf(body);
      continue;
    }
    if (type === 'g') continue;
    const prefix = text(345, 155);
    const name = long.get('path') ?? (prefix === '' ? '' : `${prefix}/`) + text(0, 100);
    const link = long.get('linkpath') ?? text(157, 100);
    const uid = long.get('uid') ?? String(octal(108, 8));
    const gid = long.get('gid') ?? String(octal(116, 8));
    long = new Map();
    const content = link === '' ? createHash('sha256').update(body).digest('hex') : link;
    const kind = kinds[type] ?? 'other';
    yield { name, entry: { kind, mode: octal(100, 8) & 0o7777, owner: `${uid}:${gid}`, content } };
  }
}

/** The records of an extended header: `LENGTH KEY=VALUE` a line. */
function recordsOf(body: Buffer): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < body.length;) {
    const blank = body.indexOf(0x20, at);
    const length = Number(body.toString('utf8', at, blank));
    if (!(length > 0)) break;
    const [key = '', ...value] = body.toString('utf8', blank + 1, at + length - 1).split('=');
    records.set(key, value.join('='));
    at += length;
  }
  return records;
}
