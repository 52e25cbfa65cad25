// What the status bar says while a build runs, and which times of its steps are kept.
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { BuildMemory } from '../../client/src/build/build-memory';
import type * as progress from '../../client/src/build/build-progress';
import { engineNamed } from '../../server/src/workflow/tool-list';
import type { Runner } from '../../server/src/workflow/run';
import { buildOrder } from '../harness/build-order';
import { fakeEditor, loadClient } from '../harness/fake-vscode';

const uri = { toString: () => 'file:///p/Dockerfile' } as Parameters<BuildMemory['times']>[0];

async function memory(): Promise<BuildMemory> {
  const kept = new Map<string, unknown>();
  const memento = {
    get: (key: string) => kept.get(key),
    update: (key: string, value: unknown) => Promise.resolve(kept.set(key, value)),
  };
  const module = await loadClient<{ BuildMemory: new (memento: unknown) => BuildMemory }>(
    'client/src/build/build-memory.ts',
    fakeEditor({ trusted: true }),
  );
  return new module.BuildMemory(memento);
}

test('the status bar names the step that runs, and the times are handed over', async () => {
  mock.timers.enable({ apis: ['setInterval', 'Date'] });
  try {
    const editor = fakeEditor({ trusted: true });
    const { showingProgress } = await loadClient<typeof progress>(
      'client/src/build/build-progress.ts',
      editor,
    );
    const engine = engineNamed('docker') ?? assert.fail();
    const order = buildOrder({ dockerfile: '/p/Dockerfile', context: '/p', tag: 'app' });
    const found = { id: 'docker', program: '/bin/docker', version: '28', way: 'buildx' };
    const runner: Runner = {
      run: (run, { onEvent }) => {
        const say = (text: string): void => {
          for (const event of run.reader().push(text, 'stderr')) onEvent?.(event);
        };
        say('#7 [build 3/7] RUN npm ci\n');
        mock.timers.tick(12_400);
        say('#7 DONE 12.4s\n#8 [build 4/7] COPY . .\n#8 CACHED\n');
        mock.timers.tick(5000);
        return Promise.resolve({ kind: 'cancelled' });
      },
    };
    const times: unknown[] = [];
    const shown = showingProgress(runner, 'Building app', (given) =>
      Promise.resolve(void times.push(...given)),
    );
    const outcome = await shown.run(engine.commands.build(found, order), { folder: '/p' });
    assert.equal(outcome.kind, 'cancelled');
    const texts = editor.shown.map(({ text }) => text);
    assert.deepEqual([texts[0], texts.at(-1)], ['Building app', 'build 3/7 RUN npm ci · 12 s']);
    assert.deepEqual(times, [
      { text: 'RUN npm ci', seconds: 12.4, cached: false },
      { text: 'COPY . .', seconds: 0, cached: true },
    ]);
  } finally {
    mock.timers.reset();
  }
});

test('a step from the cache keeps the time that it once took', async () => {
  const kept = await memory();
  assert.deepEqual(kept.times(uri), []);
  await kept.rememberTimes(uri, [{ text: 'RUN make', seconds: 40, cached: false }]);
  await kept.rememberTimes(uri, [
    { text: 'RUN make', seconds: 0, cached: true },
    { text: 'RUN new', seconds: 2, cached: false },
  ]);
  const expected = [
    { text: 'RUN make', seconds: 40, cached: true },
    { text: 'RUN new', seconds: 2, cached: false },
  ];
  assert.deepEqual(kept.times(uri), expected);
  await kept.rememberTimes(uri, []);
  assert.deepEqual(kept.times(uri), expected);
});
