// Edits one after the other, and the edits that do the same in one go.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits, areApart, composeEdits } from '../../../server/src/core/text/edit';
import type { Edit } from '../../../server/src/core/text/edit';
import { seededRandom } from '../../harness/random';

const edit = (start: number, end: number, text: string): Edit => ({ start, end, text });

test('an edit of inserted text becomes part of the insertion', () => {
  const first = [edit(3, 3, '123')];
  assert.deepEqual(composeEdits('abcdef', first, [edit(4, 5, 'x')]), [edit(3, 3, '1x3')]);
  assert.deepEqual(composeEdits('abcdef', first, [edit(2, 4, '')]), [edit(2, 3, '23')]);
  assert.deepEqual(composeEdits('abcdef', first, [edit(7, 8, 'E')]), [edit(3, 3, '123'), edit(4, 5, 'E')]);
  assert.deepEqual(composeEdits('abc', [], []), []);
});

test('composed edits do what both do', () => {
  const next = seededRandom(7);
  const some = (length: number): readonly Edit[] => {
    const offsets = Array.from({ length: 4 }, () => Math.floor(next() * (length + 1))).sort((a, b) => a - b);
    const [a = 0, b = 0, c = 0, d = 0] = offsets;
    return [edit(a, b, 'XY'.slice(0, Math.floor(next() * 3))), edit(c, d, 'z')];
  };
  for (let round = 0; round < 500; round += 1) {
    const text = 'abcdefghij'.slice(0, Math.floor(next() * 11));
    const first = some(text.length);
    const between = applyEdits(text, first);
    const second = some(between.length);
    const both = composeEdits(text, first, second);
    assert.ok(areApart(both));
    assert.equal(applyEdits(text, both), applyEdits(between, second));
  }
});
