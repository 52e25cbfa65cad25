// Reading indexes from mirrors on loopback that are honest, slow, cut off or lie: one clear sentence each, and nothing kept of
// what is not genuine.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Archive } from '../../server/src/core/package-index/archive';
import type { Mirrors } from '../../server/src/io/packages/mirrors';
import { readMirror } from '../../server/src/io/packages/mirrors';
import { PackageAccess, packageLimits } from '../../server/src/io/packages/package-access';
import type { ReadOutcome } from '../../server/src/io/packages/package-access';
import { cacheFolder, DiskCache } from '../../server/src/io/packages/part-cache';
import { unxz } from '../../server/src/io/packages/unxz';
import { reply } from '../harness/http-server';
import {
  alpineIndex,
  debianPackages,
  putDebian,
  putFedora,
  putSuite,
  securityPackages,
  startMirror,
} from '../harness/mirror';
import type { Mirror } from '../harness/mirror';
import { wantTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';

const bookworm: Archive = { family: 'debian', release: 'bookworm', architecture: 'amd64' };

/** `securityPackages` as xz 5.4 packs it. */
const packedSecurity = Buffer.from(
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4ACVAIVdACgYSGbb2jCF/hbgxx/d1K47k+QeCUV3saLJI8yeuq7AuDjkGQNHvW+kfZDfoQvQ9ZMvWd/YN/SkVIzLqVotMdPLZEDaHp/h8axMTdx0LrouuYH6ynw3Bdj2jla6m6HE5ejYtWCF1c3zGGjTmE6k7i7eHI8LJJSZG+44ucnTrT4Tu6PNIYAAAAAA3uCnUfaZfaIAAaEBlgEAAGnrnLWxxGf7AgAAAAAEWVo=',
  'base64',
);

interface Reader {
  readonly mirror: Mirror;
  readonly folder: string;
  readonly access: PackageAccess;
  readonly read: (archive?: Archive, mirrors?: Partial<Mirrors>) => Promise<ReadOutcome>;
  /** Lets time pass. */
  readonly later: (ms: number) => void;
}

async function start(t: TestContext): Promise<Reader> {
  const mirror = await startMirror();
  t.after(() => mirror.server.close());
  const folder = makeFolder(t);
  let now = 1_800_000_000_000;
  const limits = { ...packageLimits, headersMs: 300, idleMs: 300, totalMs: 2_000 };
  const make = (): PackageAccess =>
    new PackageAccess({ cache: new DiskCache(folder), limits, now: () => now });
  const access = make();
  t.after(() => access.dispose());
  const byName = { debian: mirror.debian, alpine: mirror.alpine, fedora: mirror.fedora };
  return {
    mirror,
    folder,
    access,
    read: (archive = bookworm, mirrors = {}) =>
      access.read(
        archive,
        { byName, fromProject: new Set(), ...mirrors },
        null,
        new AbortController().signal,
      ),
    later: (ms) => {
      now += ms;
    },
  };
}

function messageOf(outcome: ReadOutcome): string {
  return outcome.kind === 'failed' ? outcome.message : `${outcome.kind}`;
}

test('the parts of a suite become one index, of which the newest version counts', async (t) => {
  const { mirror, read } = await start(t);
  putDebian(mirror);
  const outcome = await read();
  assert.ok(outcome.kind === 'read', messageOf(outcome));
  assert.equal(outcome.note, undefined);
  assert.ok(outcome.index.isComplete);
  assert.deepEqual(
    outcome.index.versionsOf('curl').map(({ version }) => version),
    ['7.88.1-10+deb12u14', '7.88.1-10+deb12u12'],
  );
  assert.deepEqual(mirror.server.lines(), [
    'GET /debian/dists/bookworm/InRelease',
    'GET /debian/dists/bookworm/main/binary-amd64/Packages.gz',
    'GET /debian/dists/bookworm-updates/InRelease',
    'GET /debian/dists/bookworm-updates/main/binary-amd64/Packages.gz',
    'GET /debian-security/dists/bookworm-security/InRelease',
    'GET /debian-security/dists/bookworm-security/main/binary-amd64/Packages.gz',
  ]);
});

test('the cache on disk saves the indexes, and a mirror is asked only whether they changed', async (t) => {
  const { mirror, read, access, later, folder } = await start(t);
  putDebian(mirror);
  await read();
  assert.equal(mirror.server.asked.length, 6);
  access.forget();
  assert.equal((await read()).kind, 'read');
  assert.equal(mirror.server.asked.length, 6, 'within an hour nobody is asked');
  access.forget();
  later(2 * 3_600_000);
  assert.equal((await read()).kind, 'read');
  assert.equal(mirror.server.asked.length, 9, 'only whether the Release files changed');
  putSuite(mirror, '/debian/dists/bookworm', debianPackages.replace('1.6-2.1', '1.6-2.2'));
  access.forget();
  later(2 * 3_600_000);
  const outcome = await read();
  assert.ok(outcome.kind === 'read' && outcome.index.candidate('jq')?.version === '1.6-2.2');
  assert.equal(mirror.server.asked.length, 13);
  // What somebody else wrote there counts as absent, and no half file stays behind.
  for (const name of readdirSync(folder)) writeFileSync(join(folder, name), gzipSync('{"format":1}\nx'));
  access.forget();
  assert.equal((await read()).kind, 'read');
  assert.equal(mirror.server.asked.length, 19);
  assert.ok(readdirSync(folder).every((name) => name.endsWith('.gz')));
});

test('a mirror that hangs, lies or is cut off gives one sentence', async (t) => {
  const packages = '/debian/dists/bookworm/main/binary-amd64/Packages.gz';
  const cases: Readonly<Record<string, readonly [bend: Mirror['bend'], says: RegExp]>> = {
    'never answers': [() => true, /did not answer in time/],
    'stops in the middle': [
      ({ path }, response) => {
        if (path !== packages) return false;
        response.writeHead(200);
        response.write(gzipSync(debianPackages).subarray(0, 200));
        return true;
      },
      /did not answer in time/,
    ],
    'sends a login page': [
      (_, response) => (reply(response, 200, {}, '<html>Log in</html>'), true),
      /did not answer with a package index/,
    ],
    'sends another index': [
      ({ path }, response) =>
        path === packages && (reply(response, 200, {}, gzipSync('Package: evil\nVersion: 1\n')), true),
      /is not the one its Release file names/,
    ],
    'cuts it off': [
      ({ path }, response) =>
        path === packages && (reply(response, 200, {}, gzipSync(debianPackages).subarray(0, 300)), true),
      /damaged or cut off/,
    ],
    'sends no gzip': [
      ({ path }, response) => path === packages && (reply(response, 200, {}, debianPackages), true),
      /damaged or cut off/,
    ],
    'ends the connection': [
      ({ path }, response) => {
        if (path !== packages) return false;
        response.writeHead(200, { 'content-length': '100000' });
        response.write('x');
        setTimeout(() => response.destroy(), 20);
        return true;
      },
      /ended the connection too early/,
    ],
    'announces far too much': [
      ({ path }, response) =>
        path === packages &&
        (response.writeHead(200, { 'content-length': '99999999999' }), response.write('x'), true),
      /sent more than a package index has/,
    ],
    fails: [(_, response) => (reply(response, 500), true), /the error 500/],
    'has no such suite': [(_, response) => (reply(response, 404), true), /has no dists\/bookworm\/InRelease/],
    'leads in circles': [
      ({ path }, response) => (reply(response, 302, { location: path }), true),
      /led to an address that Drydock does not follow/,
    ],
    'leads to a metadata service': [
      (_, response) => (reply(response, 302, { location: 'http://169.254.169.254/latest' }), true),
      /at an address that Drydock does not ask/,
    ],
  };
  for (const [name, [bend, says]] of Object.entries(cases)) {
    const { mirror, read, folder, access } = await start(t);
    putDebian(mirror);
    mirror.bend = bend;
    const outcome = await read();
    assert.match(messageOf(outcome), says, name);
    assert.equal(access.of(bookworm), undefined, name);
    const kept = readdirSync(folder).map((file) => readFileSync(join(folder, file)).length);
    assert.ok(kept.length <= 1, `${name}: at most a Release file is kept`);
  }
});

test('a part that is missing leaves the rest, and is named', async (t) => {
  const { mirror, read } = await start(t);
  putSuite(mirror, '/debian/dists/bookworm', debianPackages);
  const outcome = await read();
  assert.ok(outcome.kind === 'read');
  assert.ok(!outcome.index.isComplete);
  assert.match(
    outcome.note ?? '',
    /^Debian bookworm is known without bookworm-updates\/main, bookworm-security\/main/,
  );
});

test('the security archive of Debian has xz alone', async (t) => {
  const { mirror, read } = await start(t);
  putDebian(mirror);
  mirror.files.delete('/debian-security/dists/bookworm-security/main/binary-amd64/Packages.gz');
  putSuite(mirror, '/debian-security/dists/bookworm-security', securityPackages, ['.xz', packedSecurity]);
  const outcome = await read();
  assert.ok(outcome.kind === 'read' && outcome.index.isComplete, messageOf(outcome));
  assert.equal(outcome.index.candidate('curl')?.version, '7.88.1-10+deb12u14');
});

async function unpacked(bytes: Uint8Array): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of unxz(
    (async function* () {
      yield bytes;
      await Promise.resolve();
    })(),
  ))
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

