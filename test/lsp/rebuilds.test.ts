// What rebuilds if a file changes, over the protocol on the bundle: lines above instructions, and the two questions.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CodeLens } from 'vscode-languageserver/node';
import type { Rebuilds } from '../../server/src/protocol/messages';
import { editorCapabilities, LspClient } from '../harness/lsp-client';
import { makeFolder } from '../harness/workspace';

const dockerfile = `FROM node:22 AS build
COPY package.json ./
RUN npm ci
COPY src src
RUN --mount=type=bind,source=tools,target=/t npm run build
COPY <<E /x
E
FROM build AS test
COPY tests tests
FROM node:22-slim
COPY --from=build /out /out
ONBUILD COPY . .
`;

const lenses = [
  '2 5 to 6 of 6 steps run again if these files change',
  '4 3 to 4 of 6 steps run again if these files change',
  '5 2 to 3 of 6 steps run again if these files change',
  '9 1 of 6 steps runs again if these files change',
];

/** The lenses as text: line, title, and whether there is something to click on. */
function shown(lenses: readonly CodeLens[] | null): readonly string[] {
  return (lenses ?? []).map(
    ({ range, command }) =>
      `${String(range.start.line + 1)} ${command?.title ?? ''}${command?.command === '' ? '' : ' >'}`,
  );
}

async function lensesOf(client: LspClient, uri: string): Promise<readonly string[]> {
  return shown(await client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } }));
}

test('lines above what takes files from the context; a click only where a client has the command', async (t) => {
  const uri = 'untitled:Dockerfile';
  for (const [initializationOptions, end] of [
    [undefined, ''],
    [{ coexistence: [] }, ' >'],
  ] as const) {
    const client = await LspClient.start(initializationOptions && { initializationOptions });
    t.after(() => client.stop());
    assert.ok(client.initialized.capabilities.codeLensProvider);
    await client.open(uri, dockerfile);
    assert.deepEqual(
      await lensesOf(client, uri),
      lenses.map((line) => line + end),
    );
    await client.change(uri, `FROM a\n${'COPY a b\n'.repeat(1001)}`);
    assert.deepEqual(await lensesOf(client, uri), [], 'too many to be read');
  }
});

test('the setting switches the lines off, and the editor asks again', async (t) => {
  const client = await LspClient.start({
    settings: { rebuildLens: false },
    capabilities: {
      ...editorCapabilities,
      workspace: { ...editorCapabilities.workspace, codeLens: { refreshSupport: true } },
    },
  });
  t.after(() => client.stop());
  let refreshed = 0;
  client.connection.onRequest('workspace/codeLens/refresh', () => {
    refreshed += 1;
    return null;
  });
  const uri = 'untitled:Dockerfile';
  await client.open(uri, dockerfile);
  assert.deepEqual(await lensesOf(client, uri), []);
  client.settings = { rebuildLens: true };
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await client.until('a refresh', () => refreshed > 0);
  assert.deepEqual(await lensesOf(client, uri), lenses);
});

/** Each Dockerfile with the lines that run again; `?` for those that may. */
function told(answers: readonly Rebuilds[] | null, folder: string): readonly string[] {
  return (answers ?? []).map(({ dockerfile: uri, steps, total, notes }) => {
    const lines = steps.map(({ line, runs }) => `${String(line + 1)}${runs === 'yes' ? '' : '?'}`);
    return [`${uri.slice(pathToFileURL(folder).href.length + 1)}:`, ...lines, 'of', total, ...notes].join(
      ' ',
    );
  });
}

test('what a file rebuilds: in Dockerfiles around it, or in those that are named', async (t) => {
  const folder = makeFolder(t, {
    Dockerfile: dockerfile,
    '.dockerignore': 'docs\n',
    'src/a.js': '',
    'package.json': '',
    'docker/dev.Dockerfile': 'FROM a\nCOPY src src\n',
    'other/Dockerfile': 'FROM a\nCOPY . .\n',
    'other/b': '',
  });
  const client = await LspClient.start({ folder });
  t.after(() => client.stop());
  const uri = (name: string): string => pathToFileURL(join(folder, name)).href;
  const ask = async (file: string, dockerfiles?: readonly string[]): Promise<readonly string[]> => {
    const params = { file: uri(file), ...(dockerfiles && { dockerfiles: dockerfiles.map(uri) }) };
    return told(await client.connection.sendRequest('drydock/rebuilds', params), folder);
  };
  assert.deepEqual(await ask('src/a.js'), ['Dockerfile: 4 5 6 11? of 6', 'docker/dev.Dockerfile: 2 of 1']);
  assert.deepEqual(await ask('docs/a.md', ['Dockerfile', 'other/Dockerfile', 'gone/Dockerfile']), [
    'Dockerfile: of 6 .dockerignore keeps docs/a.md out of the build',
  ]);
  // The text in the editor counts, not that on disk.
  await client.open(uri('Dockerfile'), 'FROM a\nRUN x\nCOPY src src\n');
  assert.deepEqual(await ask('src/a.js', ['Dockerfile']), ['Dockerfile: 3 of 2']);
  writeFileSync(join(folder, '.dockerignore'), 'src\n');
  assert.deepEqual(await ask('src/a.js', ['Dockerfile']), [
    'Dockerfile: of 2 .dockerignore keeps src/a.js out of the build',
  ]);
  const send = (params: object): Promise<unknown> =>
    client.connection.sendRequest('drydock/rebuilds', params);
  assert.equal(await send({ file: 'untitled:a' }), null);
  await assert.rejects(send({ file: uri('a'), dockerfiles: [1] }), /not valid/);
  await assert.rejects(send({}), /not valid/);
});

test('what rebuilds if the files of a line change', async (t) => {
  const client = await LspClient.start();
  t.after(() => client.stop());
  const uri = 'untitled:Dockerfile';
  await client.open(uri, dockerfile);
  const ask = (line: unknown): Promise<Rebuilds | null> =>
    client.connection.sendRequest('drydock/rebuildsOfLine', { textDocument: { uri }, line });
  const { steps = [] } = (await ask(3)) ?? {};
  assert.deepEqual(
    steps.map(({ line, why }) => `${String(line + 1)} ${why}`),
    [
      '4 copies these files',
      '5 follows line 4',
      '6 follows line 4',
      '11 copies /out from stage build, unless these files stay the same',
    ],
  );
  assert.equal(await ask(5), null);
  assert.equal(await ask(99), null);
  await assert.rejects(ask('x'), /not valid/);
});
