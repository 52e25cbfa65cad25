// What of the open documents is analysed anew, and what is not.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Session } from '../../server/src/lsp/session';
import type { Analysis } from '../../server/src/lsp/session';
import { LspClient, editorCapabilities } from '../harness/lsp-client';
import { makeFolder } from '../harness/workspace';

const dirty = 'FROM alpine:3.20\nRUN apk add curl\n';
const off = 'rules: { apk-no-cache: off }\n';

interface Report {
  readonly kind: string;
  readonly resultId: string;
}

function open(uris: readonly string[]): {
  session: Session;
  asked: string[];
  documents: Map<string, TextDocument>;
} {
  const documents = new Map(uris.map((uri) => [uri, TextDocument.create(uri, 'dockerfile', 1, dirty)]));
  const asked: string[] = [];
  const session = new Session({
    document: (uri) => documents.get(uri),
    askSettings: async (uri = '') => {
      asked.push(uri);
      return null;
    },
    folders: [],
    onFailure: ({ detail }) => assert.fail(detail),
    onProblems: (_, { settings, files }) => assert.deepEqual([...settings, ...files], []),
  });
  return { session, asked, documents };
}

async function analyse(session: Session, uri: string): Promise<Analysis> {
  const analysis = await session.analysis(uri);
  assert.ok(analysis);
  return analysis;
}

test('an analysis is kept until the text, or what lies around the document, is another', async (t) => {
  const folder = makeFolder(t, { 'a/Dockerfile': dirty, 'b/Dockerfile': dirty });
  const [a = '', b = ''] = ['a', 'b'].map((name) => pathToFileURL(join(folder, name, 'Dockerfile')).href);
  const { session, asked, documents } = open([a, b]);
  const [firstA, firstB] = [await analyse(session, a), await analyse(session, b)];
  assert.equal(await analyse(session, a), firstA);
  assert.equal(asked.length, 2);

  session.forget(a);
  const secondA = await analyse(session, a);
  assert.notEqual(secondA.id, firstA.id);
  assert.equal(await analyse(session, b), firstB, 'the other document keeps its analysis');
  assert.deepEqual(asked, [a, b, a]);

  documents.set(b, TextDocument.create(b, 'dockerfile', 2, `${dirty}USER 1\n`));
  assert.notEqual((await analyse(session, b)).id, firstB.id);
  assert.equal(asked.length, 3, 'a key reads nothing anew');
  assert.equal(await analyse(session, a), secondA);

  session.forget();
  assert.notEqual((await analyse(session, a)).id, secondA.id);
  assert.equal(asked.length, 4);
});

test('settings that could not be asked for are asked for again', async () => {
  const uri = 'untitled:Dockerfile';
  const document = TextDocument.create(uri, 'dockerfile', 1, dirty);
  let asked = 0;
  const session = new Session({
    document: () => document,
    askSettings: () => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('on purpose')) : Promise.resolve(null);
    },
    folders: [],
    onFailure: ({ detail }) => assert.fail(detail),
    onProblems: (_, { settings, files }) => assert.deepEqual([...settings, ...files], []),
  });
  await assert.rejects(session.analysis(uri), /on purpose/);
  await analyse(session, uri);
  assert.equal(asked, 2);
});

test('of folders in each other, the innermost counts', () => {
  const session = new Session({
    document: () => undefined,
    askSettings: () => Promise.resolve(null),
    folders: ['/work', '/work/app', '/work/application', 'C:\\work'],
    onFailure: ({ detail }) => assert.fail(detail),
    onProblems: (_, { settings, files }) => assert.deepEqual([...settings, ...files], []),
  });
  assert.equal(session.folderOf('/work/Dockerfile'), '/work');
  assert.equal(session.folderOf('/work/app/web/Dockerfile'), '/work/app');
  assert.equal(session.folderOf('/work/app'), '/work/app');
  assert.equal(session.folderOf('/workshop/Dockerfile'), undefined);
  assert.equal(session.folderOf('C:\\work\\Dockerfile'), 'C:\\work');
});

test('what is read while it is forgotten does not count as new', async (t) => {
  const folder = makeFolder(t, { Dockerfile: dirty });
  const uri = pathToFileURL(join(folder, 'Dockerfile')).href;
  const { session, asked } = open([uri]);
  const early = session.analysis(uri);
  session.forget(uri);
  const before = await early;
  assert.notEqual((await analyse(session, uri)).id, before?.id);
  assert.equal(asked.length, 2);
});

/** Two documents with a configuration of their own each, the first of which then switches a rule off. */
async function openTwo(
  t: Parameters<typeof makeFolder>[0],
  client: LspClient,
): Promise<[string, string, () => Promise<void>]> {
  const folder = makeFolder(t, { 'a/Dockerfile': dirty, 'b/Dockerfile': dirty });
  const [a, b] = ['a', 'b'].map((name) => pathToFileURL(join(folder, name, 'Dockerfile')).href) as [
    string,
    string,
  ];
  for (const uri of [a, b]) await client.open(uri, dirty);
  const save = async (): Promise<void> => {
    writeFileSync(join(folder, 'a/.drydock.yaml'), off);
    writeFileSync(join(folder, 'b/.drydock.yaml'), off);
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri: a } });
  };
  return [a, b, save];
}

test('saving one file gives that one new diagnostics, and the others are unchanged', async (t) => {
  const client = await LspClient.start();
  t.after(() => client.stop());
  const [a, b, save] = await openTwo(t, client);
  const pull = (uri: string, previousResultId?: string): Promise<Report> =>
    client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri }, previousResultId });
  const before = { a: await pull(a), b: await pull(b) };
  await save();
  await client.until('the refresh', () => client.refreshes === 1);
  const after = { a: await pull(a, before.a.resultId), b: await pull(b, before.b.resultId) };
  assert.deepEqual([after.a.kind, after.b.kind], ['full', 'unchanged']);
  assert.ok(!JSON.stringify(after.a).includes('"apk-no-cache"'));
});

test('to a client that does not pull, saving one file sends the diagnostics of that file alone', async (t) => {
  const { diagnostic: _pull, ...textDocument } = editorCapabilities.textDocument ?? {};
  const client = await LspClient.start({ capabilities: { ...editorCapabilities, textDocument } });
  t.after(() => client.stop());
  const [a, b, save] = await openTwo(t, client);
  await client.until('both', () => [a, b].every((uri) => client.pushed.some((pushed) => pushed.uri === uri)));
  const before = client.pushed.length;
  await save();
  await client.until('the saved file', () => client.pushed.length > before);
  // Answered after everything that was sent before it.
  await client.connection.sendRequest('drydock/explainRule', { rule: 'apk-no-cache' });
  assert.deepEqual(
    client.pushed.slice(before).map(({ uri }) => uri),
    [a],
  );
});
