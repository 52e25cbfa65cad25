// Challenges and token servers as they are in the wild and as an attacker would have them. What counts is what the
// servers were asked: a refused request must not be sent, and a login must not be in a request that needs none.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Outcome, RegistryService, ResolvedImage } from '../../server/src/io/registry/service';
import { reply, replyJson, startServer } from '../harness/http-server';
import type { Asked, TestServer } from '../harness/http-server';
import { byUser, makeHome, makeService } from '../harness/registry-service';
import type { ServiceUnderTest, Setup } from '../harness/registry-service';
import { image, makeCertificates, startFakeRegistry } from '../harness/registry';
import type { FakeRegistry } from '../harness/registry';
import { requireTool } from '../harness/tools';

const app = image('linux/amd64');
const login = Buffer.from('pilot:secret').toString('base64');

interface Scene {
  readonly registry: FakeRegistry;
  readonly tokens: TestServer;
  ask(setup?: Setup & { readonly login?: boolean }): Promise<Outcome<ResolvedImage>>;
}

interface Script {
  /** The WWW-Authenticate lines; `REALM` stands for the token server's address. */
  readonly challenge?: (realm: string, asked: Asked) => string | string[] | undefined;
  /** Status of the refusal. */
  readonly status?: number;
  /** What the token server answers. */
  readonly token?: (asked: Asked, response: ServerResponse) => void;
  /** Whether the registry accepts an Authorization header. */
  readonly accepts?: (authorization: string | undefined) => boolean;
}

/** A registry that wants a token, and its token server, on two ports of one host. */
async function scene(t: TestContext, script: Script = {}): Promise<Scene> {
  const { status = 401, token = (_, response) => replyJson(response, { token: 'good' }) } = script;
  const { accepts = (authorization) => authorization === 'Bearer good' } = script;
  const { challenge = (realm) => `Bearer realm="${realm}",service="reg",scope="repository:app:pull"` } =
    script;
  const tokens = await startServer((asked, response) => token(asked, response));
  const registry = await startFakeRegistry({
    before(asked, response) {
      if (accepts(asked.authorization)) return false;
      const lines = challenge(`${tokens.origin}/token`, asked);
      reply(response, status, lines === undefined ? {} : { 'www-authenticate': lines });
      return true;
    },
  });
  registry.put('app', app.manifest, 'latest');
  t.after(() => Promise.all([registry.close(), tokens.close()]));
  return {
    registry,
    tokens,
    ask(setup = {}) {
      const home = makeHome(t);
      if (setup.login === true) writeLogin(home, registry.host, { auth: login });
      return makeService(t, setup, home).resolveDigest({ domain: registry.host, path: 'app' }, byUser());
    },
  };
}

function writeLogin(home: string, host: string, entry: unknown): void {
  mkdirSync(join(home, '.docker'), { recursive: true });
  writeFileSync(join(home, '.docker', 'config.json'), JSON.stringify({ auths: { [host]: entry } }));
}

/** The digest is right, or a fault in words. */
function verdict(outcome: Outcome<ResolvedImage>): string {
  if (outcome.ok) return outcome.value.digest === app.manifest.digest ? 'ok' : 'wrong digest';
  const { code, ...rest } = outcome.fault;
  const detail =
    'reason' in rest ? rest.reason : 'what' in rest ? rest.what : 'status' in rest ? rest.status : '';
  return `${code} ${detail}`.trim();
}

const good = 'good, the right way to ask: ';
const challenges: Readonly<Record<string, (realm: string) => string | string[]>> = {
  [`${good}two header lines`]: (realm) => ['Basic realm="x"', `Bearer realm="${realm}",service="reg"`],
  [`${good}two in one line`]: (realm) =>
    `Bearer realm="${realm}",service="reg",scope="repository:app:pull",Basic realm="x",service="other",scope="*"`,
  [`${good}lower case and capitals`]: (realm) => `bearer Realm="${realm}",Service="reg"`,
  [`${good}unquoted`]: (realm) => `Bearer realm=${realm},service=reg`,
  [`${good}scope first, with a comma`]: (realm) =>
    `Bearer scope="repository:app:pull,push",service="reg",realm="${realm}"`,
  [`${good}blanks`]: (realm) => `Bearer realm = "${realm}" , service = "reg"`,
  [`${good}realm twice`]: (realm) => `Bearer realm="${realm}",realm="http://127.0.0.1:1/",service="reg"`,
  [`${good}a bad realm, then a good one`]: (realm) => [
    'Bearer realm="file:///x"',
    `Bearer realm="${realm}",service="reg"`,
  ],
  [`${good}Negotiate before`]: (realm) => `Negotiate YII==, Bearer realm="${realm}",service="reg"`,
  [`${good}an error beside`]: (realm) => `Bearer realm="${realm}",service="reg",error="insufficient_scope"`,
};

