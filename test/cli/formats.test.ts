// The formats that other programs read, held against their schemas, also with names and texts made to break them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { validateXML } from 'xmllint-wasm';
import { git, runCli } from '../harness/cli';
import { makeFolder } from '../harness/workspace';

const hostileName = 'a\n::error::b,c:d%\u001b[31m<&"\'>]]>.Dockerfile';
const hostileText =
  'FROM debian:12\nRUN apt-get update && apt-get install "]]>&<\u001b[31m::error::x%0A##vso[task]"\nMAINTAINR 💥 x\nCOPY --form=a b c\n';
const files = {
  'app/Dockerfile': 'FROM debian:12\nRUN apt-get update && apt-get install curl\nRUN sudo ls\nRUN sudo ls\n',
  [hostileName]: hostileText,
  'clean/Dockerfile': 'FROM scratch\nCOPY app /app\nUSER 65532\nENTRYPOINT ["/app"]\n',
  'bom.Dockerfile': '\uFEFFFROM debian\nRUN sudo é💥 && sudo ls\n',
  'huge.Dockerfile': 'x'.repeat(2_000_001),
};

interface Sarif {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly baselineState?: string;
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
          readonly region: {
            readonly startLine: number;
            readonly startColumn: number;
            readonly endColumn: number;
          };
        };
      }[];
      readonly fixes?: readonly unknown[];
    }[];
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly invocations: readonly { readonly executionSuccessful: boolean }[];
  }[];
}

const ajv = new Ajv({ allErrors: true, strict: false });
ajv.addFormat('uri', (text: string) => URL.canParse(text));
ajv.addFormat('uri-reference', (text: string) => URL.canParse(text, 'file:///root/'));
ajv.addFormat('date-time', (text: string) => !Number.isNaN(Date.parse(text)));

function schema(name: string): object {
  const {
    id: _id,
    $schema: _draft,
    ...rest
  } = JSON.parse(readFileSync(`test/cli/schemas/${name}`, 'utf8')) as Record<string, unknown>;
  return rest;
}

const isSarif = ajv.compile(schema('sarif-2.1.0.json'));
const isIssue = ajv.compile(schema('gitlab-code-quality.json'));
const isClimateIssue = ajv.compile(schema('codeclimate-issue.json'));

function sarif(text: string): Sarif['runs'][number] {
  const log = JSON.parse(text) as Sarif;
  assert.ok(isSarif(log), JSON.stringify(isSarif.errors?.slice(0, 5)));
  const [run] = log.runs;
  assert.ok(run && log.runs.length === 1);
  for (const { ruleId, ruleIndex } of run.results) assert.equal(run.tool.driver.rules[ruleIndex]?.id, ruleId);
  return run;
}

/** No command for a CI system, and nothing that moves the cursor. */
function assertHarmless(text: string): void {
  assert.doesNotMatch(text, /[\0-\x08\x0B-\x1F\x7F]|##vso\[/);
}

test('SARIF: valid, with rules, fixes, columns in UTF-16, paths from the root, and what was not checked', (t) => {
  const folder = makeFolder(t, files);
  const { status, stdout } = runCli(folder, ['check', '--format', 'sarif']);
  assert.equal(status, 2);
  assertHarmless(stdout);
  const run = sarif(stdout);
  assert.equal(run.invocations[0]?.executionSuccessful, false);
  assert.ok(run.results.some(({ fixes }) => fixes));
  const places = run.results.map(({ locations }) => locations[0]?.physicalLocation);
  for (const place of places) assert.equal(place?.artifactLocation.uriBaseId, '%SRCROOT%');
  const uris = new Set(places.map((place) => decodeURIComponent(place?.artifactLocation.uri ?? '')));
  assert.deepEqual([...uris].sort(), [hostileName, 'app/Dockerfile', 'bom.Dockerfile'].sort());
  const onFirstLine = places.find(
    (place) => place?.artifactLocation.uri === 'bom.Dockerfile' && place.region.startLine === 1,
  );
  assert.equal(onFirstLine?.region.startColumn, 'FROM '.length + 1, 'a byte order mark is not a column');
  const sudo = run.results
    .filter(({ ruleId }) => ruleId === 'run-sudo')
    .map(({ locations }) => locations[0]?.physicalLocation);
  const inBom = sudo.filter((place) => place?.artifactLocation.uri === 'bom.Dockerfile');
  for (const place of inBom)
    assert.ok([5, 'RUN sudo é💥 && '.length + 1].includes(place?.region.startColumn ?? 0));
});

test('SARIF: fingerprints are unique and stay when lines move', (t) => {
  const text = files['app/Dockerfile'];
  const prints = (content: string): string[] => {
    const folder = makeFolder(t, { Dockerfile: content });
    const { results } = sarif(
      runCli(folder, ['check', '--format', 'sarif', '--hints', '--profile', 'strict']).stdout,
    );
    return results.map(({ ruleId, partialFingerprints }) => `${ruleId} ${partialFingerprints['drydock/v1']}`);
  };
  const before = prints(text);
  assert.ok(before.length > 4);
  assert.equal(new Set(before).size, before.length);
  assert.deepEqual(prints(`# Moved\n\n\n${text}`).sort(), before.sort());
});

test('XML: JUnit and Checkstyle are valid, and every finding is there', async (t) => {
  const folder = makeFolder(t, files);
  const findings = runCli(folder, ['check']).stdout.trimEnd().split('\n').length - 1;
  for (const [format, element, schemaName] of [
    ['junit', 'failure', 'junit-10.xsd'],
    ['checkstyle', 'error', 'checkstyle-report.xsd'],
  ] as const) {
    const { status, stdout } = runCli(folder, ['check', '--format', format]);
    assert.equal(status, 2);
    assertHarmless(stdout);
    const result = await validateXML({
      xml: [{ fileName: 'report.xml', contents: stdout }],
      schema: [readFileSync(`test/cli/schemas/${schemaName}`, 'utf8')],
    });
    assert.ok(result.valid, JSON.stringify(result.errors));
    const unread = 1;
    const found = [...stdout.matchAll(new RegExp(`<${element} `, 'g'))].length;
    assert.equal(found, format === 'junit' ? findings : findings + unread);
    assert.match(stdout, /is larger than 2 MB/);
  }
  const clean = runCli(folder, ['check', 'clean', '--format', 'junit']).stdout;
  assert.match(clean, /tests="1" failures="0" errors="0"/);
});

test('Code Quality and Code Climate: each issue is valid, and no fingerprint comes twice', (t) => {
  const folder = makeFolder(t, { ...files, 'copy/Dockerfile': files['app/Dockerfile'] });
  for (const format of ['gitlab', 'codeclimate']) {
    const { stdout } = runCli(folder, ['check', '--format', format]);
    assertHarmless(stdout);
    const issues = JSON.parse(stdout) as {
      fingerprint: string;
      severity: string;
    }[];
    for (const issue of issues) {
      assert.ok(isIssue(issue), JSON.stringify(isIssue.errors));
      assert.ok(['info', 'minor', 'major', 'critical', 'blocker'].includes(issue.severity));
      if (format === 'codeclimate') assert.ok(isClimateIssue(issue), JSON.stringify(isClimateIssue.errors));
    }
    assert.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, issues.length);
    assert.match(stdout, /is larger than 2 MB/);
  }
  assert.equal(runCli(folder, ['check', 'clean', '--format', 'gitlab']).stdout, '[]\n');
});

