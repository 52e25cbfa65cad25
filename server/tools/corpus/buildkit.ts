// Builds the program that says what BuildKit would build, from `server/tools/buildkit`. It needs Go, which nothing else
// does, so whoever asks gets a reason where there is none. What was built once is kept, and needs no Go again.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { canRun } from '../find-program.mjs';

const source = 'server/tools/buildkit';

export type BuildKit =
  | { readonly kind: 'built'; readonly program: string }
  /** One sentence without a full stop. */
  | { readonly kind: 'missing'; readonly why: string };

/** @throws when the program does not compile */
export function buildKit(): BuildKit {
  const hash = createHash('sha256');
  for (const name of ['main.go', 'go.mod', 'go.sum']) hash.update(readFileSync(join(source, name)));
  const folder = join(homedir(), '.cache', 'drydock', 'buildkit');
  const program = join(folder, hash.digest('hex').slice(0, 16));
  if (canRun(program)) return { kind: 'built', program };
  const go = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/go/bin']
    .map((one) => join(one, 'go'))
    .find(canRun);
  if (go === undefined) return { kind: 'missing', why: 'Go is not on the PATH' };
  // No other Go than this one: that would be a large download that nobody asked for.
  const env = { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' };
  const run = (...words: readonly string[]): ReturnType<typeof spawnSync> =>
    spawnSync(go, words, { cwd: source, env, encoding: 'utf8' });
  const got = run('mod', 'download');
  if (got.status !== 0)
    return { kind: 'missing', why: `Go cannot get the modules of BuildKit: ${String(got.stderr).trim()}` };
  mkdirSync(folder, { recursive: true });
  // Two runs at a time must not write to the same file.
  const unfinished = `${program}.${String(process.pid)}`;
  const built = run('build', '-trimpath', '-ldflags=-s -w', '-o', unfinished, '.');
  if (built.status !== 0) throw new Error(`${source} does not compile:\n${String(built.stderr)}`);
  renameSync(unfinished, program);
  return { kind: 'built', program };
}