test('xz gives what was packed, whatever its settings, and says so where it is damaged', async (t) => {
  assert.equal((await unpacked(packedSecurity)).toString(), securityPackages);
  for (let end = 0; end < packedSecurity.length - 40; end += 7)
    await assert.rejects(unpacked(packedSecurity.subarray(0, end)), { name: 'XzError' });
  for (let at = 30; at < packedSecurity.length - 60; at += 11) {
    const wrong = Buffer.from(packedSecurity);
    wrong[at] = (wrong[at] ?? 0) ^ 0x55;
    // It may also give other bytes: whoever reads compares the hash.
    await unpacked(wrong).catch((error: Error) => assert.equal(error.name, 'XzError'));
  }
  const xz = wantTool(t, 'xz');
  if (xz === undefined) return;
  // More than the dictionary of -0, so that what is unpacked moves.
  const text = Buffer.from(
    Array.from(
      { length: 60_000 },
      (_, at) => `${at * 7919} ${debianPackages.slice(at % 600, (at % 600) + 40)}`,
    ).join('\n'),
  );
  for (const options of [
    '-0',
    '-1 --block-size=500000',
    '--lzma2=preset=0,lc=1,lp=2,pb=0',
    '-0 --check=sha256',
  ]) {
    const { stdout } = spawnSync(xz, ['-c', ...options.split(' ')], { input: text, maxBuffer: 1e8 });
    assert.ok((await unpacked(stdout)).equals(text), options);
  }
});

