// Scanners' reports, in the form each documents, become one result; and the line that is to blame.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBuiltImage } from '../../server/src/workflow/build/built-image';
import { filePath, folderPath, imageReference } from '../../server/src/workflow/checked-arguments';
import type { Outcome, Reading } from '../../server/src/workflow/run';
import { ecosystem, linkTo } from '../../server/src/workflow/scan/report';
import type { ScanReport, Vulnerability } from '../../server/src/workflow/scan/report';
import {
  attemptsByName,
  attemptsOnBuilt,
  knownBases,
  scanImage,
} from '../../server/src/workflow/scan/scan-image';
import type { ReadyScanner, ScanAttempt } from '../../server/src/workflow/scan/scan-image';
import { scanTroubleText } from '../../server/src/workflow/scan/scan-problem';
import { ranked, summarize, worst } from '../../server/src/workflow/scan/summary';
import { engineNamed, scannerNamed, scanners } from '../../server/src/workflow/tool-list';
import { readReport } from '../../server/src/workflow/scan/report-reader';
import { scoutReport } from '../../server/src/workflow/tools/docker-scout';
import { grypeReport } from '../../server/src/workflow/tools/grype';
import { trivyReport } from '../../server/src/workflow/tools/trivy';
import { english as t } from '../../server/src/workflow/translate';
import { checked } from '../harness/build-order';
import { describe } from '../harness/description';
import { scripted } from '../harness/runs';
import type { Said } from '../harness/runs';

const readTrivyReport = (report: string): Reading<ScanReport> => readReport(report, [trivyReport]);
const readGrypeReport = (report: string): Reading<ScanReport> => readReport(report, [grypeReport]);
const readScoutReport = (report: string): Reading<ScanReport> => readReport(report, [scoutReport]);

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
            PrimaryURL: 'https://avd.aquasec.com/nvd/cve-1',
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
        link: 'https://avd.aquasec.com/nvd/cve-1',
        layer: 1,
      },
      {
        id: 'CVE-2',
        severity: 'low',
        name: 'tar',
        version: '1',
        ecosystem: 'deb',
        link: 'https://nvd.nist.gov/vuln/detail/CVE-2',
        layer: 0,
      },
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
      link: 'https://github.com/advisories/GHSA-1',
      layer: 2,
    },
    {
      id: 'CVE-3',
      severity: 'negligible',
      name: 'apt',
      version: '2.6',
      ecosystem: 'deb',
      link: 'https://nvd.nist.gov/vuln/detail/CVE-3',
    },
  ]);
  assert.equal(layers[2]?.createdBy, 'COPY app /app # buildkit');
});

