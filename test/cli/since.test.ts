// `--since`: a fixture history in real git, in which files move, change, come and go.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { FileReport } from '../../server/src/service/report';
import { git, runCli } from '../harness/cli';
import { assertDescribed } from '../harness/report-schema';
import { makeFolder } from '../harness/workspace';

const dirty = 'FROM debian:12\nRUN apt-get update && apt-get install curl\nRUN sudo ls\n';

const other = 'FROM alpine:3.20\nWORKDIR /srv\nRUN apk add vim\nRUN sudo id\n';

/** A repository with these files in its first commit. */
function repository(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = makeFolder(t, files);
  git(folder, 'init', '-q', '-b', 'main');
  commit(folder);
  return folder;
}

function commit(folder: string): void {
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '--allow-empty', '-m', 'x');
}

interface Told {
  readonly path: string;
  readonly new: string[];
  readonly kept: number;
  readonly fixed: string[];
  readonly from?: string;
}

/** What the JSON says, file by file. */
function told(folder: string, ...args: string[]): { status: number | null; files: Told[] } {
  const { status, stdout, stderr } = runCli(folder, [
    'check',
    '--format',
    'json',
    '--severity',
    'info',
    ...args,
  ]);
  assert.equal(stderr, '');
  const reports = JSON.parse(stdout) as readonly FileReport[];
  assertDescribed(reports);
  return {
    status,
    files: reports.map(({ path, findings, since }) => ({
      path,
      new: findings.filter((one) => one.status === 'new').map(({ rule }) => rule),
      kept: findings.filter((one) => one.status === 'kept').length,
      fixed: since?.fixed.map(({ rule }) => rule) ?? [],
      ...(since?.previousPath !== undefined && { from: since.previousPath }),
    })),
  };
}

test('since: only new findings fail a run, under moves, another layout and a new name', (t) => {
  const folder = repository(t, { 'app/Dockerfile': dirty, 'b/Dockerfile': dirty, 'c/Dockerfile': other });
  const all = told(folder, '--since', 'HEAD');
  assert.equal(all.status, 0);
  const [count = 0, inOther = 0] = ['app/Dockerfile', 'c/Dockerfile'].map(
    (path) => all.files.find((file) => file.path === path)?.kept,
  );
  assert.ok(count >= 4 && inOther >= 2);
  // Renamed, laid out anew, and with one more problem. Git knows nothing of it yet.
  mkdirSync(join(folder, 'web'));
  renameSync(join(folder, 'app/Dockerfile'), join(folder, 'web/Dockerfile'));
  writeFileSync(
    join(folder, 'web/Dockerfile'),
    `# Comment\n\n${dirty.replace(' && ', ' \\\n    && ').replace('FROM', 'from')}RUN cd /missing && ls\n`,
  );
  writeFileSync(join(folder, 'b/Dockerfile'), dirty.replace('sudo ', ''));
  cpSync(join(folder, 'c/Dockerfile'), join(folder, 'c/Dockerfile.copy'));
  const { status, files } = told(folder, '--since', 'HEAD');
  assert.equal(status, 1);
  const by = new Map(files.map((file) => [file.path, file]));
  const renamed = by.get('web/Dockerfile');
  assert.deepEqual([renamed?.from, renamed?.kept, renamed?.fixed], ['app/Dockerfile', count, []]);
  assert.equal(renamed?.new.length, 1);
  assert.deepEqual([by.get('b/Dockerfile')?.new, by.get('b/Dockerfile')?.fixed], [[], ['run-sudo']]);
  assert.deepEqual([by.get('c/Dockerfile')?.kept, by.get('c/Dockerfile')?.new], [inOther, []]);
  assert.equal(by.get('c/Dockerfile.copy')?.new.length, inOther, 'a copy is new');
  rmSync(join(folder, 'c/Dockerfile.copy'));
  writeFileSync(join(folder, 'web/Dockerfile'), `# Comment\n${dirty}`);
  assert.equal(told(folder, '--since', 'HEAD').status, 0);
});

