// Files of other people: what never ends is refused, and only the file that was read is written.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inWords } from '../../server/src/io/files/file-errors';
import { fileState, readRegular, readText } from '../../server/src/io/files/read-text';
import { rewriteFile, writeWhole } from '../../server/src/io/files/rewrite';
import { makeFolder } from '../harness/workspace';

const unix = { skip: process.platform === 'win32' };

test('the file that was read is rewritten, also through a link that was there before', unix, (t) => {
  const folder = makeFolder(t, { 'a/Dockerfile': 'FROM a\n' });
  symlinkSync('a/Dockerfile', join(folder, 'Dockerfile'));
  const path = join(folder, 'Dockerfile');
  const read = readRegular(path, 100);
  assert.equal(read?.bytes.toString(), 'FROM a\n');
  rewriteFile(path, 'FROM b\n', read?.state ?? '');
  assert.equal(readFileSync(join(folder, 'a/Dockerfile'), 'utf8'), 'FROM b\n');
  assert.deepEqual(readdirSync(folder).sort(), ['Dockerfile', 'a']);
});

test('a report replaces the file that the user names, also through a link', unix, (t) => {
  const folder = makeFolder(t, { 'a/report': 'old' });
  chmodSync(join(folder, 'a/report'), 0o600);
  symlinkSync('a/report', join(folder, 'report'));
  for (const name of ['report', 'fresh']) writeWhole(join(folder, name), 'new');
  assert.equal(readFileSync(join(folder, 'a/report'), 'utf8'), 'new');
  assert.equal(statSync(join(folder, 'a/report')).mode & 0o777, 0o600);
  assert.equal(readFileSync(join(folder, 'fresh'), 'utf8'), 'new');
  assert.deepEqual(readdirSync(folder).sort(), ['a', 'fresh', 'report']);
  // A device stays one.
  writeWhole('/dev/null', 'new');
  assert.ok(statSync('/dev/null').isCharacterDevice());
});

const changes: Readonly<Record<string, (folder: string, path: string) => void>> = {
  'other text of the same size': (_, path) => {
    const { state } = readRegular(path, 100) ?? {};
    writeFileSync(path, 'FROM c\n');
    utimesSync(path, 0, 0);
    assert.notEqual(fileState(path), state);
  },
  'another file in its place': (folder, path) => {
    writeFileSync(join(folder, 'new'), 'FROM a\n');
    renameSync(join(folder, 'new'), path);
  },
  'a link in its place': (folder, path) => {
    renameSync(path, join(folder, 'moved'));
    symlinkSync('secret', path);
  },
  'a folder on the way that is now a link': (folder) => {
    renameSync(join(folder, 'a'), join(folder, 'b'));
    symlinkSync('other', join(folder, 'a'));
  },
};

for (const [name, change] of Object.entries(changes)) {
  test(`nothing is written if there is ${name}`, unix, (t) => {
    const before = {
      secret: 'key\n',
      'a/Dockerfile': 'FROM a\n',
      'a/secret': 'key\n',
      'other/Dockerfile': 'other\n',
    };
    const folder = makeFolder(t, before);
    const path = join(folder, 'a/Dockerfile');
    const { state = '' } = readRegular(path, 100) ?? {};
    change(folder, path);
    const here = existsSync(path) ? readFileSync(path, 'utf8') : '';
    assert.throws(() => rewriteFile(path, 'FROM b\n', state), /it has changed since Drydock read it/);
    assert.equal(existsSync(path) ? readFileSync(path, 'utf8') : '', here);
    assert.equal(readFileSync(join(folder, 'secret'), 'utf8'), 'key\n');
    assert.equal(readFileSync(join(folder, 'other/Dockerfile'), 'utf8'), 'other\n');
    assert.ok(!readdirSync(join(folder, 'other')).some((file) => file.endsWith('.tmp')));
  });
}

test('what is not a file, or never ends, is refused at once', unix, (t) => {
  const folder = makeFolder(t, { large: 'x'.repeat(2000) });
  assert.equal(readText(join(folder, 'large'), 1000), undefined);
  spawnSync('mkfifo', [join(folder, 'pipe')]);
  symlinkSync('/dev/zero', join(folder, 'zero'));
  symlinkSync('self', join(folder, 'self'));
  for (const name of ['pipe', 'zero', '.'])
    assert.throws(() => readRegular(join(folder, name), 1000), /it is not a regular file/, name);
  assert.throws(
    () => readRegular(join(folder, 'self'), 1000),
    (error) => inWords(error) === 'its link leads back to itself',
  );
});

test('errors of the system are said in words, others as they are', () => {
  const of = (code: string): Error => Object.assign(new Error(`${code}: what, open 'x'`), { code });
  assert.equal(inWords(of('ENOSPC')), 'the disk is full');
  assert.equal(inWords(of('EACCES')), 'you have no permission');
  assert.equal(inWords(of('EWHATEVER')), "EWHATEVER: what, open 'x'");
  assert.equal(inWords(new Error('it is not a regular file')), 'it is not a regular file');
  assert.equal(inWords('x'), 'x');
});
