// Scanners' reports, in the form each documents, become one result; and the line that is to blame.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { probeIn } from '../../server/src/workflow/find-tools';
import { attribute, attributeToBase, stageChain } from '../../server/src/workflow/scan/attribution';
import { readScoutReport } from '../../server/src/workflow/tools/docker-scout';
import { readGrypeReport } from '../../server/src/workflow/tools/grype';
import { UnreadableReport, type ScanResult, type Vulnerability } from '../../server/src/workflow/scan/report';
import { exportCommand, findScanner, scanCommand } from '../../server/src/workflow/scan/scan-image';
import { ranked, summarize, worst } from '../../server/src/workflow/scan/summary';
import { readTrivyReport } from '../../server/src/workflow/tools/trivy';
import { describe } from '../harness/description';
import { makeFolder } from '../harness/workspace';

/** As vscode.l10n.t does it. */
const t = (message: string, ...values: (string | number)[]): string =>
  message.replace(/\{(\d+)\}/g, (_, at: string) => String(values[Number(at)]));

const HISTORY = [
  { created_by: '/bin/sh -c #(nop) ADD file:abc in / ' },
  { created_by: '/bin/sh -c #(nop)  CMD ["bash"]', empty_layer: true },
  { created_by: 'RUN |1 V=1 /bin/sh -c apt-get update && apt-get install -y bash # buildkit' },
  { created_by: 'ENV A=1', empty_layer: true },
  { created_by: 'COPY app /app # buildkit' },
];
const LAYERS = ['sha256:base', 'sha256:run', 'sha256:copy'];

test('trivy', () => {
  const report = {
    SchemaVersion: 2,
    Metadata: { ImageConfig: { history: HISTORY, rootfs: { type: 'layers', diff_ids: LAYERS } } },
    Results: [
      {
        Target: 'app (debian 12)',
        Class: 'os-pkgs',
        Type: 'debian',
        Vulnerabilities: [
          {
            VulnerabilityID: 'CVE-1',
            PkgName: 'bash',
            InstalledVersion: '5.2',
            FixedVersion: '5.3',
            Severity: 'CRITICAL',
            Layer: { Digest: 'sha256:x', DiffID: 'sha256:run' },
          },
          {
            VulnerabilityID: 'CVE-1',
            PkgName: 'bash',
            InstalledVersion: '5.2',
            FixedVersion: '5.3',
            Severity: 'CRITICAL',
            Layer: { DiffID: 'sha256:run' },
          },
          {
            VulnerabilityID: 'CVE-2',
            PkgName: 'tar',
            InstalledVersion: '1',
            Severity: 'LOW',
            Layer: { DiffID: 'sha256:base' },
          },
        ],
      },
      { Target: 'Node.js', Class: 'lang-pkgs', Type: 'node-pkg' },
    ],
  };
  assert.deepEqual(readTrivyReport(JSON.stringify(report)), {
    layers: [
      { createdBy: HISTORY[0]?.created_by },
      { createdBy: HISTORY[2]?.created_by },
      { createdBy: HISTORY[4]?.created_by },
    ],
    vulnerabilities: [
      {
        id: 'CVE-1',
        severity: 'critical',
        name: 'bash',
        version: '5.2',
        ecosystem: 'deb',
        fixedIn: '5.3',
        layer: 1,
      },
      { id: 'CVE-2', severity: 'low', name: 'tar', version: '1', ecosystem: 'deb', layer: 0 },
    ],
  });
});

