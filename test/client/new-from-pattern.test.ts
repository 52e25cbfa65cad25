// "New from Pattern…": a value that the user changes is asked for, and the draft is made again with it.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { fakeEditor, loadClient } from '../harness/fake-vscode';
import { makeFolder } from '../harness/workspace';

interface FakeVscode {
  readonly Uri: new () => object;
}

test('a changed value makes another draft, and who leaves the list writes nothing', async (t) => {
  const editor = fakeEditor({
    trusted: true,
    choose: ({ text, choices }) => {
      if (text === 'New from pattern') return choices.find((one) => one === 'Go, distroless');
      if (text === 'version of Go') return '1.27';
      return choices.find((one) => one.endsWith('version of Go: 1.26'));
    },
  });
  const drafted: Readonly<Record<string, string>>[] = [];
  const pattern = { id: 'go', title: 'Go, distroless', summary: '', advice: [], as: 'file', group: 'Go' };
  const session = {
    patternChoices: () => Promise.resolve({ patterns: [pattern], suited: [], builders: [], problems: [] }),
    draftFiles: (_folder: unknown, _id: string, values: Readonly<Record<string, string>>) => {
      // A mistake would ask forever.
      assert.ok(drafted.push({ ...values }) < 5);
      const value = {
        name: 'go',
        ask: 'version of Go',
        value: values['go'] ?? '1.26',
        source: '',
        proposals: [],
      };
      const first = values['go'] === undefined ? [] : ['Tell it so.'];
      return Promise.resolve({ open: [], values: [value], files: [], first, registries: [] });
    },
  };
  const { newFromPattern } = await loadClient<{
    newFromPattern(session: object, proposals: object, given: unknown): Promise<void>;
  }>('client/src/new-from-pattern.ts', editor);
  const file = join(makeFolder(t, { 'go.mod': '' }), 'go.mod');
  await newFromPattern(
    session,
    {},
    Object.assign(new (editor.vscode as FakeVscode).Uri(), { scheme: 'file', fsPath: file }),
  );
  assert.deepEqual(drafted, [{}, { go: '1.27' }]);
  assert.deepEqual(
    editor.shown.map(({ text }) => text),
    ['New from pattern', 'Go, distroless', 'version of Go', 'Go, distroless'],
  );
  const rows = editor.shown.map(({ choices }) => choices.join().includes('Before you build'));
  assert.deepEqual(rows, [false, false, false, true]);
});
