// Findings about files follow the files: they appear, change and go without the Dockerfile being saved.
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { LspClient, editorCapabilities } from '../harness/lsp-client';
import { makeFolder } from '../harness/workspace';

const dockerfile = 'FROM node:22\nCOPY package.json server.js /app/\nCOPY src/a.ts /app/\nUSER node\n';

test('findings refresh when files appear, change or go', async (t) => {
  const folder = makeFolder(t, {
    Dockerfile: dockerfile,
    'package.json': '{}',
    'src/a.ts': '',
    'src/c.ts': '',
    'deep/b/c': '',
  });
  const client = await LspClient.start({
    folder,
    capabilities: {
      ...editorCapabilities,
      workspace: {
        ...editorCapabilities.workspace,
        didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
      },
    },
  });
  t.after(() => client.stop());
  const uri = pathToFileURL(join(folder, 'Dockerfile')).href;
  await client.open(uri, dockerfile);
  const missing = async (): Promise<readonly string[]> =>
    (await client.diagnostics(uri))
      .filter(({ code }) => code === 'copy-source-missing')
      .map(({ message }) => (typeof message === 'string' ? message : message.value).split(' ')[0] ?? '');
  /** Tells the server, and waits until it asks to be asked again; false if it does not. */
  const tell = async (path: string, type: 1 | 2 | 3): Promise<boolean> => {
    const before = client.refreshes;
    const changes = [{ uri: pathToFileURL(join(folder, path)).href, type }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    for (let step = 0; step < 100 && client.refreshes === before; step += 1) await setTimeout(10);
    return client.refreshes > before;
  };
  assert.deepEqual(await missing(), ['server.js']);
  writeFileSync(join(folder, 'server.js'), '');
  assert.equal(await tell('server.js', 1), true);
  assert.deepEqual(await missing(), []);
  rmSync(join(folder, 'src', 'a.ts'));
  assert.equal(await tell('src/a.ts', 3), true);
  assert.deepEqual(await missing(), ['src/a.ts']);
  writeFileSync(join(folder, 'package.json'), '{"name":"x"}');
  assert.equal(await tell('package.json', 2), true);
  assert.equal(await tell('deep/b/d', 1), false, 'nobody looked there');
  assert.equal(await tell('src/b.ts', 2), false, 'of what is deeper only names count');
});
