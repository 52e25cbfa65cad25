// Every way in which a run can end has words of its own, and none of them is "nothing found".
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { troubleText } from '../../server/src/workflow/outcome-text';
import { judge } from '../../server/src/workflow/run';
import type { Trouble } from '../../server/src/workflow/run';
import { fromBase64 } from '../../server/src/workflow/base64';
import { english } from '../../server/src/workflow/translate';

test('each trouble has its own words', () => {
  const troubles: readonly [Trouble, string][] = [
    [{ kind: 'failed', exit: 1, said: 'no such image' }, 'no such image'],
    [{ kind: 'failed', exit: 137, said: '' }, 'it ended with exit code 137 and gave no reason'],
    [
      { kind: 'failed', exit: undefined, said: '' },
      'a signal ended it: someone stopped it, or there was not enough memory',
    ],
    [{ kind: 'unreadable', why: 'matches is missing' }, 'its output cannot be read (matches is missing)'],
    [{ kind: 'cancelled' }, 'it was cancelled'],
    [{ kind: 'timedOut', ms: 10_000 }, 'it did not answer within 10 seconds'],
    [{ kind: 'tooMuch', characters: 200 }, 'its output is longer than 200 characters'],
    [{ kind: 'missing', program: '/bin/grype' }, 'the program /bin/grype was not found'],
  ];
  for (const [trouble, text] of troubles) assert.equal(troubleText(trouble, english), text);
  assert.equal(new Set(troubles.map(([, text]) => text)).size, troubles.length);
});

test('an answer counts; without one the exit status tells a refusal from nonsense', () => {
  assert.deepEqual(judge({ value: [] }, 1, ''), { kind: 'done', value: [] });
  assert.deepEqual(judge({ unreadable: 'x' }, 0, 'note'), { kind: 'unreadable', why: 'x' });
  assert.deepEqual(judge({ unreadable: 'x' }, 2, 'why\n'), { kind: 'failed', exit: 2, said: 'why' });
});

test('what a program said is the last line that complains, without time, level and colours', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['a\n[0002] ERROR \u001b[31mno database\u001b[0m\n\n', 'no database'],
    [' \n', ''],
    ['Error: app: image not known\n', 'app: image not known'],
    [
      "docker: unknown command: docker scout\n\nRun 'docker --help' for more information\n",
      'docker: unknown command: docker scout',
    ],
    ['time="2026-11-28T08:20:51Z" level=fatal msg="reading \\"x\\": denied"\n', 'reading "x": denied'],
    [
      '2026-11-28T10:00:00Z\tFATAL\tFatal error\timage scan error: 2 errors occurred:\n\t* docker error: x\n\t* remote error: GET https://r/v2/: UNAUTHORIZED\n\n',
      'remote error: GET https://r/v2/: UNAUTHORIZED',
    ],
    ['one\ntwo\n', 'two'],
    ['Error response from daemon: no such image\n', 'Error response from daemon: no such image'],
    ['error:\n', 'error:'],
  ];
  for (const [stderr, said] of cases)
    assert.deepEqual(judge({ unreadable: 'x' }, 1, stderr), { kind: 'failed', exit: 1, said });
});

test('texts without a value for a place keep the place', () => {
  assert.equal(english('{0} of {1}', 1), '1 of {1}');
});

test('Base64', () => {
  for (const text of ['', 'a', 'ab', 'abc', 'Käse 日本', '{"a":1}'])
    assert.equal(fromBase64(Buffer.from(text).toString('base64')), text);
  assert.equal(fromBase64('*'), undefined);
  assert.equal(fromBase64('/w=='), undefined, 'bytes that are not UTF-8');
});
