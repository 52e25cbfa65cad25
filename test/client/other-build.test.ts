// "Build Image with Another Tool": starts the tool of the open file, and says how to get one that is missing.
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { fakeEditor, loadClient } from '../harness/fake-vscode';
import type { FakeEditor, Shown } from '../harness/fake-vscode';
import { makeFolder } from '../harness/workspace';

interface Tried {
  readonly shown: readonly Shown[];
  readonly opened: readonly string[];
  readonly folder: string;
}

async function tryBuild(
  t: TestContext,
  name: string,
  text: string,
  { hasTool = true, trusted = true }: { readonly hasTool?: boolean; readonly trusted?: boolean } = {},
): Promise<Tried> {
  const folder = makeFolder(t, { [name]: text });
  const program = join(folder, 'tool');
  writeFileSync(program, '#!/bin/sh\n');
  chmodSync(program, 0o755);
  const path = hasTool ? program : join(folder, 'nowhere');
  const editor: FakeEditor = fakeEditor({
    trusted,
    settings: { tools: { paths: { apko: path, ko: path, nix: path } } },
    document: {
      uri: { scheme: 'file', path: `${folder}/${name}`, fsPath: join(folder, name) },
      getText: () => text,
      isDirty: false,
    },
    choose: ({ kind, choices }) =>
      kind === 'pick' ? choices[0] : choices.find((one) => one.startsWith('Get')),
  });
  const { buildOther } = await loadClient<{ buildOther(given: unknown): Promise<void> }>(
    'client/src/build/other-build.ts',
    editor,
  );
  await buildOther(undefined);
  return { shown: editor.shown, opened: editor.opened, folder };
}

test('the tool of the file runs as a task, with the name that was typed', async (t) => {
  const { opened, folder } = await tryBuild(t, 'apko.yaml', 'contents: {}\n');
  const [started = ''] = opened;
  assert.equal(opened.length, 1);
  assert.match(
    started.replaceAll(folder, '‹f›'),
    /^‹f›\/tool build ‹f›\/apko\.yaml \S+:dev ‹f›\/image\.tar$/,
  );
});

test('a missing tool is named, with the page to get it from', async (t) => {
  const { shown, opened } = await tryBuild(t, '.ko.yaml', '', { hasTool: false });
  const error = shown.find(({ kind }) => kind === 'error');
  assert.equal(error?.text, 'ko builds .ko.yaml, and was not found. Install it, or set its path.');
  assert.deepEqual(opened, ['https://ko.build/install/']);
});

test('without trust, for another file, and for one without an image nothing starts', async (t) => {
  assert.deepEqual((await tryBuild(t, 'apko.yaml', '', { trusted: false })).opened, []);
  const other = await tryBuild(t, 'notes.txt', '');
  assert.match(other.shown[0]?.text ?? '', /^Open a file that another tool builds from/);
  const flake = await tryBuild(t, 'flake.nix', '{ }\n');
  assert.match(flake.shown[0]?.text ?? '', /says nothing of an image: Nix builds one if it has dockerTools/);
  assert.deepEqual([...other.opened, ...flake.opened], []);
});
