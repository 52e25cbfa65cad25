// The argument array of each builder, names of images, the build context, and what is remembered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeChoice, readSavedChoice } from '../../server/src/workflow/build/choices';
import { asShellText, buildCommand, type BuildChoice } from '../../server/src/workflow/build/build-run';
import { rankContextFolders } from '../../server/src/workflow/build/context-folder';
import type { Builder, BuilderKind } from '../../server/src/workflow/find-tools';
import { isImageName, suggestImageName } from '../../server/src/workflow/checked-arguments';
import { describe } from '../harness/description';

const PLAIN: BuildChoice = {
  dockerfile: '/p/Dockerfile',
  context: '/p',
  tag: 'app:dev',
  platforms: [],
  buildArgs: {},
};
const FULL: BuildChoice = {
  ...PLAIN,
  target: 'final',
  platforms: ['linux/arm64'],
  buildArgs: { V: '1 2', EMPTY: '' },
  noCache: true,
  pull: true,
};

function builder(kind: BuilderKind): Builder {
  const engine = kind === 'podman' || kind === 'buildah' ? kind : 'docker';
  return { kind, engine, program: `/bin/${engine}`, version: '', ready: true };
}

function command(
  kind: BuilderKind,
  choice: BuildChoice,
  needsDockerFormat = false,
  extra: string[] = [],
): string[] {
  const { program, args, env } = buildCommand(builder(kind), choice, { needsDockerFormat, arguments: extra });
  return [...Object.entries(env).map(([name, value]) => `${name}=${value}`), program, ...args];
}

const COMMON = [
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
  assert.deepEqual(command('buildx', PLAIN), [
    docker,
    'buildx',
    'build',
    '--progress=plain',
    '--file=/p/Dockerfile',
    '--tag=app:dev',
    '--load',
    '/p',
  ]);
  assert.deepEqual(command('buildx', FULL), [
    docker,
    'buildx',
    'build',
    '--progress=plain',
    ...COMMON,
    '--tag=app:dev',
    '--load',
    '/p',
  ]);
  assert.deepEqual(command('buildkit', FULL), [
    'DOCKER_BUILDKIT=1',
    docker,
    'build',
    '--progress=plain',
    ...COMMON,
    '--tag=app:dev',
    '/p',
  ]);
  assert.deepEqual(command('legacy', FULL), [
    'DOCKER_BUILDKIT=0',
    docker,
    'build',
    ...COMMON,
    '--tag=app:dev',
    '/p',
  ]);
  assert.deepEqual(command('podman', FULL), ['/bin/podman', 'build', ...COMMON, '--tag=app:dev', '/p']);
  assert.deepEqual(command('buildah', FULL), [
    '/bin/buildah',
    'bud',
    '--layers',
    ...COMMON,
    '--tag=app:dev',
    '/p',
  ]);
});

test('several platforms make a manifest where there is no other way, and are not loaded', () => {
  const several = { ...PLAIN, platforms: ['linux/amd64', 'linux/arm64'] };
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
  assert.ok(command('podman', PLAIN, true).includes('--format=docker'));
  assert.ok(command('buildah', PLAIN, true).includes('--format=docker'));
  assert.ok(!command('buildx', PLAIN, true).includes('--format=docker'));
});

test('arguments of the settings stand in front of the context', () => {
  for (const kind of ['buildx', 'buildkit', 'legacy', 'podman', 'buildah'] as const) {
    assert.deepEqual(command(kind, PLAIN, false, ['--network=host', '--secret=id=a']).slice(-3), [
      '--network=host',
      '--secret=id=a',
      '/p',
    ]);
  }
});

test('the text to paste is quoted for a shell', () => {
  const choice = { ...PLAIN, context: "/it's here", buildArgs: { A: '$(rm -rf /)' } };
  const text = asShellText(
    buildCommand(builder('buildkit'), choice, { needsDockerFormat: false, arguments: [] }),
  );
  assert.equal(
    text,
    `DOCKER_BUILDKIT=1 /bin/docker build --progress=plain --file=/p/Dockerfile '--build-arg=A=$(rm -rf /)' --tag=app:dev '/it'\\''s here'`,
  );
});

test('image names', () => {
  for (const name of [
    'app',
    'app:dev',
    'a/b-c/d_e:1.0',
    'localhost:5000/app:x',
    'r.example.com/Team'.toLowerCase(),
    '[::1]:5000/x',
  ]) {
    assert.ok(isImageName(name), name);
  }
  for (const name of [
    '',
    'App',
    'app:',
    ':dev',
    'app dev',
    '-x',
    'app:dev:dev',
    'a//b',
    'app@sha256:00',
    '--tag',
    'a..b',
  ]) {
    assert.ok(!isImageName(name), name);
  }
});

test('suggested names are names, and tell variants apart', () => {
  const cases: readonly [string, string, string][] = [
    ['shop', 'Dockerfile', 'shop:dev'],
    ['My Shop_2', 'Dockerfile', 'my-shop-2:dev'],
    ['shop', 'Dockerfile.web', 'shop-web:dev'],
    ['shop', 'worker.Dockerfile', 'shop-worker:dev'],
    ['shop', 'api.dockerfile', 'shop-api:dev'],
    ['Käse', 'Containerfile', 'ka-se:dev'],
    ['日本', 'Dockerfile', 'image:dev'],
  ];
  for (const [folder, file, expected] of cases) {
    assert.equal(suggestImageName(folder, file), expected);
    assert.ok(isImageName(expected), expected);
  }
});

test('the build context is the folder that holds what is copied', async () => {
  const there = new Set(['/w/app/src', '/w/app/package.json', '/w/go.mod', '/w/docker/entry.sh']);
  const rank = (
    fileFolder: string,
    sources: string[],
    workspaceFolder: string | undefined = '/w',
  ): Promise<readonly string[]> =>
    rankContextFolders({ fileFolder, workspaceFolder, sources, platform: 'linux' }, (path) =>
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
});

test('what was remembered holds as far as the file still declares it', () => {
  const description = describe('ARG GLOBAL=1\nFROM scratch AS Build\nARG V\nFROM build\n');
  const question = {
    dockerfile: '/p/Dockerfile',
    fileName: 'Dockerfile',
    projectName: 'shop',
    contexts: ['/p'],
  };
  const saved = {
    target: 'BUILD',
    tag: 'x:1',
    buildArgs: { V: '2', GONE: '3' },
    platforms: ['linux/arm64'],
    pull: true,
  };
  assert.deepEqual(completeChoice(question, saved, description), {
    dockerfile: '/p/Dockerfile',
    context: '/p',
    target: 'Build',
    tag: 'x:1',
    platforms: ['linux/arm64'],
    buildArgs: { V: '2' },
    pull: true,
  });
  const outdated = completeChoice(
    question,
    { target: 'gone', tag: 'NOT A NAME', context: '/c' },
    description,
  );
  assert.deepEqual(outdated, { ...PLAIN, context: '/c', tag: 'shop:dev' });
});

test('what people write into tasks.json is checked', () => {
  const wrong = {
    context: 1,
    target: '',
    tag: [],
    platforms: ['a', 2],
    buildArgs: { A: 'x', B: 2 },
    noCache: 'yes',
    pull: true,
  };
  assert.deepEqual(readSavedChoice(wrong), { platforms: ['a'], buildArgs: { A: 'x' }, pull: true });
  assert.deepEqual(readSavedChoice(null), {});
});
