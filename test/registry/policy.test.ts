import assert from 'node:assert/strict';
import type { LookupAddress } from 'node:dns';
import { test } from 'node:test';
import { reachOfAddress, reachOfHost } from '../../server/src/io/registry/images/address';
import type { Reach } from '../../server/src/io/registry/images/address';
import { guardedLookup } from '../../server/src/io/registry/guarded-lookup';
import {
  carriesLogins,
  loginMayGoTo,
  mayUsePlainHttp,
  parseRealm,
  registryHost,
} from '../../server/src/io/registry/images/policy';
import { readRegistrySettings } from '../../server/src/io/registry/read-settings';
import { retryAt } from '../../server/src/io/registry/http/retry-after';
import { defaultRegistrySettings } from '../../server/src/io/registry/settings';
import type { RegistrySettings } from '../../server/src/io/registry/settings';

const settings = (change: Partial<RegistrySettings> = {}): RegistrySettings => ({
  ...defaultRegistrySettings,
  ...change,
});

test('addresses: class of each', () => {
  const table: Readonly<Record<string, readonly string[]>> = {
    public: [
      '8.8.8.8',
      '172.15.255.255',
      '172.32.0.0',
      '11.0.0.1',
      '100.63.255.255',
      '2606:4700::1',
      '::ffff:8.8.8.8',
      '2002:0808:0808::1',
    ],
    private: [
      '10.0.0.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '100.64.0.1',
      '198.18.0.1',
      'fd12:3456::1',
      '::ffff:10.0.0.1',
      '64:ff9b::c0a8:1',
      '2002:0a00:0001::1',
    ],
    loopback: [
      '127.0.0.1',
      '127.255.0.9',
      '0.0.0.0',
      '::1',
      '::',
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
    ],
    never: [
      '169.254.169.254',
      '169.254.0.1',
      '::ffff:169.254.169.254',
      '64:ff9b::a9fe:a9fe',
      '2002:a9fe:a9fe::',
      'fe80::1',
      'fe80::1%eth0',
      'fd00:ec2::254',
      '100.100.100.200',
      '168.63.129.16',
      '224.0.0.1',
      '255.255.255.255',
      'ff02::1',
      'no address',
    ],
  };
  for (const [reach, addresses] of Object.entries(table)) {
    for (const address of addresses) assert.equal(reachOfAddress(address) ?? 'never', reach, address);
  }
});

test('addresses: hosts of URLs, in every spelling the URL parser knows', () => {
  const reach = (host: string): string => {
    const found = reachOfHost(new URL(`https://${host}/`).hostname);
    return found.kind === 'known' ? found.reach : found.kind;
  };
  const table: Readonly<Record<string, readonly string[]>> = {
    loopback: [
      '127.0.0.1',
      '0x7f.1',
      '2130706433',
      '017700000001',
      '127.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      'localhost',
      'LOCALHOST.',
      'a.localhost',
      '0',
    ],
    private: ['10.1', '[fd00::1]', '192.168.0.1.'],
    forbidden: [
      '169.254.169.254',
      '0xa9fea9fe',
      '[fe80::1]',
      '[::ffff:a9fe:a9fe]',
      'metadata.google.internal',
      'Metadata.Google.Internal.',
    ],
    name: ['ghcr.io', 'localhost.example.com', 'notlocalhost', '127.0.0.1.example.com'],
  };
  for (const [expected, hosts] of Object.entries(table))
    for (const host of hosts) assert.equal(reach(host), expected, host);
});

