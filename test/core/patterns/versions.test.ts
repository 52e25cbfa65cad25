// Which release lines a range of npm or Python takes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isInRange, nodeLine } from '../../../server/src/patterns/project/versions';

const lines = ['26', '24', '22', '20'];
const python = ['3.14', '3.13', '3.12', '3.11'];

const ranges: readonly (readonly [range: string, lines: readonly string[], taken: readonly string[]])[] = [
  ['>=22', lines, ['26', '24', '22']],
  ['>=22.12.0', lines, ['26', '24', '22']],
  ['>22', lines, ['26', '24', '22']],
  ['^22', lines, ['22']],
  ['^22 || >=24', lines, ['26', '24', '22']],
  ['20 || 22', lines, ['22', '20']],
  ['22.x', lines, ['22']],
  ['>=20 <24', lines, ['22', '20']],
  ['20 - 22', lines, ['22', '20']],
  ['~24.1', lines, []],
  ['*', lines, lines],
  ['>=3.12', python, ['3.14', '3.13', '3.12']],
  ['>=3.11,<3.13', python, ['3.12', '3.11']],
  ['^3.12', python, ['3.14', '3.13', '3.12']],
  ['~=3.12', python, ['3.14', '3.13', '3.12']],
  ['~=3.12.1', python, ['3.12']],
  ['==3.13.*', python, ['3.13']],
  ['>=3.11,!=3.12', python, ['3.14', '3.13', '3.12', '3.11']],
];

test('ranges', () => {
  for (const [range, all, taken] of ranges)
    assert.deepEqual(
      all.filter((line) => isInRange(line, range)),
      taken,
      range,
    );
});

test('what .nvmrc may hold', () => {
  assert.deepEqual(['22', 'v24.1.0\n', 'lts/iron', 'lts/*', 'node', ''].map(nodeLine), [
    '22',
    '24.1.0',
    '20',
    undefined,
    undefined,
    undefined,
  ]);
});
