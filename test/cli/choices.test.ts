// What a run of `drydock check` covers and prints: chosen rules and severities, patches, threads, and parts of the files.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { git, runCli } from '../harness/cli';
import { makeFolder } from '../harness/workspace';

const dirty = 'FROM debian:12\nRUN apt-get update && apt-get install curl\nRUN sudo ls\n';

interface Reported {
  readonly path: string;
  readonly findings: readonly { readonly rule: string; readonly severity: string }[];
}

const rulesIn = (folder: string, ...args: string[]): string[] => {
  const { stdout } = runCli(folder, ['check', '--format', 'json', ...args]);
  const [report] = JSON.parse(stdout) as readonly Reported[];
  return [...new Set(report?.findings.map(({ rule }) => rule))].sort();
};

test('rules are chosen by ids of any tool, category and pattern, also against the configuration', (t) => {
  const folder = makeFolder(t, { Dockerfile: dirty });
  const all = rulesIn(folder);
  assert.deepEqual(rulesIn(folder, '--select', 'run-sudo'), ['run-sudo']);
  assert.deepEqual(rulesIn(folder, '--select', 'DL3014,hadolint:DL3004'), ['apt-get-yes', 'run-sudo']);
  assert.deepEqual(
    rulesIn(folder, '--select', 'apt-*', '--ignore', 'DL3014').filter((id) => !id.startsWith('apt-')),
    [],
  );
  assert.deepEqual(
    rulesIn(folder, '--ignore', 'run-sudo'),
    all.filter((id) => id !== 'run-sudo'),
  );
  assert.ok(!all.includes('apt-pin-versions'));
  assert.deepEqual(rulesIn(folder, '--select=DL3008'), ['apt-pin-versions'], 'off by default');
  writeFileSync(join(folder, '.drydock.yaml'), 'rules:\n  run-sudo: off\n');
  assert.deepEqual(rulesIn(folder, '--select', 'run-sudo'), ['run-sudo']);
  assert.ok(rulesIn(folder, '--select', 'security').length >= 0);
  for (const [words, said] of [
    [['--select', 'run-sudoo'], 'unknown rule run-sudoo. Did you mean run-sudo?'],
    [['--ignore', 'DL3099x'], 'unknown rule DL3099x'],
    [['--select', 'zz*'], 'unknown rule zz*'],
    [['--select', 'securty'], 'unknown rule securty. Did you mean security?'],
    [['--select', ','], '--select needs the id of a rule'],
  ] as const) {
    const { status, stderr } = runCli(folder, ['check', ...words]);
    assert.equal(status, 2);
    assert.ok(stderr.startsWith(`drydock: ${said}`), stderr);
  }
});

test('rules of the project are chosen as ours are', (t) => {
  const own = (id: string): string =>
    `ownRules:\n  - id: ${id}\n    message: No\n    find: { command: ls }\n    bad: ["RUN ls"]\n`;
  const folder = makeFolder(t, {
    'a/Dockerfile': dirty,
    'a/.drydock.yaml': own('team-sudo'),
    'b/Dockerfile': dirty,
    'b/.drydock.yaml': own('other-sudo'),
  });
  const idsIn = (...args: string[]): string[][] =>
    (JSON.parse(runCli(folder, ['check', '--format', 'json', ...args]).stdout) as readonly Reported[]).map(
      ({ findings }) => findings.map(({ rule }) => rule),
    );
  assert.deepEqual(idsIn('--select', 'team-sudo'), [['team-sudo'], []]);
  assert.deepEqual(idsIn('--select', '*-sudo', '--ignore', 'run-sudo'), [['team-sudo'], ['other-sudo']]);
  assert.deepEqual(idsIn('--select', 'run-sudo'), [['run-sudo'], ['run-sudo']]);
  const [a, b] = idsIn('--ignore', 'team-sudo');
  assert.deepEqual([a?.includes('team-sudo'), b?.includes('other-sudo')], [false, true]);
  assert.deepEqual(idsIn('--select', 'team-sudo', '--severity', 'error'), [[], []]);
  const { status, stderr } = runCli(folder, ['check', '--select', 'team-sudoo']);
  assert.equal(status, 2);
  assert.match(
    stderr,
    /^drydock: unknown rule team-sudoo, also among the ownRules of these files\. Did you mean team-sudo\?$/m,
  );
  assert.match(
    runCli(folder, ['check', 'b', '--select', 'team-sudo']).stderr,
    /unknown rule team-sudo, also/,
  );
});

test('findings below a severity are neither shown, counted nor fixed', (t) => {
  const folder = makeFolder(t, { Dockerfile: dirty });
  const { stdout } = runCli(folder, ['check', '--severity', 'warning', '--format', 'json']);
  const [report] = JSON.parse(stdout) as readonly Reported[];
  assert.deepEqual([...new Set(report?.findings.map(({ severity }) => severity))], ['warning']);
  assert.equal(runCli(folder, ['check', '--severity', 'error']).status, 0);
  runCli(folder, ['check', '--severity', 'error', '--fix=suggested']);
  assert.equal(readFileSync(join(folder, 'Dockerfile'), 'utf8'), dirty);
});

