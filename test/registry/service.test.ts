// The service as a whole: what is shared, what is remembered and for how long, what runs at once, and when nothing at
// all happens.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { RegistryAccess } from '../../server/src/io/registry/access';
import type { CallOptions, Outcome, ResolvedImage } from '../../server/src/io/registry/service';
import { defaultLimits } from '../../server/src/io/registry/settings';
import { Limiter } from '../../server/src/io/registry/http/limiter';
import { SingleFlight } from '../../server/src/io/registry/http/single-flight';
import { reply, replyJson, startServer } from '../harness/http-server';
import type { Asked } from '../harness/http-server';
import { byUser, environment, makeHome, makeService } from '../harness/registry-service';
import type { ServiceUnderTest, Setup } from '../harness/registry-service';
import { image, startFakeRegistry } from '../harness/registry';
import type { FakeRegistry } from '../harness/registry';

const app = image('linux/amd64');
const newer = image('linux/amd64', 'newer');

function verdict(outcome: Outcome<unknown>): string {
  if (outcome.ok) return 'ok';
  const { code, ...rest } = outcome.fault;
  return `${code} ${'reason' in rest ? rest.reason : 'status' in rest ? rest.status : ''}`.trim();
}

interface Scene {
  readonly registry: FakeRegistry;
  readonly service: ServiceUnderTest;
  /** Moves the clock. */
  pass(milliseconds: number): void;
  ask(tag?: string, options?: Partial<CallOptions>): Promise<Outcome<ResolvedImage>>;
}

async function scene(
  t: TestContext,
  before?: (asked: Asked, response: ServerResponse) => boolean,
  setup: Setup = {},
): Promise<Scene> {
  const registry = await startFakeRegistry(before ? { before } : {});
  t.after(() => registry.close());
  registry.put('app', app.manifest, 'latest');
  let now = Date.UTC(2030, 0, 1);
  const service = makeService(t, {
    ...setup,
    options: { now: () => now, ...setup.options },
  });
  return {
    registry,
    service,
    pass: (milliseconds) => void (now += milliseconds),
    ask: (tag, options) =>
      service.resolveDigest({ domain: registry.host, path: 'app', tag }, byUser(options)),
  };
}

test('service: twenty callers, one question', async (t) => {
  const { ask, registry } = await scene(t);
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => ask()));
  assert.ok(outcomes.every((outcome) => outcome.ok && outcome.value.digest === app.manifest.digest));
  assert.deepEqual(registry.lines(), [
    'HEAD /v2/app/manifests/latest',
    `GET /v2/app/manifests/${app.manifest.digest}`,
  ]);
});

test('service: one of two waiters goes, the other gets the answer', async (t) => {
  const controller = new AbortController();
  let gone = false;
  const { ask, registry } = await scene(t, (asked, response) => {
    response.on('close', () => (gone ||= !response.writableFinished));
    if (asked.method !== 'HEAD') return false;
    controller.abort();
    setTimeout(
      () =>
        reply(response, 200, {
          'content-type': app.manifest.mediaType,
          'docker-content-digest': app.manifest.digest,
        }),
      100,
    );
    return true;
  });
  const [first, second] = await Promise.all([ask('latest', { signal: controller.signal }), ask()]);
  assert.deepEqual([verdict(first), verdict(second), gone], ['Cancelled', 'ok', false]);
  assert.equal(registry.asked.length, 2);
});

test('service: the last waiter to go ends the request', async (t) => {
  const controllers = [new AbortController(), new AbortController()];
  let closed: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (closed = resolve));
  const { ask } = await scene(t, (_, response) => {
    response.on('close', () => closed());
    controllers[0]?.abort();
    setTimeout(() => controllers[1]?.abort(), 50);
    return true;
  });
  const outcomes = await Promise.all(controllers.map(({ signal }) => ask('latest', { signal })));
  assert.deepEqual(outcomes.map(verdict), ['Cancelled', 'Cancelled']);
  await gone;
});

test('service: a new asker does not join a flight that was left', async () => {
  const flights = new SingleFlight<number>();
  const controller = new AbortController();
  let started = 0;
  const start = (signal: AbortSignal): Promise<number> => {
    const mine = ++started;
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => setTimeout(() => resolve(-mine), 20));
      if (mine === 2) resolve(2);
    });
  };
  const first = flights.run('key', controller.signal, start);
  controller.abort();
  const second = flights.run('key', new AbortController().signal, start);
  await assert.rejects(first);
  assert.equal(await second, 2);
  await flights.abortAll();
});

