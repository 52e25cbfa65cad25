// Starting and ending programs: no shell, whole characters, whole groups.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capture, run } from '../../server/src/io/spawn-runner';
import { groupMembers } from '../harness/engines';

const OPTIONS = { cwd: '/', timeout: 20_000 };
const node = (
  code: string,
  ...args: string[]
): { program: string; args: string[]; env: Record<string, string> } => ({
  program: process.execPath,
  args: ['-e', code, ...args],
  env: {},
});

test('arguments reach the program as they are', async () => {
  const args = ['$(echo no)', '; exit 1', 'a b', '"', "'", '*', ''];
  const { code, stdout } = await capture(
    node('console.log(JSON.stringify(process.argv.slice(1)))', '--', ...args),
    OPTIONS,
  );
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout), args);
});

test('variables are added to the environment', async () => {
  const command = {
    ...node('console.log(process.env.DRYDOCK_A, process.env.PATH.length > 0)'),
    env: { DRYDOCK_A: 'x' },
  };
  assert.equal((await capture(command, OPTIONS)).stdout, 'x true\n');
});

test('a character that arrives in two parts stays whole', async () => {
  const code = `const b = Buffer.from('é'); process.stdout.write(b.subarray(0, 1)); setTimeout(() => process.stdout.write(b.subarray(1)), 50)`;
  const parts: string[] = [];
  await run(node(code), { cwd: '/' }, (text) => parts.push(text)).done;
  assert.equal(parts.join(''), 'é');
});

test('a program that is not there is a problem, not an exception', async () => {
  const exit = await capture({ program: '/nowhere/docker', args: [], env: {} }, OPTIONS);
  assert.equal(exit.code, undefined);
  assert.match(exit.problem ?? '', /ENOENT/);
});

test('cancelling ends a program that will not listen, and its children', async () => {
  // Both ignore the polite signal; the child would outlive its parent.
  const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`;
  const code = `
    require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(`${stubborn} console.log('ready')`)}], { stdio: 'inherit' });
    ${stubborn}`;
  const running = run(node(code), { cwd: '/', grace: 100 }, (text) => {
    if (text.includes('ready')) running.cancel();
  });
  const exit = await running.done;
  assert.deepEqual(exit, { code: undefined, cancelled: true });
  assert.deepEqual(groupMembers(running.pid ?? 0), []);
});

test('a polite program may clean up before it ends', async () => {
  const code = `process.on('SIGTERM', () => { console.log('cleaned'); process.exit(7); }); console.log('ready'); setInterval(() => {}, 1000)`;
  let output = '';
  const running = run(node(code), { cwd: '/' }, (text) => {
    output += text;
    if (text.includes('ready')) running.cancel();
  });
  assert.deepEqual(await running.done, { code: 7, cancelled: true });
  assert.match(output, /cleaned/);
});

test('a question that takes too long is given up', async () => {
  const exit = await capture(node('setInterval(() => {}, 1000)'), { cwd: '/', timeout: 200 });
  assert.equal(exit.cancelled, true);
});