test('grype', () => {
  const location = (layerID: string, evidence: string): object => ({
    path: '/x',
    layerID,
    annotations: { evidence },
  });
  const report = {
    matches: [
      {
        vulnerability: { id: 'GHSA-1', severity: 'High', fix: { versions: ['4.17.21'], state: 'fixed' } },
        artifact: {
          name: 'lodash',
          version: '4.17.0',
          type: 'npm',
          locations: [location('sha256:base', 'supporting'), location('sha256:copy', 'primary')],
        },
      },
      {
        vulnerability: { id: 'CVE-3', severity: 'Negligible', fix: { versions: [], state: 'wont-fix' } },
        artifact: { name: 'apt', version: '2.6', type: 'deb', locations: [] },
      },
    ],
    source: {
      type: 'image',
      target: {
        layers: LAYERS.map((digest) => ({ digest })),
        config: Buffer.from(JSON.stringify({ history: HISTORY })).toString('base64'),
      },
    },
  };
  const { vulnerabilities, layers } = readGrypeReport(JSON.stringify(report));
  assert.deepEqual(vulnerabilities, [
    {
      id: 'GHSA-1',
      severity: 'high',
      name: 'lodash',
      version: '4.17.0',
      ecosystem: 'npm',
      fixedIn: '4.17.21',
      layer: 2,
    },
    { id: 'CVE-3', severity: 'negligible', name: 'apt', version: '2.6', ecosystem: 'deb' },
  ]);
  assert.equal(layers[2]?.createdBy, 'COPY app /app # buildkit');
});

test('Docker Scout', () => {
  const rule = (id: string, properties: object): object => ({
    id,
    name: 'OsPackageVulnerability',
    properties,
  });
  const report = {
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'docker scout',
            rules: [
              rule('CVE-4', {
                affected_version: '<3.0.2',
                fixed_version: '3.0.2',
                cvssV3_severity: 'HIGH',
                purls: [
                  'pkg:deb/debian/openssl@3.0.1-1%2Bdeb12?os_name=debian',
                  'pkg:npm/%40scope/name@1.0.0',
                ],
              }),
              rule('CVE-5', {
                fixed_version: 'not fixed',
                cvssV3_severity: 'UNSPECIFIED',
                purls: ['pkg:golang/golang.org/x/net@v0.30.0'],
              }),
            ],
          },
        },
        results: [],
      },
    ],
  };
  assert.deepEqual(readScoutReport(JSON.stringify(report)).vulnerabilities, [
    {
      id: 'CVE-4',
      severity: 'high',
      name: 'openssl',
      version: '3.0.1-1+deb12',
      ecosystem: 'deb',
      fixedIn: '3.0.2',
    },
    {
      id: 'CVE-4',
      severity: 'high',
      name: '@scope/name',
      version: '1.0.0',
      ecosystem: 'npm',
      fixedIn: '3.0.2',
    },
    { id: 'CVE-5', severity: 'unknown', name: 'golang.org/x/net', version: 'v0.30.0', ecosystem: 'go' },
  ]);
});

test('what is no report is told from an empty one', () => {
  for (const read of [readTrivyReport, readGrypeReport, readScoutReport]) {
    for (const text of ['', 'not json', '[]', 'null', '{}', '{"error":"x"}'])
      assert.throws(() => read(text), UnreadableReport, text);
  }
  assert.deepEqual(readTrivyReport('{"SchemaVersion":2}').vulnerabilities, []);
  assert.deepEqual(readGrypeReport('{"matches":[]}').vulnerabilities, []);
  assert.deepEqual(readScoutReport('{"runs":[]}').vulnerabilities, []);
});

test('reports with parts of any other type never throw anything else', () => {
  const odd = [null, 1, 'x', [], {}, [null], [1], [{}]];
  for (const value of odd) {
    const texts = [
      { SchemaVersion: 2, Metadata: value, Results: value },
      { SchemaVersion: 2, Results: [{ Type: value, Vulnerabilities: value }] },
      { matches: [value], source: value },
      {
        matches: [{ vulnerability: value, artifact: { locations: value } }],
        source: { target: { layers: value, config: value } },
      },
      { runs: [value] },
      {
        runs: [
          { tool: { driver: { rules: [value, { properties: { purls: [value, 'pkg:', '%', 'a@%zz'] } }] } } },
        ],
      },
    ].map((one) => JSON.stringify(one));
    for (const read of [readTrivyReport, readGrypeReport, readScoutReport]) {
      for (const text of texts) {
        try {
          read(text);
        } catch (error) {
          assert.ok(error instanceof UnreadableReport, `${text}: ${String(error)}`);
        }
      }
    }
  }
});