test('--diff prints a patch that git applies to what --fix would write, and changes nothing', (t) => {
  const names = ['Dockerfile', 'a b/Dockerfile', 'é"\\x/Dockerfile', 'crlf.Dockerfile', 'end.Dockerfile'];
  const files = {
    ...Object.fromEntries(names.map((name) => [name, dirty])),
    'crlf.Dockerfile': dirty.replaceAll('\n', '\r\n'),
    'end.Dockerfile': 'FROM debian:12\nRUN apt-get install curl',
    'node/package.json': '{}',
    'node/node_modules/x': '',
    'node/.env': '',
    'node/Dockerfile': 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "x.js"]\n',
  };
  const read = (folder: string): Record<string, string> =>
    Object.fromEntries(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.includes('.git'))
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [path.slice(folder.length), readFileSync(path, 'utf8')]),
    );
  for (const kind of ['', '=suggested']) {
    const [patched, fixed] = [makeFolder(t, files), makeFolder(t, files)];
    const before = read(patched);
    const { status, stdout } = runCli(patched, ['check', `--diff${kind}`]);
    assert.equal(status, 1);
    assert.deepEqual(read(patched), before);
    git(patched, 'init', '-q');
    const applied = spawnSync('git', ['apply', '-'], { cwd: patched, input: stdout, encoding: 'utf8' });
    assert.equal(applied.status, 0, `${applied.stderr}\n${stdout}`);
    runCli(fixed, ['check', `--fix${kind}`]);
    assert.deepEqual(read(patched), read(fixed));
    assert.notDeepEqual(read(patched), before);
  }
  const clean = makeFolder(t, {
    Dockerfile: 'FROM scratch\nCOPY app /app\nUSER 65532\nENTRYPOINT ["/app"]\n',
  });
  assert.deepEqual(
    [runCli(clean, ['check', '--diff']).status, runCli(clean, ['check', '--diff']).stdout],
    [0, ''],
  );
});

test('any number of threads and any parts give what one run gives', (t) => {
  const folder = makeFolder(
    t,
    Object.fromEntries(
      Array.from({ length: 90 }, (_, at) => [
        `f${at % 7}/${at}.Dockerfile`,
        `${dirty}${'RUN sudo id\n'.repeat(at % 3)}`,
      ]),
    ),
  );
  const run = (...args: string[]): string => runCli(folder, ['check', '--jobs', '1', ...args]).stdout;
  for (const format of ['text', 'json', 'sarif'])
    assert.equal(
      run('--format', format),
      runCli(folder, ['check', '--jobs', '3', '--format', format]).stdout,
    );
  for (const [format, ...more] of [['json'], ['sarif'], ['json', '--statistics']]) {
    const parts = [3, 1, 2].map((part) => {
      writeFileSync(
        join(folder, `${part}.json`),
        run('--format', format ?? '', ...more, '--shard', `${part}/3`),
      );
      return `${part}.json`;
    });
    const merged = runCli(folder, ['merge', ...parts]);
    assert.equal(merged.status, 0, merged.stderr);
    const whole: unknown = JSON.parse(run('--format', format ?? '', ...more));
    if (format === 'sarif') {
      const results = (text: unknown): unknown =>
        (
          text as { runs: { results: { partialFingerprints: unknown; locations: unknown }[] }[] }
        ).runs[0]?.results.map(({ partialFingerprints, locations }) => ({ partialFingerprints, locations }));
      assert.deepEqual(results(JSON.parse(merged.stdout)), results(whole));
    } else assert.deepEqual(JSON.parse(merged.stdout), whole);
    const two = runCli(folder, ['merge', '1.json', '3.json']);
    assert.deepEqual([two.status, two.stdout], [2, '']);
    assert.match(two.stderr, /the report of shard 2 of 3 is missing, .*Give --allow-missing/);
    assert.match(runCli(folder, ['merge', '3.json']).stderr, /the reports of shards 1-2 of 3 are missing/);
    const allowed = runCli(folder, ['merge', '1.json', '3.json', '--allow-missing']);
    assert.equal(allowed.status, 0, allowed.stderr);
    assert.match(allowed.stderr, /shard 2 of 3 is missing/);
    assert.doesNotMatch(allowed.stdout, /"shard"/);
    const gate = (severity: string): number | null =>
      runCli(folder, ['merge', ...parts, '--fail-on', severity]).status;
    assert.deepEqual([gate('error'), gate('warning')], [0, 1]);
    if (format === 'json' && more.length === 0)
      assert.equal(
        runCli(folder, ['merge', ...parts, '--format', 'checkstyle']).stdout,
        run('--format', 'checkstyle'),
      );
  }
  assert.equal(runCli(folder, ['check', 'f1/1.Dockerfile', '--shard', '2/2', '--format', 'json']).status, 1);
  assert.deepEqual(
    [
      runCli(folder, ['check', 'f1/1.Dockerfile', '--shard', '1/2']).status,
      runCli(makeFolder(t), ['check', '--shard', '1/2']).status,
    ],
    [0, 0],
  );
});

