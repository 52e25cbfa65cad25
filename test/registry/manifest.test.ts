import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matches, parseDigest, sha256 } from '../../server/src/io/registry/images/digest';
import { RegistryError, describeFault } from '../../server/src/io/registry/errors';
import { formatPlatform, parseManifest, samePlatform } from '../../server/src/io/registry/images/manifest';
import { platformsOf } from '../../server/src/io/registry/images/resolve';
import { descriptor, image, index, stored, types } from '../harness/registry';

const amd64 = image('linux/amd64');
const arm64 = image('linux/arm64/v8');
const from = { host: 'r.example', name: 'app' };

/** What a manifest is read as, or the fault. */
function read(value: unknown, contentType: string | undefined): string {
  try {
    const manifest = parseManifest(stored('', value).bytes, contentType, from);
    const platforms = platformsOf(manifest).map(formatPlatform).join(' ');
    return [manifest.kind, manifest.mediaType === contentType ? '' : manifest.mediaType, platforms]
      .filter(Boolean)
      .join(' ');
  } catch (error) {
    assert.ok(error instanceof RegistryError, String(error));
    return 'what' in error.fault ? `${error.fault.code} ${error.fault.what}` : error.fault.code;
  }
}

const oci = JSON.parse(index([amd64, arm64]).bytes.toString()) as Record<string, unknown>;
const single = JSON.parse(amd64.manifest.bytes.toString()) as Record<string, unknown>;
const without = (value: Record<string, unknown>, ...keys: string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
const entry = { ...descriptor(amd64.manifest), platform: { os: 'linux', architecture: 'amd64' } };
const attestation = { ...descriptor(arm64.manifest), platform: { os: 'unknown', architecture: 'unknown' } };
const annotated = { ...entry, annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } };
const list = (manifests: unknown): unknown => ({ schemaVersion: 2, mediaType: types.ociIndex, manifests });
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

