// What a registry says about its images, wrong in every way seen or feared. Nothing may come out but a digest of the
// very bytes the registry keeps under it.
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Outcome, ResolvedImage } from '../../server/src/io/registry/service';
import { reply } from '../harness/http-server';
import { byUser, makeService } from '../harness/registry-service';
import type { ServiceUnderTest } from '../harness/registry-service';
import { descriptor, digestOf, image, index, startFakeRegistry, stored, types } from '../harness/registry';
import type { Bend, FakeRegistry, Stored } from '../harness/registry';

const app = image('linux/amd64');
const other = image('linux/amd64', 'other');

interface Scene {
  readonly registry: FakeRegistry;
  readonly service: ServiceUnderTest;
  ask(digest?: string): Promise<Outcome<ResolvedImage>>;
}

async function scene(t: TestContext, bend: Bend = {}, manifest: Stored = app.manifest): Promise<Scene> {
  const registry = await startFakeRegistry(bend);
  t.after(() => registry.close());
  registry.put('app', manifest, 'latest');
  const service = makeService(t);
  return {
    registry,
    service,
    ask: (digest) => service.resolveDigest({ domain: registry.host, path: 'app', digest }, byUser()),
  };
}

function verdict(outcome: Outcome<ResolvedImage>): string {
  if (outcome.ok) return outcome.value.digest;
  const { code, ...rest } = outcome.fault;
  const detail =
    'reason' in rest ? rest.reason : 'what' in rest ? rest.what : 'status' in rest ? rest.status : '';
  return `${code} ${detail}`.trim();
}

const without = (headers: Record<string, string>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));

const digest = app.manifest.digest;
const hex = digest.slice('sha256:'.length);
const head = 'HEAD /v2/app/manifests/latest';
const getTag = 'GET /v2/app/manifests/latest';
const get = (reference: string): string => `GET /v2/app/manifests/${reference}`;

const headers: readonly (readonly [
  what: string,
  value: string | undefined,
  expected: string,
  lines: readonly string[],
])[] = [
  ['right', digest, digest, [head, get(digest)]],
  ['missing', undefined, digest, [head, getTag]],
  ['empty', '', digest, [head, getTag]],
  ['bare hex', hex, digest, [head, getTag]],
  ['in capitals', digest.toUpperCase(), digest, [head, getTag]],
  ['of an unknown kind', `md5:${hex}`, digest, [head, getTag]],
  ['an injection', `sha256:x" && rm -rf / #`, digest, [head, getTag]],
  ['with text behind', `${digest} x`, digest, [head, getTag]],
];

for (const [what, value, expected, lines] of headers) {
  test(`content: digest header ${what}`, async (t) => {
    const { ask, registry } = await scene(t, {
      headers: (plain) =>
        value === undefined
          ? without(plain, 'docker-content-digest')
          : { ...plain, 'docker-content-digest': value },
    });
    assert.equal(verdict(await ask()), expected);
    assert.deepEqual(registry.lines(), lines);
  });
}

test('content: a header on HEAD alone, as Amazon has it', async (t) => {
  const { ask } = await scene(t, {
    headers: (plain, asked) => (asked.method === 'HEAD' ? plain : without(plain, 'docker-content-digest')),
  });
  assert.equal(verdict(await ask()), digest);
});

test('content: SHA-512', async (t) => {
  const long = digestOf(app.manifest.bytes, 'sha512');
  const { ask, registry } = await scene(t, {
    headers: (plain) => ({ ...plain, 'docker-content-digest': long }),
  });
  registry.put('app', { ...app.manifest, digest: long });
  assert.equal(verdict(await ask()), long);
});

test('content: a header that lies', async (t) => {
  const lie = `sha256:${'0'.repeat(64)}`;
  const lying: Bend = { headers: (plain) => ({ ...plain, 'docker-content-digest': lie }) };
  // The right digest leads to the same bytes: the header is merely wrong.
  const wrong = await scene(t, lying);
  assert.equal(verdict(await wrong.ask()), digest);
  assert.deepEqual(wrong.registry.lines(), [head, get(lie), getTag, get(digest)]);
  assert.ok(wrong.service.log.some((line) => line.includes('announced digest')));
  // It leads nowhere: what the tag gives is not what the registry keeps.
  const nowhere = await scene(t, {
    ...lying,
    before(asked, response) {
      if (!asked.path.endsWith(digest)) return false;
      reply(response, 404);
      return true;
    },
  });
  assert.equal(verdict(await nowhere.ask()), 'DigestMismatch');
  // It leads to another manifest.
  const swapped = await scene(t, {
    headers: (plain) => ({ ...plain, 'docker-content-digest': other.manifest.digest }),
  });
  swapped.registry.put('app', { ...app.manifest, digest: other.manifest.digest });
  assert.equal(verdict(await swapped.ask()), 'DigestMismatch');
});

test('content: other bytes by digest are refused', async (t) => {
  for (const bytes of [
    other.manifest.bytes,
    Buffer.concat([app.manifest.bytes, Buffer.from('\n')]),
    Buffer.alloc(0),
  ]) {
    const { ask } = await scene(t, {
      bytes: (asked, manifest) => (asked.path.endsWith('latest') ? manifest.bytes : bytes),
    });
    assert.equal(verdict(await ask()), 'DigestMismatch');
  }
});

