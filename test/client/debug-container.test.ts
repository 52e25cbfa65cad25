// "Debug a Container…": lists containers and pods, and starts the chosen way in a terminal.
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { docker, kubectl } from '../harness/container-tools';
import { fakeEditor, loadClient } from '../harness/fake-vscode';
import type { FakeEditor, Shown } from '../harness/fake-vscode';
import { makeFolder } from '../harness/workspace';

const engines = ['docker', 'podman', 'buildah', 'nerdctl', 'finch'];

/**
 * @param answers parts of the rows to choose and texts to type, in order
 * @param programs shell scripts by name; the others are missing
 */
async function debug(
  t: TestContext,
  answers: readonly string[],
  {
    trusted = true,
    programs = { docker, kubectl },
  }: { readonly trusted?: boolean; readonly programs?: Readonly<Record<string, string>> } = {},
): Promise<FakeEditor & { readonly started: readonly string[] }> {
  const folder = makeFolder(t);
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), script);
    chmodSync(join(folder, name), 0o755);
  }
  const pathsOf = (names: readonly string[]): object =>
    Object.fromEntries(names.map((name) => [name, join(folder, name)]));
  const left = [...answers];
  const editor = fakeEditor({
    trusted,
    settings: { build: { paths: pathsOf(engines) }, tools: { paths: pathsOf(['kubectl']) } },
    choose: ({ kind, choices }: Shown) => {
      const next = kind === 'pick' ? left.shift() : undefined;
      const isText = choices.every((one) => typeof one !== 'string');
      return next === undefined || isText ? next : choices.find((one) => one.includes(next));
    },
  });
  const { debugContainer } = await loadClient<{ debugContainer(log: unknown): Promise<void> }>(
    'client/src/debug/debug-container.ts',
    editor,
  );
  const log = { info: () => undefined, warn: () => undefined, show: () => undefined };
  await debugContainer(log);
  return { ...editor, started: editor.opened.map((line) => line.replaceAll(`${folder}/`, '')) };
}

test('a shell beside a container starts in a terminal', async (t) => {
  const { started, shown } = await debug(t, ['web', 'A shell beside it']);
  assert.deepEqual(started, [
    'docker run --rm --interactive --tty --pid=container:web --network=container:web --cap-add=SYS_PTRACE busybox:1 sh',
  ]);
  assert.deepEqual(
    shown.flatMap(({ choices }) => choices).filter((one) => /^(?:web|job|\$)/.test(one)),
    ['web', 'job', '$(search) Pods of the cluster that kubectl uses…'],
  );
});

test('what a way needs is asked, and checked', async (t) => {
  const copied = await debug(t, ['job', 'A file or folder copied out', '/app/log']);
  assert.deepEqual(copied.started, ['docker cp job:/app/log ./']);
  const wrong = await debug(t, ['job', 'A file or folder copied out', 'app/log']);
  assert.deepEqual(wrong.started, []);
});

test('pods are looked for when somebody asks, and a cluster that says nothing is told', async (t) => {
  const { started } = await debug(t, ['Pods of the cluster', 'shop/web-0', 'What it prints']);
  assert.deepEqual(started, ['kubectl logs --follow --tail=100 pod/web-0 --namespace=shop --container=app']);
  const silent = await debug(t, ['Pods of the cluster'], { programs: { docker } });
  assert.deepEqual(silent.started, []);
  assert.match(
    silent.shown.find(({ kind }) => kind === 'error')?.text ?? '',
    /^kubectl was not found\. Get it:/i,
  );
});

test('without trust nothing starts', async (t) => {
  const { started, shown } = await debug(t, ['web', 'A shell beside it'], { trusted: false });
  assert.deepEqual(started, []);
  assert.match(shown[0]?.text ?? '', /only in a trusted workspace/);
});