test('service: how long an answer lasts', async (t) => {
  const { ask, registry, pass } = await scene(t);
  const heads = async (step: () => Promise<unknown>): Promise<number> => {
    const before = registry.asked.filter(({ method }) => method === 'HEAD').length;
    await step();
    return registry.asked.filter(({ method }) => method === 'HEAD').length - before;
  };
  assert.equal(await heads(() => ask()), 1);
  assert.equal(await heads(() => ask()), 0);
  pass(30_000);
  assert.equal(await heads(() => ask()), 0);
  pass(1);
  assert.equal(await heads(() => ask()), 1);
  assert.equal(await heads(() => ask('latest', { maxAgeMs: 0 })), 0);
  pass(1);
  assert.equal(await heads(() => ask('latest', { maxAgeMs: 0 })), 1);
  const gets = registry.asked.filter(({ method }) => method === 'GET').length;
  assert.equal(gets, 1, 'a manifest is fetched once for ever');
  registry.put('app', newer.manifest, 'latest');
  pass(31_000);
  const moved = await ask();
  assert.equal(moved.ok && moved.value.digest, newer.manifest.digest);
});

test('service: who asks for a fresh answer does not get one that somebody else is content with', async (t) => {
  const { ask, registry, pass } = await scene(t);
  await ask();
  pass(1);
  await Promise.all([ask(), ask('latest', { maxAgeMs: 0 })]);
  assert.equal(registry.asked.filter(({ method }) => method === 'HEAD').length, 2);
});

test('service: a list is complete as long as nothing had to be left out', async (t) => {
  const { service, registry } = await scene(t, ({ path }, response) => {
    if (!path.endsWith('/tags/list')) return false;
    replyJson(response, { tags: ['a', 'ab', 'b'] });
    return true;
  });
  const list = async (limit: number, prefix = ''): Promise<unknown> => {
    const outcome = await service.listTags(
      { domain: registry.host, path: 'app' },
      { ...byUser(), limit, prefix },
    );
    return outcome.ok && outcome.value;
  };
  assert.deepEqual(await list(3), { tags: ['a', 'ab', 'b'], complete: true });
  assert.deepEqual(await list(2), { tags: ['a', 'ab'], complete: false });
  assert.deepEqual(await list(2, 'a'), { tags: ['a', 'ab'], complete: true });
  await service.dispose();
  assert.equal(await list(3), false, 'nor is a list that is remembered given after the end');
});

test('service: lists of tags last half an hour', async (t) => {
  let asked = 0;
  const { service, registry, pass } = await scene(t, ({ path }, response) => {
    if (!path.endsWith('/tags/list')) return false;
    asked++;
    replyJson(response, { tags: ['a', 'b'] });
    return true;
  });
  const list = (): Promise<unknown> =>
    service.listTags({ domain: registry.host, path: 'app' }, { ...byUser(), limit: 10 });
  await Promise.all([list(), list(), list()]);
  pass(30 * 60_000);
  await list();
  assert.equal(asked, 1);
  pass(1);
  await list();
  assert.equal(asked, 2);
  service.forget(registry.host);
  await list();
  assert.equal(asked, 3);
});

test('service: a failure is not remembered: who asks again may have repaired it', async (t) => {
  const { ask, registry } = await scene(t);
  assert.equal(verdict(await ask('absent')), 'NotFound');
  registry.put('app', app.manifest, 'absent');
  assert.equal(verdict(await ask('absent')), 'ok');
});

test('service: so much at once and no more', async (t) => {
  let running = 0;
  let most = 0;
  const slow = (asked: Asked, response: ServerResponse): boolean => {
    most = Math.max(most, ++running);
    response.on('close', () => running--);
    setTimeout(() => reply(response, 404), 30);
    return asked !== undefined;
  };
  const one = await scene(t, slow);
  await Promise.all(Array.from({ length: 20 }, (_, i) => one.ask(`t${i}`)));
  assert.equal(one.registry.asked.length, 20);
  assert.equal(most, 4);
});

test('limiter: each origin and all together', async () => {
  const limiter = new Limiter({ ...defaultLimits, perOrigin: 4, inAll: 8 });
  const running = { all: 0, one: 0 };
  const most = { all: 0, one: 0 };
  const task = (isOne: boolean) => async (): Promise<void> => {
    most.all = Math.max(most.all, ++running.all);
    if (isOne) most.one = Math.max(most.one, ++running.one);
    await sleep(5);
    running.all--;
    if (isOne) running.one--;
  };
  const runs = Array.from({ length: 40 }, (_, i) =>
    limiter.run(i < 10 ? 'one' : `origin ${i % 5}`, task(i < 10)),
  );
  await Promise.all(runs);
  assert.deepEqual(most, { all: 8, one: 4 });
});

