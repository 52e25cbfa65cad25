// Starting and ending programs: no shell, whole characters, whole groups, and each ending under its own name.
import assert from 'node:assert/strict';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { SpawnRunner } from '../../../server/src/io/processes/spawn-runner';
import { filePath } from '../../../server/src/workflow/checked-arguments';
import { wholeAnswer } from '../../../server/src/workflow/readers';
import type { Printed, Run } from '../../../server/src/workflow/run';
import { checked } from '../../harness/build-order';
import { ask, question } from '../../harness/runs';
import { makeFolder } from '../../harness/workspace';

const runner = new SpawnRunner(100);
const limit = { ms: 20_000, characters: 1_000_000 };

function node(
  code: string,
  ...args: string[]
): { readonly program: string; readonly args: readonly string[] } {
  return { program: process.execPath, args: ['-e', code, ...args] };
}

/** A run whose answer is JSON, and which tells what it prints. */
function json(code: string, more: Partial<Run<unknown, Printed>> = {}): Run<unknown, Printed> {
  return {
    ...question(node(code), limit),
    reader: () => {
      const whole = wholeAnswer<unknown>(({ stdout }) => {
        try {
          return { value: JSON.parse(stdout) };
        } catch (error) {
          return { unreadable: (error as Error).message };
        }
      });
      return {
        push: (text, stream) => [...whole.push(text, stream), { kind: 'printed', text, stream }],
        end: (exit) => whole.end(exit),
      };
    },
    ...more,
  };
}

test('arguments reach the program as they are', async () => {
  const args = ['$(echo no)', '; exit 1', 'a b', '"', "'", '*', ''];
  const { exit, stdout } = await ask(
    node('console.log(JSON.stringify(process.argv.slice(1)))', '--', ...args),
  );
  assert.equal(exit, 0);
  assert.deepEqual(JSON.parse(stdout), args);
});

test('variables are added to the environment', async () => {
  const asked = node('console.log(process.env.DRYDOCK_A, process.env.PATH.length > 0)');
  assert.equal((await ask({ ...asked, env: { DRYDOCK_A: 'x' } })).stdout, 'x true\n');
});

test('a character that arrives in two parts stays whole', async () => {
  const code = `const b = Buffer.from('"é"'); process.stdout.write(b.subarray(0, 2)); setTimeout(() => process.stdout.write(b.subarray(2)), 50)`;
  const parts: string[] = [];
  const outcome = await runner.run(json(code), { folder: '/', onEvent: ({ text }) => parts.push(text) });
  assert.equal(parts.join(''), '"é"');
  assert.deepEqual(outcome, { kind: 'done', value: 'é' });
});

test('an answer counts whatever the exit status', async () => {
  const outcome = await runner.run(json('console.log(1); process.exitCode = 3'), { folder: '/' });
  assert.deepEqual(outcome, { kind: 'done', value: 1 });
});

test('an answer in a file takes the place of the output', async (t) => {
  const file = checked(filePath, join(makeFolder(t), 'answer.json'));
  const write = `require('node:fs').writeFileSync(${JSON.stringify(file)}, '[1]'); console.log('progress')`;
  const events: Printed[] = [];
  const outcome = await runner.run(json(`${write}; console.error('note')`, { answer: { file } }), {
    folder: '/',
    onEvent: (event) => events.push(event),
  });
  assert.deepEqual(outcome, { kind: 'done', value: [1] });
  assert.deepEqual(
    events.map(({ text }) => text),
    ['note\n', '[1]'],
  );
  writeFileSync(file, 'x'.repeat(200));
  const short = { ms: 20_000, characters: 100 };
  assert.deepEqual(await runner.run(json('', { answer: { file }, limit: short }), { folder: '/' }), {
    kind: 'tooMuch',
    characters: 100,
  });
});

test('failed: an exit status and the last words, without colours', async () => {
  const code = "console.error('first\\n\\u001b[31mno such image\\u001b[0m\\n'); process.exitCode = 2";
  assert.deepEqual(await runner.run(json(code), { folder: '/' }), {
    kind: 'failed',
    exit: 2,
    said: 'no such image',
  });
  const ended = await runner.run(json("process.kill(process.pid, 'SIGKILL')"), { folder: '/' });
  assert.deepEqual(ended, { kind: 'failed', exit: undefined, said: '' });
});

test('unreadable: a success that says nothing that can be read is not an empty answer', async () => {
  const outcome = await runner.run(json("console.log('no JSON')"), { folder: '/' });
  assert.equal(outcome.kind, 'unreadable');
});

test('missing: a program that is not there; a folder that is not there is another matter', async () => {
  const missing = question({ program: '/nowhere/docker', args: [] }, limit);
  assert.deepEqual(await runner.run(missing, { folder: '/' }), {
    kind: 'missing',
    program: '/nowhere/docker',
  });
  assert.deepEqual(await runner.run(json('1'), { folder: '/nowhere' }), {
    kind: 'failed',
    exit: undefined,
    said: '/nowhere is not a folder',
  });
});

