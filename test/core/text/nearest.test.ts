// Which known word another one is most likely a slip for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '../../../server/src/core/text/nearest';

const keywords = ['ADD', 'CMD', 'COPY', 'ENV', 'EXPOSE', 'RUN', 'USER'];

const cases: readonly (readonly [word: string, expected: string | undefined])[] = [
  ['CPOY', 'COPY'],
  ['COPPY', 'COPY'],
  ['EXPSOE', 'EXPOSE'],
  ['EXOPES', 'EXPOSE'],
  ['RNU', 'RUN'],
  // More than half of its letters would have to change.
  ['AB', undefined],
  ['COMPILE', undefined],
  ['', undefined],
];

for (const [word, expected] of cases) {
  test(`nearest word: ${word}`, () => {
    assert.equal(nearest(word, keywords), expected);
  });
}

test('a candidate may be refused, and the first of several wins', () => {
  assert.equal(
    nearest('COPI', ['COPY', 'COPE'], (candidate) => candidate !== 'COPY'),
    'COPE',
  );
  assert.equal(nearest('COPI', ['COPY', 'COPE']), 'COPY');
});
