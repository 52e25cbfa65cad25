// The argument array of each builder, names of images, the build context, and what is remembered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { posix, win32 } from 'node:path';
import { readBuiltImage } from '../../server/src/workflow/build/built-image';
import { completeChoice, readSavedChoice, toOrder } from '../../server/src/workflow/build/choices';
import { rankContextFolders } from '../../server/src/workflow/build/context-folder';
import { filePath, folderPath, imageName } from '../../server/src/workflow/checked-arguments';
import { printer, watched } from '../../server/src/workflow/runners';
import type { FoundTool } from '../../server/src/workflow/tool';
import { engineNamed } from '../../server/src/workflow/tool-list';
import { buildOrder, checked } from '../harness/build-order';
import type { OrderText } from '../harness/build-order';
import { describe } from '../harness/description';
import { scripted } from '../harness/runs';

const plain: OrderText = { dockerfile: '/p/Dockerfile', context: '/p', tag: 'app:dev' };
const full: OrderText = {
  ...plain,
  target: 'final',
  platforms: ['linux/arm64'],
  buildArgs: { V: '1 2', EMPTY: '' },
  noCache: true,
  pull: true,
};

function found(way: string): FoundTool {
  const id = way === 'podman' || way === 'buildah' ? way : 'docker';
  return { id, program: `/bin/${id}`, version: '', way };
}

function command(
  way: string,
  order: OrderText,
  needsDockerFormat = false,
  moreArguments: string[] = [],
): string[] {
  const tool = found(way);
  const run = engineNamed(tool.id)?.commands.build(
    tool,
    buildOrder({ ...order, needsDockerFormat, moreArguments }),
  );
  assert.ok(run);
  return [
    ...Object.entries(run.env).map(([name, value]) => `${name}=${value}`),
    run.tool.program,
    ...run.args,
  ];
}

const common = [
  '--file=/p/Dockerfile',
  '--target=final',
  '--platform=linux/arm64',
  '--build-arg=V=1 2',
  '--build-arg=EMPTY=',
  '--no-cache',
  '--pull',
];

test('each builder gets the arguments it knows', () => {
  const docker = '/bin/docker';
  assert.deepEqual(command('buildx', plain), [
    docker,
    'buildx',
    'build',
    '--progress=plain',
    '--file=/p/Dockerfile',
    '--tag=app:dev',
    '--load',
    '/p',
  ]);
  assert.deepEqual(command('buildx', full), [
    docker,
    'buildx',
    'build',
    '--progress=plain',
    ...common,
    '--tag=app:dev',
    '--load',
    '/p',
  ]);
  assert.deepEqual(command('buildkit', full), [
    'DOCKER_BUILDKIT=1',
    docker,
    'build',
    '--progress=plain',
    ...common,
    '--tag=app:dev',
    '/p',
  ]);
  assert.deepEqual(command('legacy', full), [
    'DOCKER_BUILDKIT=0',
    docker,
    'build',
    ...common,
    '--tag=app:dev',
    '/p',
  ]);
  assert.deepEqual(command('podman', full), ['/bin/podman', 'build', ...common, '--tag=app:dev', '/p']);
  assert.deepEqual(command('buildah', full), [
    '/bin/buildah',
    'bud',
    '--layers',
    ...common,
    '--tag=app:dev',
    '/p',
  ]);
});

test('several platforms make a manifest where there is no other way, and are not loaded', () => {
  const several = { ...plain, platforms: ['linux/amd64', 'linux/arm64'] };
  const platform = '--platform=linux/amd64,linux/arm64';
  assert.deepEqual(command('buildx', several).slice(3), [
    '--progress=plain',
    '--file=/p/Dockerfile',
    platform,
    '--tag=app:dev',
    '/p',
  ]);
  assert.deepEqual(command('podman', several).slice(2), [
    '--file=/p/Dockerfile',
    platform,
    '--manifest=app:dev',
    '/p',
  ]);
});