test('since: deleted files are fixed, and the text and SARIF say what is new', (t) => {
  const folder = repository(t, {
    Dockerfile: dirty,
    'old/Dockerfile': 'FROM alpine:3.20\nRUN apk add vim\n',
  });
  rmSync(join(folder, 'old'), { recursive: true });
  writeFileSync(join(folder, 'Dockerfile'), `${dirty}RUN cd /missing && ls\n`);
  const { files } = told(folder, '--since', 'HEAD');
  const gone = files.find(({ path }) => path === 'old/Dockerfile');
  assert.ok(gone && gone.fixed.length > 0 && gone.new.length === 0);
  const { stdout } = runCli(folder, ['check', '--since', 'HEAD']);
  assert.equal(stdout.trimEnd().split('\n').length, 2);
  assert.match(stdout, /\n1 file: 1 \w+ new since HEAD; \d fixed, \d kept; /);
  const { runs } = JSON.parse(runCli(folder, ['check', '--since', 'HEAD', '--format', 'sarif']).stdout) as {
    runs: { results: { baselineState: string }[] }[];
  };
  const states = runs[0]?.results.map(({ baselineState }) => baselineState) ?? [];
  assert.equal(states.filter((state) => state === 'new').length, 1);
  assert.ok(states.includes('unchanged'));
  for (const format of ['github', 'checkstyle', 'junit', 'gitlab', 'codeclimate', 'agent']) {
    const said = runCli(folder, ['check', '--since', 'HEAD', '--format', format]).stdout;
    assert.ok(said.includes('/missing'), format);
    assert.ok(!said.includes('run-sudo'), format);
  }
});

test('since: three dots compare with where a branch left another one', (t) => {
  const folder = repository(t, { Dockerfile: dirty });
  git(folder, 'checkout', '-q', '-b', 'work');
  git(folder, 'checkout', '-q', 'main');
  writeFileSync(join(folder, 'Dockerfile'), dirty.replace('sudo ', ''));
  commit(folder);
  git(folder, 'checkout', '-q', 'work');
  assert.equal(told(folder, '--since', 'main').status, 1, 'main has fixed it');
  assert.equal(told(folder, '--since', 'main...').status, 0);
});

test('since: from a folder below the root, with another end of line, and for a file with an odd name', (t) => {
  const folder = repository(t, { 'a/b/Dockerfile': dirty, 'a/b/build.df': dirty });
  const inside = join(folder, 'a/b');
  writeFileSync(join(inside, 'Dockerfile'), dirty.replaceAll('\n', '\r\n'));
  renameSync(join(inside, 'build.df'), join(inside, 'image.df'));
  const { status, files } = told(inside, '--since', 'HEAD', 'Dockerfile', 'image.df');
  assert.deepEqual([status, files[1]?.from], [0, 'build.df']);
});

test('since: what cannot be compared ends with 2 and says what to do', (t) => {
  const folder = repository(t, { Dockerfile: dirty });
  const fails = (at: string, args: readonly string[], said: RegExp, env?: Record<string, string>): void => {
    const { status, stdout, stderr } = runCli(at, ['check', ...args], env);
    assert.deepEqual([status, stdout], [2, ''], stderr);
    assert.match(stderr, said);
    assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
  };
  fails(folder, ['--since', 'nope'], /^drydock: git knows no revision nope here\. git branch --all lists/);
  fails(folder, ['--since=--output=x'], /git knows no revision --output=x here/);
  fails(folder, ['--since', ''], /git knows no revision {2}here|needs/);
  fails(folder, ['--since', 'HEAD', '--fix'], /--since only compares/);
  fails(makeFolder(t, { Dockerfile: dirty }), ['--since', 'HEAD'], /is not in a git repository/);
  fails(folder, ['--since', 'HEAD'], /needs git, which is not installed/, { PATH: makeFolder(t) });
  commit(folder);
  const clone = join(makeFolder(t), 'clone');
  git(folder, 'clone', '-q', '--depth', '1', `file://${folder}`, clone);
  fails(clone, ['--since', 'HEAD~1'], /This clone is shallow: .*fetch-depth: 0/);
  git(folder, 'branch', 'next');
  const whole = join(makeFolder(t), 'whole');
  git(folder, 'clone', '-q', `file://${folder}`, whole);
  fails(whole, ['--since', 'next'], /Did you mean origin\/next\?/);
});

test('since: nothing of the repository is run, and nothing is written', (t) => {
  const folder = repository(t, { Dockerfile: dirty, '.gitattributes': '* filter=evil diff=evil\n' });
  for (const key of [
    'filter.evil.smudge',
    'filter.evil.clean',
    'diff.evil.textconv',
    'core.fsmonitor',
    'core.pager',
  ])
    git(folder, 'config', key, `touch ${join(folder, 'evil')}; cat`);
  writeFileSync(join(folder, 'Dockerfile'), `${dirty}# x\n`);
  const index = git(folder, 'rev-parse', '--git-path', 'index');
  assert.ok(index);
  assert.equal(told(folder, '--since', 'HEAD').status, 0);
  assert.throws(() => git(folder, 'cat-file', '-e', 'HEAD:evil'));
  assert.equal(runCli(folder, ['check', 'evil']).status, 2, 'no program of the repository ran');
});
