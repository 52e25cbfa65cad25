// The steps that send builds to the archive of a release, against a toy archive: the shell runs the very commands that
// the fix inserts, and this machine's own apt then updates and installs. A small proxy stands for the Internet.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, describe as suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { lint } from '../../server/src/linter';
import { defaultConfig } from '../../server/src/core/lint/config';
import { noFacts } from '../../server/src/core/lint/facts';
import { parse } from '../../server/src/core/syntax/parse';
import { applyEdits } from '../../server/src/core/text/edit';
import { makeFolder } from '../harness/workspace';

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, LC_ALL: 'C', ...env } });
    let said = '';
    child.stdout.on('data', (data: Buffer) => (said += data.toString()));
    child.stderr.on('data', (data: Buffer) => (said += data.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
  });
}

async function succeed(program: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<void> {
  const { code, said } = await run(program, args, env);
  assert.equal(code, 0, `${program} ${args.join(' ')}: ${said}`);
}

/** The commands of the step that the fix inserts for an image, as the shell gets them. */
function stepFor(image: string, command = 'apt-get update'): string {
  const text = `FROM ${image}\nRUN ${command}\n`;
  const { findings } = lint(text, defaultConfig, noFacts);
  const found = findings.find(({ rule }) => rule.id === 'package-archive-moved');
  const fix = [found?.fix, ...(found?.alternatives ?? [])].find(
    (one) => one?.title.includes('archive.debian') === true || one?.title.match(/old-releases|vault/),
  );
  assert.ok(fix, `a step for ${image}`);
  const [step] = parse(applyEdits(text, fix.edits)).instructions.filter(({ keyword }) => keyword === 'RUN');
  assert.ok(step);
  const { line, argumentsLogical } = step;
  return line.text.slice(argumentsLogical.start, argumentsLogical.end);
}

/** Runs the step on a folder in the place of /etc. */
async function apply(step: string, etc: string): Promise<void> {
  await succeed('sh', ['-c', step.replaceAll(/\/etc(?=\/(?:apt|yum))/g, etc)]);
}

const debianLists: readonly (readonly [string, string, string])[] = [
  [
    'debian:wheezy',
    'deb http://http.debian.net/debian wheezy main\ndeb http://security.debian.org/ wheezy/updates main\n',
    'deb [trusted=yes] http://archive.debian.org/debian wheezy main\ndeb [trusted=yes] http://archive.debian.org/debian-security wheezy/updates main\n',
  ],
  [
    'debian:jessie',
    'deb http://httpredir.debian.org/debian jessie main\ndeb http://httpredir.debian.org/debian jessie-updates main\ndeb http://security.debian.org jessie/updates main\n',
    'deb [trusted=yes] http://archive.debian.org/debian jessie main\ndeb [trusted=yes] http://archive.debian.org/debian-security jessie/updates main\n',
  ],
  [
    'debian:stretch',
    '# deb http://snapshot.debian.org/archive/debian/20220622T000000Z stretch main\ndeb http://deb.debian.org/debian stretch main\ndeb http://security.debian.org/debian-security stretch/updates main\ndeb http://deb.debian.org/debian stretch-updates main contrib\n',
    '# deb http://snapshot.debian.org/archive/debian/20220622T000000Z stretch main\ndeb [trusted=yes] http://archive.debian.org/debian stretch main\ndeb [trusted=yes] http://archive.debian.org/debian-security stretch/updates main\n',
  ],
  [
    'debian:buster',
    'deb http://deb.debian.org/debian buster main\ndeb http://deb.debian.org/debian-security buster/updates main\ndeb http://deb.debian.org/debian buster-updates main\n',
    'deb http://archive.debian.org/debian buster main\ndeb http://archive.debian.org/debian-security buster/updates main\ndeb http://archive.debian.org/debian buster-updates main\n',
  ],
];

suite('the step rewrites the lists of an image', () => {
  for (const [image, before, wanted] of debianLists)
    test(image, async (t) => {
      const etc = join(makeFolder(t), 'etc');
      mkdirSync(join(etc, 'apt/sources.list.d'), { recursive: true });
      mkdirSync(join(etc, 'apt/apt.conf.d'));
      const [release = ''] = /(?:wheezy|jessie|stretch|buster)/.exec(wanted) ?? [];
      const foreign = `deb http://example.com/debian ${release} main\n`;
      writeFileSync(join(etc, 'apt/sources.list'), before);
      writeFileSync(join(etc, 'apt/sources.list.d/foreign.list'), foreign);
      writeFileSync(
        join(etc, 'apt/sources.list.d/backports.list'),
        `deb http://deb.debian.org/debian ${release}-backports main\n`,
      );
      const step = stepFor(image);
      await apply(step, etc);
      assert.equal(readFileSync(join(etc, 'apt/sources.list'), 'utf8'), wanted);
      assert.equal(readFileSync(join(etc, 'apt/sources.list.d/foreign.list'), 'utf8'), foreign);
      const trusted = release === 'buster' ? '' : '[trusted=yes] ';
      assert.equal(
        readFileSync(join(etc, 'apt/sources.list.d/backports.list'), 'utf8'),
        `deb ${trusted}http://archive.debian.org/debian ${release}-backports main\n`,
      );
    });

  test('ubuntu', async (t) => {
    const etc = join(makeFolder(t), 'etc');
    mkdirSync(join(etc, 'apt/sources.list.d'), { recursive: true });
    writeFileSync(
      join(etc, 'apt/sources.list'),
      'deb http://archive.ubuntu.com/ubuntu/ artful main\n# deb-src http://de.archive.ubuntu.com/ubuntu/ artful main\ndeb http://security.ubuntu.com/ubuntu/ artful-security main\ndeb http://ports.ubuntu.com/ubuntu-ports/ artful main\n',
    );
    writeFileSync(
      join(etc, 'apt/sources.list.d/ubuntu.sources'),
      'URIs: http://archive.ubuntu.com/ubuntu/\n',
    );
    await apply(stepFor('ubuntu:artful'), etc);
    assert.equal(
      readFileSync(join(etc, 'apt/sources.list'), 'utf8'),
      'deb http://old-releases.ubuntu.com/ubuntu/ artful main\n# deb-src http://old-releases.ubuntu.com/ubuntu/ artful main\ndeb http://old-releases.ubuntu.com/ubuntu/ artful-security main\ndeb http://old-releases.ubuntu.com/ubuntu/ artful main\n',
    );
    assert.equal(
      readFileSync(join(etc, 'apt/sources.list.d/ubuntu.sources'), 'utf8'),
      'URIs: http://old-releases.ubuntu.com/ubuntu/\n',
    );
  });

  test('centos', async (t) => {
    const etc = join(makeFolder(t), 'etc');
    mkdirSync(join(etc, 'yum.repos.d'), { recursive: true });
    const path = join(etc, 'yum.repos.d/CentOS-Base.repo');
    writeFileSync(
      path,
      '[base]\nname=CentOS-$releasever - Base\nmirrorlist=http://mirrorlist.centos.org/?release=$releasever&repo=os\n#baseurl=http://mirror.centos.org/centos/$releasever/os/$basearch/\n',
    );
    await apply(stepFor('centos:7', 'yum install -y git'), etc);
    assert.equal(
      readFileSync(path, 'utf8'),
      '[base]\nname=CentOS-$releasever - Base\n#mirrorlist=http://mirrorlist.centos.org/?release=$releasever&repo=os\nbaseurl=http://vault.centos.org/centos/$releasever/os/$basearch/\n',
    );
  });
});

const tools = ['/usr/bin/apt-get', '/usr/bin/gpg', '/usr/bin/dpkg-deb'];
const lacking = tools.filter((path) => !existsSync(path));

/** A key that was made in some year and holds for a time. @returns its public half, for apt */
async function makeKey(home: string, name: string, year: number, holds: string): Promise<string> {
  const then = ['--faked-system-time', `${String(year)}0601T000000`];
  const gpg = ['--homedir', home, '--batch', '--no-tty', '--pinentry-mode', 'loopback', '--passphrase', ''];
  await succeed('gpg', [
    ...gpg,
    ...then,
    '--quick-gen-key',
    `${name} <${name}@example.com>`,
    'rsa2048',
    'sign',
    holds,
  ]);
  const path = join(home, `${name}.gpg`);
  await succeed('gpg', [...gpg, '--output', path, '--export', `${name}@example.com`]);
  return path;
}

/** The files of an archive by `HOST/PATH`, with one package, signed in 2019 by both keys. */
async function makeArchive(
  t: TestContext,
  release: string,
  home: string,
): Promise<ReadonlyMap<string, Buffer>> {
  const work = makeFolder(t);
  mkdirSync(join(work, 'toy/DEBIAN'), { recursive: true });
  const control =
    'Package: toy\nVersion: 1\nArchitecture: all\nMaintainer: nobody <nobody@example.com>\nDescription: a toy\n';
  writeFileSync(join(work, 'toy/DEBIAN/control'), control);
  await succeed('dpkg-deb', [
    '--root-owner-group',
    '-Znone',
    '--build',
    join(work, 'toy'),
    join(work, 'toy.deb'),
  ]);
  const deb = readFileSync(join(work, 'toy.deb'));
  const packages = Buffer.from(
    `${control}Filename: pool/toy.deb\nSize: ${String(deb.length)}\nSHA256: ${sum(deb)}\n\n`,
  );
  const files = new Map([['archive.debian.org/debian/pool/toy.deb', deb]]);
  const suites = [
    [`debian/dists/${release}`, packages],
    [`debian-security/dists/${release}/updates`, Buffer.alloc(0)],
    ...(release === 'buster' ? ([[`debian/dists/${release}-updates`, Buffer.alloc(0)]] as const) : []),
  ] as const;
  for (const [path, index] of suites) {
    const list = `main/binary-amd64/Packages`;
    const text = `Origin: Debian\nSuite: ${release}\nCodename: ${release}\nDate: Sat, 01 Jun 2019 00:00:00 UTC\nValid-Until: Sat, 08 Jun 2019 00:00:00 UTC\nArchitectures: amd64 all\nComponents: main\nSHA256:\n ${sum(index)} ${String(index.length)} ${list}\n`;
    const plain = join(work, 'Release');
    writeFileSync(plain, text);
    await succeed('gpg', [
      ...[
        '--homedir',
        home,
        '--batch',
        '--no-tty',
        '--yes',
        '--pinentry-mode',
        'loopback',
        '--passphrase',
        '',
      ],
      ...['--faked-system-time', '20190602T000000', '-u', 'old@example.com', '-u', 'new@example.com'],
      ...['--output', join(work, 'InRelease'), '--clearsign', plain],
    ]);
    files.set(`archive.debian.org/${path}/InRelease`, readFileSync(join(work, 'InRelease')));
    files.set(`archive.debian.org/${path}/${list}`, index);
  }
  return files;
}

function sum(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

suite('apt works with the archive', { skip: lacking.length > 0 && `${lacking.join(', ')} missing` }, () => {
  const files = new Map<string, Buffer>();
  const server = createServer(({ url = '' }, response) => {
    const found = files.get(url.replace(/^http:\/\//, ''));
    response.writeHead(found ? 200 : 404, { 'content-length': found?.length ?? 0 });
    response.end(found);
  });
  after(() => server.close());

  async function machine(
    t: TestContext,
    lists: string,
    key: string,
  ): Promise<{ etc: string; apt(...args: string[]): Promise<Ended> }> {
    if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const root = makeFolder(t);
    const etc = join(root, 'etc');
    for (const folder of [
      'etc/apt/apt.conf.d',
      'etc/apt/trusted.gpg.d',
      'etc/apt/preferences.d',
      'var/lib/apt/lists/partial',
      'var/cache/apt/archives/partial',
      'var/lib/dpkg',
    ])
      mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'var/lib/dpkg/status'), '');
    writeFileSync(join(etc, 'apt/sources.list'), lists);
    writeFileSync(join(etc, 'apt/trusted.gpg.d/toy.gpg'), readFileSync(key));
    const config = join(root, 'apt.conf');
    const { port } = server.address() as AddressInfo;
    writeFileSync(
      config,
      `Dir "${root}";\nDir::State::status "${root}/var/lib/dpkg/status";\nAPT::Architecture "amd64";\nAPT::Architectures { "amd64"; };\nAPT::Sandbox::User "root";\nAcquire::http::Proxy "http://127.0.0.1:${String(port)}";\nAcquire::Languages "none";\nAcquire::Retries "0";\n`,
    );
    return { etc, apt: (...args) => run('apt-get', args, { APT_CONFIG: config }) };
  }

  const install = ['install', '-y', '--download-only', 'toy'] as const;

  for (const [image, lists] of debianLists.slice(1))
    test(image, async (t) => {
      const [release = ''] = /jessie|stretch|buster/.exec(lists) ?? [];
      const home = makeFolder(t);
      // Its own key is gone since 2022; the newer one, which the archive is also signed with, holds.
      const old = await makeKey(home, 'old', 2012, '10y');
      const newer = await makeKey(home, 'new', 2019, '0');
      for (const [path, data] of await makeArchive(t, release, home)) files.set(path, data);
      const { etc, apt } = await machine(t, lists, release === 'buster' ? newer : old);
      const moved = await apt('update', '-o', 'APT::Update::Error-Mode=any');
      assert.equal(moved.code, 100, moved.said);
      assert.match(moved.said, /404 {2}Not Found/);
      const step = stepFor(image);
      if (release !== 'buster') {
        await apply(step.replace('[trusted=yes] ', ''), etc);
        await apt('update');
        assert.equal((await apt(...install)).code, 100, 'without trust, apt refuses');
        writeFileSync(join(etc, 'apt/sources.list'), lists);
      }
      await apply(step, etc);
      const updated = await apt('update', '-o', 'APT::Update::Error-Mode=any');
      assert.equal(updated.code, 0, updated.said);
      const installed = await apt(...install);
      assert.equal(installed.code, 0, installed.said);
    });
});
