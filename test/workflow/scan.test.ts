// Scanners' reports, in the form each documents, become one result; and the line that is to blame.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBuiltImage } from '../../server/src/workflow/build/built-image';
import { filePath, folderPath, imageName, imageReference } from '../../server/src/workflow/checked-arguments';
import type { Outcome, Reading } from '../../server/src/workflow/run';
import { attribute, attributeToBase, stageChain } from '../../server/src/workflow/scan/attribution';
import { ecosystem } from '../../server/src/workflow/scan/report';
import type { ScanReport, Vulnerability } from '../../server/src/workflow/scan/report';
import { attemptsOnBuilt, knownBases, scanImage } from '../../server/src/workflow/scan/scan-image';
import type { ScanAttempt } from '../../server/src/workflow/scan/scan-image';
import { ranked, summarize, worst } from '../../server/src/workflow/scan/summary';
import type { Subject } from '../../server/src/workflow/tool';
import { engineNamed, scannerNamed, scanners } from '../../server/src/workflow/tool-list';
import { readScoutReport } from '../../server/src/workflow/tools/docker-scout';
import { readGrypeReport } from '../../server/src/workflow/tools/grype';
import { readTrivyReport } from '../../server/src/workflow/tools/trivy';
import { english as t } from '../../server/src/workflow/translate';
import { checked } from '../harness/build-order';
import { describe } from '../harness/description';
import { scripted } from '../harness/runs';
import type { Said } from '../harness/runs';

function valueOf<T>(reading: Reading<T>): T {
  assert.ok('value' in reading, JSON.stringify(reading));
  return reading.value;
}

const history = [
  { created_by: '/bin/sh -c #(nop) ADD file:abc in / ' },
  { created_by: '/bin/sh -c #(nop)  CMD ["bash"]', empty_layer: true },
  { created_by: 'RUN |1 V=1 /bin/sh -c apt-get update && apt-get install -y bash # buildkit' },
  { created_by: 'ENV A=1', empty_layer: true },
  { created_by: 'COPY app /app # buildkit' },
];
const layerIds = ['sha256:base', 'sha256:run', 'sha256:copy'];

test('trivy', () => {
  const report = {
    SchemaVersion: 2,
    Metadata: { ImageConfig: { history, rootfs: { type: 'layers', diff_ids: layerIds } } },
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
  assert.deepEqual(valueOf(readTrivyReport(JSON.stringify(report))), {
    layers: [
      { createdBy: history[0]?.created_by },
      { createdBy: history[2]?.created_by },
      { createdBy: history[4]?.created_by },
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
        layers: layerIds.map((digest) => ({ digest })),
        config: Buffer.from(JSON.stringify({ history })).toString('base64'),
      },
    },
  };
  const { vulnerabilities, layers } = valueOf(readGrypeReport(JSON.stringify(report)));
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
  assert.deepEqual(valueOf(readScoutReport(JSON.stringify(report))).vulnerabilities, [
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

test('what is not a report is told from an empty one', () => {
  for (const read of [readTrivyReport, readGrypeReport, readScoutReport]) {
    for (const text of ['', 'not json', '[]', 'null', '{}', '{"error":"x"}'])
      assert.ok('unreadable' in read(text), text);
  }
  assert.ok('unreadable' in readGrypeReport('{"matches":null}'));
  assert.deepEqual(valueOf(readTrivyReport('{"SchemaVersion":2}')).vulnerabilities, []);
  assert.deepEqual(valueOf(readGrypeReport('{"matches":[]}')).vulnerabilities, []);
  assert.deepEqual(valueOf(readScoutReport('{"runs":[]}')).vulnerabilities, []);
});

test('a package type may have any name', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'new']) assert.equal(ecosystem(name), 'other');
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
      for (const text of texts) assert.doesNotThrow(() => read(text), text);
    }
  }
});

function vulnerability(id: string, more: Partial<Vulnerability> = {}): Vulnerability {
  return { id, severity: 'high', name: id.toLowerCase(), version: '1', ecosystem: 'deb', ...more };
}

/** @returns `line: ids` for each instruction that is blamed */
function blamed(text: string, result: ScanReport, target?: string): string[] {
  const description = describe(text);
  return attribute(result, description, target).map(
    ({ instruction, vulnerabilities }) =>
      `${(description.instructions[instruction]?.mark.start.line ?? -1) + 1}: ${vulnerabilities.map(({ id }) => id).join(' ')}`,
  );
}