for (const [what, challenge] of Object.entries(challenges)) {
  test(`auth: ${what}`, async (t) => {
    const { ask, registry, tokens } = await scene(t, { challenge });
    assert.equal(verdict(await ask()), 'ok');
    assert.deepEqual(tokens.lines(), ['GET /token']);
    assert.equal(tokens.asked[0]?.query.get('service'), 'reg');
    assert.deepEqual(tokens.asked[0]?.query.getAll('scope'), ['repository:app:pull']);
    const get = `GET /v2/app/manifests/${app.manifest.digest} +auth`;
    assert.deepEqual(registry.lines(), [
      'HEAD /v2/app/manifests/latest',
      'HEAD /v2/app/manifests/latest +auth',
      get,
    ]);
  });
}

test('auth: what is asked for', async (t) => {
  for (const [scope, expected] of [
    [',scope="repository:app:pull,push,delete"', 'repository:app:pull'],
    [',scope="repository:other:pull"', 'repository:app:pull'],
    [',scope="aws"', 'aws'],
    [',scope="*"', '*'],
    [',scope="a&service=evil"', 'a&service=evil'],
    ['', 'repository:app:pull'],
  ] as const) {
    const { ask, tokens } = await scene(t, {
      challenge: (realm) => `Bearer realm="${realm}?own=a%20b+c"${scope}`,
    });
    assert.equal(verdict(await ask()), 'ok');
    const { query } = tokens.asked[0] ?? assert.fail();
    assert.deepEqual(
      [query.getAll('scope'), query.get('own'), query.getAll('service')],
      [[expected], 'a b c', []],
    );
  }
});

const tokenAnswers: Readonly<
  Record<string, readonly [expected: string, answer: (response: ServerResponse) => void]>
> = {
  'access_token only': ['ok', (response) => replyJson(response, { access_token: 'good' })],
  'both, token counts': ['ok', (response) => replyJson(response, { token: 'good', access_token: 'other' })],
  'an empty token beside': ['ok', (response) => replyJson(response, { token: '', access_token: 'good' })],
  'odd lifetimes': ['ok', (response) => replyJson(response, { token: 'good', expires_in: '300' })],
  'a wrong content type': [
    'ok',
    (response) => reply(response, 200, { 'content-type': 'text/plain' }, '{"token":"good"}'),
  ],
  'no token': ['Protocol token', (response) => replyJson(response, {})],
  'a token that is not a text': ['Protocol token', (response) => replyJson(response, { token: { a: 1 } })],
  'a token in a prototype': [
    'Protocol token',
    (response) => reply(response, 200, {}, '{"__proto__":{"token":"good"}}'),
  ],
  'a token with a line break': [
    'Protocol token',
    (response) => replyJson(response, { token: 'good\r\nX: y' }),
  ],
  'a token that is not ASCII': ['Protocol token', (response) => replyJson(response, { token: 'göod' })],
  'a page': ['Protocol token', (response) => reply(response, 200, { 'content-type': 'text/html' }, '<html>')],
  'an array': ['Protocol token', (response) => replyJson(response, ['good'])],
  nothing: ['Protocol token', (response) => reply(response, 200)],
  'no such page': ['Protocol token', (response) => reply(response, 404)],
  'a body over the cap': [
    'TooLarge token',
    (response) => replyJson(response, { token: 'good', more: 'x'.repeat(300_000) }),
  ],
  'a compressed body': [
    'Protocol token',
    (response) => reply(response, 200, { 'content-encoding': 'gzip' }, Buffer.from([31, 139, 8])),
  ],
  'a refusal': ['NotFound repositoryOrPrivate', (response) => reply(response, 401)],
  'a denial': ['NotFound repositoryOrPrivate', (response) => reply(response, 403)],
  'a bad request': ['NotFound repositoryOrPrivate', (response) => reply(response, 400)],
  'a failure': ['ServerError 500', (response) => reply(response, 500)],
  'too many': ['RateLimited', (response) => reply(response, 429, { 'retry-after': '7' })],
  'a redirect': ['NotAllowed redirect', (response) => reply(response, 302, { location: '/other' })],
};

