// Which version latest is: in which order versions are tried, and what that asks of a registry.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { RegistryAccess } from '../../server/src/io/registry/access';
import type { VersionAnswer } from '../../server/src/io/registry/access';
import { findVersionTag, orderVersions } from '../../server/src/io/registry/images/version-tag';
import { reply, replyJson } from '../harness/http-server';
import { byUser, environment, makeHome, makeService } from '../harness/registry-service';
import { image, index, Pusher, startDockerRegistry, startFakeRegistry } from '../harness/registry';
import type { Bend, FakeRegistry } from '../harness/registry';
import { requireTool } from '../harness/tools';

const orders: readonly (readonly [what: string, tags: string, expected: string])[] = [
  ['the most specific first', '3 3.22 3.22.1 3.22.1.4', '3.22.1.4 3.22.1 3.22 3'],
  ['the newest first, by number', '1.9.0 1.10.0 1.10.2 9.0.0 10.0.0', '10.0.0 9.0.0 1.10.2 1.10.0 1.9.0'],
  ['what begins a version comes behind all versions', '2 2.1 2.1.0 1 1.9 1.9.3', '2.1.0 1.9.3 2.1 2 1.9 1'],
  ['a v counts nothing', 'v2.0.0 v2 1.0.0 v1.5', 'v2.0.0 v1.5 1.0.0 v2'],
  ['of the same version the one without a v', 'v3.4.0 3.4.0 v3.4 3.4', '3.4.0 v3.4.0 3.4 v3.4'],
  ['two parts: years and months', '22.04 24.04 24.10 25.04', '25.04 24.10 24.04 22.04'],
  ['leading zeros', '24.4 24.04 24.10', '24.10 24.4 24.04'],
  [
    'the newest six, then the newest of each line, then the rest',
    '5.0.9 5.0.8 5.0.7 5.0.6 5.0.5 5.0.4 5.0.3 4.9.2 4.9.1 4.8.7 3.0.0',
    '5.0.9 5.0.8 5.0.7 5.0.6 5.0.5 5.0.4 4.9.2 4.8.7 3.0.0 5.0.3 4.9.1',
  ],
  ['one part', '41 42 43 9', '43 42 41 9'],
  ['dates behind versions', '20250108 3.22.0 20240923 3.21 12345', '12345 3.22.0 3.21 20250108 20240923'],
  ['only dates', '20240923 20250108', '20250108 20240923'],
  [
    'numbers beyond any integer',
    `1.${'9'.repeat(40)} 1.1${'0'.repeat(40)} 1.2`,
    `1.1${'0'.repeat(40)} 1.${'9'.repeat(40)} 1.2`,
  ],
  [
    'variants, what is not released, and names',
    '1.2-alpine 1.2-rc1 1.2rc1 1.2b latest lts bookworm-20250520 sha-1 v vv1 1. .1 1..2 1.2.3.4.5 V2 1_2',
    '',
  ],
];

for (const [what, tags, expected] of orders) {
  test(`order: ${what}`, () => {
    const list = tags.split(' ');
    assert.equal(orderVersions(list).join(' '), expected);
    assert.equal(orderVersions(list.reverse()).join(' '), expected, 'whatever order the registry has');
  });
}

test('order: nothing that could leave its place in a file', () => {
  const hostile = ['9.9\nRUN x', '9.9 ', ' 9.9', '9.9"', '9.9\n', '9.9@sha256', '９.9', '9.9\r', '$9', ''];
  assert.deepEqual(orderVersions(hostile), []);
});

const current = index([image('linux/amd64', 'current'), image('linux/arm64', 'current')]);
const other = index([image('linux/amd64', 'other')]);

interface Scene {
  readonly registry: FakeRegistry;
  ask(): Promise<VersionAnswer>;
  /** What was asked, `latest` and the list of tags left out. */
  tried(): string[];
}

/** @param tags a star marks those that are what latest is */
async function scene(t: TestContext, tags: string, bend: Bend = {}): Promise<Scene> {
  const registry = await startFakeRegistry(bend);
  t.after(() => registry.close());
  for (const tag of tags.split(' ').filter((text) => text !== ''))
    registry.put('team/app', tag.endsWith('*') ? current : other, tag.replace('*', ''));
  registry.put('team/app', current, 'latest');
  const access = new RegistryAccess({ environment: environment(makeHome(t)) });
  t.after(() => access.dispose());
  return {
    registry,
    ask: () => access.version(`${registry.host}/team/app`, null, new AbortController().signal),
    tried: () =>
      registry
        .lines()
        .filter((line) => /\/manifests\/(?!latest$|sha256:)/.test(line))
        .map((line) => line.replace('/v2/team/app/manifests/', '')),
  };
}

