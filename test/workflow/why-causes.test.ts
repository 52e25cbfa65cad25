// Each cause is told of by what programs print, with the facts that are in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BuildFailure } from '../../server/src/workflow/build/failure';
import { causes } from '../../server/src/workflow/why/causes';
import { explain } from '../../server/src/workflow/why/explain';
import type { Explanation } from '../../server/src/workflow/why/explanation';
import { describe } from '../harness/description';
import { builderRows } from './why-causes/builder';
import { systemPackagesRows } from './why-causes/system-packages';
import { pythonAndNodeRows } from './why-causes/python-and-node';
import { otherLanguagesRows } from './why-causes/other-languages';
import { commandsRows } from './why-causes/commands';
import type { Row } from './why-causes/row';

const rows: readonly Row[] = [
  ...builderRows,
  ...systemPackagesRows,
  ...pythonAndNodeRows,
  ...otherLanguagesRows,
  ...commandsRows,
];

function explainRow({ does = 'true', prints = '', says = '', exit = 1 }: Row): Explanation {
  const last = /^(?:FROM|COPY|ADD) /.test(does) ? does : `RUN ${does}`;
  const file = describe(`FROM base AS build\n${last}\n`);
  const failure: BuildFailure = {
    family: 'buildkit',
    message: says,
    output: prints.split('\n').filter((line) => line.trim() !== ''),
    step: { text: last, number: 2 },
    ...(says === '' ? { exitCode: exit } : {}),
  };
  return explain(failure, file);
}

for (const [at, row] of rows.entries()) {
  test(`${row.cause}, row ${at}`, () => {
    const { cause, facts, message, line } = explainRow(row);
    assert.equal(cause, row.cause, JSON.stringify(facts));
    assert.deepEqual({ ...facts, ...row.facts }, facts);
    assert.match(message, /^[^\n]{15,}[^.\n]$/);
    assert.doesNotMatch(message.replace(/ undefined \(/, ''), /undefined| {2}/);
    assert.equal(line, 1);
  });
}

test('every cause is told of', () => {
  const told = new Set(rows.map(({ cause }) => cause));
  assert.deepEqual(
    causes.map(({ id }) => id).filter((id) => !told.has(id)),
    [],
  );
});