for (const [what, [expected, answer]] of Object.entries(tokenAnswers)) {
  test(`auth: the token server answers with ${what}`, async (t) => {
    const { ask, tokens } = await scene(t, { token: (_, response) => answer(response) });
    assert.equal(verdict(await ask()), expected);
    assert.deepEqual(tokens.lines(), ['GET /token'], 'one request, and no redirect followed');
  });
}

test('auth: a token server that is slow or silent meets the deadline', async (t) => {
  const { ask, tokens } = await scene(t, { token: (_, response) => void response.writeHead(200).write('{') });
  const limits = { totalMs: 400 };
  assert.equal(verdict(await ask({ limits })), 'Timeout');
  assert.equal(tokens.asked.length, 1);
});

for (const [what, realm] of [
  ['a file', 'file:///etc/passwd'],
  ['user and password', 'http://u:p@127.0.0.1:1/token'],
  ['a fragment', 'http://127.0.0.1:1/token#x'],
  ['a relative address', '/token'],
  ['plain HTTP elsewhere', 'http://registry.example/token'],
  ['nothing', ''],
] as const) {
  test(`auth: a realm with ${what} is not asked`, async (t) => {
    const { ask, tokens } = await scene(t, { challenge: () => `Bearer realm="${realm}",service="reg"` });
    assert.equal(verdict(await ask()), 'NotAllowed realm');
    assert.equal(tokens.connections(), 0);
  });
}

test('auth: a metadata address as realm is not contacted', async (t) => {
  for (const host of ['169.254.169.254', '[fd00:ec2::254]', '0xa9fea9fe', 'metadata.google.internal']) {
    const { ask } = await scene(t, { challenge: () => `Bearer realm="https://${host}/token",service="reg"` });
    assert.equal(verdict(await ask()), 'NotAllowed addressClass');
  }
});

test('auth: a login is not sent to a login server of another name, and nothing is', async (t) => {
  const elsewhere = (realm: string): string =>
    `Bearer realm="${realm.replace('127.0.0.1', 'localhost')}",service="reg"`;
  const { ask, tokens } = await scene(t, { challenge: elsewhere });
  const refused = await ask({ login: true });
  assert.equal(verdict(refused), 'NotAllowed realm');
  assert.ok(!refused.ok);
  assert.match(refused.message, /localhost:\d+.*drydock\.registry\.authHosts/);
  assert.equal(tokens.asked.length, 0);
  // Without a login there is nothing to lose.
  assert.equal(verdict(await ask()), 'ok');
  assert.deepEqual(tokens.lines(), ['GET /token']);
});

test('auth: a login is not sent to where the registry leads, also on a host of the same name', async (t) => {
  const target: TestServer = await startServer((asked, response) => {
    if (asked.path === '/token') return replyJson(response, { token: 'theirs' });
    if (asked.authorization !== 'Bearer theirs')
      return reply(response, 401, { 'www-authenticate': `Bearer realm="${target.origin}/token"` });
    const headers = { 'content-type': app.manifest.mediaType, 'docker-content-digest': app.manifest.digest };
    reply(response, 200, headers, asked.method === 'HEAD' ? '' : app.manifest.bytes);
  });
  const registry = await startServer((_, response) =>
    reply(response, 307, { location: `${target.origin}/v2/x` }),
  );
  t.after(() => Promise.all([registry.close(), target.close()]));
  const home = makeHome(t);
  writeLogin(home, registry.host, { auth: login });
  const service = makeService(t, {}, home);
  assert.equal(verdict(await service.resolveDigest({ domain: registry.host, path: 'app' }, byUser())), 'ok');
  const asked = [...registry.asked, ...target.asked].map(({ authorization }) => authorization);
  assert.deepEqual(
    asked.filter((one) => one !== undefined && one !== 'Bearer theirs'),
    [],
  );
});

