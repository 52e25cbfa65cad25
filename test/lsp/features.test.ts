// Language features over the protocol, on the bundle: that the library behind some of them, a file of its
// own there, is found; that answers have the shape of the client; and that a refusal reaches the user.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type {
  CompletionItem,
  DocumentSymbol,
  Hover,
  SignatureHelp,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LspClient } from '../harness/lsp-client';
import { parseMarked } from '../harness/marked';
import { makeFolder } from '../harness/workspace';

const uri = 'untitled:Dockerfile';

/** Opens marked text and sends requests for the place of its cursor. */
async function open(client: LspClient, source: string) {
  const { text, cursors } = parseMarked(source);
  await client.open(uri, text);
  const position = client.document(uri).positionAt(cursors[0] ?? 0);
  return <T>(method: string, more: object = {}): Promise<T> =>
    client.connection.sendRequest<T>(`textDocument/${method}`, { textDocument: { uri }, position, ...more });
}

test('what the base library lends reaches the editor', async (t) => {
  const client = await LspClient.start();
  t.after(() => client.stop());
  const ask = await open(client, 'FROM a\nCO‸PY --from=x a b\n');
  assert.match(JSON.stringify(await ask<Hover>('hover')), /Copy files or folders/);
  const items = await ask<CompletionItem[]>('completion');
  assert.ok(items.some(({ label }) => label === 'HEALTHCHECK'));

  const atFlag = await open(client, 'FROM a\nCOPY --from=‸x a b\n');
  const help = await atFlag<SignatureHelp>('signatureHelp');
  assert.match(help.signatures[0]?.label ?? '', /--from=stage/);

  const unformatted = await open(client, '  FROM a\nRUN b \\\n c\n');
  const edits = await unformatted<TextEdit[]>('formatting', { options: { tabSize: 2, insertSpaces: true } });
  assert.equal(TextDocument.applyEdits(client.document(uri), edits), 'FROM a\nRUN b \\\n  c\n');
});

test('the hover of a finding says why its rule exists, from the page beside the bundle', async (t) => {
  const client = await LspClient.start();
  t.after(() => client.stop());
  const ask = await open(client, 'FROM debian:12\nRUN apt-get update && apt-get ins‸tall curl\n');
  const text = JSON.stringify(await ask<Hover>('hover'));
  assert.match(text, /A build has no terminal, so nobody can confirm/);
  assert.match(text, /Fix.* Add .*y/);
});

test('rename: edits, or the reason why not as an error', async (t) => {
  const client = await LspClient.start();
  t.after(() => client.stop());
  const ask = await open(client, 'FROM a AS ‸b\nFROM c\nCOPY --from=b / /\n');
  const edit = await ask<WorkspaceEdit>('rename', { newName: 'd' });
  assert.equal(client.textAfter(uri, edit), 'FROM a AS d\nFROM c\nCOPY --from=d / /\n');
  await assert.rejects(ask('rename', { newName: 'no name' }), /is not a valid stage name/);
  const atNumber = await open(client, 'FROM a\nFROM c\nCOPY --from=‸0 / /\n');
  await assert.rejects(atNumber('prepareRename'), /number/);
});

test('rename: a build argument is renamed in the Compose file as well, or nowhere', async (t) => {
  const compose = 'services:\n  web:\n    build:\n      context: .\n      args:\n        VERSION: 1\n';
  const folder = makeFolder(t, { 'compose.yaml': compose, Dockerfile: '' });
  const client = await LspClient.start({ folder });
  t.after(() => client.stop());
  const here = pathToFileURL(join(folder, 'Dockerfile')).href;
  await client.open(here, 'ARG VERSION\nFROM a:$VERSION\n');
  const ask = (newName: string): Promise<WorkspaceEdit> =>
    client.connection.sendRequest('textDocument/rename', {
      textDocument: { uri: here },
      position: { line: 0, character: 5 },
      newName,
    });
  const edit = await ask('RELEASE');
  assert.equal(client.textAfter(here, edit), 'ARG RELEASE\nFROM a:$RELEASE\n');
  const there = pathToFileURL(join(folder, 'compose.yaml')).href;
  const changed = TextDocument.applyEdits(
    TextDocument.create(there, 'yaml', 0, compose),
    edit.changes?.[there] ?? [],
  );
  assert.equal(changed, compose.replace('VERSION', 'RELEASE'));
  writeFileSync(join(folder, 'compose.yaml'), compose.replace('VERSION: 1', 'VERSION:'));
  await assert.rejects(
    ask('RELEASE'),
    /compose\.yaml takes the build argument "VERSION" of web from the environ/,
  );
});

test('the outline is nested where the client can show that', async (t) => {
  const client = await LspClient.start();
  t.after(() => client.stop());
  const ask = await open(client, 'FROM a AS b\nRUN c\n');
  const [stage] = await ask<DocumentSymbol[]>('documentSymbol');
  assert.deepEqual([stage?.name, stage?.children?.map(({ name }) => name)], ['b', ['RUN']]);
});

test('beside another extension for Dockerfiles only the patterns stay, and without language features nothing', async (t) => {
  const client = await LspClient.start({ initializationOptions: { coexistence: [] } });
  t.after(() => client.stop());
  const registered = (): string =>
    client.registrations
      .map(({ method }) => method.replace('textDocument/', ''))
      .filter((method) => /^(?:completion|hover|formatting)$/.test(method))
      .sort()
      .join();
  const becomes = (wanted: string): Promise<true> =>
    client.until(`${wanted}, not ${registered()}`, () => registered() === wanted || undefined);
  const ask = await open(client, 'FROM debian:12\nus‸\n');
  const labels = async (): Promise<string[]> =>
    (await ask<CompletionItem[]>('completion')).map(({ label }) => label);

  await becomes('completion,formatting,hover');
  assert.ok((await labels()).includes('USER daemon'));
  await client.connection.sendNotification('drydock/coexistenceChanged', { coexistence: ['docker.docker'] });
  await becomes('completion');
  const left = await labels();
  assert.ok(left.includes('user-debian'));
  assert.ok(!left.some((label) => /^[A-Z]/.test(label)), left.join());

  client.settings = { languageFeatures: 'off' };
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await becomes('');
  client.settings = { languageFeatures: 'on' };
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await becomes('completion,formatting,hover');
});