test('what OCI images cannot hold makes podman and buildah write the other format', () => {
  assert.ok(command('podman', plain, true).includes('--format=docker'));
  assert.ok(command('buildah', plain, true).includes('--format=docker'));
  assert.ok(!command('buildx', plain, true).includes('--format=docker'));
});

test('arguments of the settings stand in front of the context', () => {
  for (const kind of ['buildx', 'buildkit', 'legacy', 'podman', 'buildah'] as const) {
    assert.deepEqual(command(kind, plain, false, ['--network=host', '--secret=id=a']).slice(-3), [
      '--network=host',
      '--secret=id=a',
      '/p',
    ]);
  }
});

test('podman under the name of docker is called as podman', () => {
  const run = engineNamed('docker')?.commands.build({ ...found('docker'), way: 'podman' }, buildOrder(plain));
  assert.deepEqual(run?.args, ['build', '--file=/p/Dockerfile', '--tag=app:dev', '/p']);
});

test('the text to paste is quoted for a shell, and printing it starts nothing', async () => {
  const order = buildOrder({ ...plain, context: "/it's here", buildArgs: { A: '$(rm -rf /)' } });
  const run = engineNamed('docker')?.commands.build(found('buildkit'), order);
  assert.ok(run);
  const printed: string[] = [];
  const outcome = await printer((text) => printed.push(text)).run(run, { folder: '/' });
  assert.deepEqual(printed, [
    `DOCKER_BUILDKIT=1 /bin/docker build --progress=plain --file=/p/Dockerfile '--build-arg=A=$(rm -rf /)' --tag=app:dev '/it'\\''s here'`,
  ]);
  assert.deepEqual(outcome, { kind: 'cancelled' });
});

test('a build that is watched shows its command first, then what it prints', async () => {
  const run = engineNamed('buildah')?.commands.build(found('buildah'), buildOrder(plain));
  assert.ok(run);
  const shown: string[] = [];
  const inner = scripted(() => ({ stdout: 'STEP 1/1: FROM scratch\n', stderr: 'Error: no\n', exit: 125 }));
  const events: unknown[] = [];
  const runner = watched(inner, {
    onStart: (text) => shown.push(text),
    onPrinted: ({ text, stream }) => shown.push(`${stream}: ${text}`),
  });
  const outcome = await runner.run(run, { folder: '/', onEvent: (event) => events.push(event) });
  assert.deepEqual(shown, [
    '/bin/buildah bud --layers --file=/p/Dockerfile --tag=app:dev /p',
    'stdout: STEP 1/1: FROM scratch\n',
    'stderr: Error: no\n',
  ]);
  assert.equal(events.length, 2);
  assert.ok(outcome.kind === 'done' && outcome.value.kind === 'stopped');
  assert.equal(outcome.value.exit, 125);
  assert.equal(outcome.value.failure.message, 'no');
});

test('the build context is the folder that holds what is copied', async () => {
  const there = new Set(['/w/app/src', '/w/app/package.json', '/w/go.mod', '/w/docker/entry.sh']);
  const rank = (
    fileFolder: string,
    sources: string[],
    workspaceFolder: string | undefined = '/w',
  ): Promise<readonly string[]> =>
    rankContextFolders({ fileFolder, workspaceFolder, sources, path: posix }, (path) =>
      Promise.resolve(there.has(path)),
    );
  assert.equal((await rank('/w/app', ['src', 'package.json']))[0], '/w/app');
  assert.equal((await rank('/w/app', ['app/src', 'go.mod']))[0], '/w');
  assert.equal(
    (await rank('/w/docker', []))[0],
    '/w',
    'a folder for build files belongs to the project around it',
  );
  assert.equal((await rank('/w/docker', ['entry.sh']))[0], '/w/docker');
  assert.equal((await rank('/w/service', []))[0], '/w/service');
  assert.equal((await rank('/w/app', ['./sr*', 'package.json']))[0], '/w/app');
  assert.deepEqual(await rank('/w/a/b', []), ['/w/a/b', '/w/a', '/w']);
  assert.deepEqual(await rank('/w', []), ['/w']);
  assert.deepEqual(await rank('/elsewhere/x', [], '/w'), ['/elsewhere/x']);
  assert.deepEqual(await rank('/elsewhere/x', [], undefined), ['/elsewhere/x']);
  const onWindows = { fileFolder: 'C:\\w\\app', workspaceFolder: 'C:\\w', sources: ['go.mod'], path: win32 };
  const ranked = await rankContextFolders(onWindows, (path) => Promise.resolve(path === 'C:\\w\\go.mod'));
  assert.deepEqual(ranked, ['C:\\w', 'C:\\w\\app']);
});