test('content: the bytes count, not what they mean', async (t) => {
  const text = app.manifest.bytes.toString();
  for (const [contentType, bytes] of [
    ['application/json', JSON.stringify(JSON.parse(text), null, 2)],
    [`${types.ociImage}; charset=utf-8`, `${text}\n`],
    [types.ociImage, ` ${text.replaceAll('":', '" :')}\r\n`],
  ] as const) {
    for (const announced of [true, false]) {
      const manifest = stored(contentType, bytes);
      const { ask } = await scene(
        t,
        { headers: (plain) => (announced ? plain : without(plain, 'docker-content-digest')) },
        manifest,
      );
      assert.equal(verdict(await ask()), digestOf(bytes));
    }
  }
});

for (const [what, manifest, expected] of [
  ['a login page', stored('text/html', '<html>log in</html>'), 'Protocol manifest'],
  [
    'schema 1',
    stored('application/vnd.docker.distribution.manifest.v1+prettyjws', { schemaVersion: 1 }),
    'Unsupported schema1',
  ],
  ['another inner type', stored(types.dockerImage, app.manifest.bytes), 'Protocol manifest'],
  ['10,000 entries', index(new Array(10_000).fill(app)), 'TooLarge index'],
  ['an empty index', index([]), 'Unsupported artifact'],
  ['nothing at all', stored(types.ociImage, ''), 'Protocol manifest'],
] as const) {
  test(`content: ${what} is not an image`, async (t) => {
    const { ask } = await scene(t, {}, manifest);
    assert.equal(verdict(await ask()), expected);
  });
}

test('content: all four types are accepted, no encoding is', async (t) => {
  const { ask, registry } = await scene(t);
  await ask();
  for (const { headers: sent } of registry.asked) {
    for (const type of [types.ociIndex, types.dockerList, types.ociImage, types.dockerImage])
      assert.ok(sent.accept?.includes(type));
    assert.equal(sent['accept-encoding'], 'identity');
    assert.equal(sent['user-agent'], 'drydock');
  }
});

test('content: an encoded body is refused, though it would hash right', async (t) => {
  const packed = gzipSync(app.manifest.bytes);
  const { ask, registry } = await scene(t, {
    headers: (plain) => ({ ...plain, 'content-encoding': 'gzip', 'docker-content-digest': digestOf(packed) }),
    bytes: () => packed,
  });
  registry.put('app', { ...app.manifest, digest: digestOf(packed) });
  assert.equal(verdict(await ask()), 'Protocol manifest');
});

test('content: HEAD that is not known', async (t) => {
  for (const status of [400, 405]) {
    const { ask } = await scene(t, {
      before(asked, response) {
        if (asked.method === 'HEAD') reply(response, status);
        return asked.method === 'HEAD';
      },
    });
    assert.equal(verdict(await ask()), digest);
  }
});

test('content: the config of a pinned child must be the one its manifest names', async (t) => {
  const newer = image('linux/amd64', 'newer');
  const config = app.config.bytes;
  const same = Buffer.from(config.toString().replace('linux', 'linuz'));
  for (const [bytes, expected] of [
    [config, newer.manifest.digest],
    [same, 'DigestMismatch'],
    [Buffer.concat([config, Buffer.from(' ')]), 'TooLarge config'],
    [config.subarray(1), 'DigestMismatch'],
  ] as const) {
    const { ask, registry } = await scene(t, {}, index([newer]));
    registry.put('app', app.manifest);
    registry.blob({ ...app.config, bytes });
    assert.equal(verdict(await ask(app.manifest.digest)), expected);
  }
  const longer = stored(types.ociImage, {
    schemaVersion: 2,
    config: { ...descriptor(app.config), size: config.length + 1 },
    layers: [],
  });
  const odd = await scene(t, {}, index([newer]));
  odd.registry.put('app', longer);
  odd.registry.blob(app.config);
  assert.equal(verdict(await odd.ask(longer.digest)), 'DigestMismatch');
  const huge = stored(types.ociImage, {
    schemaVersion: 2,
    config: { ...descriptor(app.config), size: 5_000_000 },
    layers: [],
  });
  const { ask, registry } = await scene(t, {}, index([newer]));
  registry.put('app', huge);
  assert.equal(verdict(await ask(huge.digest)), 'TooLarge config');
  assert.ok(registry.lines().every((line) => !line.includes('/blobs/')));
});

test('content: a digest in the name that cannot be checked', async (t) => {
  const { ask, registry } = await scene(t);
  assert.equal(verdict(await ask(`sha384:${'0'.repeat(96)}`)), 'Unsupported algorithm');
  assert.equal(registry.connections(), 0);
});

test('content: names a parser would never give build no address', async (t) => {
  const { service, registry } = await scene(t);
  for (const name of [
    { domain: registry.host, path: '../app' },
    { domain: registry.host, path: 'app?x' },
    { domain: registry.host, path: 'App' },
    { domain: registry.host, path: '' },
    { domain: registry.host, path: 'app', tag: '../x' },
    { domain: registry.host, path: 'app', tag: '' },
    { domain: `u@${registry.host}`, path: 'app' },
    { domain: `${registry.host}/x`, path: 'app' },
    { domain: 'example.com:99999', path: 'app' },
  ]) {
    assert.equal(verdict(await service.resolveDigest(name, byUser())), 'BadReference');
  }
  assert.equal(registry.connections(), 0);
});
