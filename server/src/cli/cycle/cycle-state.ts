// What a cycle keeps for the next run, in a cache folder of the user: a file for each Dockerfile and its repositories.
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { readText } from '../../io/files/read-text';
import { readKept } from '../../workflow/cycle/cycle-plan';
import type { Kept } from '../../workflow/cycle/cycle';
import type { Machine } from '../../workflow/tool';

/** In bytes. */
const longest = 1_000_000;

/** @param key all that the state belongs to */
export function statePath(key: readonly string[], env: Machine['surroundings']['env']): string {
  const cache = env['XDG_CACHE_HOME'];
  const folder = cache !== undefined && isAbsolute(cache) ? cache : join(env['HOME'] ?? homedir(), '.cache');
  const name = createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 32);
  return join(folder, 'drydock', 'cycle', `${name}.json`);
}

/** What cannot be read counts as nothing: then every step runs. */
export function readState(path: string): Kept {
  try {
    return readKept(JSON.parse(readText(path, longest) ?? '{}'));
  } catch {
    return {};
  }
}

/** @throws when it cannot be written */
export function writeState(path: string, kept: Kept): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, JSON.stringify(kept), { mode: 0o600 });
  renameSync(temporary, path);
}
