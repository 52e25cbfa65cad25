// Programs by absolute path, on the PATH and in the folders that are usual on a platform.
import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findProgram, searchFolders } from '../../../server/src/io/processes/find-program';
import { makeFolder } from '../../harness/workspace';

test('only files that may be run are programs, and only absolute folders are searched', async (t) => {
  const folder = makeFolder(t, { docker: '#!/bin/sh\n' });
  chmodSync(join(folder, 'docker'), 0o755);
  const decoys = makeFolder(t, { 'docker/': '', podman: 'text' });
  const place = { env: { PATH: `.:${decoys}::relative:${folder}` }, platform: 'linux', usual: [] };
  assert.equal(await findProgram('docker', place), join(folder, 'docker'));
  assert.equal(await findProgram('podman', place), undefined);
  assert.deepEqual(searchFolders(place), [decoys, folder]);
});

test('Windows: its own spelling of PATH, quotes, drive letters', () => {
  const env = { Path: '"C:\\Program Files\\Docker";relative;D:\\tools' };
  assert.deepEqual(searchFolders({ env, platform: 'win32' }), ['C:\\Program Files\\Docker', 'D:\\tools']);
});

test('macOS: the folders of Docker Desktop and Homebrew are known without the PATH', () => {
  const folders = searchFolders({ env: {}, platform: 'darwin' });
  assert.ok(folders.includes('/opt/homebrew/bin'));
  assert.ok(folders.includes('/Applications/Docker.app/Contents/Resources/bin'));
});