const table: readonly (readonly [
  what: string,
  value: unknown,
  contentType: string | undefined,
  expected: string,
])[] = [
  ['an index', oci, types.ociIndex, 'index linux/amd64 linux/arm64'],
  ['a Docker list', index([amd64], 'docker').bytes, types.dockerList, 'index linux/amd64'],
  ['an image', single, types.ociImage, 'image'],
  ['a Docker image', image('linux/amd64', '', 'docker').manifest.bytes, types.dockerImage, 'image'],
  [
    'a charset behind the type',
    oci,
    `${types.ociIndex.toUpperCase()}; charset=utf-8`,
    `index ${types.ociIndex} linux/amd64 linux/arm64`,
  ],
  ['application/json', oci, 'application/json', `index ${types.ociIndex} linux/amd64 linux/arm64`],
  [
    'application/json, no inner type, index',
    without(oci, 'mediaType'),
    'application/json',
    `index ${types.ociIndex} linux/amd64 linux/arm64`,
  ],
  [
    'application/json, no inner type, image',
    without(single, 'mediaType'),
    'application/json',
    `image ${types.ociImage}`,
  ],
  ['no type at all', single, undefined, `image ${types.ociImage}`],
  ['inner type differs', single, types.dockerImage, 'Protocol manifest'],
  ['index served as image', without(oci, 'mediaType'), types.ociImage, 'Protocol manifest'],
  ['both at once', { ...oci, config: single['config'], layers: [] }, types.ociIndex, 'Protocol manifest'],
  ['image with manifests', { ...single, manifests: [] }, types.ociImage, 'Protocol manifest'],
  [
    'schema 1 by type',
    { schemaVersion: 1 },
    'application/vnd.docker.distribution.manifest.v1+prettyjws',
    'Unsupported schema1',
  ],
  ['schema 1 by field', { schemaVersion: 1, fsLayers: [] }, 'application/json', 'Unsupported schema1'],
  ['no schema version', without(single, 'schemaVersion'), types.ociImage, 'Protocol manifest'],
  ['a login page', '<html>', 'text/html', 'Protocol manifest'],
  ['a login page called JSON', '<html>', 'application/json', 'Protocol manifest'],
  [
    'an artifact by type',
    { schemaVersion: 2 },
    'application/vnd.oci.artifact.manifest.v1+json',
    'Unsupported artifact',
  ],
  [
    'a chart',
    {
      ...single,
      config: { ...(single['config'] as object), mediaType: 'application/vnd.cncf.helm.config.v1+json' },
    },
    types.ociImage,
    'Unsupported artifact',
  ],
  [
    'an index of artifacts',
    list([{ ...entry, mediaType: 'application/x' }]),
    types.ociIndex,
    'Unsupported artifact',
  ],
  ['an empty index', list([]), types.ociIndex, 'Unsupported artifact'],
  ['an index of attestations', list([attestation, annotated]), types.ociIndex, 'Unsupported artifact'],
  [
    'attestations beside an image',
    list([attestation, entry, annotated]),
    types.ociIndex,
    'index linux/amd64',
  ],
  ['an entry without platform', list([descriptor(amd64.manifest)]), types.ociIndex, 'index'],
  ['a nested index', list([descriptor(index([amd64]))]), types.ociIndex, 'index'],
  ['the same platform twice', list([entry, entry]), types.ociIndex, 'index linux/amd64'],
  [
    'a platform that is not one',
    list([{ ...entry, platform: { os: 'a\nb', architecture: 3 } }]),
    types.ociIndex,
    'index',
  ],
  ['1,000 entries', list(new Array(1_000).fill(entry)), types.ociIndex, 'index linux/amd64'],
  ['10,000 entries', list(new Array(10_000).fill(entry)), types.ociIndex, 'TooLarge index'],
  ['entries that are not objects', list([3]), types.ociIndex, 'Protocol manifest'],
  ['a digest that is not one', list([{ ...entry, digest: 'sha256:x' }]), types.ociIndex, 'Protocol manifest'],
  ['a negative size', list([{ ...entry, size: -1 }]), types.ociIndex, 'Protocol manifest'],
  ['manifests that are no list', list({ length: 1 }), types.ociIndex, 'Protocol manifest'],
  ['null', 'null', types.ociIndex, 'Protocol manifest'],
  ['an array', '[]', types.ociIndex, 'Protocol manifest'],
  ['nothing', '', types.ociIndex, 'Protocol manifest'],
  ['deep nesting', nested(100_000), types.ociIndex, 'Protocol manifest'],
  [
    'a byte order mark',
    Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), amd64.manifest.bytes]),
    types.ociImage,
    'Protocol manifest',
  ],
  ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), types.ociImage, 'Protocol manifest'],
  [
    'a prototype',
    `{"__proto__":${JSON.stringify(single)},"schemaVersion":2}`,
    types.ociImage,
    'Protocol manifest',
  ],
  [
    'a prototype beside',
    `{"__proto__":{"config":{}},${JSON.stringify(single).slice(1)}`,
    types.ociImage,
    'image',
  ],
];

for (const [what, value, contentType, expected] of table) {
  test(`manifest: ${what}`, () => assert.equal(read(value, contentType), expected));
}

test('digests: only well-formed ones, and only of the same bytes', () => {
  const good = sha256(Buffer.from('x'));
  assert.equal(parseDigest(good), good);
  const hex = good.slice('sha256:'.length);
  for (const bad of [
    undefined,
    '',
    hex,
    `sha256:${hex.toUpperCase()}`,
    `${good} `,
    `${good}\n`,
    `sha384:${hex}${hex.slice(32)}`,
    `md5:${hex}`,
    `sha512:${hex}`,
    `${good}" && rm`,
    `sha256:${hex}0`,
  ]) {
    assert.equal(parseDigest(bad), undefined, bad);
  }
  assert.equal(matches(good, Buffer.from('x')), true);
  assert.equal(matches(good, Buffer.from('y')), false);
  const long = parseDigest(`sha512:${'0'.repeat(128)}`);
  assert.ok(long);
  assert.equal(matches(long, Buffer.from('x')), false);
});

