// `drydock reproducible` with a real engine: the same image twice, and what differs if a step makes something else.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../../server/src/cli/commands/reproducible';
import { configDifferences, fileDifferences } from '../../server/src/workflow/image/first-difference';
import type { FilePrint } from '../../server/src/workflow/image/first-difference';
import { heardTerminal } from '../harness/heard-terminal';
import { addBusybox, startBuildah } from '../harness/engines';
import { ask, machineWithEnvironment } from '../harness/runs';
import { requireTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';

test('buildah builds twice: the same image, or the file that differs', async (t) => {
  const program = requireTool(t, 'buildah');
  const engine = startBuildah(t);
  const folder = makeFolder(t);
  if (program === undefined || !engine || !addBusybox(t, folder)) return;
  const file = join(folder, 'Dockerfile');
  const call = async (...words: string[]): Promise<{ ending: unknown; printed: string; told: string }> => {
    const { terminal, heard } = heardTerminal();
    const machine = machineWithEnvironment(engine.env);
    return {
      ending: await run([file, '--engine=buildah', ...words], terminal, machine),
      printed: heard.out,
      told: heard.said,
    };
  };
  const stable = 'FROM scratch\nCOPY busybox /bin/busybox\n';
  writeFileSync(file, stable);
  const same = await call();
  assert.equal(same.ending, 'clean', same.told);
  assert.match(same.printed, /^Reproducible: both builds made sha256:[0-9a-f]{64}\n$/);

  writeFileSync(
    file,
    `${stable}RUN ["/bin/busybox", "sh", "-c", "/bin/busybox cat /proc/sys/kernel/random/uuid >/id; echo 1 >/one"]\n`,
  );
  const other = await call();
  assert.equal(other.ending, 'differs', other.told);
  assert.match(other.printed, /^Not reproducible: sha256:\w+ and sha256:\w+\n/);
  assert.doesNotMatch(other.told, /is not known/);
  assert.match(other.printed, /\nThe first layer that differs is number 2, of .*random\/uuid.*\n/);
  assert.match(other.printed, /\n {2}\/id {2}content: [0-9a-f]{12}, then [0-9a-f]{12}\n/);
  assert.doesNotMatch(other.printed, /\/one /);

  writeFileSync(file, `${stable}COPY missing /\n`);
  const stopped = await call();
  assert.deepEqual([stopped.ending, stopped.printed], ['undone', '']);
  assert.match(stopped.told, /the first build failed: drydock build .* says why/);

  const left = await ask({ program, args: ['images', '--all'], env: engine.env }, folder);
  assert.doesNotMatch(JSON.stringify(left), /drydock-reproducible/);
});

test('of a file what weighs most is named, and files of one image alone', () => {
  const file: FilePrint = {
    path: 'a',
    kind: 'file',
    mode: 0o644,
    owner: '0:0',
    modified: 0,
    target: '',
    content: 'aa',
    attributes: '',
  };
  const compare = (change: Partial<FilePrint>): unknown =>
    fileDifferences(
      { number: 1, step: '', files: [file] },
      { number: 1, step: '', files: [{ ...file, ...change }] },
    );
  assert.deepEqual(compare({}), []);
  const at = (what: string, first: string, second: string): unknown[] => [
    { place: 'a', what, first, second },
  ];
  assert.deepEqual(compare({ content: 'bb', modified: 5 }), at('content', 'aa', 'bb'));
  assert.deepEqual(compare({ mode: 0o755, modified: 5 }), at('mode', '0644', '0755'));
  assert.deepEqual(compare({ owner: '1:1' }), at('owner', '0:0', '1:1'));
  assert.deepEqual(compare({ modified: 5 }), at('time', '1970-01-01T00:00:00Z', '1970-01-01T00:00:05Z'));
  assert.deepEqual(compare({ path: 'b' }), [
    ...at('missing', 'file', 'not there'),
    { place: 'b', what: 'missing', first: 'not there', second: 'file' },
  ]);
});

test('of two configurations each field that differs is named', () => {
  const first = { created: 'x', config: { Env: ['A=1', 'B=2'], Labels: {} } };
  const second = { created: 'x', config: { Env: ['A=1', 'B=3'], Labels: {}, User: 'app' } };
  assert.deepEqual(
    configDifferences(first, second).map((one) => [one.place, one.first, one.second]),
    [
      ['config.Env.1', '"B=2"', '"B=3"'],
      ['config.User', 'not there', '"app"'],
    ],
  );
});
