// `npm start` says what is wrong before it makes anybody wait.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';

async function start(...args: string[]): Promise<{ readonly status: unknown; readonly said: string }> {
  const child = spawn(process.execPath, ['server/tools/start.mjs', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [status]] = await Promise.all([text(child.stderr), once(child, 'exit') as Promise<[unknown]>]);
  return { status, said };
}

test('a port that another program uses is named', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1');
  t.after(() => taken.close());
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  assert.deepEqual(await start('--port', String(port)), {
    status: 2,
    said: `Port ${port} is taken. End the program that uses it, or choose another one with --port.\n`,
  });
});

test('a number that cannot be a port is named', async () => {
  const { status, said } = await start('--port', '99999');
  assert.equal(status, 2);
  assert.match(said, /^--port must be a number from 0 to 65535, not 99999\.\n/);
});

test('a path that is not there and an option that there is not are named', async () => {
  const missing = await start('test/no-such.folder');
  assert.equal(missing.status, 2);
  assert.match(missing.said, /^There is no file or folder \S*no-such\.folder\.\nUsage: npm start/);
  const unknown = await start('--prot', '8123');
  assert.equal(unknown.status, 2);
  assert.match(unknown.said, /^Unknown option '--prot'\.\nUsage: npm start/);
});