function vulnerability(id: string, more: Partial<Vulnerability> = {}): Vulnerability {
  return { id, severity: 'high', name: id.toLowerCase(), version: '1', ecosystem: 'deb', ...more };
}

/** @returns `line: ids` for each instruction that is blamed */
function blamed(text: string, result: ScanResult, target?: string): string[] {
  const description = describe(text);
  return attribute(result, description, target).map(
    ({ instruction, vulnerabilities }) =>
      `${(description.instructions[instruction]?.mark.start.line ?? -1) + 1}: ${vulnerabilities.map(({ id }) => id).join(' ')}`,
  );
}

test('packages are blamed on the step that made their layer, the others on the base image', () => {
  const text = `FROM golang AS build
RUN apt-get install -y gcc
FROM debian:12 AS base
ARG V=1
RUN --mount=type=cache,target=/var/cache/apt apt-get update && \\
    apt-get install -y bash
FROM base
ENV A=1
COPY --from=build /app /app
RUN ["npm", "ci"]
RUN echo unreadable step
`;
  const layers = [
    { createdBy: '/bin/sh -c #(nop) ADD file:abc in / ' },
    { createdBy: 'RUN |1 V=1 /bin/sh -c apt-get update &&     apt-get install -y bash # buildkit' },
    { createdBy: 'COPY /app /app # buildkit' },
    { createdBy: 'RUN npm ci # buildkit' },
    { createdBy: 'something else' },
  ];
  const vulnerabilities = [
    vulnerability('BASE', { layer: 0 }),
    vulnerability('BASH', { layer: 1 }),
    vulnerability('NPM', { layer: 3, ecosystem: 'npm' }),
    vulnerability('LATE', { layer: 4 }),
    vulnerability('LATE-NPM', { layer: 4, ecosystem: 'npm' }),
    vulnerability('LATE-OTHER', { layer: 4, ecosystem: 'java' }),
    vulnerability('NOWHERE'),
  ];
  assert.deepEqual(blamed(text, { layers, vulnerabilities }), [
    '3: BASE LATE-OTHER NOWHERE',
    '5: BASH LATE',
    '10: NPM LATE-NPM',
  ]);
});

test("docker's old builder and buildah write their steps in another way", () => {
  const text = 'FROM debian\nCOPY a /x\nRUN apt-get install -y b\n';
  const layers = [
    { createdBy: '' },
    { createdBy: '/bin/sh -c #(nop) COPY file:0123 in /x ' },
    { createdBy: '/bin/sh -c apt-get install -y b' },
  ];
  const vulnerabilities = [vulnerability('A', { layer: 1 }), vulnerability('B', { layer: 2 })];
  assert.deepEqual(blamed(text, { layers, vulnerabilities }), ['2: A', '3: B']);
});

test('the base image of a target', () => {
  const text = 'FROM a AS one\nFROM b AS Two\nFROM one\n';
  const vulnerabilities = [vulnerability('X')];
  assert.deepEqual(blamed(text, { layers: [], vulnerabilities }), ['1: X']);
  assert.deepEqual(blamed(text, { layers: [], vulnerabilities }, 'two'), ['2: X']);
  assert.deepEqual(blamed('', { layers: [], vulnerabilities }), []);
  const description = describe(text);
  assert.deepEqual(stageChain(description), [2, 0]);
  assert.deepEqual(stageChain(description, 'gone'), []);
  assert.deepEqual(attributeToBase({ layers: [], vulnerabilities: [] }, description, 1), []);
  assert.equal(attributeToBase({ layers: [], vulnerabilities }, description, 1)[0]?.instruction, 1);
});

