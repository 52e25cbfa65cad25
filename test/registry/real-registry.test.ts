// Against Debian's docker-registry, the reference implementation: what we read is compared with what was put in, and
// with what skopeo and buildah say of it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import { RegistryAccess } from '../../server/src/io/registry/access';
import { formatPlatform } from '../../server/src/io/registry/images/manifest';
import type { Outcome, ResolvedImage } from '../../server/src/io/registry/service';
import { startServer } from '../harness/http-server';
import { byUser, environment, makeHome, makeService } from '../harness/registry-service';
import {
  descriptor,
  digestOf,
  image,
  index,
  makeCertificates,
  Pusher,
  startDockerRegistry,
  startTokenServer,
  stored,
  types,
} from '../harness/registry';
import type { RealRegistry, RegistryConfiguration } from '../harness/registry';
import { requireTool } from '../harness/tools';

const run = promisify(execFile);

async function startReal(
  t: TestContext,
  configuration: RegistryConfiguration = {},
): Promise<RealRegistry | undefined> {
  const program = requireTool(t, 'docker-registry');
  if (program === undefined) return undefined;
  const registry = await startDockerRegistry(program, configuration);
  t.after(() => registry.stop());
  return registry;
}

function value<T>(outcome: Outcome<T>): T {
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.message);
  return outcome.value;
}

function fault(outcome: Outcome<unknown>): string {
  assert.ok(!outcome.ok, 'an error was expected');
  const { code, ...rest } = outcome.fault;
  const detail =
    'what' in rest
      ? rest.what
      : 'reason' in rest
        ? rest.reason
        : 'hadCredentials' in rest
          ? rest.hadCredentials
          : '';
  return `${code} ${detail}`.trim();
}

const amd64 = image('linux/amd64');
const arm64 = image('linux/arm64/v8');

test('docker-registry: every kind of manifest', async (t) => {
  const registry = await startReal(t);
  if (!registry) return;
  const pusher = new Pusher(`http://${registry.host}`);
  const dockerAmd64 = image('linux/amd64', '', 'docker');
  const dockerArm64 = image('linux/arm64/v8', '', 'docker');
  for (const one of [amd64, arm64, dockerAmd64, dockerArm64]) await pusher.image('team/app', one);
  const attestationConfig = stored(types.ociConfig, {
    os: 'unknown',
    architecture: 'unknown',
    rootfs: { type: 'layers', diff_ids: [] },
  });
  await pusher.blob('team/app', attestationConfig);
  const attestation = stored(types.ociImage, {
    schemaVersion: 2,
    mediaType: types.ociImage,
    config: descriptor(attestationConfig),
    layers: [],
  });
  await pusher.manifest('team/app', attestation, attestation.digest);
  const attested = index([amd64, arm64], 'oci', [
    {
      ...descriptor(attestation),
      platform: { os: 'unknown', architecture: 'unknown' },
      annotations: {
        'vnd.docker.reference.type': 'attestation-manifest',
        'vnd.docker.reference.digest': amd64.manifest.digest,
      },
    },
  ]);
  const cases = [
    ['oci-index', index([amd64, arm64]), 'index', 'linux/amd64 linux/arm64'],
    ['docker-list', index([dockerAmd64, dockerArm64], 'docker'), 'index', 'linux/amd64 linux/arm64'],
    ['attested', attested, 'index', 'linux/amd64 linux/arm64'],
    ['oci-image', amd64.manifest, 'image', ''],
    ['docker-image', dockerAmd64.manifest, 'image', ''],
    [
      'pretty',
      stored(types.ociImage, `${JSON.stringify(JSON.parse(amd64.manifest.bytes.toString()), null, 3)}\n`),
      'image',
      '',
    ],
  ] as const;
  const service = makeService(t);
  for (const [tag, manifest, kind, platforms] of cases) {
    await pusher.manifest('team/app', manifest, tag);
    const app = { domain: registry.host, path: 'team/app', tag };
    const found: ResolvedImage = value(await service.resolveDigest(app, byUser()));
    assert.equal(found.digest, digestOf(manifest.bytes), tag);
    assert.equal(found.kind, kind, tag);
    assert.equal(found.mediaType, manifest.mediaType, tag);
    assert.equal(found.platforms.map(formatPlatform).join(' '), platforms, tag);
  }
  const list = value(
    await service.listTags({ domain: registry.host, path: 'team/app' }, { ...byUser(), limit: 100 }),
  );
  assert.deepEqual([...list.tags].sort(), cases.map(([tag]) => tag).sort());
  assert.equal(list.complete, true);
  const some = value(
    await service.listTags(
      { domain: registry.host, path: 'team/app' },
      { ...byUser(), prefix: 'oci', limit: 1 },
    ),
  );
  assert.deepEqual([some.tags.length, some.complete], [1, false]);

  assert.equal(
    fault(await service.resolveDigest({ domain: registry.host, path: 'team/app', tag: 'absent' }, byUser())),
    'NotFound tag',
  );
  assert.equal(
    fault(await service.resolveDigest({ domain: registry.host, path: 'team/absent' }, byUser())),
    'NotFound tag',
  );
  assert.equal(
    fault(await service.listTags({ domain: registry.host, path: 'team/absent' }, { ...byUser(), limit: 1 })),
    'NotFound repositoryOrPrivate',
  );
});

