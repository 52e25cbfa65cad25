// The npm package of the command line, installed into a clean folder, and what CI runs with it: the steps of the page, the
// problem matcher, and the hooks of pre-commit.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
  mkdirSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'yaml';
import { git } from '../harness/cli';
import { makeFolder } from '../harness/workspace';

const dirty = 'FROM debian:12\nRUN apt-get update && apt-get install curl\nRUN sudo ls\n';
const root = realpathSync(mkdtempSync(join(tmpdir(), 'drydock-npm-')));
after(() => rmSync(root, { recursive: true, force: true }));
/** As a machine of CI has it: the commands of npm, and nothing of this repository. */
const env = {
  ...process.env,
  npm_config_prefix: join(root, 'global'),
  npm_config_cache: join(root, 'cache'),
  PATH: [join(root, 'global', 'bin'), process.env['PATH']].join(delimiter),
};
let archive = '';

before(() => {
  const make = `import('./server/tools/package-cli.mjs').then(({ packageCli }) => console.log(packageCli(${JSON.stringify(root)})))`;
  const made = run('.', process.execPath, '-e', make);
  assert.equal(made.status, 0, made.stderr);
  archive = resolve(made.stdout.trim());
  const { status, stderr } = run(root, 'npm', 'install', '--global', '--offline', archive);
  assert.equal(status, 0, stderr);
});

interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(folder: string, program: string, ...args: string[]): Said {
  return spawnSync(program, args, { cwd: folder, env, encoding: 'utf8' });
}

test('the package holds the command, what it loads and its pages, and needs no other package', () => {
  const installed = join(root, 'global', 'lib', 'node_modules', 'drydock-cli');
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  assert.deepEqual(
    [manifest['name'], manifest['dependencies'], manifest['scripts']],
    ['drydock-cli', undefined, undefined],
  );
  const files = readdirSync(join(installed, 'dist'));
  assert.deepEqual(files.filter((name) => !/^cli-[\w-]+\.js$/.test(name)).sort(), [
    'cli.js',
    'patterns.js',
    'registry.js',
    'yaml.js',
  ]);
  assert.ok(existsSync(join(installed, 'LICENSE')) && existsSync(join(installed, 'THIRD-PARTY-NOTICES.txt')));
  assert.ok(statSync(archive).size < 1.5e6);
  for (const name of files)
    assert.ok(!readFileSync(join(installed, 'dist', name), 'utf8').includes(process.cwd()), name);
  assert.ok(statSync(join(installed, 'dist', 'cli.js')).size < 20_000, 'starts without its commands');
});

test('installed in a clean folder, it checks, explains, starts projects and uses threads', (t) => {
  const folder = makeFolder(t, {
    ...Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`${at}.Dockerfile`, dirty])),
    '.drydock.yaml': 'rules:\n  run-sudo: error\n',
    'go/go.mod': 'module example.com/app\n\ngo 1.22\n',
    'go/main.go': 'package main\n\nfunc main() {}\n',
  });
  const serial = run(folder, 'drydock', 'check', '--jobs', '1');
  assert.equal(serial.status, 1, serial.stderr);
  assert.match(serial.stdout, /^0\.Dockerfile:3:5: error: .* \[run-sudo\]$/m);
  assert.equal(run(folder, 'drydock', 'check', '--jobs', '2').stdout, serial.stdout);
  assert.match(run(folder, 'drydock', 'explain', 'DL3014').stdout, /^# apt-get-yes\n/);
  assert.match(run(folder, 'drydock', 'init', 'go', '--yes', '--dry-run').stdout, /^Pattern: /);
  assert.match(run(folder, 'drydock', 'check', '--format', 'sarif').stdout, /"markdown": "# run-sudo/);
});

