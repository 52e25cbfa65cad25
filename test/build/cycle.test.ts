// The whole cycle with a real builder and a real registry, and a scanner that says what it is told to: names, gates, the
// report, and how it goes on.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Ending } from '../../server/src/cli/command';
import { run } from '../../server/src/cli/commands/cycle';
import { heardTerminal } from '../harness/heard-terminal';
import { addBusybox, startBuildah } from '../harness/engines';
import { startDockerRegistry } from '../harness/registry';
import { ask, machineWithEnvironment } from '../harness/runs';
import { requireTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';

const dockerfile = (label: string): string => `FROM scratch
COPY busybox /bin/sh
LABEL what=${label}
HEALTHCHECK CMD ["/bin/sh", "-c", "true"]
`;

const clean = '{"matches":[]}';
const high = JSON.stringify({
  matches: [
    {
      vulnerability: { id: 'CVE-2099-1', severity: 'High', fix: { versions: ['2'], state: 'fixed' } },
      artifact: { name: 'busybox', version: '1', type: 'binary', locations: [] },
    },
  ],
});

interface Bench {
  readonly folder: string;
  readonly repository: string;
  /** What the scanner will say. */
  found(report: string): void;
  commit(label: string): string;
  cycle(
    ...words: readonly string[]
  ): Promise<{ readonly ending: Ending; readonly out: string; readonly said: string }>;
  tags(): Promise<readonly string[]>;
}

async function bench(t: TestContext): Promise<Bench | undefined> {
  const started = startBuildah(t);
  const registry = requireTool(t, 'docker-registry');
  const git = requireTool(t, 'git');
  if (!started || registry === undefined || git === undefined || !requireTool(t, 'skopeo')) return undefined;
  const folder = makeFolder(t, { '.gitignore': 'busybox\n' });
  if (!addBusybox(t, folder)) return undefined;
  const host = await startDockerRegistry(registry);
  t.after(() => host.stop());
  const tools = makeFolder(t, { 'said.json': clean });
  // Which images it was asked about is counted.
  writeFileSync(join(tools, 'grype'), `#!/bin/sh\necho scan >> "${tools}/count"\ncat "${tools}/said.json"\n`);
  chmodSync(join(tools, 'grype'), 0o755);
  const path = `${tools}:${process.env['PATH'] ?? ''}`;
  const machine = machineWithEnvironment({
    ...started.env,
    PATH: path,
    XDG_CACHE_HOME: join(tools, 'cache'),
  });
  const call = (...args: readonly string[]): string => {
    const who = ['-c', 'user.name=x', '-c', 'user.email=x@example.com', '-c', 'commit.gpgsign=false'];
    const { status, stdout, stderr } = spawnSync(git, [...who, ...args], { cwd: folder, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return stdout.trim();
  };
  call('init', '-q');
  const repository = `${host.host}/team/app`;
  return {
    folder,
    repository,
    found: (report) => writeFileSync(join(tools, 'said.json'), report),
    commit: (label) => {
      writeFileSync(join(folder, 'Dockerfile'), dockerfile(label));
      call('add', '-A');
      call('commit', '-q', '-m', label);
      return call('rev-parse', '--short=7', 'HEAD');
    },
    cycle: async (...words) => {
      const { terminal, heard } = heardTerminal();
      const given = [
        join(folder, 'Dockerfile'),
        '--engine',
        'buildah',
        '--scanner',
        'grype',
        '--repository',
        repository,
      ];
      const ending = await run([...given, ...words], terminal, machine, '2027-01-15');
      return { ending, ...heard };
    },
    tags: async () => {
      const args = ['list-tags', '--tls-verify=false', `docker://${repository}`];
      const { exit, stdout } = await ask({ program: 'skopeo', args });
      return exit === 0 ? [...(JSON.parse(stdout) as { Tags: string[] }).Tags].sort() : [];
    },
  };
}

/** The first two words of each line about a step. */
function steps(out: string): string[] {
  return out
    .split('\n')
    .filter((line) => /^(?:build|inspect|scan|tag|push|sign): /.test(line))
    .map((line) => line.split(': ').slice(0, 2).join(' '));
}

test('the cycle from the file to the registry', async (t) => {
  const place = await bench(t);
  if (!place) return;
  const { repository, cycle, commit, found, tags } = place;
  const report = join(makeFolder(t), 'report.md');
  const first = commit('one');

  // A finding stops it before anything is sent, and the report names the step.
  found(high);
  const stopped = await cycle('--version', '1.4.0', '--report', report);
  assert.equal(stopped.ending, 'gateFailed', stopped.out + stopped.said);
  assert.deepEqual(steps(stopped.out), [
    'build passed',
    'inspect passed',
    'scan failed',
    'tag not run',
    'push not run',
    'sign not run',
  ]);
  assert.deepEqual(await tags(), []);
  const page = readFileSync(report, 'utf8');
  assert.match(page, /^The cycle stopped: the gate of scan failed\. Fix that and go on with --resume\.$/m);
  assert.match(
    page,
    /^\| scan \| failed \| .*1 known vulnerability \(1 high\).*Gate failed: 1 high or worse \|$/m,
  );
  assert.match(page, /^\| push \| not run \| scan stopped the run \|$/m);
  assert.doesNotMatch(page, /\| (?:tag|push|sign) \| passed/);

  // It goes on where it stopped: what passed on the same image is taken over, what failed runs again.
  found(clean);
  const resumed = await cycle('--version', '1.4.0', '--resume', '--format', 'json');
  assert.equal(resumed.ending, 'clean', resumed.out + resumed.said);
  const data = JSON.parse(resumed.out) as { outcome: string; steps: { id: string; outcome: string }[] };
  assert.deepEqual(
    data.steps.map(({ id, outcome }) => `${id} ${outcome}`),
    ['build passed', 'inspect kept', 'scan passed', 'tag passed', 'push passed', 'sign skipped'],
  );
  assert.deepEqual(await tags(), ['1.4.0', first].sort());
  const inspected = await ask({
    program: 'skopeo',
    args: ['inspect', '--tls-verify=false', '--config', '--raw', `docker://${repository}:1.4.0`],
  });
  assert.match(inspected.stdout, /"Healthcheck":\{"Test":\["CMD"/);

  // The same once more sends nothing new, and the scan is not repeated.
  const again = await cycle('--version', '1.4.0', '--resume');
  assert.equal(again.ending, 'clean', again.out + again.said);
  assert.match(again.out, /^scan: passed in an earlier run with the same input: /m);

  // The same version with other content is refused, and nothing of it arrives.
  const second = commit('two');
  const refused = await cycle('--version', '1.4.0', '--resume');
  assert.equal(refused.ending, 'gateFailed', refused.out + refused.said);
  assert.deepEqual(steps(refused.out), [
    'build passed',
    'inspect passed',
    'scan passed',
    'tag failed',
    'push not run',
    'sign not run',
  ]);
  assert.match(refused.out, /1\.4\.0: refused: the registry has another image under it/);
  assert.ok(!(await tags()).includes(second));
});

test('what cannot be done is never told as passed', async (t) => {
  const place = await bench(t);
  if (!place) return;
  const { folder, cycle, commit, found, tags } = place;
  commit('one');
  found('{');
  const unreadable = await cycle('--version', '1.0.0');
  assert.equal(unreadable.ending, 'undone');
  assert.match(unreadable.out, /^scan: could not be done: Grype could not scan /m);
  assert.match(unreadable.out, /^The cycle stopped: scan could not be done/m);
  const dry = await cycle('--dry-run');
  assert.equal(dry.ending, 'clean');
  assert.deepEqual(
    steps(dry.out),
    ['build', 'inspect', 'scan', 'tag', 'push', 'sign'].map((id) => `${id} not run`),
  );
  found(clean);
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY nothing /\n');
  const broken = await cycle('--version', '1.0.0');
  assert.equal(broken.ending, 'gateFailed');
  assert.match(broken.out, /^build: failed: .*Dockerfile:2: /m);
  for (const [text, expected] of [
    ['cycle: { versoin: 1.0.0 }', /Unknown key cycle\.versoin\. Did you mean version\?/],
    ['cycle: { maximumSize: big }', /cycle\.maximumSize must be a size such as 120 MB, not big/],
    ['cycle: { target: gone }', /cycle\.target: .*Dockerfile has no stage gone/],
    ['cycle: { repositories: -x }\nscan: { failon: high }', /Unknown key scan\.failon/],
  ] as const) {
    writeFileSync(join(folder, '.drydock.yaml'), text);
    const wrong = await cycle();
    assert.deepEqual([wrong.ending, wrong.out], ['undone', ''], text);
    assert.match(wrong.said, expected);
  }
  writeFileSync(join(folder, 'Dockerfile'), dockerfile('small'));
  writeFileSync(join(folder, '.drydock.yaml'), 'cycle: { maximumSize: 10 kB, version: 1.0.0 }\n');
  const large = await cycle();
  assert.equal(large.ending, 'gateFailed');
  assert.match(large.out, /^inspect: failed: \d.* MB, larger than 10 kB$/m);
  assert.deepEqual(await tags(), []);
});