test('docker-registry: a pinned child stays a child', async (t) => {
  const registry = await startReal(t);
  if (!registry) return;
  const pusher = new Pusher(`http://${registry.host}`);
  const newer = { amd64: image('linux/amd64', 'new'), arm64: image('linux/arm64', 'new') };
  for (const one of [amd64, arm64, newer.amd64, newer.arm64]) await pusher.image('app', one);
  const before = index([amd64, arm64]);
  const after = index([newer.amd64, newer.arm64]);
  const onlyAmd64 = index([newer.amd64]);
  await pusher.manifest('app', before, 'v1');
  await pusher.manifest('app', after, 'v2');
  await pusher.manifest('app', onlyAmd64, 'v3');
  const service = makeService(t);
  const resolve = (tag: string, digest?: string): ReturnType<typeof service.resolveDigest> =>
    service.resolveDigest({ domain: registry.host, path: 'app', tag, digest }, byUser());
  const target = async (tag: string, digest?: string): Promise<readonly [string, string]> => {
    const { digest: found, kind } = value(await resolve(tag, digest));
    return [kind, found];
  };
  assert.deepEqual(await target('v1', before.digest), ['index', before.digest]);
  assert.deepEqual(await target('v1', arm64.manifest.digest), ['child', arm64.manifest.digest]);
  assert.deepEqual(await target('v2', before.digest), ['index', after.digest]);
  // The old child says linux/arm64/v8 in its config, the new index linux/arm64: the same platform.
  assert.deepEqual(await target('v2', arm64.manifest.digest), ['child', newer.arm64.manifest.digest]);
  assert.deepEqual(await target('v2', amd64.manifest.digest), ['child', newer.amd64.manifest.digest]);
  assert.deepEqual(await target('v2', `sha256:${'0'.repeat(64)}`), ['index', after.digest]);
  const lost = await resolve('v3', arm64.manifest.digest);
  assert.equal(fault(lost), 'NoSuchPlatform');
  assert.ok(!lost.ok);
  assert.match(lost.message, /linux\/arm64 .*linux\/amd64/);
});

test('docker-registry: the three names of loopback', async (t) => {
  const registry = await startReal(t);
  if (!registry) return;
  await new Pusher(`http://${registry.host}`).image('app', amd64, 'latest');
  const service = makeService(t);
  for (const domain of [registry.host, registry.host.replace('127.0.0.1', 'localhost')]) {
    const found = value(await service.resolveDigest({ domain, path: 'app' }, byUser()));
    assert.equal(found.digest, amd64.manifest.digest);
  }
});

// bcrypt of "harbour pilot:1"; the colon in the password is part of the test.
const htpasswd = 'pilot:$2b$04$h3tJeJvKKmtnsZxYLqxlu.6TD7LiDRY3geg2JIXSfabI6vmTbR6lK\n';
const basic = (user: string, password: string): string =>
  Buffer.from(`${user}:${password}`).toString('base64');

test('docker-registry: htpasswd', async (t) => {
  const registry = await startReal(t, { htpasswd });
  if (!registry) return;
  await new Pusher(`http://${registry.host}`, `Basic ${basic('pilot', 'harbour pilot:1')}`).image(
    'app',
    amd64,
    'latest',
  );
  const attempt = async (auth: string | undefined): Promise<string> => {
    const home = makeHome(t);
    mkdirSync(join(home, '.docker'));
    writeFileSync(
      join(home, '.docker', 'config.json'),
      JSON.stringify({ auths: auth === undefined ? {} : { [registry.host]: { auth } } }),
    );
    const service = makeService(t, {}, home);
    const outcome = await service.resolveDigest({ domain: registry.host, path: 'app' }, byUser());
    return outcome.ok ? outcome.value.digest : fault(outcome);
  };
  assert.equal(await attempt(undefined), 'Unauthorized false');
  assert.equal(await attempt(basic('pilot', 'wrong')), 'Unauthorized true');
  assert.equal(await attempt(basic('pilot', 'harbour pilot:1')), amd64.manifest.digest);
});

