// The report on an image: what is left of its layers, what later ones hide, whose bytes they are, waste and surface.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { compareImages, comparisonSheet } from '../../../server/src/workflow/image/compare';
import { mergeLayers } from '../../../server/src/workflow/image/file-tree';
import type { LayerEntry, ReadImage } from '../../../server/src/workflow/image/image';
import { imageTroubleText } from '../../../server/src/workflow/image/image';
import { reportOn } from '../../../server/src/workflow/image/report';
import { reportSheet } from '../../../server/src/workflow/image/report-sheet';
import { sheetMarkdown, sheetText } from '../../../server/src/workflow/image/sheet';
import { stepText } from '../../../server/src/workflow/image/step-text';
import { english } from '../../../server/src/workflow/translate';
import { describe } from '../../harness/description';

/** `f bin/a 100`, `d tmp 0 1777`, `l bin/b`, `- bin/a` (deletes), `* etc` (empties). */
function entries(...lines: readonly string[]): LayerEntry[] {
  const kinds = { f: 'file', d: 'folder', l: 'symlink', '-': 'whiteout', '*': 'opaque' } as const;
  return lines.map((line): LayerEntry => {
    const [letter = '', path = '', bytes = '0', mode = '644', text] = line.split(' ');
    const kind = kinds[letter as keyof typeof kinds];
    const more = text === undefined ? {} : { text: text.replaceAll('\\n', '\n').replaceAll('_', ' ') };
    return { path, kind, bytes: Number(bytes), mode: parseInt(mode, 8), ...more };
  });
}

function image(layers: readonly LayerEntry[][], steps: readonly string[] = [], user = ''): ReadImage {
  return {
    names: [],
    platform: 'linux/amd64',
    config: { user, ports: [] },
    history: steps.map((createdBy) => ({ createdBy, isEmpty: createdBy.startsWith('ENV') })),
    layers: layers.map((all, at) => ({
      digest: `sha256:${at}`,
      compressed: { bytes: all.reduce((sum, { bytes }) => sum + bytes, 0) / 2, how: 'stored' },
      unpacked: all.reduce((sum, { bytes }) => sum + bytes, 0),
      entries: all,
      isForeign: false,
      refused: 0,
    })),
  };
}

suite('layers on each other', () => {
  const merged = (...layers: LayerEntry[][]): { present: string[]; hidden: string[] } => {
    const { present, hidden } = mergeLayers(layers.map((all) => ({ entries: all })));
    return {
      present: [...present.keys()].sort(),
      hidden: hidden.map(({ entry, layer, by, how }) => `${entry.path} of ${layer} ${how} by ${by}`).sort(),
    };
  };

  test('a file is deleted, replaced, or its folder is', () => {
    assert.deepEqual(merged(entries('f a/x 1', 'f a/y 2', 'f b 3'), entries('- a/x', 'f b 4')), {
      present: ['a/y', 'b'],
      hidden: ['a/x of 0 deleted by 1', 'b of 0 replaced by 1'],
    });
    assert.deepEqual(merged(entries('f a/x 1', 'f a/b/y 2'), entries('- a')), {
      present: [],
      hidden: ['a/b/y of 0 deleted by 1', 'a/x of 0 deleted by 1'],
    });
    assert.deepEqual(merged(entries('f a/x 1'), entries('l a')), {
      present: ['a'],
      hidden: ['a/x of 0 replaced by 1'],
    });
  });

  test('an emptied folder keeps what its own layer brings, in any order', () => {
    for (const second of [entries('f a/y 2', '* a'), entries('* a', 'f a/y 2')])
      assert.deepEqual(merged(entries('f a/x 1'), second), {
        present: ['a/y'],
        hidden: ['a/x of 0 deleted by 1'],
      });
  });

  test('what is not there can be deleted, folders can come again, a name may stand twice', () => {
    assert.deepEqual(merged(entries('- a/b/c', '* d'), entries('d a 0', 'd a 0', 'f a/x 1', 'f a/x 2')), {
      present: ['a', 'a/x'],
      hidden: ['a/x of 1 replaced by 1'],
    });
  });

  test('a deep path needs no deep stack', () => {
    const path = Array.from({ length: 2000 }, () => 'a').join('/');
    assert.deepEqual(merged(entries(`f ${path} 1`), entries('- a')).present, []);
  });
});

