// Files made to cost time and memory: checking, fixing, reporting and the language server stay quick and small. Time is that
// of the processor and the bounds are ten times what is measured, so that a busy machine does not matter; what takes the
// square of its length takes minutes here.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { LspClient } from '../harness/lsp-client';
import { makeFolder } from '../harness/workspace';

const mostSeconds = 8;
const mostMegabytes = 300;

const plain = 'FROM debian:12\n';
const each = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join('');

/** By kind: the files of a folder. */
const kinds: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'thousands of findings': {
    Dockerfile: plain + 'RUN sudo ls\n'.repeat(3000),
    '.drydock.yaml': 'profile: strict\n',
  },
  'thousands of findings in one': { Dockerfile: plain + 'RUN sudo ls\n'.repeat(3000) },
  'one RUN of many updates beside many installs': {
    Dockerfile: `${plain}RUN ${'apt-get update; '.repeat(1500)}true\n${'RUN apt-get install -y x\n'.repeat(1500)}`,
  },
  'many files made beside many removed': {
    Dockerfile:
      plain +
      each(1500, (at) => `RUN wget -O /f${at} http://y\n`) +
      each(1500, (at) => `RUN rm -f /f${at}\n`),
  },
  'many installations with pip beside many with apt': {
    Dockerfile: plain + each(1500, (at) => `RUN apt-get install -y p${at} && pip install q\n`),
    '.drydock.yaml': 'profile: strict\n',
  },
  'many old images beside many installations': {
    Dockerfile: each(2500, (at) => `FROM node:6 AS s${at}\nRUN pip install x && npm install y\n`),
  },
  'many copies beside many installations': {
    Dockerfile:
      plain +
      each(1800, () => 'COPY ["my file", "/srv/"]\n') +
      each(1800, () => 'RUN npm install && go install .\n'),
    '.drydock.yaml': 'profile: strict\n',
  },
  'many lists of packages that stay behind unknown scripts': {
    Dockerfile: plain + 'RUN ./x && apt-get update && apt-get install -y curl\n'.repeat(6000),
  },
  'many pipes and downloads': {
    Dockerfile: plain + each(3000, (at) => `RUN curl https://a.example/${at} | sh && wget http://x\n`),
    '.drydock.yaml': 'profile: strict\n',
  },
  'a heredoc of many updates': { Dockerfile: `${plain}RUN <<END\n${'apt-get update\n'.repeat(12_000)}END\n` },
  'many starts of scripts beside many copies': {
    Dockerfile: plain + 'RUN /a.sh && /b.js\n'.repeat(3000) + each(3000, (at) => `COPY c${at}.sh /\n`),
  },
  'many last stages on one with many copies': {
    Dockerfile:
      'FROM debian:12 AS base\n' +
      each(6000, (at) => `COPY f${at}.sh /opt/\n`) +
      each(3000, (at) => `FROM base AS l${at}\nCMD ["/srv/f${at}.sh"]\n`),
  },
  'many files that nothing brings, started by one command line': {
    Dockerfile:
      plain +
      each(6000, (at) => `COPY f${at}.sh /opt/\n`) +
      `CMD ${each(6000, (at) => `/srv/f${at}.sh; `)}true\n`,
  },
  'a long run of blanks in a list of sources': {
    Dockerfile: `${plain}RUN echo "${' '.repeat(80_000)}trusted: x" > /etc/apt/sources.list.d/a\n`,
  },
  'an array with semicolons that a shell reads': { Dockerfile: `${plain}CMD [${'"a";'.repeat(15_000)}\n` },
  'many programs of Go beside many compilers': {
    Dockerfile: `FROM golang:1.25-alpine\n${'RUN apk add a && go build -o a\n'.repeat(9500)}`,
  },
  'many versions that a shell takes for redirections': {
    Dockerfile: `FROM python:3.13\nRUN pip install ${each(12_000, (at) => `a${at}>=1.${at} `)}\n`,
  },
  'many entry points': { Dockerfile: plain + 'ENTRYPOINT ["a b"]\n'.repeat(8000) },
  'many open substitutions': {
    Dockerfile: `${plain}RUN echo ${'$(('.repeat(80_000)}\nRUN echo ${'$(a '.repeat(60_000)}\n`,
  },
  'many cut commands in a copied script': {
    Dockerfile: `${plain}COPY <<END /a.sh\n${'a \\\n# b\n  c\n'.repeat(6000)}END\n`,
  },
  'many groups in one list': {
    Dockerfile: `${plain}RUN useradd x && usermod -aG ${'web,'.repeat(12_000)}web x\n`,
    '.drydock.yaml': 'profile: strict\n',
  },
  'many braces in one source': {
    Dockerfile: `${plain}COPY package.json ${'{a,b}'.repeat(9000)} ${'{a,'.repeat(12_000)} /x/\n`,
    'package.json': '{}',
  },
  'patterns with many stars': {
    Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
    '.dockerignore': `${'*?'.repeat(40)}!\n${'**/a'.repeat(200)}\n`,
    [`${'a'.repeat(60)}.js`]: '',
    'package.json': '{}',
    'package-lock.json': '{}',
  },
  'many keys of ours': {
    Dockerfile: plain,
    '.drydock.yaml': `rules:\n${each(50_000, (at) => `  k${at}: off\n`)}`,
  },
  'many keys of hadolint': {
    Dockerfile: plain,
    '.hadolint.yaml': `ignored:\n${each(50_000, (at) => `  - K${at}\n`)}`,
  },
  'a full file of keys': {
    Dockerfile: plain,
    '.drydock.yaml': `rules:\n${each(2600, (at) => `  key-${at}: off\n`)}`,
  },
  'many open brackets': { Dockerfile: plain, '.drydock.yaml': '['.repeat(60_000) },
  'many open braces': { Dockerfile: plain, '.drydock.yaml': '{b: '.repeat(16_000) },
  'many aliases': { Dockerfile: plain, '.drydock.yaml': `x: &x y\n${each(6000, (at) => `k${at}: *x\n`)}` },
};