test('docker-registry: signed tokens', async (t) => {
  const openssl = requireTool(t, 'openssl');
  const program = requireTool(t, 'docker-registry');
  if (openssl === undefined || program === undefined) return;
  const certificates = makeCertificates(openssl, ['DNS:localhost']);
  t.after(() => certificates.remove());
  const names = { issuer: 'test issuer', service: 'test-registry' };
  const tokens = await startTokenServer(certificates, {
    ...names,
    grant(user, repository) {
      if (user === 'pusher:secret') return ['pull', 'push'];
      if (user === 'token:refresh me' || user === 'pilot:right') return ['pull'];
      if (user !== undefined) return undefined;
      return repository === 'open/app' ? ['pull'] : [];
    },
  });
  t.after(() => tokens.close());
  const registry = await startDockerRegistry(program, {
    token: { realm: tokens.realm, rootCert: certificates.ca, ...names },
  });
  t.after(() => registry.stop());
  const grant = async (repository: string): Promise<Pusher> => {
    const answer = await fetch(`${tokens.realm}?scope=repository:${repository}:pull,push`, {
      headers: { authorization: `Basic ${basic('pusher', 'secret')}` },
    });
    const { token } = (await answer.json()) as { token: string };
    return new Pusher(`http://${registry.host}`, `Bearer ${token}`);
  };
  for (const repository of ['open/app', 'closed/app']) {
    const pusher = await grant(repository);
    await pusher.image(repository, amd64);
    await pusher.image(repository, arm64);
    await pusher.manifest(repository, index([amd64, arm64]), 'latest');
    await pusher.manifest(repository, amd64.manifest, 'other');
  }
  const expected = index([amd64, arm64]).digest;
  const withConfig = (config: unknown): ReturnType<typeof makeService> => {
    const home = makeHome(t);
    mkdirSync(join(home, '.docker'));
    writeFileSync(join(home, '.docker', 'config.json'), JSON.stringify(config));
    return makeService(t, {}, home);
  };

  await t.test('anonymous: one token for three questions', async (t) => {
    tokens.asked.length = 0;
    const service = makeService(t);
    const open = { domain: registry.host, path: 'open/app' };
    assert.equal(value(await service.resolveDigest(open, byUser())).digest, expected);
    assert.equal(
      value(await service.resolveDigest({ ...open, tag: 'other' }, byUser())).digest,
      amd64.manifest.digest,
    );
    assert.equal(value(await service.listTags(open, { ...byUser(), limit: 9 })).tags.length, 2);
    assert.deepEqual(tokens.lines(), ['GET /token']);
    assert.equal(tokens.asked[0]?.query.get('scope'), 'repository:open/app:pull');
    assert.equal(tokens.asked[0]?.query.get('service'), names.service);
  });

  await t.test('anonymous: private and absent look alike', async (t) => {
    const service = makeService(t);
    assert.equal(
      fault(await service.resolveDigest({ domain: registry.host, path: 'closed/app' }, byUser())),
      'NotFound repositoryOrPrivate',
    );
  });

  await t.test('a login, an identity token, and a refused login', async () => {
    const closed = { domain: registry.host, path: 'closed/app' };
    const right = withConfig({ auths: { [registry.host]: { auth: basic('pilot', 'right') } } });
    assert.equal(value(await right.resolveDigest(closed, byUser())).digest, expected);
    const identity = withConfig({
      auths: { [registry.host]: { auth: basic('00000000', 'x'), identitytoken: 'refresh me' } },
    });
    assert.equal(value(await identity.resolveDigest(closed, byUser())).digest, expected);
    const posted = tokens.asked.at(-1);
    assert.equal(posted?.method, 'POST');
    assert.deepEqual(Object.fromEntries(new URLSearchParams(posted?.body)), {
      grant_type: 'refresh_token',
      service: names.service,
      scope: 'repository:closed/app:pull',
      client_id: 'drydock',
      refresh_token: 'refresh me',
    });
    const stale = withConfig({ auths: { [registry.host]: { auth: basic('pilot', 'old') } } });
    assert.equal(fault(await stale.resolveDigest(closed, byUser())), 'Unauthorized true');
    const open = value(await stale.resolveDigest({ ...closed, path: 'open/app' }, byUser()));
    assert.deepEqual([open.digest, open.storedLoginRefused], [expected, true]);
  });

  await t.test('a token that has expired is asked for again', async (t) => {
    tokens.asked.length = 0;
    let now = Date.now();
    const service = makeService(t, { options: { now: () => now } });
    const open = { domain: registry.host, path: 'open/app' };
    value(await service.resolveDigest(open, byUser()));
    now += 295_000; // 300 s less the margin are over
    value(await service.resolveDigest({ ...open, tag: 'other' }, byUser()));
    assert.deepEqual(tokens.lines(), ['GET /token', 'GET /token']);
  });
});

