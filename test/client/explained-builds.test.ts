// The light bulb on the mark of a failed build: the edits that the server makes from the log, for the text as it is now.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExplainedBuilds } from '../../client/src/build/explained-builds';
import type * as kept from '../../client/src/build/kept-output';
import type { ExplainedFailure } from '../../server/src/protocol/messages';
import type { Runner } from '../../server/src/workflow/run';
import { engineNamed } from '../../server/src/workflow/tool-list';
import { buildOrder } from '../harness/build-order';
import { fakeEditor, loadClient } from '../harness/fake-vscode';

const uri = { toString: () => 'file:///p/Dockerfile' };
const place = { line: 1, character: 4 };
const answer: ExplainedFailure = {
  version: 3,
  line: 1,
  instruction: 1,
  cause: 'command-missing',
  message: 'The image has no command curl',
  edits: [
    { title: 'Install curl', edits: [{ range: { start: place, end: place }, newText: ' curl' }] },
    { title: 'Other', edits: [] },
  ],
};

interface Loaded {
  readonly builds: ExplainedBuilds;
  readonly asked: string[];
  readonly marks: unknown[];
}

async function load(explained: ExplainedFailure | null): Promise<Loaded> {
  const editor = fakeEditor({ trusted: false });
  const module = await loadClient<{ ExplainedBuilds: new (...given: unknown[]) => ExplainedBuilds }>(
    'client/src/build/explained-builds.ts',
    editor,
  );
  const asked: string[] = [];
  const marks: unknown[] = [];
  const session = {
    explainFailure: (_: unknown, log: string) => {
      asked.push(log);
      return Promise.resolve(explained);
    },
    describe: () => Promise.resolve({ instructions: [] }),
  };
  const placed = { set: (_: unknown, kind: string, given: readonly unknown[]) => marks.push(kind, ...given) };
  return { builds: new module.ExplainedBuilds(session, placed), asked, marks };
}

function actions(builds: ExplainedBuilds, version: number, codes: readonly string[]): Promise<unknown[]> {
  const diagnostics = codes.map((code) => ({ source: 'drydock', code }));
  const given = [{ uri, version }, undefined, { diagnostics }] as unknown as Parameters<
    ExplainedBuilds['provideCodeActions']
  >;
  return builds.provideCodeActions(...given);
}

test('the light bulb offers the edits of the last failure, best first', async () => {
  const { builds, asked } = await load(answer);
  assert.deepEqual(await actions(builds, 3, ['build']), [], 'nothing has failed yet');
  await builds.explain(uri as never, `old ${'x'.repeat(1_000_000)}`);
  const offered = (await actions(builds, 3, ['build'])) as {
    title: string;
    isPreferred: boolean;
    edit: { all: unknown };
  }[];
  assert.deepEqual(
    offered.map(({ title, isPreferred }) => [title, isPreferred]),
    [
      ['Install curl', true],
      ['Other', false],
    ],
  );
  assert.deepEqual(offered[0]?.edit.all, [[uri, [1, 4, 1, 4], ' curl']]);
  assert.ok(
    asked.every((log) => log.length === 1_000_000 && !log.includes('old')),
    'the end of the log counts',
  );
});

test('there is none for other marks, for a text that has changed, and after a build that went well', async () => {
  const { builds } = await load(answer);
  await builds.explain(uri as never, 'log');
  assert.deepEqual(await actions(builds, 3, ['scan', 'apk-no-cache']), []);
  assert.deepEqual(await actions(builds, 4, ['build']), []);
  builds.forget(uri as never);
  assert.deepEqual(await actions(builds, 3, ['build']), []);
});

test('a log from elsewhere marks its instruction, if one is known', async () => {
  const { builds, marks } = await load(answer);
  assert.equal(await builds.mark(uri as never, answer), true);
  assert.deepEqual(marks, [
    'build',
    {
      instruction: 1,
      severity: 0,
      message: 'The build fails here: The image has no command curl',
      code: 'build',
    },
  ]);
  const { instruction: _, ...nowhere } = answer;
  assert.equal(await builds.mark(uri as never, nowhere), false);
});

test('of the output the end is kept', async () => {
  const editor = fakeEditor({ trusted: true });
  const { keptOutput } = await loadClient<typeof kept>('client/src/build/kept-output.ts', editor);
  const output = keptOutput();
  const engine = engineNamed('docker') ?? assert.fail();
  const found = { id: 'docker', program: '/bin/docker', version: '28', way: 'buildx' };
  const runner: Runner = {
    run: (run, { onEvent }) => {
      for (const text of ['first\n', 'y'.repeat(999_999), '\n', 'last\n'])
        for (const event of run.reader().push(text, 'stderr')) onEvent?.(event);
      return Promise.resolve({ kind: 'cancelled' });
    },
  };
  const order = buildOrder({ dockerfile: '/p/Dockerfile', context: '/p', tag: 'app' });
  await output.keeping(runner).run(engine.commands.build(found, order), { folder: '/p' });
  const text = output.text();
  assert.ok(text.length === 1_000_000 && text.endsWith('y\nlast\n') && !text.includes('first'));
});
