// How much of a build context is looked at.
import assert from 'node:assert/strict';
import { chmodSync, linkSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from '../../server/src/core/syntax/parse';
import { findBuildContext as find } from '../../server/src/io/surroundings/build-context';
import type { BuildContext } from '../../server/src/io/surroundings/build-context';
import type { Dockerfile } from '../../server/src/core/syntax/nodes';
import { readSurroundings } from '../../server/src/io/surroundings/surroundings';
import { makeFolder } from '../harness/workspace';

/** The context if no file around says anything about a build. */
function findBuildContext(
  path: string,
  file: Dockerfile,
  root: string | undefined,
): BuildContext | undefined {
  return find({ path, file, root, found: { builds: [], mentions: () => false } });
}

/** Puts so many more entries into a folder. Links: a disk makes them in a twentieth of the time of files. */
function fill(folder: string, count: number, file: string): void {
  for (let at = 0; at < count; at += 1) linkSync(file, join(folder, `file-${at}`));
}

test('a name that somebody is writing tells the folder, though not for certain', (t) => {
  const root = makeFolder(t, { 'app/Dockerfile': '', 'app/src/a': '', 'web/b': '' });
  const path = join(root, 'app', 'Dockerfile');
  const found = (text: string) => findBuildContext(path, parse(text), root);
  assert.equal(found('FROM a\nCOPY sr /x/\n')?.folder, join(root, 'app'));
  assert.equal(found('FROM a\nCOPY sr /x/\n')?.facts.isCertain, false);
  assert.equal(found('FROM a\nCOPY we /x/\n')?.folder, root);
  assert.equal(found('FROM a\nCOPY rc /x/\n'), undefined);
});

test('a folder with more than 5,000 entries is not a build context', (t) => {
  const folder = makeFolder(t, { Dockerfile: 'FROM scratch\nCOPY . /\n' });
  const path = join(folder, 'Dockerfile');
  const file = parse('FROM scratch\nCOPY . /\n');
  fill(folder, 4999, path);
  assert.equal(findBuildContext(path, file, undefined)?.facts.entries.length, 5000);
  writeFileSync(join(folder, 'one-more'), '');
  assert.equal(findBuildContext(path, file, undefined), undefined);
});

test('a folder in it with more than 1,000 entries is not looked into', (t) => {
  const folder = makeFolder(t, { Dockerfile: '', 'full/a': '', 'more/a': '' });
  const path = join(folder, 'Dockerfile');
  fill(join(folder, 'full'), 999, path);
  fill(join(folder, 'more'), 1000, path);
  const entriesOf = findBuildContext(path, parse(''), undefined)?.facts.entriesOf;
  assert.ok(entriesOf);
  assert.equal(entriesOf('full')?.length, 1000);
  assert.equal(entriesOf('more'), undefined);
});

test('at most 500 folders in it are looked into, at any depth', (t) => {
  const folder = makeFolder(t, { Dockerfile: '', 'first/second/third/a': '' });
  for (let at = 0; at < 500; at += 1) mkdirSync(join(folder, `folder-${at}`));
  const entriesOf = findBuildContext(join(folder, 'Dockerfile'), parse(''), undefined)?.facts.entriesOf;
  assert.ok(entriesOf);
  assert.deepEqual(entriesOf('first/second/third'), ['a']);
  for (let at = 0; at < 500; at += 1) assert.deepEqual(entriesOf(`folder-${at}`), at < 497 ? [] : undefined);
  assert.deepEqual(entriesOf('first/second/third'), ['a'], 'what was seen stays seen');
});

test('nothing outside the context is listed', (t) => {
  const folder = makeFolder(t, { 'app/Dockerfile': '', 'app/src/a': '', 'other/secret': '' });
  symlinkSync(join(folder, 'other'), join(folder, 'app', 'src', 'link'));
  const path = join(folder, 'app', 'Dockerfile');
  const entriesOf = findBuildContext(path, parse(''), undefined)?.facts.entriesOf;
  assert.ok(entriesOf);
  assert.deepEqual(entriesOf('src'), ['a', 'link']);
  for (const way of ['../other', 'src/../../other', '..', '/', folder, 'src/link', 'src\0', 'src/'])
    assert.equal(entriesOf(way), undefined, way);
});

test('an ignore file that is too large for its folder makes the context unknown', (t) => {
  const folder = makeFolder(t, { Dockerfile: '', app: '', '.dockerignore': '?\n'.repeat(33_000) });
  const path = join(folder, 'Dockerfile');
  assert.equal(findBuildContext(path, parse(''), undefined), undefined);
  writeFileSync(join(folder, '.dockerignore'), '?\n'.repeat(30_000));
  assert.notEqual(findBuildContext(path, parse(''), undefined)?.facts.ignoreFile, undefined);
  fill(folder, 100, path);
  assert.equal(findBuildContext(path, parse(''), undefined), undefined);
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

test('a folder that holds nothing but what belongs to Dockerfiles is not a build context', (t) => {
  const folder = makeFolder(t, {
    Dockerfile: '',
    'Dockerfile.web': '',
    '.dockerignore': '',
    '.drydock.yaml': '',
  });
  const path = join(folder, 'Dockerfile');
  assert.equal(findBuildContext(path, parse(''), undefined), undefined);
  writeFileSync(join(folder, 'app'), '');
  assert.equal(findBuildContext(path, parse(''), undefined)?.folder, folder);
});

test('what is copied from stages and images is not looked for in the context', (t) => {
  const folder = makeFolder(t, { 'web/Dockerfile': '', 'web/app': '' });
  const file = parse('FROM a\nCOPY --from=b gone /\nCOPY app /\n');
  assert.equal(
    findBuildContext(join(folder, 'web', 'Dockerfile'), file, folder)?.folder,
    join(folder, 'web'),
  );
});

test("a Dockerfile's own ignore file takes the place of the one at the root", (t) => {
  const folder = makeFolder(t, { Dockerfile: '', app: '', '.dockerignore': 'a\n' });
  const path = join(folder, 'Dockerfile');
  const ignoreFile = (): unknown => findBuildContext(path, parse(''), undefined)?.facts.ignoreFile;
  assert.deepEqual(ignoreFile(), { path: '.dockerignore', text: 'a\n' });
  writeFileSync(`${path}.dockerignore`, 'b\n');
  assert.deepEqual(ignoreFile(), { path: 'Dockerfile.dockerignore', text: 'b\n' });
});

test('a manifest is read anew when it has changed, and only right in the context', (t) => {
  const folder = makeFolder(t, { Dockerfile: '', 'package.json': '1', 'web/package.json': '2' });
  const textOf = findBuildContext(join(folder, 'Dockerfile'), parse(''), undefined)?.facts.textOf;
  assert.ok(textOf);
  assert.equal(textOf('package.json'), '1');
  writeFileSync(join(folder, 'package.json'), 'longer');
  assert.equal(textOf('package.json'), 'longer');
  assert.equal(textOf('web/package.json'), undefined);
});

test('a link to a folder is not followed', (t) => {
  const folder = makeFolder(t, { Dockerfile: '', 'web/a': '' });
  symlinkSync(join(folder, 'web'), join(folder, 'link'));
  const facts = findBuildContext(join(folder, 'Dockerfile'), parse(''), undefined)?.facts;
  assert.deepEqual(facts?.entriesOf?.('web'), ['a']);
  assert.equal(facts?.entriesOf?.('link'), undefined);
});

test('of scripts the start is read and the execute bit looked at, within bounds and never behind links', (t) => {
  const scripts = Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`all/${at}.sh`, '#!/bin/sh\n']));
  const folder = makeFolder(t, {
    'app/Dockerfile': '',
    'app/run.sh': 'x'.repeat(70_000),
    'app/src/': '',
    'other/secret': 'x',
    ...Object.fromEntries(Object.entries(scripts).map(([path, text]) => [`app/${path}`, text])),
  });
  chmodSync(join(folder, 'app/all/0.sh'), 0o755);
  symlinkSync(join(folder, 'other/secret'), join(folder, 'app/src/link'));
  const facts = findBuildContext(join(folder, 'app/Dockerfile'), parse(''), undefined)?.facts;
  const fileAt = facts?.fileAt;
  assert.ok(fileAt);
  const windows = process.platform === 'win32';
  assert.deepEqual(fileAt('all/0.sh'), { text: '#!/bin/sh\n', executable: windows ? undefined : true });
  assert.equal(fileAt('all/1.sh')?.executable, windows ? undefined : false);
  assert.equal(fileAt('run.sh')?.text.length, 64_000);
  for (const path of ['src/link', 'src', '../other/secret', 'gone.sh', '', join(folder, 'app/run.sh')])
    assert.equal(fileAt(path), undefined, path);
  // The link was asked for, too.
  for (let at = 2; at < 48; at += 1) assert.ok(fileAt(`all/${at}.sh`), String(at));
  assert.equal(fileAt('all/48.sh'), undefined);
  writeFileSync(join(folder, 'app/all/0.sh'), 'other');
  assert.equal(fileAt('all/0.sh')?.text, 'other', 'what was asked for is read anew when it has changed');
});

test('a change of a script that was read concerns the file, and one of another script does not', (t) => {
  const folder = makeFolder(t, { Dockerfile: '', 'bin/run.py': '', 'bin/other.py': '' });
  const roots = { configRoot: folder, contextRoot: folder };
  const text = 'FROM debian:12\nCOPY bin /srv/\nCMD ["/srv/run.py"]\n';
  const around = readSurroundings(join(folder, 'Dockerfile'), text, roots);
  assert.ok(around.facts.context?.fileAt?.('bin/run.py'));
  assert.equal(around.dependsOn(join(folder, 'bin/run.py'), true), true);
  assert.equal(around.dependsOn(join(folder, 'bin/other.py'), true), false);
});
