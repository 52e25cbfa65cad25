// `drydock scan` with a scanner that says what the real one said once: what is told, what the gate does, and what is
// never taken for a scan that found nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { run } from '../../server/src/cli/commands/scan';
import type { Ending } from '../../server/src/cli/command';
import { heardTerminal } from '../harness/heard-terminal';
import { machineWith } from '../harness/runs';
import { makeFolder } from '../harness/workspace';

interface Scanned {
  readonly ending: Ending;
  readonly out: string;
  readonly said: string;
}

const layers = ['sha256:base', 'sha256:run'];
const history = [
  { created_by: 'ADD rootfs /' },
  { created_by: 'RUN /bin/sh -c apt-get install -y curl # buildkit' },
];

function match(
  id: string,
  severity: string,
  name: string,
  layer: string | undefined,
  fixed?: string,
): object {
  const locations = layer === undefined ? [] : [{ layerID: layer }];
  const fix =
    fixed === undefined ? { versions: [], state: 'not-fixed' } : { versions: [fixed], state: 'fixed' };
  return { vulnerability: { id, severity, fix }, artifact: { name, version: '1.0', type: 'deb', locations } };
}

function report(...matches: readonly object[]): string {
  const config = Buffer.from(JSON.stringify({ history })).toString('base64');
  const target = { layers: layers.map((digest) => ({ digest })), config };
  return JSON.stringify({ matches, source: { target } });
}

const usual = report(
  match('CVE-2099-1', 'Critical', 'openssl', 'sha256:base'),
  match('CVE-2099-2', 'High', 'curl', 'sha256:run', '1.1'),
  match('CVE-2099-3', 'Low', 'tar', 'sha256:base', '2'),
);

/** @param files of the project; those of the scanner come from it */
async function scan(
  t: TestContext,
  files: Readonly<Record<string, string>>,
  words: readonly string[],
  script = 'cat "$REPORT"\n',
  engines: Readonly<Record<string, string>> = {},
): Promise<Scanned> {
  const folder = makeFolder(t, { 'said.json': usual, 'app.tar': `${'x'.repeat(257)}ustar`, ...files });
  const { machine } = machineWith(t, {
    grype: `#!/bin/sh\nREPORT="${folder}/said.json"\n${script}`,
    ...engines,
  });
  const withPath: typeof machine = {
    ...machine,
    runner: {
      run: (one, options) =>
        machine.runner.run({ ...one, env: { ...one.env, PATH: '/usr/bin:/bin' } }, options),
    },
  };
  const { terminal, heard } = heardTerminal();
  const inside = words.map((word) => word.replace('‹', `${folder}/`));
  const ending = await run(inside, terminal, withPath, '2027-01-15');
  const hide = (text: string): string => text.replaceAll(`${folder}/`, '');
  return { ending, out: hide(heard.out), said: hide(heard.said) };
}

const file = 'FROM debian:12\nRUN apt-get install -y curl\n';

test('findings stand below their instruction, the base apart, and the gate counts', async (t) => {
  const { ending, out } = await scan(t, { Dockerfile: file }, [
    '‹app.tar',
    '--file',
    '‹Dockerfile',
    '--fail-on',
    'high',
  ]);
  assert.equal(ending, 'gateFailed');
  assert.equal(
    out,
    `app.tar: 3 known vulnerabilities (1 critical, 1 high, 1 low): 2 from the base image, 1 from your own steps

Dockerfile:1: FROM debian:12 (the base image)
  low       CVE-2099-3  tar 1.0      → 2
  critical  CVE-2099-1  openssl 1.0  no fix yet

Dockerfile:2: RUN apt-get install -y curl
  high  CVE-2099-2  curl 1.0  → 1.1

Gate failed: 2 high or worse
`,
  );
});

test('an image of podman or buildah is written out, as no scanner can look into their stores', async (t) => {
  const id = 'a'.repeat(64);
  const store = (has: boolean): string => `#!/bin/sh
case "$*" in
  *inspect*) ${has ? `echo '[{"Id":"${id}","Size":1}]'` : 'echo "no such image" >&2; exit 125'};;
  push*) echo "$*" >"\${3#docker-archive:}";;
  save*) for word; do case $word in --output=*) echo "$*" >"\${word#--output=}";; esac; done;;
  *) echo "\${0##*/} version 5.0.0";;
esac
`;
  // It finds something in an archive alone, if that was made from the id.
  const script = `case "$*" in
  *docker-archive:*) while read -r line; do case $line in *${id}*) cat "$REPORT";; esac; done <"\${2#docker-archive:}";;
  *docker:*|*podman:*|*registry:*) echo "no $2" >&2; exit 1;;
  *) echo '{"version":"0.100.0"}';;
esac\n`;
  for (const engine of ['podman', 'buildah']) {
    const found = await scan(t, {}, ['app:1'], script, { [engine]: store(true) });
    assert.equal(found.ending, 'clean', found.said);
    assert.match(found.out, /^app:1: 3 known vulnerabilities/);
    const nowhere = await scan(t, {}, ['app:1'], script, { [engine]: store(false) });
    assert.equal(nowhere.ending, 'undone');
    assert.match(nowhere.said, /could not scan app:1: no registry:app:1/);
  }
});

