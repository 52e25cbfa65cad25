// `drydock doctor` as it is started: the bundle, a bare PATH, the exit status.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { tools } from '../../server/src/workflow/tool-list';
import { makeFolder } from '../harness/workspace';

test('doctor ends well whatever is missing, and says what it does not understand', (t) => {
  const options = { encoding: 'utf8', env: { HOME: makeFolder(t), PATH: makeFolder(t) } } as const;
  const call = (...words: string[]): ReturnType<typeof spawnSync> & { stdout: string; stderr: string } =>
    spawnSync(process.execPath, ['dist/cli.js', 'doctor', ...words], options);
  const { status, stdout, stderr } = call('--format=json');
  assert.equal(status, 0, stderr);
  assert.deepEqual(
    (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id),
    tools.map(({ id }) => id),
  );
  assert.match(call('--help').stdout, /^Usage: drydock doctor/);
  const wrong = call('--what');
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /^drydock: .*--what/);
});
