// Reads the collection: a folder of files, or a file of JSON lines with a `text` each, gzipped or not.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { isDockerfileName } from '../../src/io/files/find-dockerfiles';

export interface CollectedFile {
  /** Line in the collection, counted from 0, or place in the sorted folder. */
  readonly number: number;
  /** Where it comes from, for people. */
  readonly name: string;
  readonly text: string;
}

/** @throws when there is no such collection */
export function readCollection(path: string): readonly CollectedFile[] {
  if (statSync(path).isDirectory()) {
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .sort()
      .filter((name) => isDockerfileName(name) && statSync(join(path, name)).isFile())
      .map((name, number) => ({ number, name, text: readFileSync(join(path, name), 'utf8') }));
  }
  const bytes = readFileSync(path);
  const lines = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n');
  return lines.flatMap((line, number) => {
    if (line.trim() === '') return [];
    const entry = readEntry(line);
    if (entry === undefined) {
      console.error(`${path}:${number + 1} is not JSON, and left out.`);
      return [];
    }
    if (typeof entry.text !== 'string') throw new Error(`${path}:${number + 1} has no text`);
    const parts = [entry.repo, entry.path].filter((part) => typeof part === 'string');
    return [{ number, name: parts.join(' ') || String(number), text: entry.text }];
  });
}

interface Entry {
  readonly text?: unknown;
  readonly repo?: unknown;
  readonly path?: unknown;
}

function readEntry(line: string): Entry | undefined {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    // Collections are made by hand: one bad line must not cost the others.
    return undefined;
  }
}

export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('base64').slice(0, 12);
}
