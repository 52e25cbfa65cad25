// The command line as a user runs it: the bundle, in a process of its own.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { runCli } from '../harness/cli';
import { makeFolder } from '../harness/workspace';

const cli = resolve('dist/cli.js');

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function drydock(cwd: string, args: readonly string[], input?: string): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    encoding: 'utf8',
    ...(input !== undefined && { input }),
  });
  return { status, stdout, stderr };
}

interface JsonFile {
  readonly path: string;
  readonly findings: readonly {
    readonly rule: string;
    readonly alsoKnownAs: readonly string[];
    readonly severity: string;
    readonly message: string;
    readonly range: { readonly start: { readonly line: number; readonly character: number } };
    readonly fix: {
      readonly title: string;
      readonly safety: string;
      readonly edits: readonly { readonly newText: string }[];
    } | null;
  }[];
  readonly fixed?: number;
  readonly text?: string;
  readonly error?: string;
}

const json = (run: Run): JsonFile[] => JSON.parse(run.stdout) as JsonFile[];

const clean = 'FROM scratch\nCOPY app /app\nUSER 65532\nENTRYPOINT ["/app"]\n';
const dirty = 'FROM alpine:3.20\nRUN apk add curl\nUSER nobody\nCMD ["curl"]\n';

test('exit status: 0 clean, 1 findings at or above --fail-on, 2 could not run', (t) => {
  const folder = makeFolder(t, { 'clean/Dockerfile': clean, 'dirty/Dockerfile': dirty });
  assert.equal(drydock(folder, ['check', 'clean']).status, 0);
  assert.equal(drydock(folder, ['check', 'dirty']).status, 1);
  assert.equal(drydock(folder, ['check', 'dirty', '--fail-on', 'warning']).status, 0);
  assert.equal(drydock(folder, ['check', 'missing']).status, 2);
  assert.equal(drydock(folder, ['check', '--nonsense']).status, 2);
  assert.equal(drydock(folder, []).status, 2);
  assert.equal(drydock(folder, ['check', '--fix=wild']).status, 2);
  assert.equal(
    drydock(folder, ['--version']).stdout,
    `drydock ${(JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version}\n`,
  );
});

test('folders are searched for Dockerfiles and their variants, files are taken as they are', (t) => {
  const folder = makeFolder(t, {
    Dockerfile: clean,
    Containerfile: clean,
    'Dockerfile.dev': clean,
    'web.Dockerfile': clean,
    'a/b/api.dockerfile': clean,
    'Dockerfile.dockerignore': '*',
    'node_modules/x/Dockerfile': clean,
    'vendor/Dockerfile': clean,
    'api/vendor/modules.txt': '',
    'api/vendor/github.com/x/y/Dockerfile': clean,
    'readme.md': clean,
    'docs/Dockerfile-notes': clean,
  });
  const paths = json(drydock(folder, ['check', '--format', 'json']))
    .map(({ path }) => path)
    .sort();
  assert.deepEqual(paths, [
    'Containerfile',
    'Dockerfile',
    'Dockerfile.dev',
    'a/b/api.dockerfile',
    'vendor/Dockerfile',
    'web.Dockerfile',
  ]);
  assert.deepEqual(
    json(drydock(folder, ['check', 'readme.md', '--format', 'json'])).map(({ path }) => path),
    ['readme.md'],
  );
});

test('JSON holds every file, hints too, with ids, range and fix', (t) => {
  const folder = makeFolder(t, { Dockerfile: dirty, 'b/Dockerfile': clean });
  const files = json(drydock(folder, ['check', '--format', 'json']));
  assert.deepEqual(
    files.map(({ path }) => path),
    ['Dockerfile', 'b/Dockerfile'],
  );
  const finding = files[0]?.findings.find(({ rule }) => rule === 'apk-no-cache');
  assert.ok(finding, drydock(folder, ['check']).stdout);
  assert.ok(finding.alsoKnownAs.includes('hadolint:DL3019'));
  assert.deepEqual(finding.range.start, { line: 1, character: 'RUN apk '.length });
  assert.deepEqual(
    finding.fix?.edits.map(({ newText }) => newText),
    [' --no-cache'],
  );
  assert.equal(finding.fix?.safety, 'safe');
});

