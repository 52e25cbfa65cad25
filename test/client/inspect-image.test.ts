// What a built image holds, asked for or after a build: nothing without trust, a page and a view with the lines of the file, a
// mark on a line that grew, and each trouble in its own words.
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { ImageInspector, InspectParts } from '../../client/src/image/inspect-image';
import type { Mark } from '../../client/src/line-marks';
import type { ImageNode } from '../../server/src/workflow/image/image-tree';
import type { BuildCosts } from '../../server/src/workflow/image/step-costs';
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
  /** The rows of the view, with those below them. */
  readonly tree: readonly string[];
  readonly marks: readonly Mark[];
  readonly costs: BuildCosts | undefined;
}

interface Asked {
  readonly trusted?: boolean;
  /** What the engine does instead of writing out an image; undefined: no image was built. */
  readonly script: string | undefined;
  /** The image is read because a build has ended. */
  readonly afterBuild?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The folder of the Dockerfile. */
  readonly folder?: string;
}

async function inspected(t: TestContext, asked: Asked): Promise<Told> {
  const { trusted = true, script, afterBuild = false, settings = {}, folder = makeFolder(t) } = asked;
  const program = join(makeFolder(t), 'docker');
  writeFileSync(
    program,
    `#!/bin/sh\nfor word; do case $word in --output=*) out=\${word#--output=};; esac; done\n${script ?? ''}\n`,
  );
  chmodSync(program, 0o755);
  const editor = fakeEditor({ trusted, settings });
  const known = editor.vscode as { readonly workspace: object };
  const path = join(folder, 'Dockerfile');
  const uri = { scheme: 'file', fsPath: path, path, toString: () => `file://${path}` };
  const vscode = {
    ...known,
    workspace: {
      ...known.workspace,
      openTextDocument: () => Promise.resolve({ getText: () => dockerfile }),
      asRelativePath: () => 'Dockerfile',
      getWorkspaceFolder: () => ({ uri: { path: folder } }),
    },
  };
  const client = await loadClient<{
    ImageInspector: new (parts: InspectParts) => ImageInspector;
  }>('client/src/image/inspect-image.ts', { ...editor, vscode });
  const built = { id: 'a'.repeat(64), tag: 'app:dev', context: folder, engine: 'docker', program };
  let page = '';
  let tree: readonly ImageNode[] = [];
  let costs: BuildCosts | undefined;
  const marks: Mark[] = [];
  const parts = {
    lastImage: () => (script === undefined ? undefined : built),
    build: () => Promise.resolve(),
    describe: () => Promise.resolve(describe(dockerfile)),
    times: () => [
      { text: 'COPY app /app', seconds: 0.4, cached: true },
      { text: 'RUN rm /app', seconds: 61, cached: false },
    ],
    rememberCosts: (_: unknown, given: BuildCosts) => {
      costs = given;
      return Promise.resolve();
    },
    view: {
      set: ({ nodes }: { readonly nodes: readonly ImageNode[] }) => {
        tree = nodes;
      },
    },
    marks: {
      set: (_: unknown, __: unknown, given: readonly Mark[]) => marks.push(...given),
      clear: () => undefined,
    },
    pages: {
      show: (_: unknown, markdown: string) => {
        page = markdown;
        return Promise.resolve();
      },
    },
    log: {
      info: (text: string) => editor.shown.push({ kind: 'information', text: `log: ${text}`, choices: [] }),
    },
  };
  const inspector = new client.ImageInspector(parts as unknown as InspectParts);
  if (afterBuild) await inspector.afterBuild(uri as never, 5000);
  else await inspector.inspect({ uri } as unknown as Parameters<ImageInspector['inspect']>[0]);
  const said = editor.shown.map(({ kind, text }) => `${kind}: ${text}`);
  return { said, page, started: editor.started, tree: tree.flatMap((node) => rows(node, '')), marks, costs };
}

function rows({ label, detail, line, children }: ImageNode, indent: string): string[] {
  const place = line === undefined ? '' : ` @${line}`;
  return [
    `${indent}${label}${detail === '' ? '' : ` (${detail})`}${place}`,
    ...children.flatMap((node) => rows(node, `${indent}  `)),
  ];
}

/** @param bytes of the file that the image brings */
async function archiveScript(t: TestContext, bytes: number): Promise<string> {
  const archive = join(makeFolder(t), 'image.tar');
  const layers = [[file('app', bytes)], [file('.wh.app', '')]];
  const steps = ['COPY app /app # buildkit', 'RUN /bin/sh -c rm /app # buildkit'];
  writeFileSync(archive, await dockerArchive({ layers, steps }));
  return `cp '${archive}' "$out"`;
}

