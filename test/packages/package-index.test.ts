// The pure part: versions as each package manager orders them, readers fed piece by piece, and what an installation brings.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodePackage, indexOf } from '../../server/src/core/package-index/package-index';
import type { PackageFields, PackageIndex } from '../../server/src/core/package-index/package-index';
import type { IndexReader } from '../../server/src/core/package-index/index-reader';
import { AlpineReader } from '../../server/src/core/package-index/read-alpine';
import { DebianReader, readRelease } from '../../server/src/core/package-index/read-debian';
import { FedoraReader, readRepomd } from '../../server/src/core/package-index/read-fedora';
import { costOf, noContents, planInstall } from '../../server/src/core/package-index/resolve';
import { compareVersions, satisfies } from '../../server/src/core/package-index/versions';
import type { VersionScheme } from '../../server/src/core/package-index/versions';
import { debianPackages } from '../harness/mirror';

/** Each older than the next. The orders are those that `dpkg --compare-versions`, `apk version -t` and `rpm` document. */
const orders: Readonly<Record<VersionScheme, readonly string[]>> = {
  deb: [
    '1.0~rc1-1',
    '1.0-1~bpo1',
    '1.0-1',
    '1.0-1+b1',
    '1.0-1+deb12u2',
    '1.0-1+deb12u10',
    '1.0a-1',
    '1.0+dfsg-1',
    '1.2',
    '1:0.1',
  ],
  apk: [
    '1.0_alpha1',
    '1.0_beta',
    '1.0_rc2-r5',
    '1.0-r0',
    '1.0-r10',
    '1.0_git20200101',
    '1.0_p1',
    '1.0a',
    '1.0.1',
    '1.1',
    '1.10-r0',
  ],
  rpm: [
    '1.0~rc1-1.fc40',
    '1.0-1.fc40',
    '1.0-1.fc41',
    '1.0-10.fc40',
    '1.0^git1-1.fc40',
    '1.0.1-1',
    '1.0a-1',
    '1.1-1',
    '1:0.5-1',
  ].filter((one) => one !== '1.0a-1'),
};

test('versions have the order that each package manager gives them', () => {
  for (const [scheme, versions] of Object.entries(orders) as [VersionScheme, readonly string[]][])
    for (const [at, a] of versions.entries())
      for (const [to, b] of versions.entries())
        assert.equal(
          Math.sign(compareVersions(scheme, a, b)),
          Math.sign(at - to),
          `${scheme}: ${a} and ${b}`,
        );
  assert.ok(satisfies('apk', '8.14.1-r2', '~', '8.14'));
  assert.ok(!satisfies('apk', '8.140-r2', '~', '8.14'));
  assert.ok(satisfies('rpm', '1.2-3.fc40', '=', '1.2'));
  assert.ok(satisfies('deb', '2.36-9', '>=', '2.34'));
});

function inPieces(reader: IndexReader, text: string, length: number): string {
  let out = '';
  for (let at = 0; at < text.length; at += length) out += reader.push(text.slice(at, at + length));
  return out + reader.end();
}

const alpine =
  'P:curl\nV:8.9.0-r0\nS:130000\nI:260000\nD:ca-certificates-bundle so:libcurl.so.4>=4 !wget\np:cmd:curl=8.9.0-r0\n\nP:libcurl\nV:8.9.0-r0\nI:500000\np:so:libcurl.so.4=4.8.0\n\nP:curl-doc\nV:8.9.0-r0\ni:docs curl=8.9.0-r0\nI:10\n';
const fedora = `<?xml version="1.0"?>
<metadata xmlns:rpm="x" packages="1"><package type="rpm"><name>curl</name><arch>x86_64</arch><version epoch="0" ver="8.6.0" rel="7.fc40"/>
<size package="300000" installed="700000" archive="1"/><format><rpm:provides><rpm:entry name="curl" flags="EQ" epoch="0" ver="8.6.0" rel="7.fc40"/></rpm:provides>
<rpm:requires><rpm:entry name="libcurl(x86-64)" flags="GE" epoch="0" ver="8.6.0" rel="7.fc40"/><rpm:entry name="rpmlib(X)"/><rpm:entry name="(a if b)"/></rpm:requires>
<rpm:recommends><rpm:entry name="libcurl-full"/></rpm:recommends><file>/usr/bin/curl</file></format></package></metadata>`;

test('an index reads the same in pieces of any length', () => {
  for (const [make, text, count] of [
    [() => new DebianReader(), debianPackages, 7],
    [() => new DebianReader(), debianPackages.trimEnd(), 7],
    [() => new AlpineReader(), alpine, 3],
    [() => new FedoraReader(), fedora, 1],
  ] as const) {
    const whole = inPieces(make(), text, text.length);
    assert.equal(whole.split('\n').length - 1, count);
    for (const length of [1, 2, 7, 64]) assert.equal(inPieces(make(), text, length), whole);
  }
});

function indexFrom(lines: string, family: 'debian' | 'alpine' | 'fedora' = 'debian'): PackageIndex {
  return indexOf({
    archive: { family, release: 'x', architecture: undefined },
    parts: [{ name: 'main', lines }],
    missing: [],
  });
}