test('--fix rewrites files, keeps their mode and links, and tells what is left', (t) => {
  const folder = makeFolder(t, { 'real/Dockerfile': dirty });
  chmodSync(join(folder, 'real/Dockerfile'), 0o640);
  symlinkSync('real/Dockerfile', join(folder, 'Dockerfile'));
  const [file] = json(drydock(folder, ['check', 'Dockerfile', '--fix', '--format', 'json']));
  assert.equal(file?.fixed, 1);
  assert.ok(!file?.findings.some(({ rule }) => rule === 'apk-no-cache'));
  assert.equal(
    readFileSync(join(folder, 'real/Dockerfile'), 'utf8'),
    dirty.replace('apk add', 'apk add --no-cache'),
  );
  assert.equal(statSync(join(folder, 'real/Dockerfile')).mode & 0o777, 0o640);
  assert.deepEqual(readdirSync(join(folder, 'real')), ['Dockerfile']);
  const [again] = json(drydock(folder, ['check', 'Dockerfile', '--fix', '--format', 'json']));
  assert.equal(again?.fixed, 0);
});

test(
  '--fix keeps the owner of a file where it may',
  { skip: process.getuid?.() !== 0 && 'only root gives files away' },
  (t) => {
    const folder = makeFolder(t, { Dockerfile: dirty });
    const path = join(folder, 'Dockerfile');
    chownSync(path, 65534, 1);
    drydock(folder, ['check', '--fix']);
    assert.notEqual(readFileSync(path, 'utf8'), dirty);
    assert.deepEqual([statSync(path).uid, statSync(path).gid], [65534, 1]);
  },
);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const)
  test(
    `a --fix that ${signal} ends at any time leaves whole files behind`,
    { skip: process.platform === 'win32' },
    async (t) => {
      const names = Array.from({ length: 150 }, (_, at) => `Dockerfile.${at}`);
      const folder = makeFolder(t, Object.fromEntries(names.map((name) => [name, dirty])));
      const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');
      const isFixed = (name: string): boolean => textOf(name) !== dirty;
      const fixedBy = (args: readonly string[]): string => drydock(folder, args, dirty).stdout;
      const fixed = fixedBy(['check', '--fix', '--stdin']);
      assert.notEqual(fixed, dirty);
      let interrupted = 0;
      for (let round = 0; round < 3; round += 1) {
        for (const name of names) writeFileSync(join(folder, name), dirty);
        const run = spawn(process.execPath, [cli, 'check', '--fix'], { cwd: folder, stdio: 'ignore' });
        const ended = once(run, 'exit');
        while (run.exitCode === null && !names.some(isFixed)) await setTimeout(2);
        // At another point of its work each time.
        await setTimeout(round * 7 + Math.random() * 7);
        run.kill(signal);
        const [status, by] = (await ended) as [number | null, string | null];
        if (by === null) assert.equal(status, 1);
        else {
          assert.equal(by, signal);
          interrupted += 1;
        }
        for (const name of names) assert.ok([dirty, fixed].includes(textOf(name)), name);
        const others = readdirSync(folder).filter((name) => !names.includes(name));
        // Nobody can tidy up after SIGKILL. What is left then is not taken for a Dockerfile.
        if (signal !== 'SIGKILL') assert.deepEqual(others, []);
        else for (const name of others) rmSync(join(folder, name));
        assert.ok(others.length <= 1 && others.every((name) => /^\.Dockerfile\..*\.tmp$/.test(name)));
      }
      assert.ok(interrupted > 0);
    },
  );

test('a path given twice is one file, also in two spellings', (t) => {
  const folder = makeFolder(t, { 'a/Dockerfile': dirty });
  const run = drydock(folder, ['check', 'a', './a/Dockerfile', 'a/../a', '--format', 'json']);
  assert.equal(json(run).length, 1);
});