test('platforms: variants that mean nothing are no difference', () => {
  const p = (text: string): { os: string; architecture: string; variant: string | undefined } => {
    const [os = '', architecture = '', variant] = text.split('/');
    return { os, architecture, variant };
  };
  assert.equal(samePlatform(p('linux/arm64'), p('linux/arm64/v8')), true);
  assert.equal(samePlatform(p('linux/arm'), p('linux/arm/v7')), true);
  assert.equal(samePlatform(p('linux/arm/v6'), p('linux/arm/v7')), false);
  assert.equal(samePlatform(p('linux/amd64'), p('windows/amd64')), false);
});

test('messages: one for each way to fail, none with a stop at the end', () => {
  const host = 'r.example';
  const faults: readonly Parameters<typeof describeFault>[0][] = [
    { code: 'BadReference', reference: 'x' },
    ...(['untrusted', 'disabled'] as const).map((reason) => ({ code: 'NotAllowed' as const, reason })),
    ...(['addressClass', 'realm', 'redirect'] as const).flatMap((reason) => [
      { code: 'NotAllowed' as const, reason, host },
      { code: 'NotAllowed' as const, reason, host, registry: 'q.example' },
    ]),
    { code: 'NotAllowed', reason: 'realm', host: '', registry: 'q.example' },
    { code: 'NotAllowed', reason: 'redirect', host: '', registry: 'q.example' },
    ...(['dns', 'refused', 'reset', 'tls', 'proxy', 'plainHttp'] as const).map((reason) => ({
      code: 'Network' as const,
      reason,
      host,
    })),
    { code: 'Timeout', host },
    { code: 'Cancelled' },
    { code: 'Unauthorized', host, name: 'a', hadCredentials: true },
    { code: 'Unauthorized', host, name: 'a', hadCredentials: false },
    { code: 'Unauthorized', host, name: 'a', hadCredentials: false, withheld: true },
    { code: 'Unauthorized', host, name: 'a', hadCredentials: false, failedHelper: 'pass' },
    { code: 'Denied', host, name: 'a' },
    ...(['tag', 'digest', 'repositoryOrPrivate'] as const).map((what) => ({
      code: 'NotFound' as const,
      what,
      host,
      name: 'a',
    })),
    { code: 'RateLimited', host, retryAt: 90_000, pullLimit: false },
    { code: 'RateLimited', host, retryAt: 30_000, pullLimit: true },
    { code: 'ServerError', host, status: 503 },
    { code: 'TooLarge', host, what: 'manifest' },
    { code: 'Protocol', host, what: 'http' },
    { code: 'DigestMismatch', host, name: 'a' },
    ...(['schema1', 'artifact', 'algorithm'] as const).map((what) => ({
      code: 'Unsupported' as const,
      what,
      name: 'a',
    })),
    { code: 'NoVersion', name: 'a', tag: 'latest', tried: 0, cutAt: undefined },
    { code: 'NoVersion', name: 'a', tag: '1', tried: 0, cutAt: 50_000 },
    { code: 'NoVersion', name: 'a', tag: 'latest', tried: 12, cutAt: 50_000 },
    { code: 'TagGone', host: 'h', name: 'a:1', pinIsThere: true },
    { code: 'TagGone', host: 'h', name: 'a:1', pinIsThere: false },
    { code: 'NoSuchPlatform', name: 'a', wanted: 'linux/arm', available: [] },
  ];
  const messages = faults.map((fault) => describeFault(fault, 0));
  for (const message of messages) assert.match(message, /^["A-Za-z].{15,}[^.]$/);
  assert.ok(new Set(messages).size > faults.length - 6, 'hardly two faults share a sentence');
  assert.match(
    describeFault({ code: 'RateLimited', host, retryAt: 90_000, pullLimit: false }, 0),
    /in 2 minutes/,
  );
});
