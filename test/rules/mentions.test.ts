// Words that rules ask a file for, before they look at anything in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '../../server/src/linter';

test('a rule asks for runs of small letters, as others are never found', () => {
  const others = rules.flatMap(({ id, mentions = [] }) =>
    mentions.filter((word) => !/^[a-z]+$/.test(word)).map((word) => `${id}: ${word}`),
  );
  assert.deepEqual(others, []);
});