test('where two steps may have brought a package, neither is blamed', () => {
  const result: ScanReport = {
    layers: [
      { createdBy: 'ADD rootfs / # buildkit' },
      { createdBy: 'RUN /bin/sh -c npm ci # buildkit' },
      { createdBy: 'something else' },
    ],
    vulnerabilities: [vulnerability('NPM', { layer: 2, ecosystem: 'npm' })],
  };
  const one = 'FROM node\nRUN npm ci\nRUN make\n';
  assert.deepEqual(blamed(one, result), ['2: NPM']);
  assert.deepEqual(blamed(one.replace('make', 'npm install x'), result), ['1: NPM']);
});

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
    '4 known vulnerabilities from debian:12 (1 critical, 2 high, 1 low), 3 fixed by updates: openssl 1 → 3, curl 1 → 2',
  );
  const many = 'abcdef'.split('').map((name) => vulnerability(name, { fixedIn: '2' }));
  assert.match(summarize(many, 'x', t), /a 1 → 2, b 1 → 2, c 1 → 2, d 1 → 2 and 2 more$/);
  assert.equal(
    summarize([vulnerability('CVE-1')], 'x', t),
    '1 known vulnerability from x (1 high), no fix yet',
  );
});

const scratch = checked(folderPath, '/s');
const built = readBuiltImage({ tag: 'app:dev', context: '/p', engine: 'docker', program: '/bin/docker' });
assert.ok(built);

/** The last words of the arguments: what the scanner is to look at. */
function sourceOf(id: string, subject: Subject): string[] {
  const run = scannerNamed(id)?.commands.scan({ id, program: '/x', version: '', way: '' }, subject, scratch);
  return [...(run?.args ?? [])];
}

test('each scanner gets the arguments it knows', () => {
  const subjects: readonly Subject[] = [
    { kind: 'docker', image: checked(imageName, 'app:dev') },
    { kind: 'archive', file: checked(filePath, '/s/image.tar') },
    { kind: 'reference', image: checked(imageReference, 'debian:12') },
  ];
  const args = (id: string): string[] => subjects.map((subject) => sourceOf(id, subject).join(' '));
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
    `${grype} docker.io/library/debian:12`,
  ]);
  const scout = 'scout cves --format=sarif --output=/s/report.sarif.json';
  assert.deepEqual(args('docker-scout'), [
    `${scout} local://app:dev`,
    `${scout} archive:///s/image.tar`,
    `${scout} image://debian:12`,
  ]);
  const saved = (id: string): string =>
    engineNamed(id)
      ?.commands.save({ id, program: '/x' }, checked(imageName, 'app:dev'), checked(filePath, '/s/i.tar'))
      .args.join(' ') ?? '';
  assert.equal(saved('docker'), 'save --output=/s/i.tar app:dev');
  assert.equal(saved('podman'), 'save --format=docker-archive --output=/s/i.tar app:dev');
  assert.equal(saved('buildah'), 'push app:dev docker-archive:/s/i.tar');
});

test('an image with the name of a scheme stays an image for every scanner', () => {
  const schemes =
    /^(?:docker|podman|registry|sbom|dir|file|oci-dir|oci-archive|docker-archive|purl|pkg|singularity):/;
  for (const name of [
    'sbom:x',
    'dir:dev',
    'registry:2',
    'docker-archive:1',
    'docker/sbom:x',
    'podman:5000/a:1',
  ]) {
    const image = checked(imageReference, name);
    for (const { id } of scanners) {
      const words = sourceOf(id, { kind: 'reference', image });
      assert.deepEqual(
        words.filter((word) => word.startsWith('-')),
        words.slice(id === 'docker-scout' ? 2 : id === 'trivy' ? 1 : 0, -1),
        'the name adds no option',
      );
      const last = words.at(-1) ?? '';
      if (id === 'grype') assert.ok(!schemes.test(last) || last === `registry:${name}`, last);
    }
  }
});