test('Docker Scout, whose report is taken from its published reference', () => {
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
      link: 'https://nvd.nist.gov/vuln/detail/CVE-4',
      fixedIn: '3.0.2',
    },
    {
      id: 'CVE-4',
      severity: 'high',
      name: '@scope/name',
      version: '1.0.0',
      ecosystem: 'npm',
      link: 'https://nvd.nist.gov/vuln/detail/CVE-4',
      fixedIn: '3.0.2',
    },
    {
      id: 'CVE-5',
      severity: 'unknown',
      name: 'golang.org/x/net',
      version: 'v0.30.0',
      ecosystem: 'go',
      link: 'https://nvd.nist.gov/vuln/detail/CVE-5',
    },
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
const id = 'a'.repeat(64);
const built = readBuiltImage({ id, tag: 'app:dev', context: '/p', engine: 'docker', program: '/bin/docker' });
assert.ok(built);

function ready(id: string): ReadyScanner {
  return { scanner: scannerNamed(id) ?? assert.fail(), found: { id, program: '/x', version: '', way: '' } };
}

/** The arguments of each attempt, as one text. */
function argumentsOf(attempts: readonly ScanAttempt[]): string[] {
  return attempts.map(({ scan }) => scan.args.join(' '));
}

test('each scanner gets the arguments it knows', () => {
  const docker = engineNamed('docker') ?? assert.fail();
  const onBuilt = (id: string): string[] => argumentsOf(attemptsOnBuilt(built, docker, ready(id), scratch));
  const trivy = 'image --format=json --no-progress --scanners=vuln';
  assert.deepEqual(onBuilt('trivy'), [`${trivy} --image-src=docker ${id}`, `${trivy} --input=/s/image.tar`]);
  assert.deepEqual(onBuilt('grype'), [
    `--output=json docker:${id}`,
    '--output=json docker-archive:/s/image.tar',
  ]);
  const scout = 'scout cves --format=sarif --output=/s/report.sarif.json';
  assert.deepEqual(onBuilt('docker-scout'), [`${scout} local://${id}`, `${scout} archive:///s/image.tar`]);
  const saved = (engine: string): string =>
    engineNamed(engine)
      ?.commands.save({ id: engine, program: '/x' }, built.id, checked(filePath, '/s/i.tar'))
      .args.join(' ') ?? '';
  assert.equal(saved('docker'), `save --output=/s/i.tar ${id}`);
  assert.equal(saved('podman'), `save --format=docker-archive --output=/s/i.tar ${id}`);
  assert.equal(saved('buildah'), `push ${id} docker-archive:/s/i.tar`);
});

test('a base image is looked for in docker, podman and its registry, whatever its name means to a scanner', () => {
  const names = [
    'debian',
    'registry:2',
    'docker:27',
    'sbom:x',
    'dir:dev',
    'docker-archive:1',
    'docker/sbom:x',
    'podman:5000/a:1',
    'ghcr.io/a/b@sha256:01',
  ];
  for (const name of names) {
    const image = checked(imageReference, name);
    const byName = (id: string): string[] => argumentsOf(attemptsByName(image, ready(id), scratch));
    assert.deepEqual(byName('grype'), [
      `--output=json docker:${name}`,
      `--output=json podman:${name}`,
      `--output=json registry:${name}`,
    ]);
    assert.deepEqual(byName('trivy'), [
      `image --format=json --no-progress --scanners=vuln --image-src=docker,podman,remote ${name}`,
    ]);
    assert.deepEqual(byName('docker-scout'), [
      `scout cves --format=sarif --output=/s/report.sarif.json image://${name}`,
    ]);
  }
  assert.deepEqual(
    scanners.map((scanner) => scanner.id),
    ['trivy', 'grype', 'docker-scout'],
    'a new scanner needs its line above',
  );
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

/** @returns the outcome of scanning, and the last words of what was run */
async function scan(
  attempts: readonly ScanAttempt[],
  answers: readonly Said[],
): Promise<{ outcome: Outcome<ScanReport>; asked: string[] }> {
  const asked: string[][] = [];
  const left = [...answers];
  const runner = scripted(() => left.shift() ?? assert.fail('one run too many'), asked);
  const outcome = await scanImage(attempts, runner, { folder: '/' });
  assert.deepEqual(left, []);
  return { outcome, asked: asked.map((words) => words.at(-1) ?? '') };
}

const docker = engineNamed('docker') ?? assert.fail();
const buildah = engineNamed('buildah') ?? assert.fail();
const emptyReport = { stdout: '{"SchemaVersion":2}' };
const refused = { exit: 1, stderr: 'warning\nFATAL no such image\n' };

test("a docker image is scanned where it is, and out of the engine's store when that fails", async () => {
  const attempts = attemptsOnBuilt(built, docker, ready('trivy'), scratch);
  const direct = await scan(attempts, [emptyReport]);
  assert.deepEqual(direct.asked, [id]);
  assert.deepEqual(direct.outcome, { kind: 'done', value: { vulnerabilities: [], layers: [] } });
  const saved = await scan(attempts, [refused, {}, emptyReport]);
  assert.deepEqual(saved.asked, [id, id, '--input=/s/image.tar']);
  assert.equal(saved.outcome.kind, 'done');
});

test('an image of another engine is written out first', async () => {
  const attempts = attemptsOnBuilt(built, buildah, ready('trivy'), scratch);
  const { asked, outcome } = await scan(attempts, [{}, emptyReport]);
  assert.deepEqual(asked, ['docker-archive:/s/image.tar', '--input=/s/image.tar']);
  assert.equal(outcome.kind, 'done');
  const gone = await scan(attempts, [{ exit: 125, stderr: 'Error: app:dev: image not known\n' }]);
  assert.deepEqual(gone.outcome, { kind: 'failed', exit: 125, said: 'app:dev: image not known' });
});

test('a scan that fails is not a scan that found nothing', async () => {
  const debian = checked(imageReference, 'debian:12');
  const attempts = attemptsByName(debian, ready('trivy'), scratch);
  const kinds: readonly [Said, Outcome<never>][] = [
    [refused, { kind: 'failed', exit: 1, said: 'no such image' }],
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
  const cancelled = await scan(attemptsOnBuilt(built, docker, ready('trivy'), scratch), [
    { kind: 'cancelled' },
  ]);
  assert.deepEqual(cancelled.outcome, { kind: 'cancelled' });
});

test('an image that docker and podman do not have is scanned in its registry', async () => {
  const attempts = attemptsByName(checked(imageReference, 'debian'), ready('grype'), scratch);
  const report = { stdout: '{"matches":[]}' };
  const found = await scan(attempts, [refused, refused, report]);
  assert.deepEqual(found.asked, ['docker:debian', 'podman:debian', 'registry:debian']);
  assert.equal(found.outcome.kind, 'done');
  // What stops one stops all: the reason is told once, and not that of the last.
  const noDatabase = {
    exit: 1,
    stderr: '[0002] ERROR failed to load vulnerability db: database does not exist\n',
  };
  assert.deepEqual((await scan(attempts, [noDatabase])).asked, ['docker:debian']);
  // The image may be missing as well; that is not what helps.
  const both = `[0000] ERROR \u001b[31m2 errors occurred:\n\t* failed to load vulnerability db: database does not exist\n\t* failed to catalog: errors occurred attempting to resolve 'debian':\n  - oci-registry: dial tcp: no such host\u001b[0m\n`;
  const { asked, outcome } = await scan(attempts, [{ exit: 1, stderr: both }]);
  assert.deepEqual(asked, ['docker:debian']);
  assert.deepEqual(outcome, {
    kind: 'failed',
    exit: 1,
    said: 'failed to load vulnerability db: database does not exist',
  });
  assert.equal((await scan(attempts, [{ kind: 'missing', program: '/x' }])).outcome.kind, 'missing');
});

test('why a scan failed is said in words, never in those of a parser', () => {
  const text = (id: string, said: string): string =>
    scanTroubleText({ kind: 'failed', exit: 1, said }, scannerNamed(id) ?? assert.fail(), t);
  const cases: readonly (readonly [string, RegExp])[] = [
    [
      'failed to load vulnerability db: database does not exist',
      /^it has no usable database of vulnerabilities\. Run "grype db update" once \(failed/,
    ],
    [
      'failed to load vulnerability db: the vulnerability database was built 6 months ago (max allowed age is 5 days)',
      /no usable database/,
    ],
    [
      'init error: DB error: failed to download vulnerability DB: dial tcp: lookup ghcr.io: no such host',
      /no usable database/,
    ],
    [
      'GET https://index.docker.io/v2/x/manifests/1: UNAUTHORIZED: authentication required',
      /^the registry wants a login, or/,
    ],
    [
      'pull access denied, repository does not exist or may require authorization',
      /^the registry wants a login, or has no image of this name/,
    ],
    [
      'GET https://r.example.com/v2/x/manifests/9: MANIFEST_UNKNOWN: manifest unknown',
      /^there is no such image/,
    ],
    ['No such image: drydock-missing:1', /^there is no such image/],
    [
      'Get "https://r.example.com/v2/": dial tcp: lookup r.example.com: no such host',
      /^the registry cannot be reached/,
    ],
    [
      'Get "https://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused',
      /^the registry cannot be reached/,
    ],
    ['something else', /^something else$/],
  ];
  for (const [said, expected] of cases) assert.match(text('grype', said), expected);
  assert.match(
    text('docker-scout', 'no vulnerability database'),
    /^it has no usable database of vulnerabilities \(/,
  );
  for (const read of [readTrivyReport, readGrypeReport, readScoutReport]) {
    assert.deepEqual(read(''), { unreadable: 'it is empty' });
    assert.deepEqual(read('{"matches":['), { unreadable: 'it is not JSON' });
  }
});

test('a vulnerability has a page: that of the report, or that of its list', () => {
  assert.deepEqual(linkTo('CVE-2024-1', ''), { link: 'https://nvd.nist.gov/vuln/detail/CVE-2024-1' });
  assert.deepEqual(linkTo('GHSA-aaaa-bbbb-cccc', 'http://x/y'), {
    link: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
  });
  assert.deepEqual(linkTo('ALAS-1', 'https://alas.aws.amazon.com/ALAS-1.html'), {
    link: 'https://alas.aws.amazon.com/ALAS-1.html',
  });
  for (const page of ['', 'javascript:alert(1)', 'command:x', 'https:', 'https://a b', 'file:///etc/passwd'])
    assert.deepEqual(linkTo('ALAS-1', page), {});
});
