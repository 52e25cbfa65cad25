// How much of a build context is looked at.
import assert from 'node:assert/strict';
import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from '../../server/src/core/syntax/parse';
import { findBuildContext } from '../../server/src/io/surroundings/build-context';
import { readSurroundings } from '../../server/src/io/surroundings/surroundings';
import { makeFolder } from '../harness/workspace';

/** Puts so many more entries into a folder. Links: a disk makes them in a twentieth of the time of files. */
function fill(folder: string, count: number, file: string): void {
  for (let at = 0; at < count; at += 1) linkSync(file, join(folder, `file-${at}`));
}

test('a folder with more than 5,000 entries is no build context', (t) => {
  const folder = makeFolder(t, { Dockerfile: 'FROM scratch\nCOPY . /\n' });
  const path = join(folder, 'Dockerfile');
  const file = parse('FROM scratch\nCOPY . /\n');
  fill(folder, 4999, path);
  assert.equal(findBuildContext(path, file, undefined)?.facts.entries.length, 5000);
  writeFileSync(join(folder, 'one-more'), '');
  assert.equal(findBuildContext(path, file, undefined), undefined);
});

test('a folder in it with more than 1,000 entries is not looked into, nor is a fifty-first one', (t) => {
  const folder = makeFolder(t, { Dockerfile: '', 'full/a': '', 'more/a': '' });
  const path = join(folder, 'Dockerfile');
  fill(join(folder, 'full'), 999, path);
  fill(join(folder, 'more'), 1000, path);
  const entriesOf = findBuildContext(path, parse(''), undefined)?.facts.entriesOf;
  assert.ok(entriesOf);
  assert.equal(entriesOf('full')?.length, 1000);
  assert.equal(entriesOf('more'), undefined);
  for (let at = 0; at < 49; at += 1) {
    mkdirSync(join(folder, `folder-${at}`));
    assert.deepEqual(entriesOf(`folder-${at}`), at < 48 ? [] : undefined);
  }
  assert.equal(entriesOf('full')?.length, 1000, 'what was seen stays seen');
});

test('the build context is looked for when a fact is first asked for, and once', (t) => {
  const folder = makeFolder(t, { Dockerfile: '' });
  const path = join(folder, 'Dockerfile');
  const around = readSurroundings(path, 'FROM scratch\nCOPY app /\n', {
    configRoot: folder,
    contextRoot: folder,
  });
  writeFileSync(join(folder, 'app'), '');
  assert.deepEqual(around.facts.context?.entries, ['Dockerfile', 'app']);
  assert.equal(around.contextFolder, folder);
  rmSync(join(folder, 'app'));
  assert.deepEqual(around.facts.context?.entries, ['Dockerfile', 'app']);
});