test('merge knows an empty shard from a missing one, and the shards of one run from others', (t) => {
  const folder = makeFolder(t, { Dockerfile: dirty });
  const shard = (name: string, ...words: string[]): void =>
    writeFileSync(join(folder, name), runCli(folder, ['check', '--format', 'json', ...words]).stdout);
  shard('1.json', '--shard', '1/2');
  shard('2.json', '--shard', '2/2');
  shard('third.json', '--shard', '3/3');
  shard('whole.json');
  const both = runCli(folder, ['merge', '1.json', '2.json', '--format', 'text']);
  assert.equal(both.status, 0, both.stderr);
  const forged = '{"version":1,"shard":{"part":3,"of":2},"reports":[]}';
  const large = '{"version":1,"shard":{"part":1,"of":1000000000},"reports":[]}';
  writeFileSync(join(folder, 'forged.json'), forged);
  writeFileSync(join(folder, 'large.json'), large);
  for (const [words, said] of [
    [['1.json'], /the report of shard 2 of 2 is missing/],
    [['1.json', '1.json', '2.json'], /two reports are of shard 1\/2/],
    [['1.json', 'third.json'], /one report is of 2 shards and another of 3/],
    [['1.json', 'whole.json'], /some reports are of shards and others are not/],
    [['forged.json'], /is not a whole report/],
    [['large.json'], /is not a whole report/],
  ] as const) {
    const { status, stderr } = runCli(folder, ['merge', ...words]);
    assert.equal(status, 2, words.join(' '));
    assert.match(stderr, said);
  }
});

test('merge refuses what is not a whole report, a file that comes twice, and kinds that do not fit', (t) => {
  const folder = makeFolder(t, { Dockerfile: dirty });
  const report = runCli(folder, ['check', '--format', 'json']).stdout;
  const files = {
    'report.json': report,
    'cut.json': report.slice(0, -40),
    'other.json': '[{"version":1,"path":"x","findings":[{}]}]',
    'foreign.sarif': '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[]}]}',
    'ours.sarif': runCli(folder, ['check', '--format', 'sarif']).stdout,
    'unread.json': runCli(folder, ['check', 'missing', '--format', 'json']).stdout,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  for (const [words, said] of [
    [['cut.json'], /cut\.json: is not a whole report/],
    [['other.json'], /is not a whole report/],
    [['foreign.sarif'], /is not a whole report/],
    [['gone.json'], /gone\.json: there is no such file/],
    [['report.json', 'report.json'], /two reports are about Dockerfile/],
    [['report.json', 'ours.sarif'], /different kinds/],
    [['ours.sarif', '--format', 'text'], /SARIF stays SARIF/],
    [['unread.json', '--fail-on', 'error'], /^$/],
    [[], /merge needs reports/],
  ] as const) {
    const { status, stderr } = runCli(folder, ['merge', ...words]);
    assert.equal(status, 2, words.join(' '));
    assert.match(stderr, said);
  }
});

test('what one part could not check fails a gate over all parts, however it says so', (t) => {
  const folder = makeFolder(t);
  const clean = { version: 1, drydock: '0.1.0', path: 'Dockerfile', findings: [] };
  const gate = (report: object): number | null => {
    writeFileSync(join(folder, 'report.json'), JSON.stringify([{ ...clean, ...report }]));
    return runCli(folder, ['merge', 'report.json', '--fail-on', 'error']).status;
  };
  const problem = { path: '.drydock.yaml', message: 'The file cannot be read.', unreadable: true };
  assert.equal(gate({}), 0);
  assert.equal(gate({ problems: [{ ...problem, unreadable: false }] }), 0);
  assert.equal(gate({ problems: [problem] }), 2);
  assert.equal(gate({ failures: [{ rule: 'run-sudo', message: 'The rule run-sudo failed' }] }), 2);
  assert.equal(gate({ error: 'cannot be read' }), 2);
});

test('options that make no sense are refused with words', (t) => {
  const folder = makeFolder(t, { Dockerfile: dirty });
  for (const args of [
    ['--jobs', '0'],
    ['--jobs', 'many'],
    ['--shard', '5/4'],
    ['--shard', '0/4'],
    ['--shard', 'x'],
    ['--diff', '--fix'],
    ['--diff', '--format', 'json'],
    ['--statistics', '--format', 'sarif'],
    ['-', '--since', 'HEAD'],
    ['-', '--shard', '1/2'],
  ]) {
    const { status, stdout, stderr } = runCli(folder, ['check', ...args]);
    assert.deepEqual([status, stdout], [2, ''], args.join(' '));
    assert.match(stderr, /^drydock: .+ Run drydock check --help for help\n$/);
  }
});