test('options leave out, and say so; a gate is not blind to what is not shown', async (t) => {
  const unfixed = await scan(t, {}, [
    '‹app.tar',
    '--ignore-unfixed',
    '--severity',
    'low',
    '--fail-on',
    'critical',
  ]);
  assert.equal(unfixed.ending, 'clean');
  assert.match(
    unfixed.out,
    /Not shown: 1 of other severities than low\nLeft out: 1 that nothing fixes yet\nGate passed/,
  );
  const hidden = await scan(t, {}, ['‹app.tar', '--severity', 'low', '--fail-on', 'critical']);
  assert.equal(hidden.ending, 'gateFailed');
  assert.deepEqual((await scan(t, {}, ['‹app.tar'])).ending, 'clean');
});

test('what is ignored has a reason and an end, and is shown', async (t) => {
  const ignore = `ignore:
  - { id: cve-2099-1, reason: the code is never called }
  - { id: CVE-2099-2, reason: fixed next week, until: 2027-01-15 }
  - { id: CVE-2099-3, reason: fixed last week, until: 2027-01-14 }
  - { id: CVE-2099-3, reason: of another package, package: gzip }
`;
  const { ending, out } = await scan(t, { 'ignore.yaml': ignore }, [
    '‹app.tar',
    '--ignore-file',
    '‹ignore.yaml',
    '--fail-on',
    'high',
  ]);
  assert.equal(ending, 'clean');
  assert.match(out, /Ignored: CVE-2099-1 openssl 1\.0 \(the code is never called\)\n/);
  assert.match(out, /Ignored until 2027-01-15: CVE-2099-2 curl 1\.0 \(fixed next week\)\n/);
  assert.match(out, /Not ignored any more: CVE-2099-3 ended on 2027-01-14 \(fixed last week\)/);
  const configured = await scan(
    t,
    { Dockerfile: file, '.drydock.yaml': `scan:\n  failOn: low\n  ${ignore.replaceAll('\n', '\n  ')}` },
    ['‹app.tar', '--file', '‹Dockerfile'],
  );
  assert.equal(configured.ending, 'gateFailed');
  assert.match(configured.out, /Gate failed: 1 low or worse\n$/);
});

test('what is wrong with an ignore or a configuration stops the scan: it would say too much', async (t) => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['scan: { failon: high }', /Unknown key scan\.failon\. Did you mean failOn\?/],
    [
      'scan: { ignore: [ { id: CVE-1 } ] }',
      /scan\.ignore must be a list of entries with id and reason: CVE-1 has no reason/,
    ],
    ['scan: { ignore: [ { id: CVE-1, reason: x, until: soon } ] }', /CVE-1 has an until that is not a day/],
    [
      'scan: { ignore: [ { id: CVE-1, reason: x, untill: 2027-01-01 } ] }',
      /CVE-1 has the unknown key untill/,
    ],
    ['scan: [1]', /scan must be a mapping with the keys severities, ignoreUnfixed, failOn and ignore/],
    ['[1', /not valid YAML/],
  ];
  for (const [text, expected] of cases) {
    const { ending, out, said } = await scan(t, { 'c.yaml': text }, ['‹app.tar', '--config', '‹c.yaml']);
    assert.deepEqual([ending, out], ['undone', ''], text);
    assert.match(said, expected);
  }
});

test('a scan that could not be made has no result', async (t) => {
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      'echo "failed to load vulnerability db: database does not exist" >&2; exit 1',
      ['‹app.tar'],
      /Run "grype db update" once/,
    ],
    ['echo "{"', ['‹app.tar'], /its output cannot be read \(it is not JSON\)/],
    ['echo "{}"', ['‹app.tar'], /matches is missing/],
    ['exit 3', ['‹app.tar'], /exit code 3/],
    ['cat "$REPORT"', ['‹app.tar', '--scanner', 'trivy'], /no scanner is here: install Trivy/],
    ['cat "$REPORT"', ['‹nothing.json'], /neither a file nor the name of an image/],
    ['cat "$REPORT"', ['‹broken.json'], /cannot read broken\.json: it is not JSON/],
    ['cat "$REPORT"', ['‹app.tar', '--vex', '‹gone.json'], /gone\.json is not a file/],
    [
      'cat "$REPORT"',
      ['‹app.tar', '--ignore-file', '‹.trivyignore'],
      /Grype reads \.grype\.yaml as its ignore file/,
    ],
    ['cat "$REPORT"', ['‹scratch.Dockerfile'], /no base image in scratch\.Dockerfile can be scanned by name/],
  ];
  const files = {
    'broken.json': '{"matches":[',
    '.trivyignore': 'CVE-1\n',
    'scratch.Dockerfile': 'FROM scratch\n',
  };
  for (const [script, words, expected] of cases) {
    const { ending, out, said } = await scan(t, files, words, script);
    assert.deepEqual([ending, out], ['undone', ''], said);
    assert.match(said, expected);
  }
});