const dockerfile = `FROM debian:12
ENV A=1
RUN apt-get update && apt-get install -y curl
COPY app /app
RUN rm /app/big
`;
const steps = [
  '/bin/sh -c #(nop) ADD file:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef in / ',
  'ENV A=1',
  'RUN /bin/sh -c apt-get update && apt-get install -y curl # buildkit',
  'COPY app /app # buildkit',
  'RUN /bin/sh -c rm /app/big # buildkit',
];
const full = image(
  [
    entries(
      'f bin/sh 100 755',
      'f usr/bin/apt-get 50 755',
      'f usr/bin/passwd 60 4755',
      'f lib/x86_64-linux-gnu/libc.so.6 1000',
      'd tmp 0 1777',
      'd srv 0 777',
      'f etc/passwd 10',
      'f usr/share/doc/sh/copyright 30',
    ),
    entries(
      'f usr/bin/curl 300 755',
      'f var/lib/apt/lists/debian 4000',
      'f etc/ssl/certs/ca-certificates.crt 200',
      'f var/lib/dpkg/status 90 644 Package:_curl\\nStatus:_install_ok_installed\\nVersion:_8.1\\n\\nPackage:_old\\nStatus:_deinstall_ok_config-files\\n',
    ),
    entries('f app/big 5000', 'f app/run.js.map 70'),
    entries('- app/big'),
  ],
  steps,
);

test('the report names the line of each layer, and what is below the file', () => {
  const report = reportOn(full, { top: 2, description: describe(dockerfile) });
  assert.deepEqual(
    report.steps.map(({ line, origin, unpacked, hidden, instruction }) => [
      line,
      origin,
      unpacked,
      hidden,
      instruction,
    ]),
    [
      [undefined, 'base', 1250, 0, 'ADD … in /'],
      [3, 'file', 4590, 0, 'RUN apt-get update && apt-get install -y curl'],
      [4, 'file', 5070, 5000, 'COPY app /app'],
      [5, 'file', 0, 0, 'RUN rm /app/big'],
    ],
  );
  assert.equal(report.unpacked, 10910);
  assert.equal(report.compressed, 5455);
  assert.deepEqual(report.biggest, [
    { path: '/var/lib/apt/lists/debian', bytes: 4000, step: 1 },
    { path: '/lib/x86_64-linux-gnu/libc.so.6', bytes: 1000, step: 0 },
  ]);
  assert.deepEqual(report.hidden, [{ path: '/app/big', bytes: 5000, step: 2, by: 3, how: 'deleted' }]);
  assert.deepEqual(
    report.waste.map(({ kind, bytes }) => `${kind} ${bytes}`),
    ['package-lists 4000', 'source-maps 70', 'docs 30'],
  );
});

test('the attack surface comes from the files', () => {
  const { surface } = reportOn(full, { top: 1 });
  assert.deepEqual(surface, {
    shells: ['/bin/sh'],
    packageManagers: ['/usr/bin/apt-get'],
    downloaders: ['/usr/bin/curl'],
    interpreters: [],
    setuid: ['/usr/bin/passwd'],
    capable: [],
    writable: ['/srv'],
    user: 'root',
    ports: [],
    packages: [{ kind: 'deb', name: 'curl', version: '8.1' }],
    unreadPackages: [],
    files: 11,
    hasCertificates: true,
    hasTimeZones: false,
    hasUserList: true,
    hasTemporaryFolder: true,
    libc: 'glibc',
    system: '',
  });
});

test('packages of distroless and Alpine, and those of rpm, which are not read', () => {
  const one = image([
    entries(
      'f var/lib/dpkg/status.d/tzdata 10 644 Package:_tzdata\\nVersion:_2026a\\n',
      'f lib/apk/db/installed 10 644 P:musl\\nV:1.2\\n\\nP:zlib\\nV:1.3\\n',
      'f var/lib/rpm/rpmdb.sqlite 10',
      'f lib/ld-musl-x86_64.so.1 10',
      'f usr/share/zoneinfo/Europe/Vienna 10',
    ),
  ]);
  const { surface } = reportOn(one, { top: 1 });
  assert.deepEqual(
    surface.packages.map(({ kind, name, version }) => `${kind} ${name} ${version}`),
    ['apk musl 1.2', 'deb tzdata 2026a', 'apk zlib 1.3'],
  );
  assert.deepEqual([surface.unreadPackages, surface.libc, surface.hasTimeZones], [['rpm'], 'musl', true]);
});