test('Alpine and Fedora are read in their own forms', async (t) => {
  const { mirror, read } = await start(t);
  const index = await alpineIndex(
    'P:curl\nV:8.9.0-r0\nS:1\nI:2\nD:so:libz.so.1\n\nP:zlib\nV:1.3-r1\np:so:libz.so.1=1.3\n',
  );
  mirror.files.set('/alpine/v3.20/main/x86_64/APKINDEX.tar.gz', index);
  mirror.files.set('/alpine/v3.20/community/x86_64/APKINDEX.tar.gz', await alpineIndex('P:jq\nV:1.7.1-r0\n'));
  const alpine = await read({ family: 'alpine', release: '3.20', architecture: 'amd64' });
  assert.ok(alpine.kind === 'read' && alpine.index.isComplete, messageOf(alpine));
  assert.equal(alpine.index.providersOf('so:libz.so.1')[0]?.entry.name, 'zlib');
  assert.ok(alpine.index.candidate('jq'));
  mirror.files.set('/alpine/v3.19/main/x86_64/APKINDEX.tar.gz', index.subarray(0, index.length - 30));
  assert.match(
    messageOf(await read({ family: 'alpine', release: '3.19', architecture: 'amd64' })),
    /damaged or cut off/,
  );
  const primary = (version: string): string =>
    `<metadata><package type="rpm"><name>curl</name><arch>x86_64</arch><version epoch="0" ver="${version}" rel="1.fc41"/><size package="1" installed="2"/><format></format></package></metadata>`;
  putFedora(mirror, '/fedora/releases/41/Everything/x86_64/os', primary('8.9'));
  putFedora(mirror, '/fedora/updates/41/Everything/x86_64', primary('8.10'));
  const fedora = await read({ family: 'fedora', release: '41', architecture: 'amd64' });
  assert.ok(fedora.kind === 'read' && fedora.index.isComplete, messageOf(fedora));
  assert.equal(fedora.index.candidate('curl')?.version, '8.10-1.fc41');
});

test('a mirror must be named, by an address without a login; one of a project does not lead to this machine', async (t) => {
  const { mirror, read } = await start(t);
  putDebian(mirror);
  assert.match(
    messageOf(await read({ ...bookworm, family: 'ubuntu', release: 'noble' })),
    /^No mirror is named for ubuntu/,
  );
  assert.match(
    messageOf(await read(bookworm, { byName: { debian: 'https://me:secret@mirror.example.com/debian' } })),
    /no user and no password/,
  );
  for (const text of ['', 'mirror.example.com', 'ftp://mirror.example.com', 'https://a/?x', 'https://a/#x'])
    assert.ok('wrong' in readMirror(text), text);
  const ofProject = { fromProject: new Set(['debian']) };
  assert.match(messageOf(await read(bookworm, ofProject)), /at an address that Drydock does not ask/);
  assert.equal(mirror.server.connections(), 0);
});

test('who gives up ends the reading, and the next one starts anew', async (t) => {
  const { mirror, access, read } = await start(t);
  putDebian(mirror);
  mirror.bend = () => true;
  const abort = new AbortController();
  const mirrors = { byName: { debian: mirror.debian }, fromProject: new Set<string>() };
  const reading = access.read(bookworm, mirrors, null, abort.signal);
  setTimeout(() => abort.abort(), 50);
  assert.equal((await reading).kind, 'cancelled');
  mirror.bend = () => false;
  assert.equal((await read()).kind, 'read');
});

test('the cache lies where each system keeps such files', () => {
  assert.equal(cacheFolder({}, 'linux', '/home/me'), '/home/me/.cache/drydock/packages');
  assert.equal(cacheFolder({ XDG_CACHE_HOME: '/c' }, 'linux', '/home/me'), '/c/drydock/packages');
  assert.equal(cacheFolder({}, 'darwin', '/home/me'), '/home/me/Library/Caches/drydock/packages');
  assert.equal(cacheFolder({ LOCALAPPDATA: '/l' }, 'win32', '/home/me'), '/l/drydock/packages');
});
