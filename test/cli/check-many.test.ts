// Folders of many files, which are checked on several threads: what is printed, its order and the status are the same.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { makeFolder } from '../harness/workspace';

/** More than two threads are worth, and as many as one may check alone. */
const [all, few] = [450, 150];

const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Readonly<Record<string, string>> };

test('many files are reported as each of them is alone', (t) => {
  const names = Array.from({ length: all }, (_, at) => `${String(at).padStart(3, '0')}.Dockerfile`);
  const folder = makeFolder(t, {
    ...Object.fromEntries(
      names.map((name, at) => [name, `FROM debian:12\n${'RUN sudo ls\n'.repeat(at % 4)}`]),
    ),
    '.drydock.yaml': 'rules:\n  run-sudo: warning\n',
    'other.yaml': 'rules:\n  run-sudo: off\n',
    'hadolint.yaml': 'no-fail: true\n',
    '444.Dockerfile': 'x'.repeat(2_000_001),
  });
  const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } => {
    const done = spawnSync(process.execPath, [resolve(bin['drydock'] ?? ''), 'check', ...args], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 64e6,
    });
    return { status: done.status, stdout: done.stdout, stderr: done.stderr };
  };
  for (const args of [[], ['--config', 'other.yaml', '--profile', 'strict'], ['--all-rules']]) {
    const reports = (paths: readonly string[]): unknown[] =>
      JSON.parse(run(...args, '--format', 'json', ...paths).stdout) as unknown[];
    const together = reports([]);
    const alone = [];
    for (let at = 0; at < all; at += few) alone.push(...reports(names.slice(at, at + few)));
    assert.equal(together.length, all);
    assert.deepEqual(together, alone);
  }
  const readable = names.filter((name) => name !== '444.Dockerfile');
  assert.equal(run(...readable).status, 1);
  assert.equal(run('--config', 'hadolint.yaml', ...readable).status, 0);
  const { status, stderr } = run();
  assert.equal(status, 2);
  assert.match(stderr, /^drydock: 444\.Dockerfile: is larger than 2 MB, so it was not checked$/m);
});
