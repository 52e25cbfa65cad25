// What the command line started ends with it, whoever asks it to end: engines and scanners run in groups of their own, which
// the signal of a terminal or of a CI system does not reach. An engine that somebody ended is told apart from a build that fails.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { git, runCli } from '../harness/cli';
import { makeFolder } from '../harness/workspace';

const answersVersion =
  'case "$*" in *version*) echo "buildah version 1.33.7 (image-spec 1.1.0, runtime-spec 1.1.0)"; exit 0;; esac';

/** An engine whose build never ends, with a child that writes its number down. */
const engine = `#!/bin/sh
${answersVersion}
echo 'STEP 1/2: FROM scratch'
sleep 300 &
echo "$$ $!" > "$NUMBERS"
wait
`;

interface Started {
  readonly child: ChildProcess;
  /** The engine and its child. */
  readonly numbers: readonly number[];
  readonly done: Promise<{
    readonly code: number | null;
    readonly signal: string | null;
    readonly out: string;
  }>;
}

/** Lets the engine run, and no other engine of this machine. */
function makePrograms(folder: string): void {
  chmodSync(join(folder, 'bin/buildah'), 0o755);
  for (const name of ['docker', 'podman', 'nerdctl', 'finch']) {
    writeFileSync(join(folder, 'bin', name), '#!/bin/sh\nexit 1\n');
    chmodSync(join(folder, 'bin', name), 0o755);
  }
}

/** Starts a command, and waits for the engine that it starts. */
async function start(t: TestContext, ...args: readonly string[]): Promise<Started> {
  const folder = makeFolder(t, {
    'bin/buildah': engine,
    Dockerfile: 'FROM scratch\nCOPY a /\n',
    a: '',
    'go.mod': 'module example.com/a\n\ngo 1.24\n',
    'main.go': 'package main\n\nfunc main() {}\n',
  });
  makePrograms(folder);
  git(folder, 'init', '-q');
  const numbers = join(folder, 'numbers');
  const child = spawn(process.execPath, [resolve('dist/cli.js'), ...args], {
    cwd: folder,
    env: {
      ...process.env,
      PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
      NUMBERS: numbers,
      XDG_CACHE_HOME: join(folder, 'cache'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (out += text));
  const done = new Promise<Awaited<Started['done']>>((finish) =>
    child.on('close', (code, signal) => finish({ code, signal, out })),
  );
  t.after(() => child.kill('SIGKILL'));
  for (let tries = 0; tries < 200; tries += 1) {
    const text = existsSync(numbers) ? readFileSync(numbers, 'utf8') : '';
    if (text.endsWith('\n')) return { child, numbers: text.trim().split(' ').map(Number), done };
    await pause(50);
  }
  throw new Error(`the engine was not started:\n${out}`);
}

async function haveEnded(numbers: readonly number[]): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (!numbers.some(isThere)) return true;
    await pause(50);
  }
  return false;
}

function isThere(number: number): boolean {
  try {
    process.kill(number, 0);
    // One that nobody has waited for yet is gone as well.
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${number}/status`, 'utf8'));
  } catch {
    // There is no process of that number.
    return false;
  }
}

const commands = [['build'], ['cycle'], ['reproducible'], ['size', '--build'], ['diet']] as const;

for (const words of commands) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    test(`${words[0]} takes its engine along when it gets ${signal}`, async (t) => {
      const { child, numbers, done } = await start(t, ...words);
      child.kill(signal);
      const end = await done;
      assert.ok(await haveEnded(numbers), `left running: ${numbers.join(', ')}\n${JSON.stringify(end)}`);
      assert.ok(end.code === 2 || end.signal === signal, JSON.stringify(end));
      assert.doesNotMatch(end.out, /: passed/);
    });
  }
}

test('an engine that a signal ends is not a build that fails', async (t) => {
  const { numbers, done } = await start(t, 'build');
  for (const number of numbers) process.kill(number, 'SIGKILL');
  const { code, out } = await done;
  assert.match(out, /Buildah could not build: a signal ended it: someone stopped it/);
  assert.equal(code, 2);
});

test('a full disk and a service that ends are told of the machine, and not of the file', async (t) => {
  const folder = makeFolder(t, { 'bin/buildah': '', Dockerfile: 'FROM scratch\nRUN a\n' });
  makePrograms(folder);
  const env = { PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`, XDG_CACHE_HOME: folder };
  for (const [last, why] of [
    ['write /bin/a: no space left on device', /The disk of the builder is full/],
    ['unexpected EOF', /The container engine did not answer, or ended/],
  ] as const) {
    writeFileSync(
      join(folder, 'bin/buildah'),
      `#!/bin/sh\n${answersVersion}\necho 'STEP 2/2: RUN a'; echo '${last}' >&2; exit 1\n`,
    );
    const { status, stdout } = runCli(folder, ['cycle'], env);
    assert.equal(status, 2, stdout);
    assert.match(stdout, /^build: could not be done: /m);
    assert.match(stdout, why);
  }
});

test('a cycle whose engine a signal ends says that nothing is known of the image', async (t) => {
  const { numbers, done } = await start(t, 'cycle');
  for (const number of numbers) process.kill(number, 'SIGKILL');
  const { code, out } = await done;
  assert.match(out, /^build: could not be done: a signal ended it/m);
  assert.match(out, /^push: not run: build stopped the run$/m);
  assert.equal(code, 2);
});
