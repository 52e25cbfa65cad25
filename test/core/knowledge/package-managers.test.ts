// The table of package managers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  managerOfProgram,
  packageManagers,
  packageName,
} from '../../../server/src/core/knowledge/packages/package-managers';

const names: readonly (readonly [program: string, word: string, name: string])[] = [
  ['apt-get', 'curl', 'curl'],
  ['apt-get', 'curl=8.*', 'curl'],
  ['apt-get', 'curl:arm64=8.5.0-2', 'curl'],
  ['apt-get', 'curl/stable', 'curl'],
  ['apk', 'curl~=8', 'curl'],
  ['apk', 'curl>8', 'curl'],
  ['apk', 'so:libcurl.so.4', 'so'],
  ['dnf', 'libstdc++-devel', 'libstdc++-devel'],
  ['npm', '@angular/cli@18', '@angular/cli'],
  ['npm', 'pm2@5', 'pm2'],
  ['pip3', 'supervisor!=4.0', 'supervisor'],
  ['gem', 'puma:6.4', 'puma'],
];

for (const [program, word, name] of names) {
  test(`the name of a package: ${program} ${word}`, () => {
    const manager = managerOfProgram(program);
    assert.ok(manager);
    assert.equal(packageName(manager, word), name);
  });
}

test('a manager that asks can be answered, and what fills a cache has a folder for it', () => {
  for (const { name, asks, yes, fillsCache, caches } of packageManagers) {
    assert.ok(asks.length === 0 || yes.length > 0, `${name} asks, and nothing answers`);
    assert.ok(fillsCache.length === 0 || caches.length > 0, `${name} fills a cache, and no folder is known`);
  }
});
