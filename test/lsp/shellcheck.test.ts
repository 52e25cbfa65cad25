// The real ShellCheck: on the command line and in the editor.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { FileReport } from '../../server/src/service/report';
import { runCli } from '../harness/cli';
import { LspClient } from '../harness/lsp-client';

const skip = spawnSync('shellcheck', ['--version']).status === 0 ? false : 'shellcheck is not installed';
const env = { DRYDOCK_SHELLCHECK: 'auto' };
const uri = 'file:///nowhere/Dockerfile';

function folderWith(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const watched = /^SC|^(?:variable-unquoted|cd-unchecked|bash-syntax-in-sh|shell-variable-unset)$/;

/** `SC2086 $x` for each finding of ShellCheck, and of the rules that stand in for it. */
function shown(folder: string, args: readonly string[]): string[] {
  const { stdout, stderr } = runCli(folder, ['check', '--format', 'json', ...args, '.'], env);
  assert.equal(stderr, '');
  return (JSON.parse(stdout) as readonly FileReport[]).flatMap(({ path, findings }) => {
    const lines = readFileSync(join(folder, path), 'utf8').split('\n');
    return findings
      .filter(({ rule }) => watched.test(rule))
      .map(({ rule, range: { start, end } }) => {
        const stop = start.line === end.line ? end.character : undefined;
        return `${rule} ${lines[start.line]?.slice(start.character, stop)}`;
      });
  });
}

const file = `FROM debian:12
ARG known=1
RUN echo "é 😀" $known $1 \\
  # a comment
  && rm -rf $HOME/cache
RUN cd /srv; ls
RUN <<EOF
# shellcheck disable=SC2006
echo \`date\` "$nobody"
EOF
`;
const findings = ['SC2086 $1', 'SC2086 $HOME', 'SC2164 cd /srv', 'SC2154 $nobody'];

test('its findings stand where it points, and its fixes settle', { skip }, (t) => {
  const folder = folderWith(t, { Dockerfile: file });
  assert.deepEqual(shown(folder, ['--ignore', 'SC2005,SC2046']), findings);
  runCli(folder, ['check', '--fix=suggested', '--select', 'shellcheck:*', '.'], env);
  assert.match(
    readFileSync(join(folder, 'Dockerfile'), 'utf8'),
    /\$known "\$1" \\\n {2}# a comment\n {2}&& rm -rf "\$HOME"\/cache\nRUN cd \/srv \|\| exit; ls\n/,
  );
  // It is asked again about what they change.
  assert.deepEqual(shown(folder, ['--select', 'SC2086,SC2164,SC2154']), ['SC2154 $nobody']);
});

test('a cd whose failure ends the step needs no guard', { skip }, (t) => {
  const text =
    'FROM debian:12\nRUN mkdir b && cd b\nRUN cd c\nRUN ls; cd d\nRUN cd e; ls\nRUN <<EOF\nls && cd f\nls\nEOF\nRUN pushd g\nRUN (cd h; ls)\n';
  const folder = folderWith(t, { Dockerfile: text });
  assert.deepEqual(shown(folder, ['--select', 'SC2164']), ['SC2164 cd e', 'SC2164 cd f', 'SC2164 cd h']);
});

test('a build knows values, lines that are one, and who writes a file', { skip }, (t) => {
  const text = `FROM debian:12
ENV data=/srv/data
RUN rm -rf $data/* && rm -rf "$other"/*
RUN if a; then b; \\
  else \\
    if c; then d; fi; \\
  fi
RUN if a; then b; else if c; then d; fi
RUN curl https://example.com/key | sudo gpg --dearmor > /key
USER app
RUN curl https://example.com/key | sudo gpg --dearmor > /key
`;
  const folder = folderWith(t, { Dockerfile: text });
  assert.deepEqual(shown(folder, ['--select', 'SC2115,SC1075,SC2024']), [
    'SC2115 "$other"/*',
    'SC1075 e',
    'SC2024 >',
  ]);
});

test('a base image that is not known may set a variable, and mix has a task do', { skip }, (t) => {
  const text = `FROM example/base:1
RUN cd "$folder"; mix do deps.get, compile
FROM debian:12
ENV folder=/srv
RUN cd "$folder"; cd "$other"; nice do; mix deps.get do
`;
  const folder = folderWith(t, { Dockerfile: text });
  assert.deepEqual(shown(folder, ['--select', 'SC2154,SC1010']), ['SC2154 $other', 'SC1010 d', 'SC1010 d']);
});

test('a list of packages gets no quotes, which would make one name of it', { skip }, (t) => {
  const folder = folderWith(t, {
    Dockerfile: 'FROM debian:12\nRUN apt-mark manual $x; apt-get purge -y $x a$y; rm -rf $x\n',
  });
  const { stdout } = runCli(folder, ['check', '--select', 'SC2086', '--diff=suggested', '.'], env);
  assert.match(stdout, /^\+RUN apt-mark manual \$x; apt-get purge -y \$x a\$y; rm -rf "\$x"$/m);
});

test('its ids work wherever a rule is named', { skip }, (t) => {
  const rest = findings.filter((one) => !one.includes('SC2086'));
  const above = (comment: string): string => file.replace('RUN echo', `${comment}\nRUN echo`);
  const folder = folderWith(t, {
    'Dockerfile.a': above('# hadolint ignore=SC2086'),
    'Dockerfile.b': above('# drydock ignore=SC2086'),
    // The rule that stands in for it without ShellCheck.
    'Dockerfile.c': above('# drydock ignore=variable-unquoted'),
    'Dockerfile.d': above('# shellcheck disable=SC2086'),
    'Dockerfile.e': file.replace('# a comment', '# shellcheck disable=SC2086'),
    'hadolint/Dockerfile': file,
    'hadolint/.hadolint.yaml': 'ignored: [SC2086]\n',
    'own/Dockerfile': file,
    'own/.drydock.yaml': 'rules: { SC2086: off }\n',
    'stand-in/Dockerfile': file,
    'stand-in/.drydock.yaml': 'rules: { variable-unquoted: off }\n',
  });
  assert.deepEqual(
    shown(folder, ['--ignore', 'SC2005,SC2046']),
    Array.from({ length: 8 }, () => rest).flat(),
  );
  const plain = folderWith(t, { Dockerfile: file });
  assert.deepEqual(shown(plain, ['--ignore', 'SC2086,SC2005,SC2046']), rest);
  assert.deepEqual(shown(plain, ['--select', 'SC2164']), ['SC2164 cd /srv']);
});

test('its severities, its page and its place in reports', { skip }, (t) => {
  const override = 'override: { error: [SC2086], info: [SC2154] }\n';
  const folder = folderWith(t, { Dockerfile: file, '.hadolint.yaml': override });
  const { stdout } = runCli(folder, ['check', '--select', 'SC2086,SC2154', '--format', 'github', '.'], env);
  assert.deepEqual(stdout.match(/::(?:error|notice|warning)/g), ['::error', '::error', '::notice']);
  const sarif = runCli(folder, ['check', '--select', 'SC2164', '--format', 'sarif', '.'], env).stdout;
  assert.match(sarif, /"helpUri": "https:\/\/www.shellcheck.net\/wiki\/SC2164"/);
  assert.match(runCli(folder, ['explain', 'SC2034']).stdout, /https:\/\/www\.shellcheck\.net\/wiki\/SC2034/);
});

test('what builds rarely suffer from is a hint in the recommended profile', { skip }, (t) => {
  const text = 'FROM debian:12\nRUN echo $1 `date`\nRUN rm -rf $HOME/cache && export A=$(date)\n';
  const severities = (config: string): string[] => {
    const folder = folderWith(t, { Dockerfile: text, '.drydock.yaml': config });
    const { stdout } = runCli(folder, ['check', '--format', 'json', '.'], env);
    return (JSON.parse(stdout) as readonly FileReport[])
      .flatMap(({ findings }) => findings)
      .filter(({ rule }) => /^SC2(?:086|046|155)$/.test(rule))
      .map(({ rule, severity }) => `${rule} ${severity}`);
  };
  const rest = ['SC2086 info', 'SC2155 hint'];
  assert.deepEqual(severities(''), ['SC2086 hint', 'SC2046 hint', ...rest]);
  const strict = ['SC2086 info', 'SC2046 warning', 'SC2086 info', 'SC2155 warning'];
  assert.deepEqual(severities('profile: strict\n'), strict);
  assert.deepEqual(severities('rules: { SC2086: on }\n'), ['SC2086 info', 'SC2046 hint', ...rest]);
});

test('without it, or turned off, rules of ours look at what matters most', (t) => {
  const folder = folderWith(t, { Dockerfile: file });
  const ours = ['variable-unquoted $HOME', 'cd-unchecked cd /srv', 'shell-variable-unset $nobody'];
  assert.deepEqual(shown(folder, ['--shellcheck', 'off']), ours);
  writeFileSync(join(folder, '.drydock.yaml'), 'shellcheck: off\n');
  assert.deepEqual(shown(folder, []), ours);
});

test('a program that is not ShellCheck, or fails, is named, and no finding is lost', (t) => {
  const folder = folderWith(t, { Dockerfile: file });
  const wrong = runCli(folder, ['check', '--shellcheck', 'missing', '.'], env);
  assert.deepEqual([wrong.status, wrong.stderr], [2, 'drydock: missing is not ShellCheck\n']);
  const broken = join(folder, 'broken');
  writeFileSync(
    broken,
    '#!/bin/sh\n[ "$1" = --version ] && echo "ShellCheck 0.9.0" && exit\necho "[}"; exit 1\n',
  );
  chmodSync(broken, 0o755);
  const { stdout, stderr } = runCli(folder, ['check', '--shellcheck', broken, '.'], env);
  assert.match(stderr, /broken: A shell script was not checked: /);
  assert.match(stdout, /cd-unchecked/);
});

test('in many files on several threads each finds its own answers', { skip }, (t) => {
  const files = Array.from({ length: 40 }, (_, index) => [
    `Dockerfile.${index}`,
    `FROM debian:12\nRUN echo $${index % 9}\n`,
  ]);
  const folder = folderWith(t, Object.fromEntries(files) as Record<string, string>);
  const alone = shown(folder, ['--jobs', '1']);
  assert.equal(alone.length, 40);
  assert.deepEqual(shown(folder, ['--jobs', '2']), alone);
});

test(
  'the editor shows what it finds after a pause, and nothing starts without trust',
  { skip },
  async (t) => {
    const client = await LspClient.start({ env, initializationOptions: { workspaceTrusted: false } });
    t.after(() => client.stop());
    const ids = async (): Promise<unknown[]> =>
      (await client.diagnostics(uri))
        .map(({ code }) => code)
        .filter((code) => /^SC|cd-unchecked/.test(String(code)));
    await client.open(uri, 'FROM debian:12\nRUN cd /srv; ls $HOME\n');
    assert.deepEqual(await ids(), ['cd-unchecked']);
    await new Promise((done) => setTimeout(done, 600));
    assert.deepEqual([client.refreshes, await ids()], [0, ['cd-unchecked']]);
    await client.connection.sendNotification('drydock/trustGranted', {});
    await client.until('the first refresh', () => client.refreshes > 0);
    await ids();
    await client.until('the answer', () => client.refreshes > 1);
    assert.deepEqual(await ids(), ['SC2164', 'SC2086']);
    const [cd] = (await client.diagnostics(uri)).filter(({ code }) => code === 'SC2164');
    assert.equal(cd?.codeDescription?.href, 'https://www.shellcheck.net/wiki/SC2164');
    const text = 'FROM debian:12\nRUN cd /srv; ls $HOME\nRUN echo $1\n';
    // What has not changed keeps its findings.
    await client.change(uri, text);
    assert.deepEqual(await ids(), ['SC2164', 'SC2086']);
    const before = client.refreshes;
    await client.until('the answer for the new line', () => client.refreshes > before);
    assert.deepEqual(await ids(), ['SC2164', 'SC2086', 'SC2086']);
    const at = text.indexOf('$1');
    const action = await client.choose(uri, { start: at, end: at }, 'Put it in double quotes');
    assert.equal(client.textAfter(uri, action.edit), text.replace('$1', '"$1"'));
  },
);