test('what was remembered holds as far as the file still declares it', () => {
  const description = describe('ARG GLOBAL=1\nFROM scratch AS Build\nARG V\nFROM build\n');
  const question = {
    dockerfile: checked(filePath, '/p/Dockerfile'),
    fileName: 'Dockerfile',
    projectName: 'shop',
    context: checked(folderPath, '/p'),
  };
  const saved = {
    target: 'BUILD',
    tag: 'x:1',
    buildArgs: { V: '2', GONE: '3' },
    platforms: ['linux/arm64'],
    pull: true,
  };
  assert.deepEqual(completeChoice(question, readSavedChoice(saved), description), {
    dockerfile: '/p/Dockerfile',
    context: '/p',
    target: 'Build',
    tag: 'x:1',
    platforms: ['linux/arm64'],
    buildArgs: { V: '2' },
    pull: true,
  });
  const outdated = readSavedChoice({ target: 'gone', tag: 'NOT A NAME' });
  assert.deepEqual(completeChoice(question, outdated, description), {
    dockerfile: '/p/Dockerfile',
    context: '/p',
    tag: 'shop:dev',
    platforms: [],
    buildArgs: {},
  });
});

test('what OCI images cannot hold is seen in the file', () => {
  const { needsDockerFormat: _, moreArguments: __, ...choice } = buildOrder(plain);
  const needs = (text: string): boolean => toOrder(choice, describe(text), []).needsDockerFormat;
  assert.equal(needs('FROM scratch\nRUN x\n'), false);
  for (const line of ['HEALTHCHECK NONE', 'SHELL ["a"]', 'ONBUILD RUN x'])
    assert.equal(needs(`FROM scratch\n${line}\n`), true, line);
});

test('what people write into tasks.json is checked', () => {
  const wrong = {
    context: 1,
    target: '',
    tag: [],
    platforms: ['a', 2, '--push', 'linux/amd64,x'],
    buildArgs: { A: 'x', B: 2, 'C=1': 'y', '-D': 'z', 'E F': '' },
    noCache: 'yes',
    pull: true,
  };
  assert.deepEqual(readSavedChoice(wrong), { platforms: ['a'], buildArgs: { A: 'x' }, pull: true });
  assert.deepEqual(readSavedChoice(null), { buildArgs: {} });
  assert.equal(readSavedChoice({ context: '../x', target: '-x', tag: '--tag' }).tag, undefined);
  assert.deepEqual(readSavedChoice({ context: '../x', target: '-x' }), { context: '../x', buildArgs: {} });
});

test('what is remembered of a built image is checked before it is scanned', () => {
  const image = { tag: 'app:dev', context: '/p', engine: 'podman', program: '/bin/podman' };
  assert.deepEqual(readBuiltImage({ ...image, target: 'final' }), { ...image, target: 'final' });
  assert.deepEqual(readBuiltImage({ ...image, target: '--x' }), image);
  for (const wrong of [
    undefined,
    { ...image, tag: '-x' },
    { ...image, context: 'p' },
    { ...image, engine: 1 },
  ])
    assert.equal(readBuiltImage(wrong), undefined);
  assert.equal(readBuiltImage(image)?.tag, checked(imageName, 'app:dev'));
});
