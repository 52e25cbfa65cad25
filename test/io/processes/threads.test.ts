// Batches of work on threads: every batch is answered in its turn, also when threads fail.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { onThreads } from '../../../server/src/io/processes/threads';
import { makeFolder } from '../../harness/workspace';

/** Doubles numbers, the smaller the slower; ends on `exit`, throws on `throw`. */
const program = `const { parentPort, workerData } = require('node:worker_threads');
parentPort.on('message', (batch) => {
  if (batch === 'exit') process.exit(3);
  if (batch === 'throw') throw new Error('as asked');
  setTimeout(() => parentPort.postMessage(batch * workerData.factor), 20 - batch);
});`;

async function answersTo(
  t: TestContext,
  batches: readonly unknown[],
  threads: number,
  text = program,
): Promise<unknown[]> {
  const folder = makeFolder(t, { 'program.js': text });
  const answers: unknown[] = [];
  for await (const answer of onThreads(join(folder, 'program.js'), batches, threads, { factor: 2 }))
    answers.push(answer);
  return answers;
}

test('answers come in the order of the batches', async (t) => {
  const batches = Array.from({ length: 20 }, (_, at) => at);
  assert.deepEqual(
    await answersTo(t, batches, 3),
    batches.map((one) => one * 2),
  );
});

test('a batch whose thread fails has no answer, and the other threads do the rest', async (t) => {
  assert.deepEqual(await answersTo(t, [1, 'throw', 2, 'exit', 3, 4, 5], 3), [
    2,
    undefined,
    4,
    undefined,
    6,
    8,
    10,
  ]);
});

test('without any thread left there is no answer, and the end comes', async (t) => {
  assert.deepEqual(await answersTo(t, ['throw', 'exit', 1, 2], 2), Array(4).fill(undefined));
  assert.deepEqual(await answersTo(t, [1, 2], 2, 'syntax error'), [undefined, undefined]);
});

test('who stops asking ends the threads', async (t) => {
  const folder = makeFolder(t, { 'program.js': program });
  for await (const answer of onThreads(join(folder, 'program.js'), [1, 2, 3, 4, 5, 6], 2, { factor: 3 })) {
    assert.equal(answer, 3);
    break;
  }
});
