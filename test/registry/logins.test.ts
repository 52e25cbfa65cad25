// Logins that appear, take their time, or lie where docker alone would find them.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { RegistryAccess } from '../../server/src/io/registry/access';
import { askHelper, helperCommand } from '../../server/src/io/registry/auth/credential-helper';
import type { HttpTransport, RawRequest, RawResponse } from '../../server/src/io/registry/http/transport';
import { defaultLimits } from '../../server/src/io/registry/settings';
import { reply } from '../harness/http-server';
import { byUser, environment, makeHome, makeService } from '../harness/registry-service';
import { image, index, startFakeRegistry } from '../harness/registry';
import type { FakeRegistry } from '../harness/registry';

const encode = (text: string): string => Buffer.from(text).toString('base64');
const list = index([image('linux/amd64')]);

/** Puts docker's file into a home, and a helper called `own` into its folder of programs. */
function login(home: string, config: unknown, script?: string): string {
  mkdirSync(join(home, '.docker'), { recursive: true });
  writeFileSync(join(home, '.docker/config.json'), JSON.stringify(config));
  const bin = join(home, 'bin');
  mkdirSync(bin, { recursive: true });
  if (script === undefined) return bin;
  writeFileSync(join(bin, 'docker-credential-own'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, 'docker-credential-own'), 0o755);
  return bin;
}

const known = `echo '{"Username":"user","Secret":"pass"}'`;

/** A registry that wants `user:pass`. */
async function guarded(t: TestContext): Promise<FakeRegistry> {
  const registry = await startFakeRegistry({
    before: ({ authorization }, response) => {
      if (authorization === `Basic ${encode('user:pass')}`) return false;
      reply(response, 401, { 'www-authenticate': 'Basic realm="x"' });
      return true;
    },
  });
  t.after(() => registry.close());
  registry.put('app', list, 'latest');
  return registry;
}

test('a helper may take as long as a person needs; the deadline stands still meanwhile', async (t) => {
  const registry = await guarded(t);
  const home = makeHome(t);
  const count = join(home, 'count');
  const bin = login(home, { credsStore: 'own' }, `cat > /dev/null; echo x >> "${count}"; sleep 3; ${known}`);
  const setup = { limits: { totalMs: 2_500 }, variables: { PATH: `${bin}:/usr/bin:/bin` } };
  const service = makeService(t, setup, home);
  registry.put('other', list, 'latest');
  const outcomes = await Promise.all(
    ['app', 'other'].map((path) => service.resolveDigest({ domain: registry.host, path }, byUser())),
  );
  assert.deepEqual(
    outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.message)),
    ['ok', 'ok'],
  );
  assert.equal(readFileSync(count, 'utf8'), 'x\n', 'a person is asked once');
});

test('a helper that does not answer has its own message, and waiting for it can be cancelled', async (t) => {
  const registry = await guarded(t);
  const home = makeHome(t);
  const started = join(home, 'started');
  const bin = login(home, { credsStore: 'own' }, `: > "${started}"; exec sleep 60`);
  const variables = { PATH: `${bin}:/usr/bin:/bin` };
  const hasty = makeService(t, { limits: { helperMs: 300 }, variables }, home);
  const late = await hasty.resolveDigest({ domain: registry.host, path: 'app' }, byUser());
  assert.match(late.ok ? '' : late.message, /credential helper own did not answer in time: /);
  const patient = makeService(t, { variables }, home);
  const stop = new AbortController();
  const asked = patient.resolveDigest(
    { domain: registry.host, path: 'app' },
    byUser({ signal: stop.signal }),
  );
  await sleep(100);
  while (!existsSync(started)) await sleep(10);
  stop.abort();
  const cancelled = await asked;
  assert.equal(cancelled.ok ? 'ok' : cancelled.fault.code, 'Cancelled');
});

test('a helper is asked by the very key a login was stored under', async (t) => {
  const registry = await guarded(t);
  const home = makeHome(t);
  const key = `https://${registry.host}/login/page/`;
  const script = `read server; if [ "$server" = "${key}" ]; then ${known}; else echo 'credentials not found'; exit 1; fi`;
  const bin = login(home, { credsStore: 'own', auths: { [key]: {} } }, script);
  const service = makeService(t, { variables: { PATH: `${bin}:/usr/bin:/bin` } }, home);
  assert.ok((await service.resolveDigest({ domain: registry.host, path: 'app' }, byUser())).ok);
});

