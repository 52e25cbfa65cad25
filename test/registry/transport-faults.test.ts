// The network and the servers at their worst: silence, drips, floods, cuts, redirects, pages without end, proxies.
import assert from 'node:assert/strict';
import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { RegistryError } from '../../server/src/io/registry/errors';
import type { Outcome, ResolvedImage } from '../../server/src/io/registry/service';
import { defaultLimits, defaultRegistrySettings } from '../../server/src/io/registry/settings';
import type { RegistrySettings } from '../../server/src/io/registry/settings';
import type { TagList } from '../../server/src/io/registry/images/tags';
import { UndiciTransport } from '../../server/src/io/registry/http/transport';
import { reply, replyJson, startServer } from '../harness/http-server';
import type { Handler, TestServer } from '../harness/http-server';
import { startProxy } from '../harness/proxy';
import { byUser, environment, makeService } from '../harness/registry-service';
import type { Setup } from '../harness/registry-service';
import { image, index, makeCertificates, startFakeRegistry, types } from '../harness/registry';
import { requireTool } from '../harness/tools';

const app = image('linux/amd64');
const quick = { connectMs: 300, headersMs: 300, idleMs: 300, totalMs: 800 };

function verdict(outcome: Outcome<unknown>): string {
  if (outcome.ok) return 'ok';
  const { code, ...rest } = outcome.fault;
  const detail =
    'reason' in rest ? rest.reason : 'what' in rest ? rest.what : 'status' in rest ? rest.status : '';
  return `${code} ${detail}`.trim();
}

async function serve(t: TestContext, handle: Handler): Promise<TestServer> {
  const server = await startServer(handle);
  t.after(() => server.close());
  return server;
}

function ask(
  t: TestContext,
  domain: string,
  setup: Setup = {},
  signal?: AbortSignal,
): Promise<Outcome<ResolvedImage>> {
  return makeService(t, setup).resolveDigest({ domain, path: 'app' }, byUser(signal ? { signal } : {}));
}

