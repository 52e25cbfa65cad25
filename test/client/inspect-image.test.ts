// The command that shows what a built image holds: nothing without trust, a page with the lines of the file, and each
// trouble in its own words.
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { ImageInspector, InspectParts } from '../../client/src/image/inspect-image';
import { describe } from '../harness/description';
import { fakeEditor, loadClient } from '../harness/fake-vscode';
import { dockerArchive, file } from '../harness/image-archive';
import { makeFolder } from '../harness/workspace';

const dockerfile = 'FROM scratch\nCOPY app /app\nRUN rm /app\n';

interface Told {
  readonly said: readonly string[];
  /** The page that was opened; empty if none was. */
  readonly page: string;
  readonly started: readonly string[];
}

/** @param script what the engine does instead of writing out an image; undefined: no image was built */
async function inspected(t: TestContext, trusted: boolean, script: string | undefined): Promise<Told> {
  const folder = makeFolder(t);
  const program = join(folder, 'docker');
  writeFileSync(
    program,
    `#!/bin/sh\nfor word; do case $word in --output=*) out=\${word#--output=};; esac; done\n${script ?? ''}\n`,
  );
  chmodSync(program, 0o755);
  const editor = fakeEditor({ trusted });
  let opened: object | undefined;
  const known = editor.vscode as { readonly workspace: object };
  const vscode = {
    ...known,
    workspace: {
      ...known.workspace,
      registerTextDocumentContentProvider: () => ({ dispose: () => undefined }),
    },
    commands: {
      executeCommand: (_: string, uri: object) => {
        opened = uri;
        return Promise.resolve();
      },
    },
  };
  const client = await loadClient<{
    ImageInspector: new (parts: InspectParts) => ImageInspector;
  }>('client/src/image/inspect-image.ts', { ...editor, vscode });
  const built = { id: 'a'.repeat(64), tag: 'app:dev', context: folder, engine: 'docker', program };
  const inspector = new client.ImageInspector({
    lastImage: () => (script === undefined ? undefined : (built as ReturnType<InspectParts['lastImage']>)),
    build: () => Promise.resolve(),
    describe: () => Promise.resolve(describe(dockerfile)),
  });
  const page = { toString: () => 'drydock-image:/Dockerfile.md' };
  const uri = {
    fsPath: '/Dockerfile',
    path: '/Dockerfile',
    toString: () => 'file:///Dockerfile',
    with: () => page,
  };
  await inspector.inspect({ uri } as unknown as Parameters<ImageInspector['inspect']>[0]);
  const markdown = opened === undefined ? '' : inspector.provideTextDocumentContent(page as never);
  return {
    said: editor.shown.map(({ kind, text }) => `${kind}: ${text}`),
    page: markdown,
    started: editor.started,
  };
}

test('without trust nothing is started', async (t) => {
  const { said, started, page } = await inspected(t, false, 'exit 0');
  assert.deepEqual(
    [said, started, page],
    [['warning: Drydock starts programs and contacts registries only in a trusted workspace.'], [], ''],
  );
});

test('without a build it offers one', async (t) => {
  assert.deepEqual((await inspected(t, true, undefined)).said, [
    'information: No image has been built from this file yet.',
  ]);
});

test('the page names the lines of the file', async (t) => {
  const archive = join(makeFolder(t), 'image.tar');
  const layers = [[file('app', 5000)], [file('.wh.app', '')]];
  const steps = ['COPY app /app # buildkit', 'RUN /bin/sh -c rm /app # buildkit'];
  writeFileSync(archive, await dockerArchive({ layers, steps }));
  const { said, page } = await inspected(t, true, `cp '${archive}' "$out"`);
  assert.deepEqual(said, ['progress: Inspecting app:dev']);
  assert.match(page, /^# app:dev \(linux\/amd64\)\n/);
  assert.match(page, /\| 5\.0 kB \| \/Dockerfile:2 COPY app \/app \|\n/);
  assert.match(
    page,
    /\| 5\.0 kB \| \/app \| \/Dockerfile:2 COPY app \/app \| deleted by \/Dockerfile:3 RUN rm \/app \|/,
  );
  assert.match(page, /\| user \| root \|/);
});

test('an engine that fails and an archive that ends early are told apart', async (t) => {
  const failed = await inspected(t, true, 'echo "no such image" >&2; exit 1');
  assert.deepEqual(failed.said.slice(1), ['error: Docker could not write out app:dev: no such image']);
  const cut = await inspected(t, true, 'echo hello > "$out"');
  assert.deepEqual(cut.said.slice(1), [
    'error: Drydock cannot read app:dev: it is neither an archive of docker save nor an OCI layout',
  ]);
});
