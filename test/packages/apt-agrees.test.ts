// Sizes of installations, from Debian's own index on a mirror on loopback: what the hover says, and what apt itself would do.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Hover, MarkupContent } from 'vscode-languageserver';
import { LspClient } from '../harness/lsp-client';
import { parseMarked } from '../harness/marked';
import { putSuite, startMirror } from '../harness/mirror';
import { wantTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';

/** What people install, from one package to a hundred. */
const installs = [
  'curl',
  'git',
  'ca-certificates curl',
  'build-essential',
  'python3',
  'python3-pip',
  'nginx',
  'openssh-client',
  'postgresql-client',
  'default-mysql-client',
  'imagemagick',
  'ffmpeg',
  'nodejs npm',
  'openjdk-17-jre-headless',
  'libpq-dev gcc',
  'wget gnupg unzip',
  'supervisor',
  'chromium',
  'texlive-latex-base',
  'cmake ninja-build clang',
];

/** Runs a program of apt. @returns its output; what it prints before it gives up counts too */
function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, LC_ALL: 'C' }, maxBuffer: 512e6 };
    execFile(program, args, options, (_, stdout) => resolve(stdout));
  });
}

test('twenty installations are as large as apt says, within 5 %', { timeout: 240_000 }, async (t) => {
  if (wantTool(t, 'apt-get') === undefined) return;
  const folder = makeFolder(t);
  const [lists, cache] = [join(folder, 'lists/partial'), join(folder, 'cache/archives/partial')];
  for (const one of [lists, cache]) mkdirSync(one, { recursive: true });
  const apart = [`Dir::State::lists=${folder}/lists`, `Dir::Cache=${folder}/cache`, 'Debug::NoLocking=1'];
  const options = (...more: string[]): string[] => [...apart, ...more].flatMap((one) => ['-o', one]);
  const release = /^VERSION_CODENAME=(\w+)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? '';
  const indexes = async (...more: string[]): Promise<string> => {
    await run('apt-get', [...options(...more), '-q', 'update']);
    const names = await run('apt-get', [
      ...options(...more),
      'indextargets',
      '--format',
      '$(FILENAME)',
      'Created-By: Packages',
    ]);
    const files = names.split('\n').filter((name) => name !== '');
    const texts = await Promise.all(files.map((file) => run('/usr/lib/apt/apt-helper', ['cat-file', file])));
    return texts.join('\n');
  };
  const packages = await indexes();
  if (!packages.includes('\nPackage: apt\n')) {
    t.skip('optional: no index of Debian could be read');
    return;
  }

  const mirror = await startMirror();
  t.after(() => mirror.server.close());
  const suite = `/debian/dists/${release}`;
  putSuite(mirror, suite, packages);
  putSuite(mirror, `${suite}-updates`, '\n');
  putSuite(mirror, `/debian-security/dists/${release}-security`, '\n');
  // apt would want a signature on the other form of this file, and wants to know what is in the index.
  const signed = mirror.files.get(`${suite}/InRelease`)?.toString() ?? '';
  const sums = signed.split('\n').filter((line) => line.startsWith(' '));
  const unpacked = createHash('sha256').update(packages).digest('hex');
  sums.push(` ${unpacked} ${Buffer.byteLength(packages)} main/binary-amd64/Packages`);
  mirror.files.set(`${suite}/Release`, Buffer.from(`Codename: ${release}\nSHA256:\n${sums.join('\n')}\n`));
  const hidden = /\bAPT\b/;
  mirror.bend = ({ path, headers }, response) => {
    if (!path.endsWith('/InRelease') || !hidden.test(headers['user-agent'] ?? '')) return false;
    response.writeHead(404).end();
    return true;
  };
  const status = join(folder, 'status');
  writeFileSync(status, '');
  const sources = join(folder, 'sources.list');
  writeFileSync(sources, `deb [trusted=yes] ${mirror.debian} ${release} main\n`);
  const ours = [
    `Dir::Etc::sourcelist=${sources}`,
    'Dir::Etc::sourceparts=-',
    `Dir::State::status=${status}`,
    'Acquire::http::Proxy=DIRECT',
  ];
  assert.ok((await indexes(...ours)).includes('\nPackage: apt\n'), 'apt reads the mirror, too');

  // The smallest image: the packages that Debian requires, and apt. Its folders are merged as it is made.
  const stanzas = packages.split(/\n\n+/).filter((stanza) => stanza.trim() !== '');
  const nameOf = (stanza: string): string => /^Package: (.*)$/m.exec(stanza)?.[1] ?? '';
  const required = stanzas.filter((stanza) => /^Priority: required$/m.test(stanza)).map(nameOf);
  const install = ['--no-install-recommends', '-s', 'install', 'apt', 'usr-is-merged', ...new Set(required)];
  const base = new Map(
    [...(await run('apt-get', [...options(...ours), ...install])).matchAll(/^Inst (\S+) \((\S+)/gm)].map(
      ([, name = '', version = '']) => [name.replace(/:.*/, ''), version],
    ),
  );
  assert.ok(base.size > 60 && base.has('libc6'), `${base.size} packages`);
  const isInBase = (stanza: string): boolean =>
    base.get(nameOf(stanza)) === /^Version: (.*)$/m.exec(stanza)?.[1];
  const there = stanzas.filter(isInBase).map((stanza) => `${stanza}\nStatus: install ok installed\n`);
  writeFileSync(status, there.join('\n'));

  const home = makeFolder(t);
  const client = await LspClient.start({
    env: { HOME: home, XDG_CACHE_HOME: home },
    settings: { packages: { mode: 'auto', mirrors: { debian: mirror.debian } } },
  });
  t.after(() => client.stop());
  const uri = 'untitled:Dockerfile';
  // apt takes a second for each, so that recommended packages are left out of every other one.
  const steps = installs.map((names, at) => (at % 2 === 0 ? names : `--no-install-recommends ${names}`));
  const { text, spans } = parseMarked(
    steps
      .map((step) => `FROM debian:${release}\nRUN apt-get update && apt-get «install» -y ${step}\n`)
      .join(''),
  );
  await client.open(uri, text);
  await client.diagnostics(uri);
  await client.until('the index', () => client.refreshes > 0);

  const off: string[] = [];
  for (const [at, step] of steps.entries()) {
    const position = client.document(uri).positionAt(spans[at]?.start ?? 0);
    const hover: Hover | null = await client.connection.sendRequest('textDocument/hover', {
      textDocument: { uri },
      position,
    });
    const said = ((hover?.contents as MarkupContent | undefined)?.value ?? '').replaceAll('\\', '');
    const mine = /This brings (\d+) packages?, ([\d.]+) (kB|MB)/.exec(said);
    const told = await run('apt-get', [...options(...ours), '--assume-no', 'install', ...step.split(' ')]);
    const count = /(\d+) newly installed/.exec(told)?.[1];
    const size = /After this operation, ([\d,.]+) (kB|MB|GB) of additional/.exec(told);
    const inMega = (value = '', unit = ''): number =>
      Number(value.replaceAll(',', '')) * (unit === 'GB' ? 1000 : unit === 'MB' ? 1 : 0.001);
    const [a, b] = [inMega(mine?.[2], mine?.[3]), inMega(size?.[1], size?.[2])];
    if (!(Math.abs(a - b) <= b * 0.05))
      off.push(`${step}: ${mine?.[1]} packages, ${a} MB; apt: ${count}, ${b} MB`);
  }
  assert.deepEqual(off, []);
});