test('GitHub: one command a line, whatever a file is called', (t) => {
  const folder = makeFolder(t, files);
  const { stdout } = runCli(folder, ['check', '--format', 'github']);
  assertHarmless(stdout);
  const lines = stdout.trimEnd().split('\n');
  const commands = lines.slice(0, -1);
  for (const line of commands)
    assert.match(
      line,
      /^::(?:error|warning|notice) file=[^:,]+(?:,(?:line|endLine|col|endColumn)=\d+){0,4}(?:,title=[a-z0-9-]+)?::[^\n]+$/,
    );
  assert.ok(commands.some((line) => line.includes('file=a\\n%3A%3Aerror%3A%3Ab%2Cc%3Ad%25\\x1b[31m<&')));
  assert.match(lines.at(-1) ?? '', /^5 files: /);
});

test('paths in CI formats begin at the root of the repository', (t) => {
  const folder = makeFolder(t, { 'app/Dockerfile': files['app/Dockerfile'] });
  git(folder, 'init', '-q');
  const inApp = (format: string): string => runCli(`${folder}/app`, ['check', '--format', format]).stdout;
  assert.match(inApp('github'), /file=app\/Dockerfile,/);
  assert.match(inApp('checkstyle'), /name="app\/Dockerfile"/);
  assert.match(inApp('text'), /^Dockerfile:/);
});

test('agent: short lines, fixes as changed lines, how to apply them, and what was cut', (t) => {
  const folder = makeFolder(t, files);
  const { stdout } = runCli(folder, ['check', 'app', '--format', 'agent']);
  assert.match(
    stdout,
    /^app\/Dockerfile:2:\d+ apt-get-yes warning apt-get asks .*\n {2}fix \(safe\): Add -y\n {2}line 2\n {2}- RUN apt-get update && apt-get install curl\n {2}\+ RUN apt-get update && apt-get install -y curl$/m,
  );
  assert.match(stdout, /^apply: drydock check --fix \(\d+ safe\)/m);
  assertHarmless(runCli(folder, ['check', '--format', 'agent']).stdout);
  const many = makeFolder(t, { Dockerfile: `FROM debian:12\n${'RUN sudo ls\n'.repeat(100)}` });
  const cut = runCli(many, ['check', '--format', 'agent', '--profile', 'strict']).stdout;
  assert.ok(cut.length < 20_000);
  assert.match(cut, /^cut: \d+ findings, most of .*run-sudo \(\d+\)/m);
});

test('statistics count by rule, as text and as data', (t) => {
  const folder = makeFolder(t, files);
  const text = runCli(folder, ['check', 'app', '--statistics']).stdout;
  assert.match(text, /^ +1 +1 +warning +apt-get-yes +1 safe$/m);
  const data = JSON.parse(runCli(folder, ['check', '--statistics', '--format', 'json']).stdout) as {
    readonly files: number;
    readonly errors: number;
    readonly statistics: readonly { readonly rule: string; readonly findings: number }[];
  };
  assert.deepEqual([data.files, data.errors], [5, 1]);
  assert.ok(data.statistics.some(({ rule, findings }) => rule === 'run-sudo' && findings > 0));
});