test('failed: what cannot be started at all', async (t) => {
  const folder = makeFolder(t, { text: 'not a program' });
  const refused = await runner.run(question({ program: join(folder, 'text'), args: [] }, limit), { folder });
  assert.ok(refused.kind === 'failed' && /EACCES/.test(refused.said), JSON.stringify(refused));
  const zero = await runner.run(question(node('1', 'a\0b'), limit), { folder });
  assert.ok(zero.kind === 'failed' && /null bytes/.test(zero.said), JSON.stringify(zero));
});

test('cancelled: what a program prints on its way out does not count as too much', async () => {
  const code = `
    process.on('SIGTERM', () => { console.log('x'.repeat(500)); process.exit(0); });
    console.log(1); setInterval(() => {}, 1000);`;
  const cancel = new AbortController();
  const few = { ms: 20_000, characters: 100 };
  const outcome = await new SpawnRunner(10_000).run(json(code, { limit: few }), {
    folder: '/',
    signal: cancel.signal,
    onEvent: () => cancel.abort(),
  });
  assert.deepEqual(outcome, { kind: 'cancelled' });
});

test('cancelled: ends a program that will not listen, and its children', async (t) => {
  const file = join(makeFolder(t), 'alive');
  // Both ignore the polite signal; the child would outlive its parent.
  const stubborn = `process.on('SIGTERM', () => {});`;
  const child = `${stubborn} setInterval(() => require('node:fs').writeFileSync(${JSON.stringify(file)}, ''), 20); console.log('ready')`;
  const code = `
    require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' });
    ${stubborn} setInterval(() => {}, 1000);`;
  const cancel = new AbortController();
  const outcome = await runner.run(json(code), {
    folder: '/',
    signal: cancel.signal,
    onEvent: ({ text }) => {
      if (text.includes('ready')) cancel.abort();
    },
  });
  assert.deepEqual(outcome, { kind: 'cancelled' });
  rmSync(file, { force: true });
  await pause(200);
  assert.ok(!existsSync(file), 'the child is still running');
});

test('cancelled: what a program left running ends with it, also when the program itself listens', async (t) => {
  const file = join(makeFolder(t), 'alive');
  const write = `require('node:fs').writeFileSync(${JSON.stringify(file)}, '')`;
  const child = `process.on('SIGTERM', () => {}); ${write}; setInterval(() => ${write}, 20);`;
  const code = `
    require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'ignore' });
    const wait = setInterval(() => {
      if (!require('node:fs').existsSync(${JSON.stringify(file)})) return;
      clearInterval(wait);
      console.log('ready');
      setInterval(() => {}, 1000);
    }, 20);`;
  const cancel = new AbortController();
  const outcome = await new SpawnRunner(10_000).run(json(code), {
    folder: '/',
    signal: cancel.signal,
    onEvent: () => cancel.abort(),
  });
  assert.deepEqual(outcome, { kind: 'cancelled' });
  rmSync(file, { force: true });
  await pause(200);
  assert.ok(!existsSync(file), 'the child is still running');
});

test('cancelled: a polite program may clean up before it ends', async () => {
  const code = `process.on('SIGTERM', () => { console.log('cleaned'); process.exit(0); }); console.log('ready'); setInterval(() => {}, 1000)`;
  const cancel = new AbortController();
  let output = '';
  const outcome = await new SpawnRunner().run(json(code), {
    folder: '/',
    signal: cancel.signal,
    onEvent: ({ text }) => {
      output += text;
      if (text.includes('ready')) cancel.abort();
    },
  });
  assert.deepEqual(outcome, { kind: 'cancelled' });
  assert.match(output, /cleaned/);
});

test('cancelled: before the start nothing is started', async (t) => {
  const file = join(makeFolder(t), 'started');
  const code = `require('node:fs').writeFileSync(${JSON.stringify(file)}, '')`;
  const outcome = await runner.run(json(code), { folder: '/', signal: AbortSignal.abort() });
  assert.deepEqual(outcome, { kind: 'cancelled' });
  assert.ok(!existsSync(file));
});

test('timedOut and tooMuch: each limit ends the program', async () => {
  const waits = json('setInterval(() => {}, 1000)', { limit: { ms: 200, characters: 100 } });
  assert.deepEqual(await runner.run(waits, { folder: '/' }), { kind: 'timedOut', ms: 200 });
  const talks = json("setInterval(() => console.log('x'.repeat(60)), 10)", {
    limit: { ms: 20_000, characters: 100 },
  });
  assert.deepEqual(await runner.run(talks, { folder: '/' }), { kind: 'tooMuch', characters: 100 });
});

test('a reader with a mistake loses only its own answer', async () => {
  const broken: Run<never> = {
    ...question(node('console.log(1)'), limit),
    reader: () => ({
      push: () => {
        throw new Error('a mistake');
      },
      end: () => ({ unreadable: 'never reached' }),
    }),
  };
  assert.deepEqual(await runner.run(broken, { folder: '/' }), {
    kind: 'unreadable',
    why: 'Error: a mistake',
  });
});
