// A wrong configuration is a diagnostic in its own file, and a repaired one stops complaining.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver/node';
import { ConfigurationProblems } from '../../server/src/lsp/configuration-problems';
import { LspClient } from '../harness/lsp-client';
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