test('version: the first is it: four requests, and none the second time', async (t) => {
  const { registry, ask } = await scene(t, '1* 1.2* 1.2.0* 1.1.0 1.2.0-alpine');
  assert.deepEqual(await ask(), { kind: 'version', tag: '1.2.0' });
  assert.deepEqual(registry.lines(), [
    'HEAD /v2/team/app/manifests/latest',
    `GET /v2/team/app/manifests/${current.digest}`,
    'GET /v2/team/app/tags/list',
    'HEAD /v2/team/app/manifests/1.2.0',
  ]);
  assert.deepEqual(await ask(), { kind: 'version', tag: '1.2.0' });
  assert.equal(registry.asked.length, 4);
});

test('version: of several that are the same the most specific, whatever the registry names first', async (t) => {
  for (const tags of ['3* 3.1* 3.1.4* 4.0.0 2.0.0', '4.0.0 2.0.0 3.1.4* 3.1* 3*']) {
    const { ask, tried } = await scene(t, tags);
    assert.deepEqual(await ask(), { kind: 'version', tag: '3.1.4' });
    assert.deepEqual(tried().sort(), ['HEAD 2.0.0', 'HEAD 3.1', 'HEAD 3.1.4', 'HEAD 4.0.0']);
  }
});

test('version: latest that lags behind a line of many releases', async (t) => {
  const newer = Array.from({ length: 40 }, (_, patch) => `5.1.${patch}`).join(' ');
  const { ask, tried } = await scene(t, `${newer} 4.2.8 4.2.9* 4.1.0 3.0.0`);
  assert.deepEqual(await ask(), { kind: 'version', tag: '4.2.9' });
  assert.ok(tried().length <= 8, tried().join());
});

test('version: twelve versions are compared, not more, and the message says what else to do', async (t) => {
  const versions = Array.from({ length: 60 }, (_, minor) => `1.${minor}.0`).join(' ');
  const { ask, tried, registry } = await scene(t, versions);
  const answer = await ask();
  assert.equal(tried().length, 12);
  assert.ok(tried().every((line) => line.startsWith('HEAD ')));
  assert.ok(answer.kind === 'failed');
  assert.equal(
    answer.message,
    `No version tag of ${registry.host}/team/app matches latest (12 compared): pin the image to its digest instead`,
  );
});

test('version: an image without versions is not searched', async (t) => {
  const { ask, tried } = await scene(t, 'nonroot* debug debug-nonroot* 1-slim*');
  const answer = await ask();
  assert.deepEqual(tried(), []);
  assert.match(
    answer.kind === 'failed' ? answer.message : '',
    /no tag that is a plain version: pin the image to its digest/,
  );
});

test('version: tags come in pages', async (t) => {
  const builds = Array.from({ length: 2_500 }, (_, build) => `build-${build}`).join(' ');
  const { ask, registry } = await scene(t, `1.0.0 ${builds} 2.0.0*`);
  assert.deepEqual(await ask(), { kind: 'version', tag: '2.0.0' });
  const pages = registry.asked.filter(({ path }) => path.endsWith('/tags/list'));
  assert.deepEqual(
    pages.map(({ query }) => [query.get('n'), query.get('last')]),
    [
      ['1000', null],
      ['1000', 'build-998'],
      ['1000', 'build-1998'],
    ],
  );
});

test('version: a tag that is listed and gone is passed over', async (t) => {
  const { ask } = await scene(t, '2.0.0 1.0.0*', {
    before: ({ path }, response) => {
      if (!path.endsWith('/2.0.0')) return false;
      reply(response, 404);
      return true;
    },
  });
  assert.deepEqual(await ask(), { kind: 'version', tag: '1.0.0' });
});

test('version: a registry that names no digests is asked for the manifests', async (t) => {
  const { ask, tried } = await scene(t, '2.0.0 1.0.0*', {
    headers: ({ 'docker-content-digest': _, ...headers }) => headers,
  });
  assert.deepEqual(await ask(), { kind: 'version', tag: '1.0.0' });
  assert.deepEqual(tried(), ['HEAD 2.0.0', 'GET 2.0.0', 'HEAD 1.0.0', 'GET 1.0.0']);
});