test('scripts that are helpers on Windows start through cmd.exe, by an absolute path and with nothing to expand', async (t) => {
  const variables = { SystemRoot: 'C:\\Windows' };
  const windows = { platform: 'win32', variables } as const;
  assert.deepEqual(helperCommand('C:\\Program Files\\x\\docker-credential-gcloud.cmd', windows), {
    program: 'C:\\Windows\\System32\\cmd.exe',
    args: ['/d', '/v:off', '/s', '/c', '""C:\\Program Files\\x\\docker-credential-gcloud.cmd" get"'],
    verbatim: true,
  });
  const plain = helperCommand('C:\\x\\docker-credential-wincred.exe', windows);
  assert.deepEqual(plain, {
    program: 'C:\\x\\docker-credential-wincred.exe',
    args: ['get'],
    verbatim: false,
  });
  for (const path of ['C:\\%TEMP%\\h.cmd', 'C:\\a&b\\h.bat', 'C:\\a^b\\h.CMD', 'C:\\"\\h.bat'])
    assert.equal(helperCommand(path, windows), undefined, path);
  assert.equal(helperCommand('/x/a.cmd', { platform: 'linux', variables: {} })?.program, '/x/a.cmd');
  // It is found beside .exe; there is no cmd.exe here to run it.
  const home = makeHome(t);
  const bin = login(home, {});
  writeFileSync(join(bin, 'docker-credential-own.cmd'), '');
  chmodSync(join(bin, 'docker-credential-own.cmd'), 0o755);
  const here = { variables: { Path: bin }, home, platform: 'win32' } as const;
  const answer = await askHelper('own', 'r.example', here, defaultLimits, new AbortController().signal);
  assert.match(answer.kind === 'failed' ? answer.why : '', /ENOENT/);
});

test('the limit of Docker Hub is forgotten when a login appears', async (t) => {
  const home = makeHome(t);
  const sent: string[] = [];
  const response = (
    status: number,
    headers: Record<string, string> = {},
    body: Uint8Array = Buffer.from(''),
  ): RawResponse => ({
    status,
    headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value]])),
    body,
    reach: 'public',
  });
  const send = ({ url, method, headers }: RawRequest): Promise<RawResponse> => {
    sent.push(`${method} ${url.host}`);
    if (url.host === 'auth.docker.io') {
      const token = headers['authorization'] === undefined ? 'nobody' : 'somebody';
      return Promise.resolve(response(200, {}, Buffer.from(JSON.stringify({ token }))));
    }
    const { authorization } = headers;
    if (authorization === undefined) {
      const challenge = 'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"';
      return Promise.resolve(response(401, { 'www-authenticate': challenge }));
    }
    if (authorization === 'Bearer nobody')
      return Promise.resolve(
        response(429, {}, Buffer.from('toomanyrequests: You have reached your pull limit')),
      );
    const body = method === 'HEAD' ? Buffer.from('') : list.bytes;
    return Promise.resolve(
      response(200, { 'content-type': list.mediaType, 'docker-content-digest': list.digest }, body),
    );
  };
  const transport: HttpTransport = { send, close: () => Promise.resolve() };
  const service = makeService(t, { options: { transport: () => transport } }, home);
  const ask = async (): Promise<string> => {
    const outcome = await service.resolveDigest({ domain: 'docker.io', path: 'library/node' }, byUser());
    return outcome.ok ? 'ok' : outcome.message;
  };
  assert.match(await ask(), /pull limit of docker\.io is used up: log in/);
  const before = sent.length;
  assert.match(await ask(), /pull limit/);
  assert.equal(sent.length, before, 'the pause is kept');
  login(home, { auths: { 'https://index.docker.io/v1/': { auth: encode('user:pass') } } });
  assert.equal(await ask(), 'ok');
});

test('a list of tags that was cut is said, with and without an answer', async (t) => {
  const registry = await startFakeRegistry({
    before: ({ path }, response) => {
      if (!path.endsWith('/tags/list')) return false;
      const more = { link: '</elsewhere>; rel="next"', 'content-type': 'application/json' };
      reply(
        response,
        200,
        more,
        JSON.stringify({ tags: ['1', '1.2', '1.2.3', '1.2.3-alpine', '2.0.0-alpine', 'lts'] }),
      );
      return true;
    },
  });
  t.after(() => registry.close());
  const other = index([image('linux/amd64', 'other')]);
  for (const [tag, manifest] of [
    ['1', list],
    ['1.2.3', list],
    ['1.2', list],
    ['1.2.3-alpine', other],
    ['2.0.0-alpine', other],
    ['alpine', other],
    ['lts', list],
    ['edge', other],
  ] as const)
    registry.put('app', manifest, tag);
  const access = new RegistryAccess({ environment: environment(makeHome(t)) });
  t.after(() => access.dispose());
  const ask = (tag: string): ReturnType<RegistryAccess['version']> =>
    access.version(`${registry.host}/app:${tag}`, null, new AbortController().signal);
  for (const [tag, version] of [
    ['1', '1.2.3'],
    ['lts', '1.2.3'],
    ['alpine', '2.0.0-alpine'],
  ] as const) {
    const answer = await ask(tag);
    assert.equal(answer.kind === 'version' && answer.tag, version);
    assert.match(JSON.stringify(answer), /Only the first 6 tags of .* were read/);
  }
  assert.match(
    JSON.stringify(await ask('edge')),
    /matches edge \(3 compared\) \(only the first 6 tags were read\)/,
  );
});