test('addresses: a name is judged by what it resolves to, where the connection is made', async () => {
  const seen = new Map<string, Reach>();
  const names: Readonly<Record<string, readonly string[]>> = {
    public: ['8.8.8.8', '2606:4700::1'],
    inner: ['10.0.0.1', 'fd00::1'],
    here: ['127.0.0.1', '::1'],
    metadata: ['169.254.169.254'],
    mixed: ['127.0.0.1', '10.0.0.1', '169.254.169.254', '8.8.8.8'],
    'inner and here': ['127.0.0.1', '10.0.0.1'],
    localhost: ['10.0.0.1', '127.0.0.1'],
    'a.localhost': ['8.8.8.8'],
    none: [],
  };
  const ask = (name: string, limit: Reach): Promise<string> =>
    new Promise((resolve) => {
      const lookup = guardedLookup(limit, seen, (hostname, _, callback) => {
        const addresses = names[hostname];
        if (!addresses) return callback(Object.assign(new Error(), { code: 'ENOTFOUND' }), []);
        callback(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        );
      });
      lookup(name, { all: true }, (error, found) => {
        resolve(error ? String(error.code) : (found as LookupAddress[]).map(({ address }) => address).join());
      });
    });
  for (const [name, publicly, privately, anywhere] of [
    ['public', '8.8.8.8,2606:4700::1', '8.8.8.8,2606:4700::1', '8.8.8.8,2606:4700::1'],
    ['inner', 'ADDRESS_CLASS', '10.0.0.1,fd00::1', '10.0.0.1,fd00::1'],
    ['here', 'ADDRESS_CLASS', 'ADDRESS_CLASS', '127.0.0.1,::1'],
    ['metadata', 'ADDRESS_CLASS', 'ADDRESS_CLASS', 'ADDRESS_CLASS'],
    ['mixed', '8.8.8.8', '8.8.8.8', '8.8.8.8'],
    ['inner and here', 'ADDRESS_CLASS', '10.0.0.1', '10.0.0.1'],
    ['localhost', 'ADDRESS_CLASS', 'ADDRESS_CLASS', '127.0.0.1'],
    ['a.localhost', 'ADDRESS_CLASS', 'ADDRESS_CLASS', 'ADDRESS_CLASS'],
    ['none', 'ADDRESS_CLASS', 'ADDRESS_CLASS', 'ADDRESS_CLASS'],
    ['absent', 'ENOTFOUND', 'ENOTFOUND', 'ENOTFOUND'],
  ] as const) {
    assert.deepEqual(
      [await ask(name, 'public'), await ask(name, 'private'), await ask(name, 'loopback')],
      [publicly, privately, anywhere],
      name,
    );
  }
  assert.deepEqual(
    [seen.get('public'), seen.get('mixed'), seen.get('here')],
    ['public', 'public', 'loopback'],
  );
});

test('policy: hosts of registries', () => {
  const host = (domain: string, change: Partial<RegistrySettings> = {}): string | undefined => {
    const found = registryHost(domain, settings(change));
    return found && `${found.domain} ${found.authority} ${found.pathPrefix}${found.mirror ? 'mirror' : ''}`;
  };
  assert.equal(host('docker.io'), 'docker.io registry-1.docker.io ');
  assert.equal(host('GHCR.io'), 'ghcr.io ghcr.io ');
  assert.equal(host('localhost:5000'), 'localhost:5000 localhost:5000 ');
  assert.equal(host('[::1]:5000'), '[::1]:5000 [::1]:5000 ');
  assert.equal(host('registry-1.docker.io'), 'registry-1.docker.io registry-1.docker.io ');
  for (const bad of ['example.com:99999', 'a@b', 'a/b', 'a b', '', '[::1', 'a?b', 'a#b', 'a:b'])
    assert.equal(host(bad), undefined, bad);
  const mirrors = {
    'docker.io': 'https://mirror.example/hub/',
    'ghcr.io': 'mirror.example:8443',
    'quay.io': 'ftp://x',
    'cgr.dev': 'https://u@x',
  };
  assert.equal(host('docker.io', { mirrors }), 'mirror.example mirror.example hub/mirror');
  assert.equal(host('ghcr.io', { mirrors }), 'mirror.example:8443 mirror.example:8443 mirror');
  assert.equal(host('quay.io', { mirrors }), undefined);
  assert.equal(host('cgr.dev', { mirrors }), undefined);
});

test('policy: plain HTTP, and where a login may travel', () => {
  const given = settings({ insecureHosts: ['old.example', 'old.example:5000', '[fd00::5]:80'] });
  const plain = (url: string): boolean => mayUsePlainHttp(new URL(url), given);
  for (const url of [
    'http://localhost:5000',
    'http://a.localhost',
    'http://127.0.0.9',
    'http://[::1]:5000',
    'http://old.example',
    'http://OLD.example:5000',
    'http://[fd00::5]',
  ]) {
    assert.equal(plain(url), true, url);
  }
  for (const url of [
    'http://ghcr.io',
    'http://10.0.0.1:5000',
    'http://old.example:5001',
    'http://sub.old.example',
    'http://[fd00::5]:81',
  ]) {
    assert.equal(plain(url), false, url);
  }
  const carries = (url: string): boolean => carriesLogins(new URL(url), given);
  assert.deepEqual(
    ['https://ghcr.io', 'http://localhost:5000', 'https://old.example', 'http://old.example'].map(carries),
    [true, true, false, false],
  );
});