test('auth: a login that was refused is read anew, for the user may have logged in since', async (t) => {
  const { registry } = await scene(t, {
    token(asked, response) {
      if (asked.authorization === `Basic ${login}`) replyJson(response, { token: 'good' });
      else reply(response, 401);
    },
  });
  const home = makeHome(t);
  writeLogin(home, registry.host, { auth: Buffer.from('pilot:old').toString('base64') });
  const service = makeService(t, {}, home);
  const ask = (): Promise<Outcome<ResolvedImage>> =>
    service.resolveDigest({ domain: registry.host, path: 'app' }, byUser());
  assert.equal((await ask()).ok, false);
  writeLogin(home, registry.host, { auth: login });
  assert.equal(verdict(await ask()), 'ok');
});

test('auth: a pair in the settings lets the login through, for that registry only', async (t) => {
  const elsewhere = (realm: string): string =>
    `Bearer realm="${realm.replace('127.0.0.1', 'localhost')}",service="reg"`;
  const { ask, tokens, registry } = await scene(t, { challenge: elsewhere });
  const localhost = `localhost:${tokens.port}`;
  assert.equal(
    verdict(await ask({ login: true, settings: { authHosts: { 'other.example': [localhost] } } })),
    'NotAllowed realm',
  );
  assert.equal(tokens.asked.length, 0);
  assert.equal(
    verdict(await ask({ login: true, settings: { authHosts: { [registry.host]: [localhost] } } })),
    'ok',
  );
  assert.equal(tokens.asked[0]?.authorization, `Basic ${login}`);
});

test('auth: the login goes to the login server, the token alone to the registry', async (t) => {
  const { ask, tokens, registry } = await scene(t, {
    token: (asked, response) =>
      asked.authorization === `Basic ${login}`
        ? replyJson(response, { token: 'good' })
        : reply(response, 401),
  });
  assert.equal(verdict(await ask({ login: true })), 'ok');
  assert.deepEqual(tokens.lines(), ['GET /token +auth']);
  assert.ok(
    registry.asked.every(
      ({ authorization }) => authorization === undefined || authorization === 'Bearer good',
    ),
  );
});

test('auth: a login the token server refuses is retried once without', async (t) => {
  const { ask, tokens } = await scene(t, {
    token: (asked, response) =>
      asked.authorization === undefined ? replyJson(response, { token: 'good' }) : reply(response, 401),
  });
  const outcome = await ask({ login: true });
  assert.equal(verdict(outcome), 'ok');
  assert.equal(outcome.ok && outcome.value.storedLoginRefused, true);
  assert.deepEqual(tokens.lines(), ['GET /token +auth', 'GET /token']);
});

test('auth: a token from a login that the registry refuses is retried once without', async (t) => {
  for (const status of [401, 403]) {
    const { ask, tokens, registry } = await scene(t, {
      status,
      token: (asked, response) =>
        replyJson(response, { token: asked.authorization === undefined ? 'good' : 'stale' }),
    });
    const outcome = await ask({ login: true });
    assert.equal(verdict(outcome), 'ok');
    assert.equal(outcome.ok && outcome.value.storedLoginRefused, true);
    assert.deepEqual(tokens.lines(), ['GET /token +auth', 'GET /token']);
    assert.equal(registry.asked.length, 4);
  }
});

test('auth: refusing for ever ends', async (t) => {
  const never = { accepts: () => false };
  const anonymous = await scene(t, never);
  assert.equal(verdict(await anonymous.ask()), 'NotFound repositoryOrPrivate');
  assert.deepEqual([anonymous.registry.asked.length, anonymous.tokens.asked.length], [2, 1]);
  const loggedIn = await scene(t, never);
  assert.equal(verdict(await loggedIn.ask({ login: true })), 'Unauthorized');
  assert.deepEqual([loggedIn.registry.asked.length, loggedIn.tokens.asked.length], [3, 2]);
});