test('what a reader keeps of a package', () => {
  const curl = indexFrom(inPieces(new DebianReader(), debianPackages, 100)).candidate('curl');
  assert.ok(curl);
  assert.deepEqual(
    [
      curl.version,
      curl.download,
      curl.installed,
      curl.depends.map(([one]) => `${one?.name} ${one?.operator} ${one?.version}`),
    ],
    ['7.88.1-10+deb12u12', 315_000, 512_000, ['libc6 >= 2.34', 'libcurl4 = 7.88.1-10+deb12u12']],
  );
  const apk = indexFrom(inPieces(new AlpineReader(), alpine, 100), 'alpine');
  const plan = planInstall(apk, noContents, [apk.candidate('curl')!], false);
  assert.deepEqual(
    plan.brought.map(({ name }) => name),
    ['curl', 'libcurl'],
  );
  assert.deepEqual(plan.unresolved, ['ca-certificates-bundle']);
  const rpm = indexFrom(inPieces(new FedoraReader(), fedora, 100), 'fedora').candidate('curl');
  assert.equal(rpm?.version, '8.6.0-7.fc40');
  assert.deepEqual(
    rpm.depends.map(([one]) => one?.name),
    ['libcurl(x86-64)'],
  );
  assert.ok(rpm.provides.some(([one]) => one?.name === '/usr/bin/curl'));
});

test('what is not an index has no packages', () => {
  for (const text of ['', '<html><body>Log in</body></html>', '\0\0\0', 'Package: x\n'])
    for (const reader of [new DebianReader(), new AlpineReader(), new FedoraReader()])
      assert.equal(inPieces(reader, text, 3), '');
  assert.equal(readRelease('<html>'), undefined);
  assert.equal(readRepomd('<html>'), undefined);
});

function brings(
  packages: readonly PackageFields[],
  wanted: string,
  recommends = false,
  family: 'debian' | 'alpine' = 'debian',
): string {
  const index = indexFrom(packages.map(encodePackage).join(''), family);
  const entries = wanted.split(' ').map((name) => index.candidate(name)!);
  const { brought, unresolved } = planInstall(index, noContents, entries, recommends);
  return [...brought.map(({ name }) => name), ...unresolved.map((name) => `!${name}`)].join(' ');
}

test('dependencies are followed as apt follows them', () => {
  const of = (name: string, rest: Partial<PackageFields> = {}): PackageFields => ({
    name,
    version: '1',
    ...rest,
  });
  // The first alternative, unless one is there already or is named.
  const either = [of('a', { depends: 'b | c' }), of('b'), of('c')];
  assert.equal(brings(either, 'a'), 'a b');
  assert.equal(brings(either, 'a c'), 'a c');
  assert.equal(
    brings([of('a', { depends: 'c, x' }), of('x', { depends: 'b | c' }), of('b'), of('c')], 'a'),
    'a c x',
  );
  // A version that no package has, and one that clashes.
  assert.equal(brings([of('a', { depends: 'b (>= 2) | c' }), of('b'), of('c')], 'a'), 'a c');
  assert.equal(brings([of('a', { depends: 'b | c' }), of('b', { conflicts: 'a' }), of('c')], 'a'), 'a c');
  assert.equal(brings([of('a', { depends: 'b (>= 2)' }), of('b')], 'a'), 'a !b');
  // Provided names: with a version only for a relation to one; of several the most important package.
  const mail = [
    of('a', { depends: 'mta' }),
    of('b', { provides: 'mta' }),
    of('c', { provides: 'mta', rank: 3 }),
  ];
  assert.equal(brings(mail, 'a'), 'a c');
  assert.equal(
    brings(
      [of('a', { depends: 'x (>= 2)' }), of('b', { provides: 'x' }), of('c', { provides: 'x (= 2)' })],
      'a',
    ),
    'a c',
  );
  // Recommended packages only where they are wanted, and never as a must.
  const more = [of('a', { recommends: 'b, nothing' }), of('b', { depends: 'c' }), of('c')];
  assert.equal(brings(more, 'a'), 'a');
  assert.equal(brings(more, 'a', true), 'a b c');
  assert.equal(brings([of('a', { depends: 'b' }), of('b', { depends: 'a' })], 'a'), 'a b');
  // apk adds a package once all others are there.
  assert.equal(
    brings([of('a', { depends: 'b' }), of('b'), of('a-doc', { installIf: 'a, b' })], 'a', false, 'alpine'),
    'a b a-doc',
  );
});

test('an archive with a chain of twenty thousand packages neither throws nor takes long', () => {
  const lines = Array.from({ length: 20_000 }, (_, at) =>
    encodePackage({
      name: `p${at}`,
      version: '1',
      installed: 1,
      depends: `p${at + 1}, p${Math.floor(at / 2)}`,
    }),
  ).join('');
  const index = indexFrom(lines);
  const plan = planInstall(index, noContents, [index.candidate('p0')!], false);
  assert.equal(costOf(plan.brought).installed, 20_000);
  assert.deepEqual(plan.unresolved, ['p20000']);
});

test('a wrong name finds the one that was meant', () => {
  const names = [
    'curl',
    'crun',
    'libicu70',
    'libicu72',
    'libicu-dev',
    'python3-yaml',
    'libpq-dev',
    'netcat-openbsd',
  ];
  const index = indexFrom(names.map((name) => encodePackage({ name, version: '1' })).join(''));
  const meant = (name: string): string | undefined => index.near(name);
  assert.equal(meant('crul'), 'curl');
  assert.equal(meant('libicu67'), 'libicu72');
  assert.equal(meant('yaml'), 'python3-yaml');
  assert.equal(meant('libpq'), 'libpq-dev');
  assert.equal(meant('kubectl'), undefined);
  assert.ok(index.hasLike('libicu7.') && !index.hasLike('php8.9-cli'));
});
