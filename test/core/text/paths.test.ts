// The arithmetic of paths, in images for Linux and for Windows and in build contexts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  baseName,
  fromHome,
  isBelow,
  normalizePath,
  resolvePath,
  withoutEndSlash,
} from '../../../server/src/core/text/paths';

const normalized: readonly (readonly [path: string, expected: string])[] = [
  ['/', '/'],
  ['//', '/'],
  ['/a//b/./c/', '/a/b/c'],
  ['/a/../../b', '/b'],
  ['/..', '/'],
  ['', ''],
  ['.', ''],
  ['./', ''],
  ['./a/.', 'a'],
  ['a/..', ''],
  ['../a', '../a'],
  ['a/../../b', '../b'],
  ['../..', '../..'],
  ['...', '...'],
  ['a b/ c', 'a b/ c'],
];

for (const [path, expected] of normalized) {
  test(`normalized: ${JSON.stringify(path)}`, () => {
    assert.equal(normalizePath(path), expected);
    assert.equal(normalizePath(expected), expected, 'a second time changes nothing');
  });
}

const resolved: readonly (readonly [
  folder: string | undefined,
  path: string,
  expected: string | undefined,
  windows?: true,
])[] = [
  ['/a', 'b//c/', '/a/b/c'],
  ['/a', '/', '/'],
  ['/a', '.', '/a'],
  ['/a', './', '/a'],
  ['/a', '..', '/'],
  ['/a', '../../../b', '/b'],
  ['/a', '', '/a'],
  ['/a', '~/x', '/a/~/x'],
  ['/', 'x', '/x'],
  [undefined, 'x', undefined],
  [undefined, '/x/../y', '/y'],
  [undefined, 'c:/x', 'c:/x'],
  [undefined, 'c:', 'c:'],
  ['/a', 'c:x', '/a/c:x'],
  ['c:/x', 'y', 'c:/x/y'],
  ['c:\\x', 'y', 'c:\\x\\y'],
  ['c:\\', 'y', 'c:\\y'],
  [undefined, '\\x', '\\x', true],
  [undefined, 'x', undefined, true],
  ['/', 'x'.repeat(5000), undefined],
];

for (const [folder, path, expected, windows] of resolved) {
  test(`${JSON.stringify(path.slice(0, 20))} from ${folder ?? 'somewhere'}${windows ? ' on Windows' : ''}`, () => {
    assert.equal(resolvePath(folder, path, windows), expected);
  });
}

test('below means in the folder, not beside one whose name begins so', () => {
  assert.ok(isBelow('/a', '/a'));
  assert.ok(isBelow('/a/b/c', '/a'));
  assert.ok(isBelow('/a', '/'));
  assert.ok(isBelow('a/b', 'a'));
  assert.ok(!isBelow('/ab', '/a'));
  assert.ok(!isBelow('/a', '/a/b'));
  assert.ok(!isBelow('/b', '/a'));
});

test('the last part of a path, and a path without slashes at its end', () => {
  assert.deepEqual(['/a/b', 'b', '/', 'a/', ''].map(baseName), ['b', 'b', '', '', '']);
  assert.deepEqual(['/a/', '/a//', '/', 'a', ''].map(withoutEndSlash), ['/a', '/a', '/', 'a', '']);
});

test('home directories are one place, whoever lives in them', () => {
  const paths = ['/root/.cache', '/home/me/x', '$HOME/x', '${HOME}', '/root', '/rooted', '/home', '/home/me'];
  assert.deepEqual(paths.map(fromHome), ['~/.cache', '~/x', '~/x', '~', '~', '/rooted', '/home', '~']);
});