test('version: what goes wrong is told and ends the search', async (t) => {
  const many = Array.from({ length: 30 }, (_, major) => `${major}.0.0`).join(' ');
  const table: readonly [what: RegExp, status: number, message: RegExp, tried: number][] = [
    [/\/manifests\/latest$/, 404, /team\/app:latest was not found/, 0],
    [/\/tags\/list$/, 403, /denies access/, 0],
    [/\/tags\/list$/, 404, /not found .*private/, 0],
    [/\/manifests\/29\.0\.0$/, 500, /error 500/, 2],
    [/\/manifests\/27\.0\.0$/, 429, /limits requests/, 4],
  ];
  for (const [what, status, message, count] of table) {
    const { ask, tried } = await scene(t, many, {
      before: ({ path }, response) => {
        if (!what.test(path)) return false;
        reply(response, status);
        return true;
      },
    });
    const answer = await ask();
    assert.match(answer.kind === 'failed' ? answer.message : answer.kind, message);
    assert.equal(tried().length, count, String(what));
  }
});

test('version: a manifest that is not what its digest says ends it before any tag is asked for', async (t) => {
  const { ask, registry } = await scene(t, '1.0.0*', {
    bytes: (_, { bytes }) => Buffer.concat([bytes, Buffer.from(' ')]),
  });
  const answer = await ask();
  assert.match(answer.kind === 'failed' ? answer.message : answer.kind, /does not match its digest/);
  assert.ok(registry.lines().every((line) => !line.includes('1.0.0') && !line.includes('tags')));
});

test('version: tags that are not tags are neither asked for nor given', async (t) => {
  const { ask, tried } = await scene(t, '1.0.0*', {
    before: ({ path }, response) => {
      if (!path.endsWith('/tags/list')) return false;
      replyJson(response, { tags: ['9.9.9\nRUN x', '9.9.9/../../x', '9.9.8 ', ['9.9.7'], 9.9, '1.0.0'] });
      return true;
    },
  });
  assert.deepEqual(await ask(), { kind: 'version', tag: '1.0.0' });
  assert.deepEqual(tried(), ['HEAD 1.0.0']);
});

test('version: cancelled in the middle', async (t) => {
  const abort = new AbortController();
  const registry = await startFakeRegistry({
    before: ({ path }) => {
      if (!path.endsWith('/manifests/2.0.0')) return false;
      abort.abort();
      return true;
    },
  });
  t.after(() => registry.close());
  registry.put('app', current, 'latest');
  registry.put('app', other, '2.0.0');
  registry.put('app', current, '1.0.0');
  const service = makeService(t);
  const found = await findVersionTag(
    service,
    { domain: registry.host, path: 'app' },
    byUser({ signal: abort.signal }),
  );
  assert.equal(found.ok ? 'ok' : found.fault.code, 'Cancelled');
  assert.ok(!registry.lines().some((line) => line.endsWith('1.0.0')));
});

test('version: against the real registry', async (t) => {
  const program = requireTool(t, 'docker-registry');
  if (program === undefined) return;
  const registry = await startDockerRegistry(program);
  t.after(() => registry.stop());
  const pusher = new Pusher(`http://${registry.host}`);
  const old = image('linux/amd64', 'old');
  const platforms = [image('linux/amd64', 'new'), image('linux/arm64', 'new')];
  for (const one of [old, ...platforms]) await pusher.image('team/app', one);
  const list = index(platforms);
  for (const tag of ['1.9', '1.9.4', '2.0.0-rc1']) await pusher.manifest('team/app', old.manifest, tag);
  for (const tag of ['1', '1.10', '1.10.3', '1.10.3-slim', 'latest'])
    await pusher.manifest('team/app', list, tag);
  await pusher.manifest('team/app', platforms[0]!.manifest, '3.0.0');
  const access = new RegistryAccess({ environment: environment(makeHome(t)) });
  t.after(() => access.dispose());
  const signal = new AbortController().signal;
  assert.deepEqual(await access.version(`${registry.host}/team/app:latest`, null, signal), {
    kind: 'version',
    tag: '1.10.3',
  });
});