test('the summary says first what can be done', () => {
  const found = [
    vulnerability('CVE-1', { severity: 'critical' }),
    vulnerability('CVE-2', { severity: 'low', name: 'curl', fixedIn: '2' }),
    vulnerability('CVE-3', { severity: 'high', name: 'openssl', fixedIn: '3' }),
    vulnerability('CVE-4', { severity: 'high', name: 'openssl', fixedIn: '3' }),
  ];
  assert.deepEqual(
    ranked(found).map(({ id }) => id),
    ['CVE-3', 'CVE-4', 'CVE-2', 'CVE-1'],
  );
  assert.equal(worst(found), 'critical');
  assert.equal(
    summarize(found, 'debian:12', t),
    '4 known vulnerabilities from debian:12 (1 critical, 2 high, 1 low); updates fix 3 of them: openssl 1 → 3, curl 1 → 2',
  );
  const many = 'abcdef'.split('').map((name) => vulnerability(name, { fixedIn: '2' }));
  assert.match(summarize(many, 'x', t), /a 1 → 2, b 1 → 2, c 1 → 2, d 1 → 2 and 2 more$/);
  assert.equal(
    summarize([vulnerability('CVE-1')], 'x', t),
    '1 known vulnerability from x (1 high), without a fix so far',
  );
});

test('each scanner gets the arguments it knows', () => {
  const subjects = [
    { kind: 'docker', image: 'app:dev' },
    { kind: 'archive', file: '/s/image.tar' },
    { kind: 'reference', image: 'debian:12' },
  ] as const;
  const args = (scanner: 'trivy' | 'grype' | 'docker-scout'): string[] =>
    subjects.map((subject) => scanCommand({ scanner, program: '/x' }, subject, '/s').command.args.join(' '));
  const trivy = 'image --format=json --quiet --scanners=vuln';
  assert.deepEqual(args('trivy'), [
    `${trivy} --image-src=docker app:dev`,
    `${trivy} --input=/s/image.tar`,
    `${trivy} debian:12`,
  ]);
  const grype = '--output=json --quiet';
  assert.deepEqual(args('grype'), [
    `${grype} docker:app:dev`,
    `${grype} docker-archive:/s/image.tar`,
    `${grype} debian:12`,
  ]);
  const scout = 'scout cves --format=sarif --output=/s/report.sarif.json';
  assert.deepEqual(args('docker-scout'), [
    `${scout} local://app:dev`,
    `${scout} archive:///s/image.tar`,
    `${scout} image://debian:12`,
  ]);
  const exported = (engine: 'docker' | 'podman' | 'buildah'): string =>
    exportCommand({ engine, program: '/x' }, 'app:dev', '/s/i.tar').args.join(' ');
  assert.equal(exported('docker'), 'save --output=/s/i.tar app:dev');
  assert.equal(exported('podman'), 'save --format=docker-archive --output=/s/i.tar app:dev');
  assert.equal(exported('buildah'), 'push app:dev docker-archive:/s/i.tar');
});

async function found(
  t: TestContext,
  scripts: Readonly<Record<string, string>>,
  scanner: 'auto' | 'trivy' | 'docker-scout' = 'auto',
): Promise<string | undefined> {
  const folder = makeFolder(t);
  for (const [name, text] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
  const surroundings = { env: { PATH: folder }, platform: 'linux', usual: [] } as const;
  return (await findScanner({ scanner, paths: {} }, surroundings, probeIn(folder)))?.scanner;
}

test('scanners are found in the order trivy, grype, Docker Scout', async (t) => {
  const script = '#!/bin/sh\n';
  const scout = '#!/bin/sh\n[ "$1 $2" = "scout version" ]\n';
  const noScout = '#!/bin/sh\nexit 1\n';
  assert.equal(await found(t, { grype: script, trivy: script, docker: scout }), 'trivy');
  assert.equal(await found(t, { grype: script, docker: scout }), 'grype');
  assert.equal(await found(t, { docker: scout }), 'docker-scout');
  assert.equal(await found(t, { docker: noScout }), undefined);
  assert.equal(await found(t, { grype: script, docker: scout }, 'docker-scout'), 'docker-scout');
  assert.equal(await found(t, { grype: script, docker: scout }, 'trivy'), undefined);
});