test(
  'what can be neither read nor written ends with 2, in one line',
  { skip: !existsSync('/dev/full') },
  (t) => {
    const folder = makeFolder(t, { Dockerfile: clean });
    const run = spawnSync('sh', ['-c', '"$0" "$1" check > /dev/full', process.execPath, cli], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.equal(run.status, 2);
    assert.match(run.stderr, /^drydock: cannot write: ENOSPC.*\n$/);
    const input = spawnSync('sh', ['-c', '"$0" "$1" check --stdin < .', process.execPath, cli], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.equal(input.status, 2);
    assert.match(input.stderr, /^drydock: standard input cannot be read: it is a folder\n$/);
  },
);

test('a file that cannot be read is reported and the others go on', (t) => {
  const folder = makeFolder(t, { 'a/Dockerfile': dirty, 'z/Dockerfile': clean });
  const run = drydock(folder, ['check', 'a', 'gone/Dockerfile', 'z', '--format', 'json']);
  assert.equal(run.status, 2);
  assert.deepEqual(
    json(run).map(({ path, error }) => [path, error !== undefined]),
    [
      ['a/Dockerfile', false],
      ['gone/Dockerfile', true],
      ['z/Dockerfile', false],
    ],
  );
  assert.match(run.stderr, /gone\/Dockerfile/);
});

test('bytes that are no UTF-8 are linted and never rewritten', (t) => {
  const bytes = Buffer.concat([Buffer.from('# caf'), Buffer.from([0xe9]), Buffer.from(`\n${dirty}`)]);
  const folder = makeFolder(t, { Dockerfile: bytes });
  const run = drydock(folder, ['check', '--fix', '--format', 'json']);
  assert.equal(run.status, 2);
  assert.ok(json(run)[0]?.findings.some(({ rule }) => rule === 'apk-no-cache'));
  assert.ok(readFileSync(join(folder, 'Dockerfile')).equals(bytes));
  const piped = spawnSync(process.execPath, [cli, 'check', '--stdin', '--fix'], {
    cwd: folder,
    input: bytes,
  });
  assert.equal(piped.status, 2);
  assert.ok(piped.stdout.equals(bytes));
});

test(
  'a folder that cannot be written leaves the file as it was',
  { skip: process.platform === 'win32' },
  (t) => {
    const folder = makeFolder(t, { 'sub/Dockerfile': dirty });
    // Root may write anywhere, so the way is blocked by the file system instead of by permissions.
    const sub = join(folder, 'sub');
    const before = readFileSync(join(sub, 'Dockerfile'), 'utf8');
    const full = spawnSync('chattr', ['+i', sub]);
    if (full.status !== 0) chmodSync(sub, 0o555);
    try {
      const run = drydock(folder, ['check', '--fix', '--format', 'json']);
      const after = readFileSync(join(sub, 'Dockerfile'), 'utf8');
      if (run.status === 2) assert.equal(after, before);
      else
        assert.equal(
          after,
          before.replace('apk add', 'apk add --no-cache'),
          'this user may write everywhere',
        );
      assert.deepEqual(readdirSync(sub), ['Dockerfile']);
    } finally {
      if (full.status === 0) spawnSync('chattr', ['-i', sub]);
      chmodSync(sub, 0o755);
    }
  },
);

test('standard input: findings under the given name, fixed text on standard output', (t) => {
  const folder = makeFolder(t);
  const run = drydock(
    folder,
    ['check', '--stdin', '--stdin-filename', 'x/Dockerfile', '--format', 'json'],
    dirty,
  );
  assert.equal(json(run)[0]?.path, 'x/Dockerfile');
  assert.equal(
    drydock(folder, ['check', '--stdin', '--fix'], dirty).stdout,
    dirty.replace('apk add', 'apk add --no-cache'),
  );
});

test("configuration: ours over hadolint's, --config instead of both, wrong keys are named", (t) => {
  const folder = makeFolder(t, { 'p/Dockerfile': dirty, '.hadolint.yaml': 'ignored: [DL3019]\n' });
  const rulesOf = (args: readonly string[]): string[] =>
    json(drydock(folder, ['check', 'p', '--format', 'json', ...args]))[0]?.findings.map(
      ({ rule, severity }) => `${rule} ${severity}`,
    ) ?? [];
  assert.ok(!rulesOf([]).some((rule) => rule.startsWith('apk-no-cache')));
  writeFileSync(join(folder, '.drydock.yaml'), 'rules:\n  apk-no-cache: error\n');
  assert.ok(rulesOf([]).includes('apk-no-cache error'));
  writeFileSync(join(folder, 'other.yaml'), 'rules: { apk-no-cache: off }\n');
  assert.ok(!rulesOf(['--config', 'other.yaml']).some((rule) => rule.startsWith('apk-no-cache')));
  writeFileSync(join(folder, '.drydock.yaml'), 'rules:\n  no-such-rule: error\ncolour: red\n');
  const run = drydock(folder, ['check', 'p']);
  assert.match(run.stderr, /no-such-rule/);
  assert.match(run.stderr, /colour/);
  assert.equal(drydock(folder, ['check', 'p', '--config', 'missing.yaml']).status, 2);
});

test('environment variables of hadolint count, below its file and on any number of files', (t) => {
  const folder = makeFolder(t, { Dockerfile: dirty, '.hadolint.yaml': 'ignored: [DL3018]\n' });
  const check = (env: Readonly<Record<string, string>>): Run =>
    spawnSync(process.execPath, [cli, 'check'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
  assert.match(check({}).stdout, /apk-no-cache/);
  assert.doesNotMatch(check({ HADOLINT_IGNORE: 'DL3019' }).stdout, /apk-no-cache/);
  assert.equal(check({ HADOLINT_NOFAIL: 'true', HADOLINT_OVERRIDE_ERROR: 'DL3019' }).status, 0);
  writeFileSync(join(folder, '.hadolint.yaml'), 'no-fail: false\n');
  assert.equal(check({ HADOLINT_NOFAIL: 'true', HADOLINT_OVERRIDE_ERROR: 'DL3019' }).status, 1);
});

test('the output is the one that a file of hadolint or its environment asks for, unless an option does', (t) => {
  const folder = makeFolder(t, {
    'ci/.hadolint.yaml': 'format: gitlab_codeclimate\nno-color: true\n',
    Dockerfile: dirty,
  });
  const start = (words: string[], env: Record<string, string> = {}): string =>
    runCli(join(folder, 'ci'), ['check', '../Dockerfile', ...words], { FORCE_COLOR: '1', ...env }).stdout;
  assert.match(start([]), /^\[\n  \{\n    "description"/);
  // The file wins over the variable, and the option over both.
  assert.match(start([], { HADOLINT_FORMAT: 'junit' }), /^\[\n  \{\n    "description"/);
  assert.match(start(['--format', 'text']), /^\.\.\/Dockerfile:\d+:\d+: /);
  assert.match(start(['--format', 'text', '--color']), /\u001b/);
  // What has a form of its own keeps it.
  assert.match(start(['--diff']), /^--- /);
  assert.match(start(['--statistics']), /^findings  files/);
  const say = (text: string): readonly [string, string] => {
    writeFileSync(join(folder, 'ci/.hadolint.yaml'), text);
    const { stdout, stderr } = runCli(join(folder, 'ci'), ['check', '../Dockerfile']);
    return [stdout.slice(0, 5), stderr.replace(/^.*?\.yaml:/, '')];
  };
  assert.deepEqual(say('formats: [sonarqube, junit]\n'), ['../Do', '']);
  assert.deepEqual(say('formats: [checkstyle, json]\n'), ['<?xml', '']);
  assert.match(say('format: jason\n')[1], /^1: format must be tty, .* Did you mean json\?\n$/);
  assert.match(say('no-color: never\n')[1], /^1: no-color must be true or false\.\n$/);
});

test('a configuration file of hadolint is known by its keys', (t) => {
  const folder = makeFolder(t, {
    Dockerfile: dirty.replace('RUN', '# hadolint ignore=DL3019\nRUN'),
    'ci.yaml': 'disable-ignore-pragma: true\n',
  });
  assert.equal(drydock(folder, ['check']).stdout.includes('apk-no-cache'), false);
  const run = drydock(folder, ['check', '--config', 'ci.yaml']);
  assert.match(run.stdout, /apk-no-cache/);
  assert.equal(run.stderr, '');
});

test(
  'a configuration file that leads nowhere is reported, and the others go on',
  { skip: process.platform === 'win32' },
  (t) => {
    const folder = makeFolder(t, { 'a/Dockerfile': dirty, 'b/Dockerfile': dirty });
    symlinkSync('.drydock.yaml', join(folder, 'a/.drydock.yaml'));
    const run = drydock(folder, ['check', '--format', 'json']);
    assert.equal(json(run).length, 2);
    assert.match(run.stderr, /a\/\.drydock\.yaml: The file cannot be read/);
    assert.equal(run.status, 2);
  },
);

test('what is wrong in a configuration file is told with its line, and one that cannot be read is not a clean run', (t) => {
  const folder = makeFolder(t, { Dockerfile: clean, '.drydock.yaml': '# ours\nrulez: {}\n' });
  const run = drydock(folder, ['check']);
  assert.match(run.stderr, /\.drydock\.yaml:2: Unknown key rulez\. Did you mean rules\?\n/);
  assert.equal(run.status, 0);
  for (const name of ['.drydock.yaml', '.hadolint.yaml']) {
    writeFileSync(join(folder, name), 'ignored:\n  - [DL3008\n');
    const broken = drydock(folder, ['check']);
    assert.match(broken.stderr, /:3: The file is not valid YAML/, name);
    assert.equal(broken.status, 2, name);
    rmSync(join(folder, name));
  }
});

test('hints never fail a run and are shown when asked', (t) => {
  const folder = makeFolder(t, {
    Dockerfile: clean.replace('FROM scratch', 'FROM scratch as build'),
    '.drydock.yaml': 'rules: { from-as-casing: hint }\n',
  });
  assert.equal(drydock(folder, ['check']).status, 0);
  const shown = drydock(folder, ['check', '--hints']);
  assert.equal(shown.status, 0);
  assert.match(shown.stdout, /hint/);
  assert.equal(drydock(folder, ['check', '--fail-on', 'hint']).status, 1);
});

test('the exit status follows failure-threshold and no-fail of hadolint, unless --fail-on says otherwise', (t) => {
  const folder = makeFolder(t, { Dockerfile: dirty });
  const configure = (text: string): void => writeFileSync(join(folder, '.hadolint.yaml'), text);
  const status = (...args: readonly string[]): number | null =>
    drydock(folder, ['check', 'Dockerfile', ...args]).status;
  const override = 'override: { warning: [DL3019] }\n';
  const expected: readonly (readonly [text: string, status: number])[] = [
    ['', 1],
    ['failure-threshold: warning\n', 1],
    ['failure-threshold: error\n', 0],
    ['failure-threshold: error\noverride: { error: [DL3019] }\n', 1],
    ['no-fail: true\n', 0],
    ['no-fail: true\nfailure-threshold: style\n', 0],
    ['no-fail: false\nfailure-threshold: error\n', 0],
    ['no-fail:\nfailure-threshold:\n', 1],
  ];
  for (const [text, wanted] of expected) {
    configure(text.includes('override') ? text : text + override);
    assert.equal(status(), wanted, text);
  }
  configure('no-fail: true\n');
  assert.equal(status('--fail-on', 'info'), 1);
  assert.equal(status('--fail-on', 'error'), 0);
  // Ours says nothing about it, so hadolint's still counts. A file that is named stands alone.
  writeFileSync(join(folder, '.drydock.yaml'), 'rules: { apk-no-cache: error }\n');
  assert.equal(status(), 0);
  assert.equal(status('--config', '.drydock.yaml'), 1);
  assert.equal(status('--config', '.hadolint.yaml'), 0);
  // What could not be read still fails.
  assert.equal(drydock(folder, ['check', 'Dockerfile', 'none']).status, 2);
  assert.equal(drydock(folder, ['check', '-'], dirty).status, 0);
  for (const threshold of ['style', 'ignore', 'none']) {
    configure(`failure-threshold: ${threshold}\noverride: { style: [DL3019] }\n`);
    assert.equal(drydock(folder, ['check', '--config', '.hadolint.yaml', 'Dockerfile']).status, 1, threshold);
  }
  configure('failure-threshold: ERROR\nno-fail: always\noverride: { warning: [DL3019] }\n');
  const { status: wrong, stderr } = drydock(folder, ['check', 'Dockerfile', '--config', '.hadolint.yaml']);
  assert.equal(wrong, 1);
  assert.match(stderr, /failure-threshold must be error, warning, info, style, ignore or none/);
  assert.match(stderr, /no-fail must be true or false/);
});

test('each file has its own threshold', (t) => {
  const folder = makeFolder(t, {
    'a/Dockerfile': dirty,
    'a/.hadolint.yaml': 'no-fail: true\n',
    'b/Dockerfile': clean,
  });
  assert.equal(drydock(folder, ['check']).status, 0);
  writeFileSync(join(folder, 'b/Dockerfile'), dirty);
  assert.equal(drydock(folder, ['check']).status, 1);
});

test('a search takes the usual names of Dockerfiles, and no programs about them', (t) => {
  const taken = [
    'Containerfile',
    'Containerfile-dev',
    'Dockerfile',
    'Dockerfile-3.12',
    'Dockerfile-dev',
    'Dockerfile.prod',
    'Dockerfile_gpu',
    'api.Dockerfile',
  ];
  const left = ['Dockerfile_parser.py', 'dockerfile-lint', 'Dockerfile-notes.md', 'Dockerfile.dockerignore'];
  const folder = makeFolder(t, Object.fromEntries([...taken, ...left].map((name) => [name, clean])));
  const { stdout } = drydock(folder, ['check', '--format', 'json']);
  const files = JSON.parse(stdout) as readonly { readonly path: string }[];
  assert.deepEqual(
    files.map(({ path }) => path),
    taken,
  );
});

test('nothing to do is said as well', (t) => {
  const folder = makeFolder(t);
  mkdirSync(join(folder, 'empty'));
  const run = drydock(folder, ['check', 'empty', '--format', 'json']);
  assert.deepEqual(json(run), []);
  assert.equal(run.status, 2);
  assert.match(
    run.stderr,
    /^drydock: found no Dockerfile or Containerfile in empty\. Name a file, .*--allow-none/,
  );
  const allowed = drydock(folder, ['check', 'empty', '--allow-none']);
  assert.deepEqual([allowed.status, allowed.stdout, allowed.stderr], [0, '0 files: nothing to check\n', '']);
});
