// `drydock check --packages` as a user runs it, with mirrors on loopback.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { putDebian, startMirror } from '../harness/mirror';
import { makeFolder } from '../harness/workspace';

interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Not in this thread, which answers for the mirror. */
function check(cwd: string, args: readonly string[], input = ''): Promise<Run> {
  const env = { PATH: process.env['PATH'], HOME: cwd, XDG_CACHE_HOME: resolve(cwd, 'cache') };
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [resolve('dist/cli.js'), 'check', ...args],
      { cwd, env },
      (error, stdout, stderr) => done({ status: error ? Number(error.code) : 0, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

const dockerfile =
  'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends crul jq=1.5 \\\n && rm -rf /var/lib/apt/lists/*\nUSER 1000\nCMD ["jq"]\n';
const found = ['package-not-in-release', 'package-version-not-in-release'];

function rulesIn({ stdout }: Run): readonly string[] {
  return found.filter((rule) => stdout.includes(`[${rule}]`));
}

test('without --packages nobody is asked; with it names and versions are checked, with fixes', async (t) => {
  const mirror = await startMirror();
  t.after(() => mirror.server.close());
  putDebian(mirror);
  const folder = makeFolder(t, { Dockerfile: dockerfile, '.drydock.yaml': 'packages:\n  mirrors: {}\n' });
  assert.deepEqual(rulesIn(await check(folder, [])), []);
  assert.equal(mirror.server.connections(), 0);
  const named = ['--package-mirror', `debian=${mirror.debian}`];
  const run = await check(folder, named);
  assert.equal(run.status, 1);
  assert.equal(run.stderr, '');
  assert.deepEqual(rulesIn(run), found);
  const asked = mirror.server.asked.length;
  // Threads get what the first one has read; standard input is read before anybody is asked.
  for (const more of [['--jobs', '2'], ['-']])
    assert.deepEqual(rulesIn(await check(folder, [...named, ...more], dockerfile)), found, more.join(' '));
  assert.equal(mirror.server.asked.length, asked, 'the cache answers');
  const { stdout } = await check(folder, [...named, '--diff=suggested']);
  assert.match(stdout, /^\+.* curl jq=1\.6-2\.1/m);
});

test('nobody is asked for a run that is refused', async (t) => {
  const mirror = await startMirror();
  t.after(() => mirror.server.close());
  putDebian(mirror);
  const folder = makeFolder(t, { Dockerfile: dockerfile });
  for (const more of [[], ['-']]) {
    const named = ['--package-mirror', `debian=${mirror.debian}`, '--select', 'apt-get-yse', ...more];
    const run = await check(folder, named, dockerfile);
    assert.equal(run.status, 2);
    assert.match(run.stderr, /unknown rule apt-get-yse. Did you mean apt-get-yes/);
  }
  assert.equal(mirror.server.connections(), 0);
});

test('what could not be asked is said, and the run does not pass for clean', async (t) => {
  const mirror = await startMirror();
  t.after(() => mirror.server.close());
  const folder = makeFolder(t, {
    Dockerfile: dockerfile,
    'sub/Dockerfile': 'FROM alpine:3.20\nRUN apk add --no-cache jq\nUSER 1000\nCMD ["jq"]\n',
  });
  const run = await check(folder, ['--package-mirror', `debian=${mirror.debian}`]);
  assert.equal(run.status, 2);
  assert.match(
    run.stderr,
    /has no dists\/bookworm\/InRelease.*The packages of Debian bookworm are not checked/,
  );
  assert.match(run.stderr, /No mirror is named for alpine/);
  for (const wrong of ['debian', 'debian=x', 'gentoo=https://mirror.example.com'])
    assert.match((await check(folder, ['--package-mirror', wrong])).stderr, /must be NAME=URL/);
});

test('a project names its mirrors, which do not lead to this machine', async (t) => {
  const mirror = await startMirror();
  t.after(() => mirror.server.close());
  putDebian(mirror);
  const folder = makeFolder(t, {
    Dockerfile: dockerfile,
    '.drydock.yaml': `packages:\n  mirrors:\n    debian: ${mirror.debian}\n    gentoo: x\n`,
  });
  const run = await check(folder, ['--packages']);
  assert.equal(run.status, 2);
  assert.match(run.stderr, /packages\.mirrors/);
  assert.match(run.stderr, /at an address that Drydock does not ask/);
  assert.equal(mirror.server.connections(), 0);
});
