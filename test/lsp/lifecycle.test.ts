// What the server answers before it is initialized, while it runs, and after it was shut down.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { test } from 'node:test';
import {
  StreamMessageReader,
  StreamMessageWriter,
  createMessageConnection,
} from 'vscode-languageserver/node';
import { editorCapabilities } from '../harness/lsp-client';

const uri = 'untitled:Dockerfile';
const textDocument = {
  uri,
  languageId: 'dockerfile',
  version: 1,
  text: 'FROM alpine:3.20\nRUN apk add curl\n',
};
const initialize = { processId: process.pid, rootUri: null, capabilities: editorCapabilities };
const hover = { textDocument: { uri }, position: { line: 0, character: 0 } };
const notInitialized = { code: -32002 };
const invalid = { code: -32600 };

interface Server {
  readonly ask: <T>(method: string, params?: object) => Promise<T>;
  readonly tell: (method: string, params?: object) => Promise<void>;
  readonly exited: Promise<unknown>;
}

function startServer(t: { after: (done: () => void) => void }): Server {
  const child = spawn(process.execPath, [resolve('dist/server.js'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onRequest(() => null);
  connection.listen();
  t.after(() => {
    connection.dispose();
    child.kill();
  });
  return {
    ask: (method, params) => connection.sendRequest(method, params),
    tell: (method, params) => connection.sendNotification(method, params),
    exited: once(child, 'exit').then(([code]: unknown[]) => code),
  };
}

test('requests and notifications out of turn are refused and dropped', async (t) => {
  const { ask, tell, exited } = startServer(t);
  const items = async (): Promise<number> =>
    (await ask<{ items: unknown[] }>('textDocument/diagnostic', { textDocument: { uri } })).items.length;

  await assert.rejects(ask('textDocument/hover', hover), notInitialized);
  await assert.rejects(ask('nobody/knows', {}), notInitialized);
  await assert.rejects(ask('shutdown'), notInitialized);
  await tell('textDocument/didOpen', { textDocument });

  const result = await ask<{ capabilities: object }>('initialize', initialize);
  assert.ok('codeActionProvider' in result.capabilities);
  await tell('initialized', {});
  assert.equal(await items(), 0, 'what came too early was dropped');
  await tell('textDocument/didOpen', { textDocument });
  await assert.rejects(ask('initialize', initialize), invalid);
  assert.ok((await items()) > 0, 'a second initialize changes nothing');
  await assert.rejects(ask('nobody/knows', {}), { code: -32601 });

  assert.equal(await ask('shutdown'), null);
  await assert.rejects(ask('textDocument/diagnostic', { textDocument: { uri } }), invalid);
  await assert.rejects(ask('initialize', initialize), invalid);
  await assert.rejects(ask('shutdown'), invalid);
  await tell('exit');
  assert.equal(await exited, 0);
});

test('a server that was never initialized can be ended', async (t) => {
  const { tell, exited } = startServer(t);
  await tell('exit');
  assert.equal(await exited, 1);
});