test('only what can be the name of an image of a registry is scanned as a base image', () => {
  const bases = [
    'debian:12',
    '-x',
    '--config=/etc/passwd',
    'sbom:/etc/passwd',
    'dir:/',
    'docker-archive:/x.tar',
    'a$(id)',
    'ghcr.io/a/b@sha256:01',
  ];
  const stages = bases.map((baseImage, index) => ({
    index,
    baseImage,
    target: String(index),
    isFinal: false,
    from: index,
    exposes: [],
  }));
  const { baseImage: _, ...unknown } = {
    ...stages[0],
    index: 9,
    target: '9',
    isFinal: true,
    from: 9,
    exposes: [],
  };
  assert.deepEqual(
    knownBases({ stages: [...stages, unknown] }).map(({ image }) => image),
    ['debian:12', 'ghcr.io/a/b@sha256:01'],
  );
  const fromFile = describe('FROM --platform=x sbom:/etc/passwd AS a\nFROM -x\nFROM dir:/\nFROM debian:12\n');
  assert.deepEqual(
    knownBases(fromFile).map(({ image }) => image),
    ['debian:12'],
  );
});

/** @returns the outcome of scanning with trivy, and the first words of what was run */
async function scan(
  attempts: readonly ScanAttempt[],
  answers: readonly Said[],
): Promise<{ outcome: Outcome<ScanReport>; asked: string[] }> {
  const asked: string[][] = [];
  const left = [...answers];
  const runner = scripted(() => left.shift() ?? assert.fail('one run too many'), asked);
  const trivy = scannerNamed('trivy') ?? assert.fail();
  const found = { id: 'trivy', program: '/x', version: '', way: '' };
  const outcome = await scanImage(attempts, trivy, found, scratch, runner, { folder: '/' });
  assert.deepEqual(left, []);
  return { outcome, asked: asked.map((words) => words.at(-1) ?? '') };
}

const docker = engineNamed('docker') ?? assert.fail();
const buildah = engineNamed('buildah') ?? assert.fail();
const emptyReport = { stdout: '{"SchemaVersion":2}' };
const refused = { exit: 1, stderr: 'warning\nFATAL no such image\n' };

test("a docker image is scanned where it is, and out of the engine's store when that fails", async () => {
  const attempts = attemptsOnBuilt(built, docker, scratch);
  const direct = await scan(attempts, [emptyReport]);
  assert.deepEqual(direct.asked, ['app:dev']);
  assert.deepEqual(direct.outcome, { kind: 'done', value: { vulnerabilities: [], layers: [] } });
  const saved = await scan(attempts, [refused, {}, emptyReport]);
  assert.deepEqual(saved.asked, ['app:dev', 'app:dev', '--input=/s/image.tar']);
  assert.equal(saved.outcome.kind, 'done');
});

test('an image of another engine is written out first', async () => {
  const attempts = attemptsOnBuilt(built, buildah, scratch);
  const { asked, outcome } = await scan(attempts, [{}, emptyReport]);
  assert.deepEqual(asked, ['docker-archive:/s/image.tar', '--input=/s/image.tar']);
  assert.equal(outcome.kind, 'done');
  const gone = await scan(attempts, [{ exit: 125, stderr: 'Error: app:dev: image not known\n' }]);
  assert.deepEqual(gone.outcome, { kind: 'failed', exit: 125, said: 'Error: app:dev: image not known' });
});

test('a scan that fails is not a scan that found nothing', async () => {
  const attempts: ScanAttempt[] = [
    { subject: { kind: 'reference', image: checked(imageReference, 'debian:12') } },
  ];
  const kinds: readonly [Said, Outcome<never>][] = [
    [refused, { kind: 'failed', exit: 1, said: 'FATAL no such image' }],
    [{ stdout: '{}' }, { kind: 'unreadable', why: 'SchemaVersion is missing' }],
    [{ kind: 'cancelled' }, { kind: 'cancelled' }],
    [
      { kind: 'missing', program: '/x' },
      { kind: 'missing', program: '/x' },
    ],
    [
      { kind: 'tooMuch', characters: 9 },
      { kind: 'tooMuch', characters: 9 },
    ],
  ];
  for (const [said, expected] of kinds) assert.deepEqual((await scan(attempts, [said])).outcome, expected);
  // Its own configuration may have asked for an error; the report counts.
  assert.equal((await scan(attempts, [{ ...emptyReport, exit: 5 }])).outcome.kind, 'done');
  const cancelled = await scan(attemptsOnBuilt(built, docker, scratch), [{ kind: 'cancelled' }]);
  assert.deepEqual(cancelled.outcome, { kind: 'cancelled' });
});
