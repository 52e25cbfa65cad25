// The request that any editor may send with the log of a failed build.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExplainedFailure } from '../../server/src/protocol/messages';
import { LspClient } from '../harness/lsp-client';

const uri = 'untitled:Dockerfile';
const file =
  'FROM debian:12-slim\nRUN apt-get update && apt-get install -y make\nRUN echo hi && curl https://example.com\n';
const log = `Step 1/3 : FROM debian:12-slim
Step 2/3 : RUN apt-get update && apt-get install -y make
Step 3/3 : RUN echo hi && curl https://example.com
hi
/bin/sh: 1: curl: not found
The command '/bin/sh -c echo hi && curl https://example.com' returned a non-zero code: 127
`;

test('a log is explained with its line and the edits, also where nobody trusts the workspace', async (t) => {
  const client = await LspClient.start({ initializationOptions: { workspaceTrusted: false } });
  t.after(() => client.stop());
  await client.open(uri, file);
  const ask = (text: string, document = uri): Promise<ExplainedFailure | null> =>
    client.connection.sendRequest('drydock/explainFailure', { textDocument: { uri: document }, log: text });
  const explained = await ask(log);
  assert.ok(explained);
  assert.deepEqual([explained.line, explained.instruction, explained.cause], [2, 2, 'command-missing']);
  assert.match(explained.message, /no command curl/);
  assert.deepEqual(explained.edits, [
    {
      title: 'Install curl',
      edits: [
        { range: { start: { line: 1, character: 45 }, end: { line: 1, character: 45 } }, newText: ' curl' },
      ],
    },
  ]);
  assert.equal((await ask('nothing of a build\n'))?.cause, 'unknown');
  assert.deepEqual([await ask(' \n'), await ask(log, 'untitled:other')], [null, null]);
});