test('auth: Basic alone', async (t) => {
  const script: Script = {
    challenge: () => 'Basic realm="x"',
    accepts: (authorization) => authorization === `Basic ${login}`,
  };
  const { ask, registry } = await scene(t, script);
  assert.equal(verdict(await ask({ login: true })), 'ok');
  assert.deepEqual(
    registry.lines().map((line) => line.endsWith('+auth')),
    [false, true, true],
  );
  const without = await scene(t, script);
  assert.equal(verdict(await without.ask()), 'Unauthorized');
  assert.deepEqual(without.registry.lines(), ['HEAD /v2/app/manifests/latest']);
  const off = await scene(t, script);
  assert.equal(verdict(await off.ask({ login: true, settings: { credentials: 'off' } })), 'Unauthorized');
  assert.equal(off.registry.asked.length, 1);
});

test('auth: no challenge, unknown schemes, and 403', async (t) => {
  for (const [challenge, status, expected] of [
    [undefined, 401, 'Unauthorized'],
    ['Negotiate', 401, 'Unauthorized'],
    ['Bearer service="reg"', 401, 'Unauthorized'],
    [undefined, 403, 'Denied'],
  ] as const) {
    const { ask, registry, tokens } = await scene(t, { challenge: () => challenge, status });
    assert.equal(verdict(await ask({ login: true })), expected);
    // A HEAD that is denied is followed by a GET.
    assert.deepEqual([registry.asked.length, tokens.asked.length], [status === 403 ? 2 : 1, 0]);
  }
  const { ask } = await scene(t, { status: 403 });
  assert.equal(verdict(await ask()), 'ok', 'a 403 with a challenge is a challenge');
});

test('auth: an identity token goes by POST, and by GET where that is not known', async (t) => {
  for (const status of [200, 404, 405]) {
    const { registry, tokens } = await scene(t, {
      token: (asked, response) =>
        asked.method === 'POST' && status !== 200
          ? reply(response, status)
          : replyJson(response, { access_token: 'good' }),
    });
    const home = makeHome(t);
    writeLogin(home, registry.host, { identitytoken: 'long lived' });
    const service = makeService(t, {}, home);
    assert.equal(
      verdict(await service.resolveDigest({ domain: registry.host, path: 'app' }, byUser())),
      'ok',
    );
    assert.deepEqual(tokens.lines(), status === 200 ? ['POST /token'] : ['POST /token', 'GET /token +auth']);
    const [posted, got] = tokens.asked;
    assert.equal(posted?.query.size, 0, 'no secret in an address');
    assert.equal(new URLSearchParams(posted?.body).get('refresh_token'), 'long lived');
    if (got) assert.equal(got.authorization, `Basic ${Buffer.from('<token>:long lived').toString('base64')}`);
  }
});

test('auth: a registry token is sent as it is', async (t) => {
  for (const [token, expected] of [
    ['good', 'ok'],
    ['go\r\nod', 'Unauthorized'],
  ] as const) {
    const { registry, tokens } = await scene(t, { token: (_, response) => reply(response, 401) });
    const home = makeHome(t);
    writeLogin(home, registry.host, { registrytoken: token });
    const service = makeService(t, {}, home);
    assert.equal(
      verdict(await service.resolveDigest({ domain: registry.host, path: 'app' }, byUser())),
      expected,
    );
    assert.equal(tokens.asked.filter(({ authorization }) => authorization !== undefined).length, 0);
  }
});

test('auth: a stored login is read once a minute, and again after it was to be forgotten', async (t) => {
  const { registry, tokens } = await scene(t, {
    challenge: () => 'Basic realm="x"',
    accepts: (authorization) => authorization === `Basic ${login}`,
  });
  const home = makeHome(t);
  let now = Date.now();
  const service = makeService(t, { options: { now: () => now } }, home);
  const ask = (): Promise<Outcome<ResolvedImage>> =>
    service.resolveDigest({ domain: registry.host, path: 'app' }, byUser({ maxAgeMs: -1 }));
  assert.equal(verdict(await ask()), 'Unauthorized');
  writeLogin(home, registry.host, { auth: login });
  assert.equal(verdict(await ask()), 'Unauthorized', 'that there is no login was found a moment ago');
  now += 61_000;
  assert.equal(verdict(await ask()), 'ok');
  writeLogin(home, registry.host, { auth: 'd3Jvbmc6d3Jvbmc=' });
  service.forget('other.example');
  assert.equal(verdict(await ask()), 'ok', 'another registry was to be forgotten');
  service.forget(registry.host);
  assert.equal(verdict(await ask()), 'Unauthorized');
  assert.equal(tokens.asked.length, 0);
});

