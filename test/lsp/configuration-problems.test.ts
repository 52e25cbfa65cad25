// A wrong configuration is a diagnostic in its own file, and a repaired one stops complaining.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver/node';
import { ConfigurationProblems } from '../../server/src/lsp/configuration-problems';
import { LspClient } from '../harness/lsp-client';
import type { LspClientOptions } from '../harness/lsp-client';
import { makeFolder } from '../harness/workspace';

const path = join(process.cwd(), '.drydock.yaml');
const uri = pathToFileURL(path).href;
const text = 'rules:\n  yum-yess: off\n';
const wrong = { path, message: 'Unknown rule yum-yess.', unreadable: false, at: { start: 9, end: 17, text } };

function watch(): { problems: ConfigurationProblems; told: string[]; published: [string, Diagnostic[]][] } {
  const told: string[] = [];
  const published: [string, Diagnostic[]][] = [];
  const problems = new ConfigurationProblems({
    publish: (where, diagnostics) => published.push([where, diagnostics]),
    log: (sentence) => told.push(`log ${sentence}`),
    changed: () => told.push(`now ${problems.sentences.length}`),
  });
  return { problems, told, published };
}

test('a problem is shown in its own file, once for many documents, until it is repaired', () => {
  const { problems, told, published } = watch();
  problems.set('a', { settings: [], files: [] });
  assert.deepEqual([told, published], [[], []]);
  problems.set('a', { settings: [], files: [wrong] });
  problems.set('b', { settings: [], files: [wrong] });
  assert.deepEqual(published, [
    [
      uri,
      [
        {
          range: { start: { line: 1, character: 2 }, end: { line: 1, character: 10 } },
          severity: 2,
          source: 'drydock',
          message: 'Unknown rule yum-yess',
        },
      ],
    ],
  ]);
  assert.deepEqual(problems.sentences, [`${path}: Unknown rule yum-yess.`]);
  assert.deepEqual(problems.documents, ['a', 'b']);
  problems.set('a', { settings: [], files: [] });
  assert.equal(published.length, 1);
  problems.set('b', { settings: [], files: [] });
  assert.deepEqual(published.at(-1), [uri, []]);
  assert.deepEqual([problems.sentences, problems.documents], [[], []]);
  assert.equal(told.at(-1), 'now 0');
});

test('a file that cannot be read is an error on its first line, and settings have no file', () => {
  const { problems, published } = watch();
  problems.set('a', { settings: ['drydock.enable must be true or false.'], files: [] });
  assert.equal(published.length, 0);
  problems.set('a', { settings: [], files: [{ path, message: 'It is a folder.', unreadable: true }] });
  assert.deepEqual(published[0]?.[1][0]?.severity, 1);
  assert.deepEqual(published[0]?.[1][0]?.range.start, { line: 0, character: 0 });
});

test('the sentences are bounded in number', () => {
  const { problems } = watch();
  for (let at = 0; at < 200; at += 1) problems.set(`doc${at}`, { settings: [`Problem ${at}.`], files: [] });
  assert.equal(problems.sentences.length, 50);
});

test('the server takes a diagnostic back as soon as the file is repaired', async (t) => {
  const folder = makeFolder(t, {
    Dockerfile: 'FROM alpine:3.20\nRUN apk add curl\n',
    '.drydock.yaml': 'rules:\n  apk-no-cash: off\n',
  });
  const file = join(folder, '.drydock.yaml');
  const client = await LspClient.start({ folder });
  t.after(() => client.stop());
  const statuses: (readonly string[])[] = [];
  client.connection.onNotification('drydock/status', ({ problems: all }: { problems: string[] }) => {
    statuses.push(all);
  });
  const dockerfile = pathToFileURL(join(folder, 'Dockerfile')).href;
  await client.open(dockerfile, 'FROM alpine:3.20\nRUN apk add curl\n');
  await client.diagnostics(dockerfile);
  const config = pathToFileURL(file).href;
  const [found] = (await client.until('a diagnostic', () => client.pushed.find((one) => one.uri === config)))
    .diagnostics;
  assert.equal(found?.message, 'Unknown rule apk-no-cash in rules. Did you mean apk-no-cache?');
  assert.deepEqual(found.range.start, { line: 1, character: 2 });
  await client.until('the status', () => statuses.at(-1)?.length === 1);

  writeFileSync(file, 'rules:\n  apk-no-cache: off\n');
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: config, type: 2 }],
  });
  await client.until('its end', () => client.pushed.at(-1)?.diagnostics.length === 0);
  await client.until('the status', () => statuses.at(-1)?.length === 0);
});

/** This server sends plain text. */
const sentence = ({ message }: Diagnostic): string => (typeof message === 'string' ? message : '');

/** What is marked in a file now: the messages of the last diagnostics that were sent for it. */
function marked(client: LspClient, uri: string): readonly string[] | undefined {
  const last = client.pushed.filter((one) => one.uri === uri).at(-1);
  return last?.diagnostics.map(sentence);
}

async function openAlone(
  t: TestContext,
  name: string,
  text: string,
  options: LspClientOptions = {},
): Promise<{ client: LspClient; config: string }> {
  const folder = makeFolder(t, { [name]: 'rules: {}\n' });
  const client = await LspClient.start({ folder, ...options });
  t.after(() => client.stop());
  const config = pathToFileURL(join(folder, name)).href;
  await client.open(config, text, 'yaml');
  return { client, config };
}

