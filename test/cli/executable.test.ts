// The command line as npm installs it: a file that is started by itself.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeFolder } from '../harness/workspace';

test('the bundle starts without node in front', { skip: process.platform === 'win32' }, (t) => {
  const { bin, version } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    bin: Readonly<Record<string, string>>;
    version: string;
  };
  const installed = join(makeFolder(t), 'drydock');
  copyFileSync(bin['drydock'] ?? '', installed);
  // npm makes what `bin` names executable.
  chmodSync(installed, 0o755);
  const { status, stdout, stderr } = spawnSync(installed, ['--version'], { encoding: 'utf8' });
  assert.deepEqual([status, stdout, stderr], [0, `drydock ${version}\n`, '']);
});