/** Writes what the process has used, when it ends. */
const meter = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  require('node:fs').writeFileSync(process.env.DRYDOCK_USAGE, JSON.stringify({ seconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 }));
});`;

interface Usage {
  readonly seconds: number;
  readonly megabytes: number;
}

function assertFrugal(path: string, what: string): void {
  const { seconds, megabytes } = JSON.parse(readFileSync(path, 'utf8')) as Usage;
  assert.ok(seconds < mostSeconds, `${what} takes ${seconds.toFixed(1)} s`);
  assert.ok(megabytes < mostMegabytes, `${what} takes ${megabytes.toFixed(0)} MB`);
}

for (const [kind, files] of Object.entries(kinds)) {
  test(`${kind}: quick and small on the command line`, (t) => {
    for (const args of [[], ['--fix'], ['--fix=suggested'], ['--format', 'json']]) {
      const folder = makeFolder(t, files);
      const tools = makeFolder(t, { 'meter.cjs': meter });
      const { status, stderr, signal } = spawnSync(
        process.execPath,
        ['--require', join(tools, 'meter.cjs'), resolve('dist/cli.js'), 'check', ...args],
        {
          cwd: folder,
          encoding: 'utf8',
          maxBuffer: 1e8,
          timeout: 120_000,
          killSignal: 'SIGKILL',
          env: { ...process.env, DRYDOCK_USAGE: join(tools, 'usage.json') },
        },
      );
      assert.equal(signal, null, `check ${args.join(' ')} does not end`);
      assert.ok(status !== null && status < 3 && !stderr.includes('bug in Drydock'), stderr);
      assertFrugal(join(tools, 'usage.json'), `check ${args.join(' ')}`);
    }
  });

  test(`${kind}: quick and small in the language server`, async (t) => {
    const folder = makeFolder(t, files);
    const tools = makeFolder(t, { 'meter.cjs': meter });
    const path = join(folder, 'Dockerfile');
    const uri = new URL(`file://${path}`).href;
    const client = await LspClient.start({
      folder,
      env: {
        NODE_OPTIONS: `--require ${join(tools, 'meter.cjs')}`,
        DRYDOCK_USAGE: join(tools, 'usage.json'),
      },
    });
    const text = readFileSync(path, 'utf8');
    await client.open(uri, text);
    const shown = await client.diagnostics(uri);
    assert.ok(shown.length <= 1001, `${shown.length} findings`);
    if (shown.length === 1001)
      assert.match(
        JSON.stringify(shown[0]?.message),
        /^"\d+ more findings are not shown\. drydock check lists them all"$/,
      );
    else assert.notEqual(kind, 'thousands of findings');
    const end = Math.min(text.length, plain.length + 20);
    await client.actions(uri, { start: plain.length, end });
    await client.stop();
    assertFrugal(join(tools, 'usage.json'), 'the server');
  });
}