test('an image without layers, and layers that no history explains', () => {
  const empty = reportOn(image([]), { top: 5 });
  assert.deepEqual([empty.steps, empty.unpacked, empty.compressed], [[], 0, 0]);
  const silent = reportOn(image([entries('f a 1')]), { top: 5, description: describe(dockerfile) });
  assert.deepEqual(silent.notes, [{ kind: 'history', count: 1 }]);
  assert.equal(silent.steps[0]?.origin, 'unknown');
  assert.match(sheetText(reportSheet(silent, { name: 'x', surface: false, width: 40 }, english)), /sha256:0/);
});

test('the sheet as text and as Markdown, in which foreign names open nothing', () => {
  const odd = image([entries('f <b>|`x`_y 10')], ['RUN echo *bold* | cat']);
  const report = reportOn(odd, { top: 5 });
  const sheet = reportSheet(report, { name: 'a_b', surface: true, width: 40 }, english);
  const markdown = sheetMarkdown(sheet);
  assert.ok(markdown.includes('| 10 B | /\\<b\\>\\|\\`x\\`\\_y | RUN echo \\*bold\\* \\| cat |'), markdown);
  assert.match(sheetText(sheet), /^a_b \(linux\/amd64\)\n10 B unpacked, 5 B compressed, 1 layer, 1 file\n\n/);
});

test('two images: what came, went and grew, and the surface', () => {
  const before = image([entries('f a 10', 'f b 20', 'f bin/sh 5 755')]);
  const now = image([entries('f a 15', 'f c 7')], [], '65532');
  const comparison = compareImages(before, now, 5);
  assert.deepEqual(comparison.came.largest, [{ path: '/c', before: 0, now: 7 }]);
  assert.deepEqual(comparison.went, {
    count: 2,
    bytes: -25,
    largest: [
      { path: '/b', before: 20, now: 0 },
      { path: '/bin/sh', before: 5, now: 0 },
    ],
  });
  assert.deepEqual(comparison.changed.largest, [{ path: '/a', before: 10, now: 15 }]);
  const text = sheetText(comparisonSheet(comparison, { before: 'old', now: 'new' }, english));
  assert.match(text, /^new compared with old\n22 B unpacked, before 35 B\n/);
  assert.match(text, /user +root +65532/);
  assert.match(text, /shells +\/bin\/sh +none/);
});

test('two images: packages that came, went and changed their version, by name', () => {
  const withPackages = (list: string): ReadImage =>
    image([entries(`f lib/apk/db/installed 10 644 ${list}`)], []);
  const before = withPackages('P:musl\\nV:1.2\\n\\nP:zlib\\nV:1.3\\n\\nP:gone\\nV:1\\n');
  const now = withPackages('P:zlib\\nV:1.4\\n\\nP:musl\\nV:1.2\\n\\nP:added\\nV:2\\n');
  const comparison = compareImages(before, now, 5);
  assert.deepEqual(comparison.packages, [
    { name: 'added', before: '', now: '2' },
    { name: 'gone', before: '1', now: '' },
    { name: 'zlib', before: '1.3', now: '1.4' },
  ]);
  const text = sheetText(comparisonSheet(comparison, { before: 'old', now: 'new' }, english));
  assert.match(text, /zlib +1\.3 +1\.4/);
  assert.doesNotMatch(text, /musl/);
});

test('what builders write around an instruction', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['RUN /bin/sh -c make   all # buildkit', 'RUN make all'],
    ['RUN |1 A=b /bin/sh -c make # buildkit', 'RUN make'],
    ['|1 A=b /bin/sh -c make', 'RUN make'],
    ['/bin/sh -c make', 'RUN make'],
    ['/bin/sh -c #(nop)  CMD ["a"]', 'CMD ["a"]'],
    ['COPY a b # buildkit', 'COPY a b'],
    ['RUN ["a", "b"]', 'RUN ["a", "b"]'],
    ['bazel build ...', 'bazel build ...'],
    ['', ''],
  ];
  for (const [said, text] of cases) assert.equal(stepText(said), text);
});

test('each trouble has its own words', () => {
  const kinds = [
    'missing',
    'notAnImage',
    'noImage',
    'truncated',
    'damaged',
    'blobMissing',
    'compression',
    'noPlatform',
    'tooMuch',
    'system',
    'cancelled',
  ] as const;
  const texts = kinds.map((kind) => imageTroubleText({ kind, detail: 'DETAIL' }, english));
  assert.equal(new Set(texts).size, kinds.length);
});
