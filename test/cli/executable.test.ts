// The command line as npm installs it: a file that is started by itself.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { makeFolder } from '../harness/workspace';

test('the bundle starts without node in front', { skip: process.platform === 'win32' }, (t) => {
  const { bin, version } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    bin: Readonly<Record<string, string>>;
    version: string;
  };
  const folder = makeFolder(t);
  const main = bin['drydock'] ?? '';
  for (const name of readdirSync(dirname(main)))
    if (/^cli\b.*\.js$/.test(name)) copyFileSync(join(dirname(main), name), join(folder, name));
  // npm makes what `bin` names executable, and links to it.
  chmodSync(join(folder, basename(main)), 0o755);
  const installed = join(folder, 'drydock');
  symlinkSync(basename(main), installed);
  const { status, stdout, stderr } = spawnSync(installed, ['--version'], { encoding: 'utf8' });
  assert.deepEqual([status, stdout, stderr], [0, `drydock ${version}\n`, '']);
});