for (const [name, text, message] of [
  ['.drydock.yaml', 'rulez: {}\n', 'Unknown key rulez. Did you mean rules?'],
  [
    '.drydock.yml',
    'rules:\n  apk-no-cash: off\n',
    'Unknown rule apk-no-cash in rules. Did you mean apk-no-cache?',
  ],
  ['.hadolint.yaml', 'failure-threshold: badly\n', /failure-threshold/],
  ['.hadolint.yml', 'ignored: [\n', /not valid YAML/],
] as const) {
  for (const workspaceTrusted of [true, false]) {
    test(`${name} alone is marked in ${workspaceTrusted ? 'a trusted' : 'an untrusted'} window`, async (t) => {
      const { client, config } = await openAlone(t, name, text, {
        initializationOptions: { workspaceTrusted, coexistence: [] },
      });
      const found = await client.until('marks', () => marked(client, config));
      assert.equal(found.length, 1);
      if (typeof message === 'string') assert.equal(found[0], message);
      else assert.match(found[0] ?? '', message);
    });
  }
}

test('the text of an open configuration counts, saved or not, and after that the disk', async (t) => {
  const dockerfile = 'FROM alpine:3.20\nRUN apk add curl\n';
  const { client, config } = await openAlone(t, '.drydock.yaml', 'rulez: {}\n');
  await client.until('marks', () => marked(client, config)?.length === 1);
  await client.change(config, 'rules: {}\n');
  await client.until('no marks', () => marked(client, config)?.length === 0);

  // A Dockerfile is read with what is on the disk, which is marked only where nobody is about to change it.
  const path = new URL(config);
  writeFileSync(path, 'profil: strict\n');
  const uri = new URL('Dockerfile', config).href;
  const statuses: (readonly string[])[] = [];
  client.connection.onNotification('drydock/status', ({ problems: all }: { problems: string[] }) => {
    statuses.push(all);
  });
  await client.open(uri, dockerfile);
  await client.diagnostics(uri);
  assert.deepEqual(marked(client, config), []);
  await client.change(config, 'profil: strict\nrulez: {}\n');
  await client.until('two marks', () => marked(client, config)?.length === 2);
  await client.until('two sentences', () => statuses.at(-1)?.length === 2);
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: config } });
  await client.until('the mark of the disk', () => marked(client, config)?.length === 1);
  assert.match(marked(client, config)?.[0] ?? '', /profil/);
});

test('a configuration is no Dockerfile: it has no findings, no menu and no other answer', async (t) => {
  const { client, config } = await openAlone(t, '.drydock.yaml', 'rulez: {}\n');
  await client.until('marks', () => marked(client, config));
  assert.deepEqual(await client.diagnostics(config), []);
  assert.deepEqual(await client.actions(config, { start: 0, end: 5 }), []);
  const hover = await client.connection.sendRequest('textDocument/hover', {
    textDocument: { uri: config },
    position: { line: 0, character: 1 },
  });
  assert.equal(hover, null);
});

test('a client without pulling gets the marks alone, and a closed file loses them', async (t) => {
  const { client, config } = await openAlone(t, '.drydock.yaml', 'rulez: {}\n', { capabilities: {} });
  await client.until('marks', () => marked(client, config)?.length === 1);
  await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri: config } });
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: config } });
  await client.until('their end', () => marked(client, config)?.length === 0);
  assert.deepEqual(
    client.pushed.map(({ diagnostics }) => diagnostics.map(sentence)),
    [['Unknown key rulez. Did you mean rules?'], []],
  );
});

test('where Drydock is off nothing is marked, until it is on again', async (t) => {
  const { client, config } = await openAlone(t, '.drydock.yaml', 'rulez: {}\n', {
    settings: { enable: false },
  });
  await client.change(config, 'rulez: {}\n\n');
  await client.until('the question', () => client.askedSections.includes('drydock'));
  assert.deepEqual(marked(client, config) ?? [], []);
  client.settings = { enable: true };
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await client.until('marks', () => marked(client, config)?.length === 1);
});

test('a client that can is asked to tell of configuration files, and of nothing else', async (t) => {
  const client = await LspClient.start({ folder: makeFolder(t) });
  t.after(() => client.stop());
  const isSync = ({ method }: { readonly method: string }): boolean =>
    /\/did(Open|Change|Save|Close)$/.test(method);
  await client.until('four registrations', () => client.registrations.filter(isSync).length === 4);
  for (const { registerOptions } of client.registrations.filter(isSync))
    assert.deepEqual((registerOptions as { documentSelector: unknown }).documentSelector, [
      { pattern: '**/.drydock.yaml' },
      { pattern: '**/.drydock.yml' },
      { pattern: '**/.hadolint.yaml' },
      { pattern: '**/.hadolint.yml' },
    ]);
});

test('a configuration that is on no disk is marked under its own name', async (t) => {
  const client = await LspClient.start({ folder: makeFolder(t) });
  t.after(() => client.stop());
  const config = 'vscode-vfs://github/me/it/.drydock.yaml';
  await client.open(config, 'rulez: {}\n', 'yaml');
  await client.until('marks', () => marked(client, config)?.length === 1);
});