test('docker-registry: TLS', async (t) => {
  const openssl = requireTool(t, 'openssl');
  const program = requireTool(t, 'docker-registry');
  if (openssl === undefined || program === undefined) return;
  const certificates = makeCertificates(openssl, ['DNS:localhost']);
  t.after(() => certificates.remove());
  const registry = await startDockerRegistry(program, {
    tls: { cert: certificates.cert, key: certificates.key },
  });
  t.after(() => registry.stop());
  const named = registry.host.replace('127.0.0.1', 'localhost');
  const ask = async (domain: string, setup: Parameters<typeof makeService>[1]): Promise<string> =>
    fault(await makeService(t, setup).resolveDigest({ domain, path: 'app' }, byUser()));
  // Nothing was pushed, so an answer of the registry says "not found".
  assert.equal(await ask(named, {}), 'Network tls');
  assert.equal(await ask(named, { settings: { caFiles: [certificates.ca] } }), 'NotFound tag');
  assert.equal(await ask(named, { variables: { NODE_EXTRA_CA_CERTS: certificates.ca } }), 'NotFound tag');
  assert.equal(await ask(registry.host, { settings: { caFiles: [certificates.ca] } }), 'Network tls');
  assert.equal(await ask(registry.host, { settings: { insecureHosts: [registry.host] } }), 'NotFound tag');
  assert.equal(await ask(named, { settings: { caFiles: [join(certificates.ca, 'absent')] } }), 'Network tls');
});

test('docker-registry: images by buildah, judged by skopeo, and the pinned text builds', async (t) => {
  const buildah = requireTool(t, 'buildah');
  const skopeo = requireTool(t, 'skopeo');
  const registry = await startReal(t);
  if (buildah === undefined || skopeo === undefined || !registry) return;
  const folder = mkdtempSync(join(tmpdir(), 'drydock-buildah-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'policy.json'), '{"default":[{"type":"insecureAcceptAnything"}]}');
  writeFileSync(join(folder, 'file'), 'x');
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY file /file\nUSER 1000\n');
  const env = { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, XDG_RUNTIME_DIR: folder };
  const stores = [
    '--root',
    join(folder, 'root'),
    '--runroot',
    join(folder, 'run'),
    '--storage-driver',
    'vfs',
  ];
  const build = (...args: string[]): Promise<unknown> =>
    run(buildah, [...stores, ...args], { env, cwd: folder });
  const name = `${registry.host}/team/built`;
  const isolation = ['--isolation', 'chroot', '--signature-policy', join(folder, 'policy.json')];
  for (const [tag, listFormat] of [
    ['oci', 'oci'],
    ['docker', 'v2s2'],
  ] as const) {
    for (const platform of ['linux/amd64', 'linux/arm64']) {
      await build('build', ...isolation, '--format', tag, '--platform', platform, '--manifest', tag, '.');
    }
    const target = `docker://${name}:${tag}`;
    await build('manifest', 'push', '--all', '--format', listFormat, '--tls-verify=false', tag, target);
    const inspect = [
      '--policy',
      join(folder, 'policy.json'),
      'inspect',
      '--no-tags',
      '--tls-verify=false',
      '--format',
      '{{.Digest}}',
      `docker://${name}:${tag}`,
    ];
    const judged = (await run(skopeo, inspect, { env })).stdout.trim();
    const answer = await new RegistryAccess({ environment: environment(folder) }).resolve(
      `${name}:${tag}`,
      {},
      new AbortController().signal,
    );
    assert.deepEqual(answer, { kind: 'digest', digest: judged });
    writeFileSync(join(folder, 'Pinned'), `FROM ${name}:${tag}@${judged}\nLABEL pinned=yes\n`);
    await build(
      'build',
      ...isolation,
      '--tls-verify=false',
      '--platform',
      'linux/arm64',
      '-f',
      'Pinned',
      '.',
    );
  }
});

test('a server of plain HTTP is named as such, and none is asked by name alone', async (t) => {
  const server = await startServer((_, response) => response.end());
  t.after(() => server.close());
  // A name that is not a loopback name, though it leads here: no plain HTTP without the user's word.
  const domain = `127.0.0.1.nip.invalid:${server.port}`;
  assert.equal(fault(await makeService(t).resolveDigest({ domain, path: 'app' }, byUser())), 'Network dns');
  assert.equal(server.connections(), 0);
});