interface Step {
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

const page = readFileSync('server/docs/ci.md', 'utf8');
const blocks = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(([, text = '']) => parse(text) as unknown);
const isWorkflow = (one: unknown): one is Workflow =>
  typeof one === 'object' && one !== null && 'jobs' in one;

/** Runs the steps of a job as a machine of GitHub does. @returns the status of each */
function runSteps(
  folder: string,
  steps: readonly Step[],
  values: Readonly<Record<string, string>>,
): (number | null)[] {
  return steps.flatMap((step) => {
    if (step.run === undefined || step.run.startsWith('npm install')) return [];
    const own = Object.fromEntries(
      Object.entries(step.env ?? {}).map(([name, value]) => [name, values[value] ?? assert.fail(value)]),
    );
    const said = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', step.run], {
      cwd: folder,
      env: { ...env, ...own },
      encoding: 'utf8',
    });
    writeFileSync(join(folder, 'log'), said.stdout + said.stderr);
    return [said.status];
  });
}

test('Node.js 24 says the same as the one that runs this test', (t) => {
  const folder = join(root, 'node24');
  mkdirSync(folder);
  // The programs of Node.js are packages of npm.
  const name = `node-${process.platform}-${process.arch}`;
  const words = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, `${name}@24`];
  if (spawnSync('npm', words, { cwd: folder }).status !== 0) {
    t.skip(`optional: npm has no ${name}`);
    return;
  }
  const other = join(folder, 'node_modules', name, 'bin/node');
  assert.match(run(folder, other, '--version').stdout, /^v24\./);
  const cli = join(root, 'global/lib/node_modules/drydock-cli/dist/cli.js');
  const project = makeFolder(
    t,
    Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`${at}/Dockerfile`, dirty])),
  );
  for (const command of [
    'check --jobs 2',
    'check --format sarif',
    'explain DL3015',
    'rules --format json',
    'init --list',
  ]) {
    const [here, there] = [process.execPath, other].map((node) =>
      run(project, node, cli, ...command.split(' ')),
    );
    assert.deepEqual(
      [there?.status, there?.stdout, there?.stderr],
      [here?.status, here?.stdout, here?.stderr],
      command,
    );
    assert.notEqual(here?.stdout, '', command);
  }
});

test('the steps of the page run: what a pull request adds fails it, and the parts are merged', (t) => {
  const workflows = blocks.filter(isWorkflow);
  assert.equal(workflows.length, 3);
  const [review, scanning, parts] = workflows.map(({ jobs }) => jobs);
  const folder = makeFolder(t, { Dockerfile: dirty });
  git(folder, 'init', '-q');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'x');
  const base = { '${{ github.event.pull_request.base.sha }}': git(folder, 'rev-parse', 'HEAD') };
  assert.deepEqual(runSteps(folder, review?.['drydock']?.steps ?? [], base), [0]);
  writeFileSync(join(folder, 'Dockerfile'), `${dirty}RUN cd /missing && ls\n`);
  assert.deepEqual(runSteps(folder, review?.['drydock']?.steps ?? [], base), [1]);
  assert.match(
    readFileSync(join(folder, 'log'), 'utf8'),
    /^::error file=Dockerfile,line=4,[^\n]*\n[^\n]*1 error new since/,
  );
  assert.deepEqual(runSteps(folder, scanning?.['drydock']?.steps ?? [], {}), [0]);
  assert.match(readFileSync(join(folder, 'drydock.sarif'), 'utf8'), /"version": "2\.1\.0"/);
  for (const part of ['1', '2', '3', '4'])
    assert.deepEqual(runSteps(folder, parts?.['check']?.steps ?? [], { '${{ matrix.shard }}': part }), [0]);
  assert.deepEqual(runSteps(folder, parts?.['merge']?.steps ?? [], {}), [1]);
});

test('the step for GitLab writes its report and does not hide what could not be done', (t) => {
  const job = blocks.find(
    (one): one is { drydock: { script: string[] } } => (one as { drydock?: unknown }).drydock !== undefined,
  );
  const [, check = ''] = job?.drydock.script ?? [];
  const folder = makeFolder(t, { Dockerfile: dirty });
  const bash = (): number | null => run(folder, 'bash', '-e', '-c', check).status;
  assert.equal(bash(), 0);
  assert.ok(
    (JSON.parse(readFileSync(join(folder, 'gl-code-quality-report.json'), 'utf8')) as unknown[]).length > 2,
  );
  writeFileSync(join(folder, 'Dockerfile'), 'x'.repeat(2_000_001));
  assert.equal(bash(), 1);
});

