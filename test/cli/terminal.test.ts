// What people and CI systems see: plain lines in a pipe, excerpts on a terminal, guesses for mistakes, and nothing that a
// hostile name or text could do to either.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { formatText } from '../../server/src/cli/format/text';
import { richOptions } from '../../server/src/cli/format/rich';
import { programLines, safePath, visible, visibleJson, visibleLines } from '../../server/src/cli/visible';
import { defaultConfig } from '../../server/src/core/lint/config';
import { lintFile } from '../../server/src/service/lint-file';
import { report } from '../../server/src/service/report';
import { noSurroundings } from '../../server/src/service/surroundings';
import { makeFolder } from '../harness/workspace';

const dirty = 'FROM alpine:3.20\nRUN apk add curl\nUSER nobody\nCMD ["curl"]\n';

function drydock(
  cwd: string,
  args: readonly string[],
  more: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { env, ...rest } = more;
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...inherited } = process.env;
  return spawnSync(process.execPath, [resolve('dist/cli.js'), ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...inherited, ...env },
    ...rest,
  });
}

/** What a terminal or a CI system may act on. */
const dangerous =
  /[\0-\x08\x0B-\x1F\x7F-\x9F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029]|^\s*::|##\w*\[/mu;

test('names and texts of other people command neither a terminal nor a CI system, in any format', (t) => {
  const names = [
    'x\n::error file=a::forged\n.Dockerfile',
    '::error file=a::forged.Dockerfile',
    ' ::stop-commands::x.Dockerfile',
    '##vso[task.setvariable variable=x]y.Dockerfile',
    "##teamcity[buildProblem description='x'].Dockerfile",
    '##[error]x.Dockerfile',
    '\x1b[31mred\x1b[0m.Dockerfile',
    '\x1b]0;title\x07.Dockerfile',
    '\u202Egpj.Dockerfile',
    '\u2028::error::x.Dockerfile',
    '\x9b31m.Dockerfile',
    'section_start:1:x\r\x1b[0K.Dockerfile',
  ];
  const text = `${dirty}RUN echo "\x1b[2J ##vso[task.complete]" \u202E && cd /x\nLABEL a="##[error]x"\nENTRYPIONT ["\x1b[31m"]\n`;
  const config = 'rules:\n  "\\e[31m##vso[x]": off\n"::error::x": 1\n';
  const folder = makeFolder(t, {
    '.drydock.yaml': config,
    ...Object.fromEntries(names.map((name) => [name, text])),
  });
  for (const args of [
    ['check', '--hints'],
    ['check', '--hints', ...names.map((name) => name)],
    ['check', '--format', 'json'],
    ['check', '--fix=suggested'],
    ['check', ...names.map((name) => `${name}.gone`)],
    ['check', '##vso[x]', '--##vso[x]'],
    ['\x1b[31m'],
  ]) {
    const run = drydock(folder, args);
    for (const said of [run.stdout, run.stderr]) {
      const found = dangerous.exec(said);
      assert.equal(found?.[0], undefined, JSON.stringify(said.slice(found?.index, (found?.index ?? 0) + 80)));
    }
  }
  const again = JSON.parse(drydock(folder, ['check', '--format', 'json']).stdout) as { path: string }[];
  assert.deepEqual(
    again.map(({ path }) => path).sort(),
    [...names].sort(),
    'JSON says the names as they are',
  );
});

test('text is made harmless in the way that each place needs', () => {
  assert.equal(visible('a\n\x1b[0m\u202E\u{E0041}é\t'), 'a\\n\\x1b[0m\\u{202e}\\u{e0041}é\\t');
  assert.equal(visible('## heading, ##x['), '## heading, #\\x23x[');
  assert.equal(visibleLines('a\n  ::x\n\tb\r\n'), 'a\n  \\x3a:x\n\tb\\r\n');
  assert.equal(safePath('::x'), './::x');
  assert.equal(safePath('a::x'), 'a::x');
  const value = { 'a\u2066': '##[x]\u{E0041}\x7f' };
  const json = visibleJson(JSON.stringify(value, undefined, 2));
  assert.match(json, /^[\x20-\x7E\n]+$/);
  assert.deepEqual(JSON.parse(json), value);
});

test('mistakes on the command line get a guess, in one line', (t) => {
  const folder = makeFolder(t, { Dockerfile: dirty, 'app/Dockerfile.web': dirty });
  for (const [args, said] of [
    [['chekc'], 'unknown command chekc. Did you mean drydock check?'],
    [['Dockerfile'], 'unknown command Dockerfile. Did you mean drydock check Dockerfile?'],
    [['app'], 'unknown command app. Did you mean drydock check app?'],
    [['check', '--fromat', 'json'], 'unknown option --fromat. Did you mean --format?'],
    [
      ['check', '--format', 'jsno'],
      '--format must be text, json, sarif, github, gitlab, junit, checkstyle, codeclimate or agent. Did you mean json?',
    ],
    [['check', 'Dokcerfile'], 'Dokcerfile: there is no such file or folder. Did you mean Dockerfile?'],
    [
      ['check', 'app/Dockerfile.wbe'],
      `app/Dockerfile.wbe: there is no such file or folder. Did you mean ${join('app', 'Dockerfile.web')}?`,
    ],
    [['check', 'Dockerfile/x'], 'Dockerfile/x: a part of its path is a file, not a folder'],
    [
      ['check', '-', 'Dockerfile'],
      'give either standard input or paths, not both. Run drydock check --help for help',
    ],
  ] as const) {
    const { status, stderr } = drydock(folder, args);
    assert.deepEqual([status, stderr], [2, `drydock: ${said}\n`], args.join(' '));
  }
});