/** A server of bytes, not of HTTP. */
async function serveRaw(t: TestContext, handle: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    handle(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Refuses TLS at once, as a server of plain HTTP does, and gives plain requests to `handle`. */
function plainOnly(handle: (socket: Socket) => void): (socket: Socket) => void {
  return (socket) =>
    socket.once('data', (first: Buffer) => {
      if (first[0] === 0x16) socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
      else handle(socket);
    });
}

test('transport: silence before the connection is TLS or HTTP', async (t) => {
  assert.equal(verdict(await ask(t, await serveRaw(t, () => undefined), { limits: quick })), 'Timeout');
});

test('transport: silence before the headers', async (t) => {
  const server = await serve(t, () => undefined);
  assert.equal(verdict(await ask(t, server.host, { limits: quick })), 'Timeout');
});

test('transport: silence inside a body', async (t) => {
  const server = await serve(t, (asked, response) => {
    response.writeHead(200, { 'content-type': types.ociImage });
    if (asked.method === 'HEAD') response.end();
    else response.write('{');
  });
  assert.equal(verdict(await ask(t, server.host, { limits: quick })), 'Timeout');
});

test('transport: a drip that keeps every other timer happy', async (t) => {
  const server = await serve(t, (asked, response) => {
    response.writeHead(200, { 'content-type': types.ociImage });
    if (asked.method === 'HEAD') return void response.end();
    const timer = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(timer));
  });
  assert.equal(verdict(await ask(t, server.host, { limits: quick })), 'Timeout');
});

test('transport: a flood is cut at the cap, announced or not', async (t) => {
  const chunk = Buffer.alloc(1024 * 1024, ' ');
  for (const announced of [true, false]) {
    let sent = 0;
    const server = await serve(t, (asked, response) => {
      response.writeHead(200, {
        'content-type': types.ociImage,
        ...(announced ? { 'content-length': 300 * chunk.length } : {}),
      });
      if (asked.method === 'HEAD') return void response.end();
      const pump = (): void => {
        while (sent < 300 && !response.destroyed) {
          sent++;
          if (!response.write(chunk)) return void response.once('drain', pump);
        }
      };
      pump();
    });
    assert.equal(verdict(await ask(t, server.host)), 'TooLarge manifest');
    assert.ok(sent < 40, `${sent} MiB were taken`);
  }
});

test('transport: headers without end', async (t) => {
  const host = await serveRaw(
    t,
    plainOnly((socket) => socket.write(`HTTP/1.1 200 OK\r\n${`X: ${'y'.repeat(1000)}\r\n`.repeat(100)}`)),
  );
  assert.equal(verdict(await ask(t, host)), 'TooLarge headers');
});

test('transport: a length that is wrong, and a cut in the middle', async (t) => {
  const bytes = app.manifest.bytes;
  for (const [length, expected] of [
    [bytes.length + 10, 'Network reset'],
    [bytes.length - 10, 'DigestMismatch'],
  ] as const) {
    const answer = `HTTP/1.1 200 OK\r\nContent-Type: ${types.ociImage}\r\nDocker-Content-Digest: ${app.manifest.digest}\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`;
    const host = await serveRaw(t, (socket) =>
      socket.once('data', (first: Buffer) => {
        if (first[0] === 0x16) return void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
        socket.write(answer);
        if (first.toString().startsWith('GET')) socket.write(bytes);
        socket.end();
      }),
    );
    assert.equal(verdict(await ask(t, host)), expected);
  }
});

test('transport: an answer that is not HTTP', async (t) => {
  const host = await serveRaw(
    t,
    plainOnly((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')),
  );
  assert.equal(verdict(await ask(t, host)), 'Protocol http');
});

test('transport: a reset, a closed port, a name that is none', async (t) => {
  assert.equal(
    verdict(await ask(t, await serveRaw(t, (socket) => socket.resetAndDestroy()))),
    'Network reset',
  );
  const closed = await startServer(() => undefined);
  await closed.close();
  assert.equal(verdict(await ask(t, closed.host)), 'Network refused');
  assert.equal(verdict(await ask(t, 'no-such-host.invalid')), 'Network dns');
});

test('transport: answers with an error', async (t) => {
  for (const [status, expected] of [
    [500, 'ServerError 500'],
    [503, 'ServerError 503'],
    [418, 'Protocol http'],
    [204, 'Protocol http'],
    [403, 'Denied'],
  ] as const) {
    const server = await serve(t, (_, response) => reply(response, status));
    assert.equal(verdict(await ask(t, server.host)), expected);
    const methods = /Denied|Server/.test(expected) ? ['HEAD', 'GET'] : ['HEAD'];
    assert.deepEqual(
      server.asked.map(({ method }) => method),
      methods,
      'a user act is not repeated',
    );
  }
});

test('transport: GET decides where HEAD alone is refused', async (t) => {
  for (const status of [400, 403, 405, 500, 501]) {
    const registry = await startFakeRegistry({
      before: ({ method }, response) => {
        if (method !== 'HEAD') return false;
        reply(response, status);
        return true;
      },
    });
    t.after(() => registry.close());
    const list = index([image('linux/amd64')]);
    registry.put('app', list, 'latest');
    const service = makeService(t);
    const outcome = await service.resolveDigest({ domain: registry.host, path: 'app' }, byUser());
    assert.equal(outcome.ok && outcome.value.digest, list.digest, String(status));
    assert.deepEqual(registry.lines(), ['HEAD /v2/app/manifests/latest', 'GET /v2/app/manifests/latest']);
  }
});

test('transport: a pause the registry asks for is kept', async (t) => {
  let now = Date.UTC(2030, 0, 1);
  const server = await serve(t, (_, response) => reply(response, 429, { 'retry-after': '90' }));
  const service = makeService(t, { options: { now: () => now } });
  const resolve = (): Promise<Outcome<ResolvedImage>> =>
    service.resolveDigest({ domain: server.host, path: 'app' }, byUser());
  const first = await resolve();
  assert.ok(!first.ok && first.fault.code === 'RateLimited');
  assert.equal(first.fault.retryAt, now + 90_000);
  assert.match(first.message, /in 2 minutes/);
  now += 89_000;
  assert.equal(verdict(await resolve()), 'RateLimited');
  assert.equal(server.asked.length, 1);
  now += 2_000;
  assert.equal(verdict(await resolve()), 'RateLimited');
  assert.equal(server.asked.length, 2);
});

test('transport: cancelling before, in the headers, in the body', async (t) => {
  const before = await serve(t, (_, response) => reply(response, 200));
  assert.equal(verdict(await ask(t, before.host, {}, AbortSignal.abort())), 'Cancelled');
  assert.equal(before.connections(), 0);
  for (const inBody of [false, true]) {
    const controller = new AbortController();
    let closed: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => (closed = resolve));
    const server = await serve(t, (asked, response) => {
      response.on('close', () => (inBody && asked.method === 'HEAD' ? undefined : closed()));
      if (inBody && asked.method === 'HEAD') return reply(response, 200, { 'content-type': types.ociImage });
      if (inBody) response.writeHead(200, { 'content-type': types.ociImage }).write('{');
      setTimeout(() => controller.abort(), 20);
    });
    assert.equal(verdict(await ask(t, server.host, {}, controller.signal)), 'Cancelled');
    await gone;
  }
});

test('redirects: on the same origin with the login, elsewhere without', async (t) => {
  const target = await serve(t, (asked, response) => {
    const headers = { 'content-type': app.manifest.mediaType, 'docker-content-digest': app.manifest.digest };
    reply(response, 200, headers, asked.method === 'HEAD' ? '' : app.manifest.bytes);
  });
  const registry = await serve(t, (asked, response) => {
    if (asked.path === '/token') return replyJson(response, { token: 'good' });
    if (asked.authorization !== 'Bearer good') {
      return reply(response, 401, { 'www-authenticate': `Bearer realm="${registry.origin}/token"` });
    }
    if (asked.path.startsWith('/v2/')) return reply(response, 307, { location: `/moved${asked.path}` });
    reply(response, 302, { location: `${target.origin}/signed?signature=secret-signature#x` });
  });
  const service = makeService(t);
  const outcome = await service.resolveDigest({ domain: registry.host, path: 'app' }, byUser());
  assert.equal(verdict(outcome), 'ok');
  assert.deepEqual(registry.lines().slice(0, 4), [
    'HEAD /v2/app/manifests/latest',
    'GET /token',
    'HEAD /v2/app/manifests/latest +auth',
    'HEAD /moved/v2/app/manifests/latest +auth',
  ]);
  assert.deepEqual(target.lines(), ['HEAD /signed', 'GET /signed']);
  assert.ok(!service.log.join('\n').includes('secret-signature'));
  assert.ok(!service.log.join('\n').includes('good'));
});

test('redirects: a way back does not bring the login back', async (t) => {
  const back = await serve(t, (_, response) =>
    reply(response, 302, { location: `${registry.origin}/admin` }),
  );
  const registry: TestServer = await serve(t, (asked, response) => {
    if (asked.path === '/token') return replyJson(response, { token: 'good' });
    if (asked.path === '/admin') return reply(response, 404);
    if (!asked.authorization)
      return reply(response, 401, { 'www-authenticate': `Bearer realm="${registry.origin}/token"` });
    reply(response, 302, { location: back.origin });
  });
  await ask(t, registry.host);
  assert.deepEqual(registry.lines().at(-1), 'HEAD /admin');
});

test('redirects: those that are not followed', async (t) => {
  for (const [location, expected] of [
    ['http://registry.example/x', 'NotAllowed redirect'],
    ['http://u:p@127.0.0.1/x', 'NotAllowed redirect'],
    ['file:///etc/passwd', 'NotAllowed redirect'],
    ['https://169.254.169.254/latest/', 'NotAllowed addressClass'],
    ['http://[::ffff:169.254.169.254]/latest/', 'NotAllowed redirect'],
    ['/v2/app/manifests/latest', 'NotAllowed redirect'],
    ['http://[', 'Protocol http'],
  ] as const) {
    const server = await serve(t, (_, response) => reply(response, 302, { location }));
    assert.equal(verdict(await ask(t, server.host)), expected, location);
    assert.equal(server.asked.length, 1);
  }
  const endless = await serve(t, (asked, response) => reply(response, 302, { location: `${asked.path}x` }));
  assert.equal(verdict(await ask(t, endless.host)), 'NotAllowed redirect');
  assert.equal(endless.asked.length, 6, 'the question and five hops');
});

test('redirects: a challenge on the target gets an anonymous token for it alone', async (t) => {
  const target: TestServer = await serve(t, (asked, response) => {
    if (asked.path === '/token') return replyJson(response, { token: 'theirs' });
    if (asked.authorization !== 'Bearer theirs') {
      return reply(response, 401, {
        'www-authenticate': `Bearer realm="${target.origin}/token",scope="repository:their/name:pull,push"`,
      });
    }
    const headers = { 'content-type': app.manifest.mediaType, 'docker-content-digest': app.manifest.digest };
    reply(response, 200, headers, asked.method === 'HEAD' ? '' : app.manifest.bytes);
  });
  const registry = await serve(t, (_, response) =>
    reply(response, 307, { location: `${target.origin}/v2/x` }),
  );
  assert.equal(verdict(await ask(t, registry.host)), 'ok');
  assert.deepEqual(registry.lines(), [
    'HEAD /v2/app/manifests/latest',
    `GET /v2/app/manifests/${app.manifest.digest}`,
  ]);
  assert.equal(
    target.asked.find(({ path }) => path === '/token')?.query.get('scope'),
    'repository:their/name:pull',
  );
});

test('addresses: a name that leads to this machine is refused at the connection', async (t) => {
  const server = await serve(t, (_, response) => reply(response, 200));
  const name = hostname();
  const found = await lookup(name).catch(() => undefined);
  if (found?.address !== '127.0.0.1') {
    t.skip('optional: the name of this machine does not lead to 127.0.0.1');
    return;
  }
  const options = {
    settings: defaultRegistrySettings,
    environment: environment('/'),
    limits: defaultLimits,
    log: () => undefined,
  };
  const transport = new UndiciTransport(options);
  t.after(() => transport.close());
  const send = (maxReach: 'public' | 'private' | 'loopback'): Promise<unknown> => {
    const url = new URL(`http://${name}:${server.port}/`);
    return transport.send(
      { method: 'GET', url, headers: {}, purpose: 'token', maxBytes: 10, maxReach },
      new AbortController().signal,
    );
  };
  for (const reach of ['public', 'private'] as const) {
    await assert.rejects(
      send(reach),
      (error) => error instanceof RegistryError && error.fault.code === 'NotAllowed',
    );
  }
  assert.equal(server.connections(), 0);
  await send('loopback');
  // A kept connection must not serve what a new one would be refused for.
  await assert.rejects(
    send('public'),
    (error) => error instanceof RegistryError && error.fault.code === 'NotAllowed',
  );
  assert.equal(server.asked.length, 1);
});

// ── Tags ───────────────────────────────────────────────────────────────────────────────────────────────

function tagsOf(t: TestContext, server: TestServer, setup: Setup = {}): Promise<Outcome<TagList>> {
  return makeService(t, setup).listTags(
    { domain: server.host, path: 'team/app' },
    { ...byUser(), limit: 1_000_000 },
  );
}

test('tags: pages by every kind of link', async (t) => {
  const links: Readonly<Record<string, (port: number) => string>> = {
    relative: () => '</v2/team/app/tags/list?n=1000&last=b>; rel="next"',
    absolute: (port) => `<http://127.0.0.1:${port}/v2/team/app/tags/list?last=b&n=1000>; rel=next`,
    'without the prefix of the repository': () => '</v2/app/tags/list?last=b>; rel="next"',
    'another scheme': (port) => `<https://127.0.0.1:${port}/v2/team/app/tags/list?last=b>; rel="prev next"`,
    'one of several': () =>
      '<https://x.example/>; rel="help", </v2/team/app/tags/list?last=b>; rel="next"; title="a, b"',
  };
  for (const [what, link] of Object.entries(links)) {
    const server = await serve(t, ({ query }, response) => {
      if (query.get('last') === 'b') return replyJson(response, { name: 'team/app', tags: ['c', 'a'] });
      replyJson(response, { name: 'team/app', tags: ['a', 'b'] }, { link: link(server.port) });
    });
    const outcome = await tagsOf(t, server);
    assert.ok(outcome.ok, what);
    assert.deepEqual(outcome.value, { tags: ['a', 'b', 'c'], complete: true }, what);
    assert.deepEqual(server.lines(), ['GET /v2/team/app/tags/list', 'GET /v2/team/app/tags/list'], what);
  }
});

test('tags: links that are not followed leave the list incomplete', async (t) => {
  for (const link of [
    '<https://evil.example/v2/team/app/tags/list?last=a>; rel="next"',
    '<?n=1000>; rel="next"',
    '</x>; rel="next"',
    '<<<',
    '<http://[>; rel="next"',
    'x',
    `<${'<'.repeat(30_000)}`,
    `<a>${';'.repeat(15_000)}${' '.repeat(15_000)},<https://evil.example/?last=a>;rel=next`,
    `${'<a>;rel=x,'.repeat(3_000)}</x>;rel="a next"`,
  ]) {
    const server = await serve(t, (_, response) => replyJson(response, { tags: ['a'] }, { link }));
    const outcome = await tagsOf(t, server);
    assert.ok(outcome.ok, link);
    assert.deepEqual(outcome.value, { tags: ['a'], complete: false }, link);
    assert.equal(server.asked.length, 1, link);
  }
});

test('tags: pages and tags without end', async (t) => {
  let page = 0;
  const endless = await serve(t, (_, response) =>
    replyJson(response, { tags: [`t${page}`] }, { link: `<?last=${page++}>; rel="next"` }),
  );
  const outcome = await tagsOf(t, endless);
  assert.ok(outcome.ok);
  assert.deepEqual(
    [outcome.value.tags.length, outcome.value.complete, endless.asked.length],
    [20, false, 20],
  );
  const many = await serve(t, (_, response) =>
    replyJson(response, { tags: Array.from({ length: 60_000 }, (_, i) => `t${i}`) }),
  );
  const capped = await tagsOf(t, many);
  assert.ok(capped.ok);
  assert.deepEqual([capped.value.tags.length, capped.value.complete], [50_000, false]);
});

test('tags: a page size that is refused, no tags, and what is not a tag', async (t) => {
  for (const status of [400, 405]) {
    const server = await serve(t, ({ query }, response) =>
      query.has('n')
        ? reply(response, status)
        : replyJson(response, { tags: ['a', 'x\nRUN evil', '', 3, '-x', `${'y'.repeat(129)}`, 'z'] }),
    );
    const outcome = await tagsOf(t, server);
    assert.ok(outcome.ok);
    assert.deepEqual(outcome.value, { tags: ['a', 'z'], complete: true });
  }
  for (const [body, expected] of [
    ['{"tags":null}', 'ok'],
    ['{}', 'Protocol tags'],
    ['[]', 'Protocol tags'],
    ['null', 'Protocol tags'],
    ['{"tags":{"length":2}}', 'Protocol tags'],
    ['<html>', 'Protocol tags'],
    [`{"tags":[],"x":"${'x'.repeat(9_000_000)}"}`, 'TooLarge tags'],
  ] as const) {
    const server = await serve(t, (_, response) => reply(response, 200, {}, body));
    assert.equal(verdict(await tagsOf(t, server)), expected, body.slice(0, 30));
  }
});

// ── Proxies ────────────────────────────────────────────────────────────────────────────────────────────

test('proxy: names, logins, exceptions, and certificates behind it', async (t) => {
  const openssl = requireTool(t, 'openssl');
  if (openssl === undefined) return;
  const certificates = makeCertificates(openssl, ['DNS:registry.example', 'DNS:localhost']);
  const tls = { key: readFileSync(certificates.key, 'utf8'), cert: readFileSync(certificates.cert, 'utf8') };
  const registry = await startFakeRegistry({}, tls);
  registry.put('app', app.manifest, 'latest');
  const proxy = await startProxy({ 'registry.example': registry.port }, 'user:pass word');
  t.after(() => certificates.remove());
  t.after(() => Promise.all([registry.close(), proxy.close()]));
  const url = `http://user:pass%20word@127.0.0.1:${proxy.port}`;
  const caFiles = [certificates.ca];
  const set = (change: Partial<{ url: string; noProxy: string[] }>): Partial<RegistrySettings> => ({
    caFiles,
    proxy: { url: undefined, noProxy: [], strictTls: true, ...change },
  });
  const tunnel = 'registry.example:443 as user:pass word';

  assert.equal(verdict(await ask(t, 'registry.example', { settings: set({ url }) })), 'ok');
  assert.deepEqual([...new Set(proxy.tunnels)], [tunnel]);
  assert.ok(registry.asked.every(({ headers }) => headers['proxy-authorization'] === undefined));

  for (const variables of [{ HTTPS_PROXY: url }, { https_proxy: url }, { HTTP_PROXY: url }]) {
    proxy.tunnels.length = 0;
    assert.equal(verdict(await ask(t, 'registry.example', { settings: set({}), variables })), 'ok');
    assert.ok(proxy.tunnels.length > 0);
  }

  assert.equal(
    verdict(await ask(t, 'registry.example', { settings: { ...set({ url }), caFiles: [] } })),
    'Network tls',
  );
  assert.equal(
    verdict(await ask(t, 'registry.example', { settings: set({ url: proxy.origin }) })),
    'Network proxy',
  );
  assert.equal(verdict(await ask(t, 'other.example', { settings: set({ url }) })), 'Network proxy');
  assert.equal(
    verdict(await ask(t, 'registry.example', { settings: set({ url: 'socks5://127.0.0.1:1' }) })),
    'Network proxy',
  );
  assert.equal(
    verdict(await ask(t, 'registry.example', { settings: set({ url: 'not an address' }) })),
    'Network proxy',
  );

  proxy.tunnels.length = 0;
  const local = `localhost:${registry.port}`;
  assert.equal(
    verdict(await ask(t, local, { settings: set({ url }) })),
    'ok',
    'loopback goes past the proxy',
  );
  for (const noProxy of [['example'], ['.example'], ['registry.example:443'], ['x', '*']]) {
    assert.equal(
      verdict(await ask(t, 'registry.example', { settings: set({ url, noProxy }) })),
      'Network dns',
    );
  }
  assert.equal(
    verdict(
      await ask(t, 'registry.example', {
        settings: set({ url }),
        variables: { NO_PROXY: 'registry.example' },
      }),
    ),
    'Network dns',
  );
  assert.deepEqual(proxy.tunnels, []);
});

test('proxy: one that never answers meets the deadline', async (t) => {
  const silent = await serveRaw(t, () => undefined);
  const settings = { proxy: { url: `http://${silent}`, noProxy: [], strictTls: true } };
  assert.equal(verdict(await ask(t, 'registry.example', { settings, limits: quick })), 'Timeout');
  await sleep(0);
});