test('the problem matcher of the package reads every line of findings', (t) => {
  const { problemMatcher } = JSON.parse(
    readFileSync(join(root, 'global', 'lib', 'node_modules', 'drydock-cli', 'problem-matcher.json'), 'utf8'),
  ) as {
    problemMatcher: readonly {
      pattern: readonly { regexp: string; file: number; line: number; code: number }[];
    }[];
  };
  const pattern = problemMatcher[0]?.pattern[0];
  assert.ok(pattern);
  const folder = makeFolder(t, { 'a b/c:d.Dockerfile': dirty });
  const lines = run(folder, 'drydock', 'check').stdout.trimEnd().split('\n');
  const read = lines.map((line) => new RegExp(pattern.regexp).exec(line));
  assert.equal(read.at(-1), null, 'the summary is not a finding');
  for (const match of read.slice(0, -1)) assert.equal(match?.[pattern.file], 'a b/c:d.Dockerfile');
  assert.ok(read.some((match) => match?.[pattern.line] === '3' && match[pattern.code] === 'run-sudo'));
});

test('the hooks of pre-commit check and fix the files they are given', (t) => {
  const hooks = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as readonly {
    id: string;
    entry: string;
    language: string;
  }[];
  const ofPage = blocks.find(
    (one): one is { repos: { hooks: { entry: string; additional_dependencies: string[] }[] }[] } =>
      (one as { repos?: unknown }).repos !== undefined,
  );
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  assert.deepEqual(ofPage?.repos[0]?.hooks[0]?.additional_dependencies, [`drydock-cli@${version}`]);
  assert.equal(ofPage.repos[0].hooks[0].entry, hooks[0]?.entry);
  assert.deepEqual(
    hooks.map(({ id }) => id),
    ['drydock', 'drydock-fix'],
  );
  const folder = makeFolder(t, {
    'a/Dockerfile': dirty,
    'b c/Dockerfile': 'FROM scratch\nCOPY app /app\nUSER 65532\nENTRYPOINT ["/app"]\n',
  });
  // pre-commit splits the entry as a shell does and adds the files.
  const hook = (at: number, ...files: string[]): Said => {
    const [program = '', ...args] = (hooks[at]?.entry ?? '').split(' ');
    return run(folder, program, ...args, ...files);
  };
  assert.equal(hook(0, 'b c/Dockerfile').status, 0);
  assert.equal(hook(0, 'a/Dockerfile', 'b c/Dockerfile').status, 1);
  hook(1, 'a/Dockerfile');
  assert.match(readFileSync(join(folder, 'a/Dockerfile'), 'utf8'), /install -y/);
});

test(
  'pre-commit itself runs the hooks of the repository',
  { skip: spawnSync('pre-commit', ['--version']).status !== 0 && 'needs pre-commit' },
  (t) => {
    const hooks = makeFolder(t, {
      '.pre-commit-hooks.yaml': readFileSync('.pre-commit-hooks.yaml', 'utf8'),
    });
    const folder = makeFolder(t, { 'a b/Dockerfile': dirty, 'notes.txt': dirty });
    for (const one of [hooks, folder]) {
      git(one, 'init', '-q');
      git(one, 'add', '-A');
      git(one, 'commit', '-q', '-m', 'x');
    }
    const preCommit = (id: string): Said =>
      spawnSync('pre-commit', ['try-repo', hooks, id, '--all-files', '--verbose'], {
        cwd: folder,
        env: { ...env, PRE_COMMIT_HOME: join(root, 'pre-commit'), HOME: root },
        encoding: 'utf8',
      });
    const checked = preCommit('drydock');
    assert.equal(checked.status, 1, checked.stdout + checked.stderr);
    assert.match(checked.stdout, /^a b\/Dockerfile:3:5: warning: .* \[run-sudo\]$/m);
    assert.doesNotMatch(checked.stdout, /^notes\.txt:/m);
    const fixed = preCommit('drydock-fix');
    assert.match(fixed.stdout, /files were modified by this hook/);
    assert.match(readFileSync(join(folder, 'a b/Dockerfile'), 'utf8'), /install -y/);
    assert.equal(readFileSync(join(folder, 'notes.txt'), 'utf8'), dirty);
  },
);