test('auth: a token is used again, and no login is read when the setting says so', async (t) => {
  const { registry, tokens } = await scene(t);
  const home = makeHome(t);
  writeLogin(home, registry.host, { auth: login });
  for (const credentials of ['onDemand', 'off'] as const) {
    const service = makeService(t, { settings: { credentials } }, home);
    for (let time = 0; time < 2; time += 1) {
      const outcome = await service.resolveDigest(
        { domain: registry.host, path: 'app' },
        byUser({ maxAgeMs: -1 }),
      );
      assert.equal(verdict(outcome), 'ok');
    }
  }
  assert.deepEqual(tokens.lines(), ['GET /token +auth', 'GET /token']);
});

test('auth: no login over an unencrypted network, though the host is listed as insecure', async (t) => {
  const { startProxy } = await import('../harness/proxy');
  const { registry } = await scene(t, { challenge: () => 'Basic realm="x"', accepts: () => false });
  const proxy = await startProxy({ 'registry.example': registry.port });
  t.after(() => proxy.close());
  const home = makeHome(t);
  writeLogin(home, 'registry.example', { auth: login });
  const settings = {
    insecureHosts: ['registry.example'],
    proxy: { url: proxy.origin, noProxy: [], strictTls: true },
  };
  const service = makeService(t, { settings }, home);
  const outcome = await service.resolveDigest({ domain: 'registry.example', path: 'app' }, byUser());
  assert.ok(!outcome.ok && outcome.fault.code === 'Unauthorized', verdict(outcome));
  assert.match(outcome.message, /the connection is not encrypted/);
  assert.deepEqual(registry.lines(), ['HEAD /v2/app/manifests/latest']);
});

/** A registry seen as public, because its name is resolved by the proxy that leads here. */
async function publicRegistry(
  t: TestContext,
  realm: (tokens: TestServer) => string,
): Promise<
  | { ask: ServiceUnderTest['resolveDigest']; domain: string; tokens: TestServer; registry: FakeRegistry }
  | undefined
> {
  const openssl = requireTool(t, 'openssl');
  if (openssl === undefined) return undefined;
  const certificates = makeCertificates(openssl, ['DNS:registry.example', 'DNS:localhost', 'IP:127.0.0.1']);
  t.after(() => certificates.remove());
  const tls = { key: readFileSync(certificates.key, 'utf8'), cert: readFileSync(certificates.cert, 'utf8') };
  const tokens = await startServer((_, response) => replyJson(response, { token: 'good' }), tls);
  const registry = await startFakeRegistry(
    {
      before(asked, response) {
        if (asked.authorization === 'Bearer good') return false;
        reply(response, 401, { 'www-authenticate': `Bearer realm="${realm(tokens)}",service="reg"` });
        return true;
      },
    },
    tls,
  );
  registry.put('app', app.manifest, 'latest');
  const { startProxy } = await import('../harness/proxy');
  const proxy = await startProxy({ 'registry.example': registry.port });
  t.after(() => Promise.all([registry.close(), tokens.close(), proxy.close()]));
  const service = makeService(t, {
    settings: { caFiles: [certificates.ca], proxy: { url: proxy.origin, noProxy: [], strictTls: true } },
  });
  const ask: RegistryService['resolveDigest'] = (image, call) => service.resolveDigest(image, call);
  return { ask, domain: `registry.example`, tokens, registry };
}

test('auth: a public registry cannot send us to this machine', async (t) => {
  for (const host of ['127.0.0.1', 'localhost', '0x7f.1', '[::ffff:127.0.0.1]']) {
    const scene = await publicRegistry(t, ({ port }) => `https://${host}:${port}/token`);
    if (!scene) return;
    const outcome = await scene.ask({ domain: scene.domain, path: 'app' }, byUser());
    assert.equal(verdict(outcome), 'NotAllowed addressClass', host);
    assert.equal(scene.registry.asked.length, 1);
    assert.equal(scene.tokens.connections(), 0);
  }
});
