// What a builder that knows no here-documents says of one, as docker 20.10 said it with and without BuildKit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainFailure } from '../../server/src/service/explain-failure';
import { LogReader } from '../../server/src/workflow/why/read-log';

const file = 'FROM scratch\nCOPY busybox /bin/sh\nRUN <<EOF\ntrue\nEOF\nUSER 1\n';

const logs: Readonly<Record<string, string>> = {
  'the old builder':
    'Sending build context to Docker daemon  1.985MB\nError response from daemon: dockerfile parse error line 4: unknown instruction: TRUE\n',
  'an old BuildKit':
    '#1 [internal] load build definition from Dockerfile\n#1 transferring dockerfile: 140B done\n#1 DONE 0.0s\nfailed to solve with frontend dockerfile.v0: failed to create LLB definition: dockerfile parse error line 4: unknown instruction: TRUE\n',
};

function explained(
  log: string,
  text: string,
): readonly [cause: string, line: number | undefined, message: string] {
  const reader = new LogReader();
  reader.push(log);
  const { failure } = reader.end();
  assert.ok(failure);
  const { cause, line, message } = explainFailure(failure, text);
  return [cause, line, message];
}

for (const [name, log] of Object.entries(logs))
  test(`${name} takes the text of a here-document for instructions`, () => {
    assert.deepEqual(explained(log, file), [
      'needs-buildkit',
      2,
      'This builder does not know here-documents. Build with docker buildx; an older BuildKit learns them from a first line # syntax=docker/dockerfile:1',
    ]);
    const [cause, line] = explained(log, 'FROM scratch\nCOPY busybox /bin/sh\nRUN true\nTRUE\n');
    assert.deepEqual([cause, line], ['dockerfile-refused', 3]);
    const [other] = explained(log.replace('unknown instruction: TRUE', 'Unknown flag: x'), file);
    assert.equal(other, 'dockerfile-refused');
  });