test('- is standard input', (t) => {
  const folder = makeFolder(t);
  const run = drydock(folder, ['check', '-', '--stdin-filename', 'web/Dockerfile'], { input: dirty });
  assert.equal(run.status, 1);
  assert.match(run.stdout, /^web\/Dockerfile:2:9: info: /);
  assert.match(drydock(folder, ['check', '-', '--fix'], { input: dirty }).stdout, /apk add --no-cache/);
});

test('the summary says what each kind of fix would do, and that hints are hidden', (t) => {
  const text = 'FROM alpine:3.20 as a\nRUN apk add curl\nRUN apk add git\nRUN sudo ls\nUSER nobody\n';
  const config = 'rules: { from-as-casing: hint, apk-no-cache: info }\n';
  const folder = makeFolder(t, { Dockerfile: text, '.drydock.yaml': config });
  const last = (args: readonly string[]): string =>
    drydock(folder, ['check', ...args])
      .stdout.trimEnd()
      .split('\n')
      .at(-1) ?? '';
  assert.match(
    last([]),
    /^1 file: .*\d hints? \(--hints shows them\); [34] can be fixed with --fix, \d+ more with --fix=suggested$/,
  );
  assert.doesNotMatch(last(['--hints']), /--hints/);
  const fixed = last(['--fix']);
  assert.match(fixed, /; \d fixed; \d+ can be fixed with --fix=suggested$/);
  assert.doesNotMatch(last(['--fix=suggested']), /can be fixed/);
});

test('colour and excerpts are for terminals, and people may choose', () => {
  const terminal = { isTerminal: true, columns: 100, env: {} };
  const pipe = { isTerminal: false, columns: undefined, env: {} };
  const look = (...given: Parameters<typeof richOptions>): string => {
    const rich = richOptions(...given);
    return rich === undefined ? 'plain' : `${rich.color ? 'colour' : 'grey'} ${rich.width}`;
  };
  assert.equal(look('auto', terminal), 'colour 100');
  assert.equal(look('auto', pipe), 'plain');
  assert.equal(look('auto', { ...terminal, env: { NO_COLOR: '1' } }), 'grey 100');
  assert.equal(look('auto', { ...terminal, env: { TERM: 'dumb' } }), 'grey 100');
  assert.equal(look('auto', { ...pipe, env: { FORCE_COLOR: '1' } }), 'colour 80');
  assert.equal(look('auto', { ...terminal, env: { FORCE_COLOR: '0' } }), 'grey 100');
  assert.equal(look('auto', { ...pipe, env: { FORCE_COLOR: '1', NO_COLOR: '1' } }), 'plain');
  assert.equal(look('always', { ...pipe, env: { NO_COLOR: '1' } }), 'colour 80');
  assert.equal(look('never', { ...terminal, env: { FORCE_COLOR: '1' } }), 'grey 100');
});

function shown(text: string, width: number, color = false): string {
  const writer = formatText({
    hints: false,
    fix: undefined,
    rich: { color, width, pageOf: (id) => `file:///docs/${id}.md` },
    since: undefined,
    diff: false,
    inRepository: (path) => path,
  });
  const outcome = lintFile(text, noSurroundings(defaultConfig));
  return writer.file(report({ path: 'Dockerfile', outcome }), outcome.text);
}

test('a finding on a terminal has its line, the place in it, the fix, and once the page of its rule', () => {
  const lines = shown(dirty.replace('RUN', 'RUN\ttrue && '), 80).split('\n');
  assert.deepEqual(lines.slice(1), [
    ' 2 | RUN  true &&  apk add curl',
    '   |                   ^^^',
    '     fix: Add --no-cache (--fix)',
    '     why: file:///docs/apk-no-cache.md',
    '',
    '',
  ]);
  assert.match(lines[0] ?? '', /^Dockerfile:2:18: info: .* \[apk-no-cache\]$/);
  assert.match(shown(dirty, 80, true), /^Dockerfile:2:9: \x1b\[36minfo\x1b\[0m: \x1b\[1m/);
  const twice = shown(dirty.replace('USER', 'RUN apk add git\nUSER'), 80);
  assert.equal(twice.match(/ why: /g)?.length, 1);
});

test('a long line is cut around the place, and wide letters move the underline', () => {
  const long = shown(
    `FROM alpine:3.20\nRUN echo ${'x'.repeat(500)} && apk add curl ${'y'.repeat(500)}\nUSER 1\n`,
    80,
  );
  const [, source = '', underline = ''] = long.split('\n');
  assert.ok(source.length <= 82, source);
  assert.equal(source.slice(underline.indexOf('^'), underline.lastIndexOf('^') + 1), 'add');
  const wide = shown('FROM alpine:3.20\nRUN echo 日本\u0301 && apk add curl\nUSER 1\n', 80).split('\n')[2];
  assert.equal(wide?.indexOf('^'), '   | RUN echo ____ && apk add'.indexOf('add'));
});

test('the bundle finds the pages of its rules', (t) => {
  const folder = makeFolder(t, { Dockerfile: dirty });
  const { stdout } = drydock(folder, ['check', '--color']);
  const page = /why: (?:\x1b\[2m)?(file:\S+?\.md)/.exec(stdout)?.[1];
  assert.ok(page !== undefined, stdout);
  assert.match(readFileSync(new URL(page), 'utf8'), /apk-no-cache/);
  assert.doesNotMatch(drydock(folder, ['check']).stdout, /why:|\x1b/);
});

test('the colours of a builder are left out, and what else it sends to a terminal is shown', () => {
  assert.equal(programLines('a\x1b[33m 1 warning\x1b[0m\n\x1b[1;38:5:1mb\x1b[m\n'), 'a 1 warning\nb\n');
  assert.equal(programLines('\x1b[2J\x1b[3\x1b[1mx'), '\\x1b[2J\\x1b[3x');
});