test('policy: login servers', () => {
  const may = (registry: string, realm: string, authHosts: RegistrySettings['authHosts'] = {}): boolean => {
    const given = settings({ authHosts });
    const host = registryHost(registry, given);
    assert.ok(host);
    return loginMayGoTo(new URL(realm), host, given);
  };
  assert.equal(may('docker.io', 'https://auth.docker.io/token'), true);
  assert.equal(may('registry.gitlab.com', 'https://gitlab.com/jwt/auth'), true);
  assert.equal(may('git.example:5050', 'https://git.example/jwt/auth'), true);
  assert.equal(may('ghcr.io', 'https://auth.docker.io/token'), false);
  assert.equal(may('docker.io', 'https://auth.docker.io.evil.example/token'), false);
  assert.equal(may('docker.io', 'https://auth.docker.io:444/token'), false);
  assert.equal(may('evil-ghcr.io', 'https://ghcr.io/token'), false);
  assert.equal(may('a.example', 'https://b.example/t', { 'a.example': ['b.example'] }), true);
  assert.equal(may('c.example', 'https://b.example/t', { 'a.example': ['b.example'] }), false);
});

test('policy: realms that are not followed', () => {
  const read = (realm: string, from = 'https://r.example/v2/'): string | undefined =>
    parseRealm(realm, new URL(from), settings())?.href;
  assert.equal(read('https://t.example/token?x=1'), 'https://t.example/token?x=1');
  for (const bad of [
    '/token',
    '//t.example',
    'file:///etc/passwd',
    'ftp://t',
    'https://u@t/',
    'https://:p@t/',
    'https://t/#f',
    'https://t/#',
    'http://t.example/',
    '',
    'https://',
  ]) {
    assert.equal(read(bad), undefined, bad);
  }
  assert.equal(read('http://localhost:1/t'), undefined);
  assert.equal(read('http://localhost:1/t', 'http://localhost:2/v2/'), 'http://localhost:1/t');
  assert.equal(read('http://t.example/', 'http://localhost:2/v2/'), undefined);
});

test('policy: settings of any shape', () => {
  for (const junk of [
    undefined,
    null,
    3,
    'x',
    [],
    {
      mode: 1,
      insecureHosts: [1, '', 'a b'],
      mirrors: [],
      authHosts: { a: 1 },
      proxy: 1,
      caFiles: ['relative.pem'],
      credentials: 'yes',
    },
  ]) {
    assert.deepEqual(readRegistrySettings(junk), defaultRegistrySettings);
  }
  const read = readRegistrySettings(
    JSON.parse(
      '{"mode":"off","insecureHosts":["h:1","[::1]:5"],"authHosts":{"A":"b","__proto__":["x"]},"mirrors":{"Docker.io":"https://m"},"proxy":{"url":"http://p","noProxy":["x"],"strictTls":false},"caFiles":["/a.pem"],"credentials":"off"}',
    ),
  );
  assert.deepEqual(read.insecureHosts, ['h:1', '[::1]:5']);
  assert.deepEqual(Object.entries(read.authHosts), [
    ['a', ['b']],
    ['__proto__', ['x']],
  ]);
  assert.deepEqual({ ...read.mirrors }, { 'docker.io': 'https://m' });
  assert.deepEqual(read.proxy, { url: 'http://p', noProxy: ['x'], strictTls: false });
  assert.deepEqual([read.mode, read.credentials, read.caFiles], ['off', 'off', ['/a.pem']]);
});

test('policy: how long a registry asks to wait', () => {
  const now = Date.UTC(2030, 0, 1);
  const wait = (text: string | undefined, hub = false): number =>
    (retryAt(new Map(text === undefined ? [] : [['retry-after', [text]]]), now, hub) - now) / 1000;
  assert.equal(wait('30'), 30);
  assert.equal(wait(' 0 '), 0);
  assert.equal(wait('999999'), 3600);
  assert.equal(wait('Tue, 01 Jan 2030 00:02:00 GMT'), 120);
  assert.equal(wait('Tue, 01 Jan 2020 00:02:00 GMT'), 0);
  assert.equal(wait('soon'), 60);
  assert.equal(wait(undefined), 60);
  assert.equal(wait(undefined, true), 900);
});