test('the base image of a file, and what the file itself is checked by', async (t) => {
  const { out, ending } = await scan(t, { Dockerfile: file }, ['‹Dockerfile']);
  assert.equal(ending, 'clean');
  assert.match(
    out,
    /^debian:12: 3 known vulnerabilities .*: 3 from the base image, 0 from your own steps\n\nDockerfile:1: FROM debian:12/,
  );
  assert.match(out, /Mistakes in Dockerfile itself are what drydock check Dockerfile finds/);
});

test('two surfaces are compared, and the gate looks at what is new', async (t) => {
  const before = report(
    match('CVE-2099-1', 'Critical', 'openssl', undefined),
    match('CVE-2099-9', 'High', 'gone', undefined),
  );
  const words = ['‹app.tar', '--compare', '‹before.json', '--fail-on', 'critical'];
  const { ending, out } = await scan(t, { 'before.json': before }, words);
  assert.equal(ending, 'clean');
  assert.match(
    out,
    /Compared with before\.json: 2 added, 1 gone, 1 kept\nAdded\n\+ high {2}CVE-2099-2 .*\n\+ low .*\nGone\n- high {2}CVE-2099-9 {2}gone 1\.0 {2}no fix yet\n\nGate passed: none new and critical or worse; 1 were there before\n$/,
  );
  assert.equal(
    (await scan(t, { 'before.json': before }, [...words.slice(0, 4), 'high'])).ending,
    'gateFailed',
  );
});

test('as data, for code scanning and as Markdown; our own data is read again', async (t) => {
  const words = ['‹app.tar', '--file', '‹Dockerfile', '--format'];
  const json = await scan(t, { Dockerfile: file }, [...words, 'json']);
  const data = JSON.parse(json.out) as { vulnerabilities: { id: string; from: object }[] };
  assert.deepEqual(
    data.vulnerabilities.map(({ id }) => id),
    ['CVE-2099-3', 'CVE-2099-1', 'CVE-2099-2'],
  );
  assert.deepEqual(data.vulnerabilities.at(-1)?.from, {
    origin: 'step',
    line: 2,
    step: 'RUN apt-get install -y curl',
  });
  const again = await scan(t, { 'own.json': json.out }, ['‹own.json', '--compare', '‹said.json']);
  assert.match(again.out, /0 added, 0 gone, 3 kept/);
  const sarif = await scan(t, { Dockerfile: file }, [...words, 'sarif']);
  const { runs } = JSON.parse(sarif.out) as { runs: { results: { ruleId: string; level: string }[] }[] };
  assert.deepEqual(
    runs[0]?.results.map(({ ruleId, level }) => `${ruleId} ${level}`),
    ['CVE-2099-3 note', 'CVE-2099-1 error', 'CVE-2099-2 error'],
  );
  const page = await scan(t, { Dockerfile: file }, [...words, 'markdown']);
  assert.match(page.out, /\| high \| \[CVE-2099-2\]\(https:\S+\) \| `curl` \| `1\.0` \| `1\.1` \|/);
  const folder = makeFolder(t);
  const output = join(folder, 'x.md');
  const written = await scan(t, {}, ['‹app.tar', '--format', 'markdown', '--output', output]);
  assert.equal(written.out, '');
  assert.match(readFileSync(output, 'utf8'), /^app|^.*3 known vulnerabilities/);
});

test('an SBOM is scanned as such, and VEX and an ignore file reach the scanner', async (t) => {
  const wanted = '--output=json\\ --config=*/.grype.yaml\\ --vex=*/vex.json\\ sbom:*/sbom.json';
  const script = `case "$*" in ${wanted}) cat "$REPORT";; *) echo "$*" >&2; exit 9;; esac`;
  const files = {
    'sbom.json': '{"bomFormat":"CycloneDX","components":[{}]}',
    'vex.json': '{}',
    '.grype.yaml': '',
  };
  const words = ['‹sbom.json', '--vex', '‹vex.json', '--ignore-file', '‹.grype.yaml'];
  const { ending, said } = await scan(t, files, words, script);
  assert.equal(ending, 'clean', said);
});