test('without trust nothing is started', async (t) => {
  const { said, started, page } = await inspected(t, { trusted: false, script: 'exit 0' });
  assert.deepEqual(
    [said, started, page],
    [['warning: Drydock starts programs and contacts registries only in a trusted workspace.'], [], ''],
  );
  const after = await inspected(t, { trusted: false, script: 'exit 0', afterBuild: true });
  assert.deepEqual([after.said, after.started], [[], []]);
});

test('without a build it offers one', async (t) => {
  assert.deepEqual((await inspected(t, { script: undefined })).said, [
    'information: No image has been built from this file yet.',
  ]);
});

test('the page names the lines of the file', async (t) => {
  const { said, page } = await inspected(t, { script: await archiveScript(t, 5000) });
  assert.deepEqual(said, ['progress: Inspecting app:dev']);
  assert.match(page, /^# app:dev \(linux\/amd64\)\n/);
  assert.match(page, /\| 5\.0 kB \| Dockerfile:2 COPY app \/app \|\n/);
  assert.match(
    page,
    /\| 5\.0 kB \| \/app \| Dockerfile:2 COPY app \/app \| deleted by Dockerfile:3 RUN rm \/app \|/,
  );
  assert.match(page, /\| user \| root \|/);
});

test('the view has a row for each instruction, with its size, its time and its line', async (t) => {
  const { tree, costs, marks } = await inspected(t, { script: await archiveScript(t, 5000) });
  assert.deepEqual(tree, [
    'app:dev (5.0 kB unpacked, 2 layers, 0 files)',
    'Layers (2)',
    '  5.0 kB · 0.4 s (COPY app /app) @2',
    '  0 B · 1 min 1 s (RUN rm /app) @3',
    'Deleted later, but still sent (5.0 kB)',
    '  5.0 kB (/app · line 2, deleted by line 3) @2',
  ]);
  assert.deepEqual(
    costs?.steps.map(({ text, bytes, seconds }) => [text, bytes, seconds]),
    [
      ['COPY app /app', 5000, 0.4],
      ['RUN rm /app', 0, 61],
    ],
  );
  assert.deepEqual(marks, []);
});

test('after a build the image is read without a word, unless the hints are off', async (t) => {
  const script = await archiveScript(t, 5000);
  const { said, page, costs } = await inspected(t, { script, afterBuild: true });
  assert.deepEqual([said, page], [['progress: Reading app:dev'], '']);
  assert.equal(costs?.steps.length, 2);
  const off = await inspected(t, { script, afterBuild: true, settings: { sizeHints: false } });
  assert.deepEqual([off.said, off.started], [[], []]);
  const failed = await inspected(t, { script: 'echo "no such image" >&2; exit 1', afterBuild: true });
  assert.equal(failed.said.at(-1), 'information: log: Docker could not write out app:dev: no such image');
});

test('an image that outgrew the baseline of the project marks the instruction that grew', async (t) => {
  const record = (bytes: number): object => ({
    unpacked: bytes,
    steps: [{ instruction: 'COPY app /app', unpacked: bytes }],
    filesFrom: 10_000,
    files: {},
  });
  const folder = makeFolder(t, {
    '.drydock-size.json': JSON.stringify({ version: 1, images: { app: { 'linux/amd64': record(100_000) } } }),
  });
  const script = await archiveScript(t, 3_000_000);
  const { marks } = await inspected(t, { script, folder, afterBuild: true });
  assert.equal(marks.length, 1);
  assert.equal(marks[0]?.instruction, 1);
  assert.equal(
    marks[0].message,
    'The image grew by 2.9 MB (+2900.0 %) unpacked since .drydock-size.json, more than 5 % and 524 kB. This instruction grew by 2.9 MB',
  );
  const fine = makeFolder(t, {
    '.drydock-size.json': JSON.stringify({
      version: 1,
      images: { app: { 'linux/amd64': record(2_990_000) } },
    }),
  });
  assert.deepEqual((await inspected(t, { script, folder: fine, afterBuild: true })).marks, []);
});

test('an engine that fails and an archive that ends early are told apart', async (t) => {
  const failed = await inspected(t, { script: 'echo "no such image" >&2; exit 1' });
  assert.deepEqual(failed.said.slice(1), ['error: Docker could not write out app:dev: no such image']);
  const cut = await inspected(t, { script: 'echo hello > "$out"' });
  assert.deepEqual(cut.said.slice(1), [
    'error: Drydock cannot read app:dev: it is neither an archive of docker save nor an OCI layout',
  ]);
});
