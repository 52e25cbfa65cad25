// What a copy of the build context takes along although nobody wants it in an image.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContextFacts } from '../../../../server/src/core/analysis/context/context-sources';
import { unwantedEntries } from '../../../../server/src/core/analysis/context/unwanted-entries';
import { modelOf } from '../../../harness/commands';

/** @param folders entries of the context's folders, those of the root under '' */
function found(
  text: string,
  folders: Readonly<Record<string, readonly string[]>>,
  ignore?: string,
): readonly string[] {
  const context: ContextFacts = {
    entries: folders[''] ?? [],
    ignoreFile: ignore === undefined ? undefined : { path: '.dockerignore', text: ignore },
    dockerfile: 'Dockerfile',
    entriesOf: (folder) => folders[folder],
  };
  return unwantedEntries(modelOf(text), context).map(({ entry }) => entry);
}

const everything = 'FROM a\nCOPY . /app/\n';

test('in folders only what is unwanted wherever it lies', () => {
  const folders = { '': ['.envrc', 'web/'], web: ['.env', '.envrc', '.git/'] };
  assert.deepEqual(found(everything, folders), ['.envrc', 'web/.env']);
});

test('nothing in folders that stay out of the context', () => {
  assert.deepEqual(found(everything, { '': ['web/'], web: ['.env'] }, 'web\n'), []);
});

test('a mount of the context asks for an entry, one of an image does not', () => {
  const mount = (more: string): string =>
    `${everything}RUN --mount=type=bind,${more}source=.envrc,target=/run/x make\n`;
  const folders = { '': ['.envrc'] };
  assert.deepEqual(found(mount(''), folders), []);
  assert.deepEqual(found(mount('from=tools,'), folders), ['.envrc']);
});

test('a trigger copies the context of another build', () => {
  assert.deepEqual(found('FROM a\nONBUILD COPY . /app/\n', { '': ['.git/'] }), []);
});
