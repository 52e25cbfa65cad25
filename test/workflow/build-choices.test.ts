// The argument array of each builder, names of images, the build context, and what is remembered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { posix, win32 } from 'node:path';
import type { BuildOrder } from '../../server/src/workflow/build/build-run';
import { readBuiltImage } from '../../server/src/workflow/build/built-image';
import { asStated, completeChoice, readSavedChoice, toOrder } from '../../server/src/workflow/build/choices';
import { rankContextFolders } from '../../server/src/workflow/build/context-folder';
import { sizeText } from '../../server/src/workflow/build/stored-image';
import {
  filePath,
  folderPath,
  imageId,
  imageName,
  imageReference,
  portName,
} from '../../server/src/workflow/checked-arguments';
import { printer, watched } from '../../server/src/workflow/runners';
import { pasteShell, shellText } from '../../server/src/workflow/shell-text';
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

test('what only some builders can is written as each takes it', () => {
  const build = (id: string, way: string, more: Partial<BuildOrder>): readonly string[] =>
    engineNamed(id)?.commands.build(
      { id, program: `/bin/${id}`, version: '', way },
      {
        ...buildOrder(plain),
        ...more,
      },
    ).args ?? [];
  const cache = {
    cacheFrom: [checked(imageReference, 'r.io/app:cache')],
    cacheTo: [checked(imageReference, 'r.io/app:cache')],
  };
  for (const args of [build('docker', 'buildx', cache), build('nerdctl', 'nerdctl', cache)]) {
    assert.ok(args.includes('--cache-from=type=registry,ref=r.io/app:cache'));
    assert.ok(args.includes('--cache-to=type=registry,ref=r.io/app:cache,mode=max'));
  }
  for (const id of ['podman', 'buildah']) {
    assert.ok(build(id, id, cache).includes('--cache-to=r.io/app:cache'));
    assert.ok(build(id, id, { pullNever: true }).includes('--pull=never'));
    const single = build(id, id, { singleLayer: true });
    assert.ok(single.includes('--layers=false') && !single.includes('--layers'));
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
  const outcome = await printer((text) => printed.push(text), 'posix').run(run, { folder: '/' });
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

test('old versions of podman and buildah build without their cache where a step mounts the context', () => {
  const { mountsContext: _, needsDockerFormat: __, moreArguments: ___, ...choice } = buildOrder(plain);
  const noCache = (way: string, version: string, mount: string): boolean => {
    const tool = { ...found(way), version };
    const order = toOrder(choice, describe(`FROM scratch\nRUN ${mount} make\n`), []);
    return engineNamed(tool.id)?.commands.build(tool, order).args.includes('--no-cache') ?? assert.fail(way);
  };
  const bind = '--mount=type=bind,target=/src';
  for (const [way, old, mended] of [
    ['buildah', '1.38.1', '1.39.0'],
    ['podman', '4.9.3', '5.4.0'],
  ] as const) {
    for (const mount of [bind, '--mount=target=/src', '--mount=type=Bind,source=src,target=/src'])
      assert.deepEqual([noCache(way, old, mount), noCache(way, mended, mount)], [true, false], mount);
    for (const mount of ['', `${bind},from=build`, '--mount=type=cache,target=/cache'])
      assert.equal(noCache(way, old, mount), false, mount);
  }
  assert.equal(noCache('buildx', '27.0.0', bind), false);
  // Podman under the name of docker.
  const shim = { ...found('buildx'), way: 'podman', version: '4.3.1' };
  const order = toOrder(choice, describe(`FROM scratch\nRUN ${bind} make\n`), []);
  assert.ok(engineNamed('docker')?.commands.build(shim, order).args.includes('--no-cache'));
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
  const id = 'a'.repeat(64);
  const image = { id, tag: 'app:dev', context: '/p', engine: 'podman', program: '/bin/podman' };
  assert.deepEqual(readBuiltImage({ ...image, target: 'final' }), { ...image, target: 'final' });
  assert.deepEqual(readBuiltImage({ ...image, target: '--x' }), image);
  for (const wrong of [
    undefined,
    // As an earlier version remembered it: its name may be another image's by now.
    { ...image, id: undefined },
    { ...image, id: 'aaaaaaaaaaaa' },
    { ...image, tag: '-x' },
    { ...image, context: 'p' },
    { ...image, engine: 1 },
  ])
    assert.equal(readBuiltImage(wrong), undefined);
  assert.equal(readBuiltImage(image)?.tag, checked(imageName, 'app:dev'));
});

test('the line to paste is quoted for the shell of whoever pastes it', () => {
  const shells = {
    '/bin/bash': 'posix',
    '/usr/bin/zsh': 'posix',
    '/usr/bin/fish': 'posix',
    '': 'posix',
    '/usr/bin/pwsh': 'powershell',
    'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe': 'powershell',
    'C:\\Program Files\\PowerShell\\7\\pwsh.exe': 'powershell',
    'C:\\Windows\\System32\\cmd.exe': 'cmd',
    'C:\\Program Files\\Git\\bin\\bash.exe': 'posix',
  };
  for (const [program, shell] of Object.entries(shells)) assert.equal(pasteShell(program), shell, program);
  const run = {
    tool: { id: 'docker', program: 'C:\\Program Files\\docker.exe' },
    args: [
      'build',
      '--build-arg=A=it\'s $HOME %PATH% "q" `x`',
      '--platform=linux/amd64,linux/arm64',
      'C:\\my app\\',
    ],
    env: { DOCKER_BUILDKIT: '1' },
  };
  assert.equal(
    shellText(run, 'posix'),
    `DOCKER_BUILDKIT=1 'C:\\Program Files\\docker.exe' build '--build-arg=A=it'\\''s $HOME %PATH% "q" \`x\`' --platform=linux/amd64,linux/arm64 'C:\\my app\\'`,
  );
  assert.equal(
    shellText(run, 'powershell'),
    `$env:DOCKER_BUILDKIT = '1'; & 'C:\\Program Files\\docker.exe' build '--build-arg=A=it''s $HOME %PATH% "q" \`x\`' '--platform=linux/amd64,linux/arm64' 'C:\\my app\\'`,
  );
  assert.equal(
    shellText(run, 'cmd'),
    String.raw`set "DOCKER_BUILDKIT=1" && ^"C:\Program^ Files\docker.exe^" build ^"--build-arg=A=it's^ $HOME^ ^%PATH^%^ \^"q\^"^ ${'`x`'}^" --platform=linux/amd64,linux/arm64 ^"C:\my^ app\\^"`,
  );
});

test('secrets and keys are handed to builders that know mounts, and never to others', () => {
  const order = {
    ...plain,
    secrets: { token: 'env=TOKEN', file: 'src=/home/me/a b', none: null },
    ssh: { default: 'agent', key: '/home/me/.ssh/id', without: null },
  };
  const given = [
    '--secret=id=token,env=TOKEN',
    '--secret=id=file,src=/home/me/a b',
    '--ssh=default',
    '--ssh=key=/home/me/.ssh/id',
  ];
  for (const way of ['buildx', 'buildkit', 'podman', 'buildah']) {
    const words = command(way, order).filter((word) => /^--(?:secret|ssh)/.test(word));
    assert.deepEqual(words, given, way);
  }
  assert.ok(!command('legacy', order).some((word) => /^--(?:secret|ssh)/.test(word)));
});

test('what is remembered of secrets is the source, never the value, and only while the file mounts them', () => {
  const description = describe(
    'FROM a\nRUN --mount=type=secret,id=token,required true\nRUN --mount=type=ssh --mount=type=secret,target=/run/x/npmrc true\nRUN --mount=type=secret,id=$X true\n',
  );
  assert.deepEqual(description.secrets, [
    { kind: 'secret', id: 'token', required: true },
    { kind: 'ssh', id: 'default', required: false },
    { kind: 'secret', id: 'npmrc', required: false },
  ]);
  const saved = readSavedChoice({
    secrets: {
      token: 'env=TOKEN',
      npmrc: null,
      gone: 'env=X',
      bad: 'value',
      'a,b': 'env=X',
      comma: 'src=/a,b',
    },
    ssh: { default: 'agent' },
    engine: 'podman',
    push: true,
  });
  assert.deepEqual(saved.secrets, { token: 'env=TOKEN', npmrc: null, gone: 'env=X' });
  const question = {
    dockerfile: checked(filePath, '/p/Dockerfile'),
    fileName: 'Dockerfile',
    projectName: 'shop',
    context: checked(folderPath, '/p'),
  };
  const choice = completeChoice(question, saved, description);
  assert.deepEqual(choice.secrets, { token: 'env=TOKEN', npmrc: null });
  assert.deepEqual(choice.ssh, { default: 'agent' });
  assert.equal(choice.engine, 'podman');
  assert.equal(choice.push, true);
});

test('an image is sent to its registry instead of being loaded, where buildx can', () => {
  const words = command('buildx', { ...plain, push: true, platforms: ['linux/amd64', 'linux/arm64'] });
  assert.ok(words.includes('--push') && !words.includes('--load'));
});

test('what the old builder refuses is known before a build', () => {
  const needs = (line: string): readonly string[] => describe(`FROM a\n${line}\n`).needsBuildKit;
  assert.deepEqual(needs('RUN --mount=type=cache,target=/c make'), ['RUN --mount']);
  assert.deepEqual(needs('COPY --chmod=755 --link a b'), ['COPY --chmod', 'COPY --link']);
  assert.deepEqual(needs('RUN <<EOF\nmake\nEOF'), ['RUN <<EOF']);
  assert.deepEqual(needs('COPY <<one /x\none'), ['COPY <<one']);
  assert.deepEqual(needs('ONBUILD RUN --mount=type=ssh x'), ['RUN --mount']);
  for (const line of ['RUN make', 'COPY --chown=1 --from=b a b', 'HEALTHCHECK --start-interval=1s CMD x'])
    assert.deepEqual(needs(line), [], line);
});

test("docker's advice about a variable that the user never set is not shown", () => {
  const run = engineNamed('docker')?.commands.build(found('legacy'), buildOrder(plain));
  const notice =
    'DEPRECATED: The legacy builder is deprecated and will be removed in a future release.\n            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0\n            environment-variable.\n\n';
  const shown = (texts: readonly string[]): string => {
    const reader = run?.reader() ?? assert.fail();
    return texts.flatMap((text) => reader.push(text, 'stderr').map((event) => event.text)).join('');
  };
  assert.equal(shown([notice, 'a problem\n']), 'a problem\n');
  assert.equal(shown([`${notice}at once\n`]), 'at once\n');
  assert.equal(shown([...notice, 'x']), 'x');
  assert.equal(shown(['another problem\n', notice]), `another problem\n${notice}`);
  assert.equal(shown(['DE', 'nied\n']), 'DEnied\n');
});

test('sizes are written as engines write them', () => {
  const texts = [0, 999, 1000, 1500, 3_976_849, 78_400_000, 999_600_000, 1.5e9].map(sizeText);
  assert.deepEqual(texts, ['0 B', '999 B', '1.0 kB', '1.5 kB', '4.0 MB', '78 MB', '1.0 GB', '1.5 GB']);
});

test('a container is started with its ports open to this machine alone', () => {
  const image = checked(imageId, 'a'.repeat(64));
  const ports = ['8080', '53/udp', '${PORT}', '80-90', '0']
    .map(portName)
    .filter((port) => port !== undefined);
  const started = [
    'run',
    '--rm',
    '--interactive',
    '--tty',
    '--publish=127.0.0.1:8080:8080',
    '--publish=127.0.0.1:53:53/udp',
    image,
  ];
  assert.deepEqual(engineNamed('docker')?.commands.start?.(image, ports), started);
  assert.deepEqual(engineNamed('podman')?.commands.start?.(image, ports), started);
  assert.equal(engineNamed('buildah')?.commands.start, undefined);
});

test('what Compose or Bake say of a build is taken over, as if it had been chosen', () => {
  const stated = {
    name: 'web',
    source: '/p/compose.yaml',
    context: '/p',
    target: 'final',
    args: { V: '2', 'A B': 'x' },
    tags: ['NOT A NAME', 'registry.example.com/web:1'],
  };
  const expected = {
    context: '/p',
    target: 'final',
    tag: 'registry.example.com/web:1',
    buildArgs: { V: '2' },
  };
  assert.deepEqual(asStated(stated), expected);
  const base = readSavedChoice({
    engine: 'podman',
    secrets: { token: 'env=T' },
    tag: 'mine:1',
    target: 'old',
  });
  assert.deepEqual(asStated(stated, base), {
    ...expected,
    engine: 'podman',
    secrets: { token: 'env=T' },
  });
  const remote = { name: 'x', source: '/p/docker-bake.hcl', args: {}, tags: [] };
  assert.deepEqual(asStated(remote), { buildArgs: {} });
});
