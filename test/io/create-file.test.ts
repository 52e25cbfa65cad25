// Files that a fix adds: created where nothing is, and nowhere else.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createFile } from '../../server/src/io/files/create-file';
import { makeFolder } from '../harness/workspace';

test('a file is created where nothing is', (t) => {
  const folder = makeFolder(t, { 'web/a': 'old' });
  assert.equal(createFile(folder, 'web/b', 'new'), join(folder, 'web', 'b'));
  assert.equal(readFileSync(join(folder, 'web', 'b'), 'utf8'), 'new');
  assert.equal(createFile(folder, 'web/a', 'new'), undefined);
  assert.equal(readFileSync(join(folder, 'web', 'a'), 'utf8'), 'old');
});

test('nothing is created outside the folder, through a link, or in a folder that is missing', (t) => {
  const top = makeFolder(t, { 'in/a': '', 'out/a': '' });
  const folder = join(top, 'in');
  symlinkSync(join(top, 'out'), join(folder, 'link'));
  symlinkSync(join(top, 'out', 'b'), join(folder, 'dangling'));
  for (const path of ['../out/b', 'link/b', 'dangling', 'gone/b', '/b', 'x\\b', ''])
    assert.equal(createFile(folder, path, ''), undefined, path);
  assert.equal(existsSync(join(top, 'out', 'b')), false);
});
