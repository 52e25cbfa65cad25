// The whole cycle with a real builder and a real registry, and a scanner that says what it is told to: names, gates, the
// report, and how it goes on.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Ending } from '../../server/src/cli/command';
import { run } from '../../server/src/cli/commands/cycle';
import { size } from '../../server/src/cli/commands/size';
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
  /** What stands in the folder of the tools. */
  readonly tools: string;
  readonly env: Readonly<Record<string, string>>;
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
  const folder = makeFolder(t, { '.gitignore': 'busybox\n*.json\n*.bin\n.drydock.yaml\n' });
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
    tools,
    env: started.env,
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
    .filter((line) => /^(?:build|inspect|scan|sbom|tag|push|sign|attest): /.test(line))
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
    'sbom not run',
    'push not run',
    'sign not run',
    'attest not run',
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
    [
      'build passed',
      'inspect kept',
      'scan passed',
      'tag passed',
      'sbom skipped',
      'push passed',
      'sign skipped',
      'attest skipped',
    ],
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
    'sbom not run',
    'push not run',
    'sign not run',
    'attest not run',
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
    ['build', 'inspect', 'scan', 'tag', 'sbom', 'push', 'sign', 'attest'].map((id) => `${id} not run`),
  );
  found(clean);
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY nothing /\n');
  const broken = await cycle('--version', '1.0.0');
  assert.equal(broken.ending, 'gateFailed');
  assert.match(broken.out, /^build: failed: .*Dockerfile:2: /m);
  for (const [text, expected] of [
    ['cycle: { versoin: 1.0.0 }', /Unknown key cycle\.versoin\. Did you mean version\?/],
    ['cycle: { maximumSize: big }', /cycle\.maximumSize must be a size such as 120 MB, not big/],
    ['cycle: { sizeLimit: 5% }', /cycle\.sizeLimit and cycle\.sizeFloor need cycle\.sizeBaseline/],
    ['cycle: { sizeBaseline: gone.json }', /there is no baseline: .*gone\.json is missing\. Write it with /],
    ['cycle: { sbom: a.json, attest: true }', /cycle\.attest needs cycle\.signKey or cycle\.keyless/],
    ['cycle: { attest: true, keyless: true }', /cycle\.attest needs cycle\.sbom, the list to attach/],
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

test('an image that outgrew its baseline is not sent, and what is sent leaves a list of its contents', async (t) => {
  const place = await bench(t);
  if (!place) return;
  const { folder, cycle, commit, tags, tools, env } = place;
  const config = (more: string): void =>
    writeFileSync(
      join(folder, '.drydock.yaml'),
      `cycle: { version: 1.0.0, sizeBaseline: size.json, sbom: out.spdx.json${more} }\n`,
    );
  const list = {
    spdxVersion: 'SPDX-2.3',
    packages: [{ SPDXID: 'SPDXRef-Package-busybox', name: 'busybox' }],
  };
  const packed = join(tools, 'image.tar');
  commit('one');
  writeFileSync(join(folder, '.drydock.yaml'), 'cycle: { version: 0.9.0 }\n');
  const built = await cycle();
  const tag = /^build: passed: (\S+) with /m.exec(built.out)?.[1] ?? '';
  const saved = await ask({
    program: 'buildah',
    args: ['push', tag, `docker-archive:${packed}:${tag}`],
    env,
  });
  assert.equal(saved.exit, 0, saved.stderr);
  const written = await size.run(
    [packed, '--write-baseline', '--baseline', join(folder, 'size.json')],
    heardTerminal().terminal,
  );
  assert.equal(written, 'clean');

  // A tool that fails leaves no list, and nothing is told of it but that.
  config('');
  writeFileSync(join(tools, 'syft'), `#!/bin/sh\necho "no" >&2\nexit 1\n`);
  chmodSync(join(tools, 'syft'), 0o755);
  const unlisted = await cycle();
  assert.equal(unlisted.ending, 'undone', unlisted.out + unlisted.said);
  assert.match(unlisted.out, /^inspect: passed: \d.* MB, within the budget of .*size\.json$/m);
  assert.match(unlisted.out, /^sbom: could not be done: Syft could not list /m);
  assert.ok(!existsSync(join(folder, 'out.spdx.json')));

  writeFileSync(join(tools, 'syft'), `#!/bin/sh\necho '${JSON.stringify(list)}'\n`);
  const passed = await cycle();
  assert.equal(passed.ending, 'clean', passed.out + passed.said);
  assert.match(passed.out, /^sbom: passed: 1 package in .*out\.spdx\.json$/m);
  assert.match(passed.out, /^attest: skipped: the project does not ask for it$/m);
  assert.equal(readFileSync(join(folder, 'out.spdx.json'), 'utf8').trim(), JSON.stringify(list));
  const sent = await tags();

  // A new file of a megabyte that no gzip makes smaller.
  writeFileSync(join(folder, 'new.bin'), randomBytes(1_000_000));
  writeFileSync(join(folder, 'Dockerfile'), `${dockerfile('one')}COPY new.bin /srv/\n`);
  const grown = await cycle('--report', join(tools, 'report.md'));
  assert.equal(grown.ending, 'gateFailed', grown.out + grown.said);
  assert.match(
    grown.out,
    /^inspect: failed: The image grew by 1\.0 MB \(\+.* %\) compressed since .*size\.json, more than 5 % and /m,
  );
  assert.match(grown.out, /\/srv\/new\.bin/);
  assert.match(readFileSync(join(tools, 'report.md'), 'utf8'), /Dockerfile:5.*COPY new\.bin/);
  assert.deepEqual(await tags(), sent);
  // Growth that the project allows.
  config(', sizeFloor: 2 MB');
  assert.match((await cycle('--dry-run')).out, /^inspect: not run: dry run$/m);
  assert.match((await cycle()).out, /^inspect: passed: \d.* MB, within the budget of /m);
});
