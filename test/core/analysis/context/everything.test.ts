// Which sources stand for the whole build context, however they are spelled.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contextCopies, isEverything } from '../../../../server/src/core/analysis/context/context-sources';
import { modelOf } from '../../../harness/commands';

test('everything, and what is only a part of it', () => {
  const all = ['.', './', '/', './.', './/', '*', './*', '/*', '..', 'a/..'];
  assert.deepEqual(
    all.filter((source) => !isEverything(source)),
    [],
  );
  assert.deepEqual(['a', './a', '*.txt', 'a/*', '...', '.*'].filter(isEverything), []);
});

test('copies of the context, with the sources that lie in it', () => {
  const model = modelOf(
    'FROM a AS b\nCOPY x y /z/\nADD https://example.com/x v /z/\nCOPY --from=b x /z\nCOPY <<EOF w /z/\nt\nEOF\nONBUILD COPY . .\nADD git@example.com:x/y.git /z\n',
  );
  assert.deepEqual(
    contextCopies(model).map(({ sources }) => sources.map(({ value }) => value)),
    [['x', 'y'], ['v'], ['w']],
  );
  assert.equal(contextCopies(model)[0], model.copies[0]);
});