test('service: nothing at all in an untrusted workspace, nor before the first question', async (t) => {
  const { registry } = await scene(t);
  const home = makeHome(t);
  mkdirSync(join(home, '.docker'));
  mkdirSync(join(home, 'bin'));
  const ran = join(home, 'ran');
  writeFileSync(join(home, 'bin', 'docker-credential-mine'), `#!/bin/sh\ntouch "${ran}"\n`);
  chmodSync(join(home, 'bin', 'docker-credential-mine'), 0o755);
  writeFileSync(join(home, '.docker', 'config.json'), '{"credsStore":"mine"}');
  const variables = { PATH: join(home, 'bin') };
  let trusted = false;
  let asked = 0;
  const service = makeService(t, { variables, options: { enabled: () => (asked++, trusted) } }, home);
  assert.equal(asked, 0);
  const name = { domain: registry.host, path: 'app' };
  assert.equal(verdict(await service.resolveDigest(name, byUser())), 'NotAllowed untrusted');
  assert.equal(verdict(await service.announcedDigest(name, byUser())), 'NotAllowed untrusted');
  assert.equal(verdict(await service.listTags(name, { ...byUser(), limit: 1 })), 'NotAllowed untrusted');
  assert.deepEqual(service.log, []);
  assert.equal(registry.connections(), 0);
  assert.equal(existsSync(ran), false);
  trusted = true;
  assert.equal(verdict(await service.resolveDigest({ domain: registry.host, path: 'app' }, byUser())), 'ok');
});

test('service: nothing is asked when the settings say so', async (t) => {
  const { registry } = await scene(t);
  const name = { domain: registry.host, path: 'app' };
  const service = makeService(t, { settings: { mode: 'off' } });
  assert.equal(verdict(await service.resolveDigest(name, byUser())), 'NotAllowed disabled');
  assert.equal(verdict(await service.listTags(name, { ...byUser(), limit: 1 })), 'NotAllowed disabled');
  assert.equal(registry.connections(), 0);
});

test('service: a mirror answers in the place of the registry', async (t) => {
  const { registry } = await scene(t);
  registry.put('hub/library/app', newer.manifest, 'latest');
  const service = makeService(t, { settings: { mirrors: { 'docker.io': `http://${registry.host}/hub` } } });
  const outcome = await service.resolveDigest({ domain: 'docker.io', path: 'library/app' }, byUser());
  assert.ok(outcome.ok);
  assert.deepEqual([outcome.value.digest, outcome.value.viaMirror], [newer.manifest.digest, true]);
});

test('service: after dispose nothing runs and nothing is asked', async (t) => {
  const { ask, registry, service } = await scene(t, () => true);
  const asking = ask();
  while (registry.asked.length === 0) await sleep(5);
  await service.dispose();
  assert.equal(verdict(await asking), 'Cancelled');
  assert.equal(verdict(await ask()), 'Cancelled');
  assert.equal(registry.asked.length, 1);
});

test('access: text in, digest or sentence out', async (t) => {
  const { registry } = await scene(t);
  const access = new RegistryAccess({ environment: environment(makeHome(t)) });
  t.after(() => access.dispose());
  const resolve = (
    reference: string,
    settings: unknown = {},
    signal = new AbortController().signal,
  ): Promise<unknown> => access.resolve(reference, settings, signal);
  assert.deepEqual(await resolve(`${registry.host}/app`), { kind: 'digest', digest: app.manifest.digest });
  assert.deepEqual(await resolve(`${registry.host}/app:latest@${app.manifest.digest}`), {
    kind: 'digest',
    digest: app.manifest.digest,
  });
  assert.deepEqual(await resolve(`${registry.host}/app`, {}, AbortSignal.abort()), { kind: 'cancelled' });
  const before = registry.asked.length;
  for (const [reference, settings, expected] of [
    ['Not A Reference', {}, /"Not A Reference" is not a valid image name/],
    ['$BASE', {}, /is not a valid image name/],
    [`x\u0000\u202e${'y'.repeat(5_000)}`, {}, /^"x {2}y{97}…" is not a valid image name/],
    [`${registry.host}/app`, { mode: 'off' }, /drydock\.registry\.mode/],
  ] as const) {
    const answer = (await resolve(reference, settings)) as { kind: string; message: string };
    assert.equal(answer.kind, 'failed');
    assert.match(answer.message, expected);
  }
  assert.equal(registry.asked.length, before);
  assert.deepEqual(await resolve(`${registry.host}/app`, { mode: 'nonsense' }), {
    kind: 'digest',
    digest: app.manifest.digest,
  });
});

test('access: a refused login is told with the digest', async (t) => {
  const tokens = await startServer((asked, response) =>
    asked.authorization ? reply(response, 401) : replyJson(response, { token: 'good' }),
  );
  t.after(() => tokens.close());
  const { registry } = await scene(t, (asked, response) => {
    if (asked.authorization === 'Bearer good') return false;
    reply(response, 401, { 'www-authenticate': `Bearer realm="${tokens.origin}"` });
    return true;
  });
  const home = makeHome(t);
  mkdirSync(join(home, '.docker'));
  writeFileSync(
    join(home, '.docker', 'config.json'),
    JSON.stringify({ auths: { [registry.host]: { auth: 'dTpw' } } }),
  );
  const access = new RegistryAccess({ environment: environment(home) });
  t.after(() => access.dispose());
  const answer = await access.resolve(`${registry.host}/app`, {}, new AbortController().signal);
  assert.equal(answer.kind, 'digest');
  assert.match((answer.kind === 'digest' && answer.note) || '', /refused the stored login/);
});
