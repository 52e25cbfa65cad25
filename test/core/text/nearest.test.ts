import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '../../../server/src/core/text/nearest';

const known = ['rules', 'allRules', 'packageCache', 'ignoreComments'];
const rows: readonly (readonly [string, string | undefined])[] = [
  ['ruels', 'rules'],
  ['rule', 'rules'],
  ['allrules', 'allRules'],
  ['packagecahce', 'packageCache'],
  ['colour', undefined],
  ['', undefined],
  ['ru', undefined],
];

for (const [word, expected] of rows) {
  test(`nearest: ${word}`, () => assert.equal(nearest(word, known), expected));
}

test('nearest: the first of those that are as near', () => {
  assert.equal(nearest('bat', ['cat', 'hat']), 'cat');
});

test('nearest: nothing of more words than it may compare', () => {
  assert.equal(nearest('bat', ['cat', 'dog'], 2), 'cat');
  assert.equal(nearest('bat', ['cat', 'dog', 'cow'], 2), undefined);
});
