// Marks follow their instruction through edits and go when it changes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { follow, toFollow } from '../../server/src/workflow/followed-lines';
import { describe } from '../harness/description';

const before = 'FROM scratch\nRUN a && \\\n  b\nRUN a && \\\n  b\n';

test('marks follow their instruction', () => {
  const mark = toFollow(2, describe(before));
  assert.ok(mark);
  const cases: readonly [string, number | undefined][] = [
    [before, 2],
    ['# new\n# lines\n' + before, 2],
    [before.replace('FROM scratch\n', 'FROM scratch\nENV A=1\n'), 3],
    ['FROM scratch\nRUN a && \\\n  b\n', 1],
    ['FROM scratch\nRUN a && \\\n  # a comment inside\n  b\n', 1],
    ['FROM scratch\nRUN a && \\\n  c\n', undefined],
    ['', undefined],
  ];
  for (const [text, expected] of cases) assert.equal(follow(mark, describe(text)), expected, text);
});
