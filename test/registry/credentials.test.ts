// Where logins are found, and what a helper may do to us. Helpers are real programs, planted where they must and must
// not be found.
import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { normaliseKey } from '../../server/src/io/registry/auth/credential-file';
import type { Credential } from '../../server/src/io/registry/auth/credential-file';
import { askHelper } from '../../server/src/io/registry/auth/credential-helper';
import { findCredential } from '../../server/src/io/registry/auth/credentials';
import type { Found } from '../../server/src/io/registry/auth/credentials';
import { registryHost } from '../../server/src/io/registry/images/policy';
import { defaultLimits, defaultRegistrySettings } from '../../server/src/io/registry/settings';
import { environment, makeHome } from '../harness/registry-service';

const encode = (text: string): string => Buffer.from(text).toString('base64');

interface World {
  readonly home: string;
  readonly bin: string;
  readonly log: string[];
  variables: Record<string, string>;
  /** Writes a file below home. */
  write(path: string, content: unknown): string;
  /** Puts a helper into a folder of PATH. */
  helper(name: string, script: string, folder?: string): void;
  find(
    domain: string,
    path?: string,
    options?: { readonly signal?: AbortSignal; readonly helperMs?: number },
  ): Promise<Found>;
}

function makeWorld(t: TestContext): World {
  const home = makeHome(t);
  const bin = join(home, 'bin');
  mkdirSync(bin);
  const log: string[] = [];
  const world: World = {
    home,
    bin,
    log,
    variables: { PATH: [bin, '/usr/bin', '/bin'].join(delimiter) },
    write(path, content) {
      const file = join(home, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
      return file;
    },
    helper(name, script, folder = bin) {
      const file = join(folder, `docker-credential-${name}`);
      writeFileSync(file, `#!/bin/sh\n${script}\n`);
      chmodSync(file, 0o755);
    },
    find(domain, path = 'team/app', options = {}) {
      const registry = registryHost(domain, defaultRegistrySettings);
      assert.ok(registry);
      const { signal = new AbortController().signal, helperMs = 10_000 } = options;
      return findCredential(registry, path, {
        environment: environment(home, world.variables),
        limits: { ...defaultLimits, helperMs },
        log: (line) => log.push(line),
        ask: (name, server) =>
          askHelper(name, server, environment(home, world.variables), { ...defaultLimits, helperMs }, signal),
      });
    },
  };
  return world;
}

function shown(credential: Credential | undefined): string {
  if (!credential) return 'none';
  return credential.kind === 'basic'
    ? `${credential.username}:${credential.password}`
    : `${credential.kind} ${credential.token}`;
}

const find = async (world: World, domain: string, path?: string): Promise<string> =>
  shown((await world.find(domain, path)).credential);

test('credentials: what an entry means', async (t) => {
  const entries: readonly (readonly [entry: unknown, expected: string])[] = [
    [{ auth: encode('user:pass:word') }, 'user:pass:word'],
    [{ auth: encode('user:pass\0\0') }, 'user:pass'],
    [{ auth: encode('user:pässwörd') }, 'user:pässwörd'],
    [{ auth: encode('no colon') }, 'none'],
    [{ auth: encode(':x') }, 'none'],
    [{ auth: encode('x:') }, 'none'],
    [{ auth: '' }, 'none'],
    [{ auth: 5 }, 'none'],
    [{}, 'none'],
    [null, 'none'],
    [{ username: 'user', password: 'pass' }, 'user:pass'],
    [{ username: 'user' }, 'none'],
    [{ auth: encode('u:p'), identitytoken: 'i' }, 'identity i'],
    [{ identitytoken: 'i', registrytoken: 'r' }, 'registryToken r'],
    [{ auth: encode('<token>:secret') }, 'identity secret'],
  ];
  for (const [entry, expected] of entries) {
    const world = makeWorld(t);
    world.write('.docker/config.json', { auths: { 'r.example': entry } });
    assert.equal(await find(world, 'r.example'), expected, JSON.stringify(entry));
  }
});

test('credentials: which key is whose', async (t) => {
  const table: readonly (readonly [key: string, domain: string, path: string, hit: boolean])[] = [
    ['r.example', 'r.example', 'a/b', true],
    ['R.Example', 'r.example', 'a/b', true],
    ['r.example:5000', 'r.example', 'a/b', false],
    ['r.example', 'r.example:5000', 'a/b', false],
    ['ghcr.io', 'evil-ghcr.io', 'a/b', false],
    ['evil-ghcr.io', 'ghcr.io', 'a/b', false],
    ['ghcr.io.evil.example', 'ghcr.io', 'a/b', false],
    ['https://r.example', 'r.example', 'a/b', true],
    ['https://r.example/', 'r.example', 'a/b', true],
    ['https://r.example/v1/', 'r.example', 'a/b', true],
    ['http://r.example/v2', 'r.example', 'a/b', true],
    ['https://r.example/login/page', 'r.example', 'a/b', true],
    ['https://r.example/a/b', 'r.example', 'c/d', true],
    ['https://index.docker.io/v1/', 'docker.io', 'library/python', true],
    ['docker.io', 'docker.io', 'library/python', true],
    ['index.docker.io', 'docker.io', 'library/python', true],
    ['https://index.docker.io/v1/', 'registry-1.docker.io', 'library/python', false],
    ['r.example/a', 'r.example', 'a/b', true],
    ['r.example/a/b', 'r.example', 'a/b', true],
    ['r.example/a/b/c', 'r.example', 'a/b', false],
    ['r.example/a', 'r.example', 'ab/c', false],
    ['r.example/b', 'r.example', 'a/b', false],
    ['docker.io/library', 'docker.io', 'library/python', true],
    ['', 'r.example', 'a/b', false],
  ];
  for (const [key, domain, path, hit] of table) {
    const world = makeWorld(t);
    world.write('.docker/config.json', { auths: { [key]: { auth: encode('u:p') } } });
    assert.equal(await find(world, domain, path), hit ? 'u:p' : 'none', `${key} for ${domain}/${path}`);
  }
  assert.equal(normaliseKey('https://index.docker.io/v1/'), 'docker.io');
});

test('credentials: the longest key wins', async (t) => {
  const world = makeWorld(t);
  const auths = Object.fromEntries(
    ['r.example', 'r.example/team', 'r.example/team/app'].map((key) => [key, { auth: encode(`u:${key}`) }]),
  );
  world.write('.config/containers/auth.json', { auths });
  assert.equal(await find(world, 'r.example', 'team/app'), 'u:r.example/team/app');
  assert.equal(await find(world, 'r.example', 'team/other'), 'u:r.example/team');
  assert.equal(await find(world, 'r.example', 'else'), 'u:r.example');
});

test('credentials: which file comes first', async (t) => {
  const world = makeWorld(t);
  const login = (name: string): unknown => ({ auths: { 'r.example': { auth: encode(`u:${name}`) } } });
  const steps: readonly (readonly [string, () => void])[] = [
    ['home podman', () => world.write('.config/containers/auth.json', login('home podman'))],
    [
      'xdg config',
      () =>
        (world.variables['XDG_CONFIG_HOME'] = dirname(
          dirname(world.write('xdg/containers/auth.json', login('xdg config'))),
        )),
    ],
    [
      'runtime',
      () =>
        (world.variables['XDG_RUNTIME_DIR'] = dirname(
          dirname(world.write('run/containers/auth.json', login('runtime'))),
        )),
    ],
    [
      'auth file',
      () => (world.variables['REGISTRY_AUTH_FILE'] = world.write('own.json', login('auth file'))),
    ],
    ['home docker', () => world.write('.docker/config.json', login('home docker'))],
    [
      'docker config',
      () =>
        (world.variables['DOCKER_CONFIG'] = dirname(
          world.write('elsewhere/config.json', login('docker config')),
        )),
    ],
    ['variable', () => (world.variables['DOCKER_AUTH_CONFIG'] = JSON.stringify(login('variable')))],
  ];
  assert.equal(await find(world, 'r.example'), 'none');
  for (const [name, prepare] of steps) {
    prepare();
    assert.equal(await find(world, 'r.example'), `u:${name}`);
  }
  world.variables['DOCKER_AUTH_CONFIG'] = '{"auths":{"other.example":{"auth":"dTpw"}}}';
  assert.equal(
    await find(world, 'r.example'),
    'u:docker config',
    'the next file is asked when one knows nothing',
  );
  world.variables['DOCKER_CONFIG'] = 'relative/folder';
  assert.equal(await find(world, 'r.example'), 'u:auth file', 'no path relative to wherever we happen to be');
});

test('credentials: files that cannot be used are passed over with a word in the log', async (t) => {
  const good = { auths: { 'r.example': { auth: encode('u:p') } } };
  const bad: readonly (readonly [string, (world: World) => void])[] = [
    ['not JSON', (world) => world.write('.docker/config.json', '{')],
    ['not an object', (world) => world.write('.docker/config.json', '[]')],
    [
      'too big',
      (world) => world.write('.docker/config.json', JSON.stringify({ ...good, x: 'x'.repeat(1024 * 1024) })),
    ],
    ['a folder', (world) => mkdirSync(join(world.home, '.docker/config.json'), { recursive: true })],
  ];
  for (const [what, prepare] of bad) {
    const world = makeWorld(t);
    prepare(world);
    world.write('.config/containers/auth.json', good);
    assert.equal(await find(world, 'r.example'), 'u:p', what);
    assert.equal(world.log.length, 1, what);
  }
  const shapes = [
    { auths: [] },
    { auths: 'x' },
    { credHelpers: ['x'], credsStore: 7 },
    { auths: { 'r.example': [] } },
  ];
  for (const content of shapes) {
    const world = makeWorld(t);
    world.write('.docker/config.json', content);
    assert.equal(await find(world, 'r.example'), 'none');
  }
  const world = makeWorld(t);
  world.write('.docker/config.json', '{"auths":{"__proto__":{"r.example":{"auth":"dTpw"}}}}');
  assert.equal(await find(world, 'r.example'), 'none');
});

const answer = (username: string, secret: string): string =>
  `read server; printf '{"ServerURL":"%s","Username":"${username}","Secret":"${secret} %s"}' "$server" "$server"`;
const notFound = `echo 'credentials not found in native keychain'; exit 1`;

test('credentials: helper for the host, store, file, in this order', async (t) => {
  const world = makeWorld(t);
  world.helper('mine', answer('helper', 'for'));
  world.helper('store', answer('store', 'for'));
  world.helper('empty', notFound);
  world.helper('token', answer('<token>', 'for'));
  const auths = { 'r.example': { auth: encode('file:x') }, 'f.example': { auth: encode('file:y') } };
  const write = (content: object): string => world.write('.docker/config.json', { auths, ...content });
  write({ credsStore: 'store', credHelpers: { 'r.example': 'mine', 'f.example': '' } });
  assert.equal(await find(world, 'r.example'), 'helper:for r.example');
  assert.equal(await find(world, 'f.example'), 'file:y', 'an empty name means the file');
  assert.equal(await find(world, 'g.example'), 'store:for g.example');
  assert.equal(await find(world, 'docker.io'), 'store:for https://index.docker.io/v1/');
  write({ credsStore: 'token' });
  assert.equal(await find(world, 'r.example:1'), 'identity for r.example:1');
  write({ credsStore: 'empty' });
  assert.equal(await find(world, 'r.example'), 'file:x');
  assert.equal(await find(world, 'g.example'), 'none');
  assert.deepEqual(world.log, [], 'nothing found is nothing to log');
});

test('credentials: what a helper sees', async (t) => {
  const world = makeWorld(t);
  world.helper(
    'mine',
    `pwd > "${world.home}/cwd"; echo "$# $1 $HOME_MARK" > "${world.home}/args"; ${answer('u', 'p')}`,
  );
  world.variables['HOME_MARK'] = 'marked';
  world.write('.docker/config.json', { credsStore: 'mine' });
  assert.equal(await find(world, 'r.example'), 'u:p r.example');
  assert.equal(readFileSync(join(world.home, 'cwd'), 'utf8').trim(), realpathSync(world.home));
  assert.equal(readFileSync(join(world.home, 'args'), 'utf8').trim(), '1 get marked');
});

test('credentials: helpers that fail are named, and the file is asked', async (t) => {
  const scripts: Readonly<Record<string, string>> = {
    junk: 'echo nonsense',
    list: 'echo []',
    short: `echo '{"Username":"u"}'`,
    wrong: `echo '{"Username":"u","Secret":5}'`,
    failing: 'echo broken; exit 3',
    endless: 'while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done',
    killed: 'kill -9 $$',
  };
  for (const [name, script] of Object.entries(scripts)) {
    const world = makeWorld(t);
    world.helper(name, script);
    world.write('.docker/config.json', { credsStore: name, auths: { 'f.example': { auth: encode('u:p') } } });
    assert.deepEqual(await world.find('r.example'), {
      credential: undefined,
      failedHelper: { name, timedOut: false },
    });
    assert.equal(shown((await world.find('f.example')).credential), 'u:p');
    assert.match(world.log[0] ?? '', new RegExp(`credential helper ${name}: `));
  }
  const world = makeWorld(t);
  world.write('.docker/config.json', { credsStore: 'absent' });
  assert.deepEqual(await world.find('r.example'), {
    credential: undefined,
    failedHelper: { name: 'absent', timedOut: false },
  });
});

test('credentials: names that are not names, and folders that are no place', async (t) => {
  const world = makeWorld(t);
  const planted = join(world.home, 'workspace');
  mkdirSync(planted);
  const ran = join(world.home, 'ran');
  for (const folder of [planted, world.home, join(world.home, 'bin')])
    world.helper('evil', `: > "${ran}"`, folder);
  mkdirSync(join(world.bin, 'docker-credential-x'));
  for (const name of [
    '../evil',
    'x/../evil',
    'evil; touch x',
    'evil get',
    '-evil',
    '.evil',
    '',
    ' ',
    'a'.repeat(100),
    'évil',
  ]) {
    world.write('.docker/config.json', { credHelpers: { 'r.example': name } });
    assert.equal((await world.find('r.example')).credential, undefined);
  }
  const before = process.cwd();
  t.after(() => process.chdir(before));
  process.chdir(planted);
  world.write('.docker/config.json', { credsStore: 'evil' });
  for (const path of ['', '.', 'workspace', `${delimiter}.`, './bin', '../bin']) {
    world.variables['PATH'] = path;
    assert.deepEqual(await world.find('r.example'), {
      credential: undefined,
      failedHelper: { name: 'evil', timedOut: false },
    });
  }
  assert.equal(existsSync(ran), false);
});

/** Whether a process is alive; a zombie is not. */
function alive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

test(
  'credentials: a hanging helper is ended with all it started',
  { skip: process.platform !== 'linux' },
  async (t) => {
    for (const how of ['time', 'cancel', 'flood']) {
      const world = makeWorld(t);
      const pids = join(world.home, 'pids');
      const flood = how === 'flood' ? 'while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done' : 'wait';
      world.helper('slow', `sleep 300 & echo "$$ $!" > "${pids}.new"; mv "${pids}.new" "${pids}"; ${flood}`);
      world.write('.docker/config.json', { credsStore: 'slow' });
      const controller = new AbortController();
      const finding = world.find('r.example', 'app', {
        signal: controller.signal,
        helperMs: how === 'time' ? 1_500 : 60_000,
      });
      while (!existsSync(pids)) await sleep(10);
      if (how === 'cancel') controller.abort();
      assert.deepEqual(await finding, {
        credential: undefined,
        failedHelper: { name: 'slow', timedOut: how === 'time' },
      });
      const started = readFileSync(pids, 'utf8').trim().split(' ').map(Number);
      assert.equal(started.length, 2);
      for (let tries = 0; started.some(alive) && tries < 200; tries++) await sleep(10);
      assert.deepEqual(started.filter(alive), [], how);
    }
  },
);

test(
  'credentials: a file that is a pipe does not hang anyone',
  { skip: process.platform === 'win32' },
  async (t) => {
    const { execFileSync } = await import('node:child_process');
    const folder = mkdtempSync(join(tmpdir(), 'drydock-pipe-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    execFileSync('mkfifo', [join(folder, 'config.json')]);
    const world = makeWorld(t);
    world.variables['DOCKER_CONFIG'] = folder;
    assert.equal(await find(world, 'r.example'), 'none');
  },
);
