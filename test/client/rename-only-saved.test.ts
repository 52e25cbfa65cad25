// A rename that also changes a Compose file is made only while that file is as it is on the disk, where it was read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as renaming from '../../client/src/rename-only-saved';
import { fakeEditor, loadClient } from '../harness/fake-vscode';

const uri = (name: string): { toString(): string } => ({ toString: () => `file:///p/${name}` });

async function renamed(
  changes: readonly string[],
  unsaved: readonly string[],
): Promise<string | readonly string[]> {
  const editor = fakeEditor({ trusted: true });
  const known = editor.vscode as { readonly workspace: object };
  const vscode = {
    ...known,
    workspace: {
      ...known.workspace,
      asRelativePath: (one: ReturnType<typeof uri>) => one.toString().replace('file:///p/', ''),
      textDocuments: ['Dockerfile', 'compose.yaml'].map((name) => ({
        uri: uri(name),
        isDirty: unsaved.includes(name),
      })),
    },
  };
  const { renameOnlySaved } = await loadClient<typeof renaming>('client/src/rename-only-saved.ts', {
    ...editor,
    vscode,
  });
  const edit = changes.length > 0 ? { entries: () => changes.map((name) => [uri(name), []]) } : undefined;
  try {
    const found: unknown = await renameOnlySaved.call(
      undefined,
      { uri: uri('Dockerfile') } as never,
      undefined as never,
      'NEW',
      undefined as never,
      () => edit as never,
    );
    assert.equal(found, edit);
    return changes;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

test('a file with changes that are not saved is not edited', async () => {
  const both = ['Dockerfile', 'compose.yaml'];
  assert.equal(
    await renamed(both, ['compose.yaml']),
    'compose.yaml has the name too. Save it first, then rename again.',
  );
  assert.deepEqual(await renamed(both, ['Dockerfile']), both, 'the editor knows this text');
  assert.deepEqual(await renamed(['Dockerfile'], ['compose.yaml']), ['Dockerfile']);
  assert.deepEqual(await renamed([], ['compose.yaml']), []);
});
