// "Choose another base image…": which bases are offered for what a stage runs, and the edit of a choice.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { baseAt, basesFor } from '../../server/src/core/ide/base-choices';
import { baseChoices } from '../../server/src/core/knowledge/images/base-choices';
import { knowImage } from '../../server/src/core/knowledge/images/images';
import { releaseInTable } from '../../server/src/core/knowledge/images/release-table';
import { readVersionTable } from '../../server/tools/tables/versions';
import { modelOf } from '../harness/commands';
import { LspClient } from '../harness/lsp-client';
import { parseMarked } from '../harness/marked';
import { image, index, startFakeRegistry } from '../harness/registry';
import { makeFolder } from '../harness/workspace';

const go = 'FROM golang:1.27-trixie AS build\nRUN go build -o /app\n';

const stages: readonly (readonly [source: string, images: readonly string[]])[] = [
  [
    `${go}FROM «debian:13»\nCOPY --from=build /app /app\n`,
    [
      'scratch',
      'gcr.io/distroless/static-debian13:nonroot',
      'gcr.io/distroless/base-debian13:nonroot',
      'debian:13-slim',
    ],
  ],
  ['FROM «golang:1.26» AS build\nFROM scratch\n', ['golang:1.26-trixie', 'golang:1.26-alpine3.24']],
  ['FROM «golang:1.26»\n', ['scratch', 'gcr.io/distroless/static-debian13:nonroot']],
  [
    'FROM «python:3.12-bookworm»\n',
    ['gcr.io/distroless/python3-debian13:nonroot', 'python:3.12-slim-trixie'],
  ],
  ['FROM «python»\n', ['python:3.14-slim-trixie']],
  [
    'FROM «gcr.io/distroless/nodejs22-debian12»\n',
    ['gcr.io/distroless/nodejs22-debian13:nonroot', 'node:22-trixie-slim'],
  ],
  [
    'FROM «eclipse-temurin:17-jdk»\n',
    ['gcr.io/distroless/java17-debian13:nonroot', 'eclipse-temurin:17-jre-noble'],
  ],
  ['FROM «alpine:3.24»\n', ['debian:13-slim', 'ubuntu:24.04']],
];

suite('the bases for a stage', () => {
  for (const [source, wanted] of stages) {
    test(source.split('\n').join(' ; '), () => {
      const { text, spans } = parseMarked(source);
      const model = modelOf(text);
      const [at = { start: 0, end: 0 }] = spans;
      const place = baseAt(model, at);
      assert.deepEqual(place?.image, at);
      const offered = basesFor(model, place.stage);
      const images = offered.map(({ image }) => image);
      for (const image of wanted)
        assert.ok(images.includes(image), `${image} is not among ${images.join(', ')}`);
      assert.ok(!images.includes(text.slice(at.start, at.end)));
      assert.equal(new Set(images).size, images.length);
    });
  }

  test('none that was never made for the version of the language', () => {
    for (const [source, image, never] of [
      ['FROM node:1\n', 'node:1', /^node|nodejs1-/],
      ['FROM node:20\n', 'node:20', /alpine3\.24|nodejs20/],
      ['FROM python:2.7-slim\n', 'python:2.7-slim', /^python:/],
      ['FROM golang:1.11 AS build\nFROM scratch\n', 'golang:1.11', /golang/],
    ] as const) {
      const model = modelOf(source);
      const place = baseAt(model, { start: 5, end: 5 });
      assert.ok(place);
      assert.equal(place.image.end - place.image.start, image.length);
      const offered = basesFor(model, place.stage).map((one) => one.image);
      assert.deepEqual(
        offered.filter((one) => never.test(one)),
        [],
        source,
      );
      if (image === 'node:20') assert.ok(offered.includes('node:20-trixie-slim'));
    }
  });

  test('none where the image is a variable, a stage, or elsewhere', () => {
    for (const source of ['FROM a AS b\nFROM «b»\n', 'ARG X\nFROM «$X»\n', 'FROM a\nRUN «b»\n']) {
      const { text, spans } = parseMarked(source);
      assert.equal(baseAt(modelOf(text), spans[0] ?? { start: 0, end: 0 }), undefined, source);
    }
  });
});

test('what is said of a base is known, and its versions are in the table', () => {
  const { official, others } = readVersionTable();
  for (const { image, version, versions } of baseChoices) {
    const full = image.replace('«»', version ?? '');
    const { libc, isRoot } = knowImage(full);
    assert.ok(libc !== undefined && isRoot !== undefined, full);
    const row = official[image] ?? others[image.replace(/:nonroot$/, '')];
    if (row && version !== undefined) assert.ok(row.versions.includes(version), full);
    assert.equal(versions !== undefined, image.includes('«»'), image);
    if (versions && version !== undefined) assert.ok(versions.includes(version), full);
    for (const one of (row && 'ever' in row ? row.ever : row?.versions) ?? [])
      assert.ok(!versions || versions.includes(one), `${image} was made for ${one}`);
    const [, name = '', ending = '', release = ''] = /^(\w+):«»(-alpine)(3\.\d+)$/.exec(image) ?? [];
    for (const one of name === '' ? [] : (versions ?? []))
      assert.equal(releaseInTable(name, one + ending), `alpine${release}`, `${name}:${one}`);
  }
});

test('the choice is one entry on FROM, and makes one edit', async (t) => {
  const client = await LspClient.start({ initializationOptions: { coexistence: [] } });
  t.after(() => client.stop());
  const uri = 'untitled:Dockerfile';
  const { text, spans } = parseMarked(
    'FROM «python:3.13@sha256:' + '0'.repeat(64) + '» AS run\nCMD ["python"]\n',
  );
  await client.open(uri, text);
  const at = spans[0] ?? { start: 0, end: 0 };
  const [action] = (await client.actions(uri, at)).filter(
    ({ title }) => title === 'Choose another base image…',
  );
  const choices = (action?.command?.arguments ?? []) as readonly {
    label: string;
    description: string;
    data: unknown;
  }[];
  const slim = choices.find(({ label }) => label === 'python:3.13-slim-trixie');
  assert.match(slim?.description ?? '', /^runs as root · dash · glibc · apt · amd64 arm64 /);
  const { edit } = await client.resolve({ title: 'x', data: slim?.data });
  assert.equal(client.textAfter(uri, edit), 'FROM python:3.13-slim-trixie AS run\nCMD ["python"]\n');
});

test('size and age of the bases stand in the choice once somebody had them looked up', async (t) => {
  const registry = await startFakeRegistry();
  t.after(() => registry.close());
  const built = '2026-05-02T08:00:00Z';
  const platforms = [
    image('linux/amd64', 'a', 'oci', built, [29_000_000, 12_400_000]),
    image('linux/arm64', 'b', 'oci', built, [28_000_000]),
    image('linux/s390x', 'c', 'oci', built, [1]),
  ];
  for (const { manifest, config } of platforms) {
    registry.put('library/python', manifest);
    registry.blob(config);
  }
  registry.put('library/python', index(platforms), '3.13-slim-trixie');
  const folder = makeFolder(t);
  const mirror = `http://${registry.host}`;
  const client = await LspClient.start({
    env: { HOME: folder, DOCKER_CONFIG: folder, XDG_RUNTIME_DIR: folder, XDG_CONFIG_HOME: folder },
    settings: { registry: { mirrors: { 'docker.io': mirror, 'gcr.io': mirror, 'cgr.dev': mirror } } },
    initializationOptions: { coexistence: [] },
  });
  t.after(() => client.stop());
  const uri = 'untitled:Dockerfile';
  await client.open(uri, 'FROM python:3.13\nCMD ["python"]\n');
  const at = { start: 6, end: 6 };
  const slim = async (): Promise<string> => {
    const actions = await client.actions(uri, at);
    const choose = actions.find(({ title }) => title === 'Choose another base image…');
    const choices = (choose?.command?.arguments ?? []) as readonly { label: string; description: string }[];
    return choices.find(({ label }) => label === 'python:3.13-slim-trixie')?.description ?? '';
  };
  assert.match(await slim(), /^runs as root · dash/);
  assert.deepEqual(registry.asked, [], 'listing asks nobody');
  const lookUp = 'Look up size and age of other base images';
  await client.choose(uri, at, lookUp);
  assert.match(
    await slim(),
    /^41 MB compressed for amd64, 28 MB for arm64 · built on 2026-05-02 · runs as root · dash/,
  );
  // What the registry lacks is said, and may be asked again.
  await client.until('a warning', () => client.messages.some(({ message }) => /distroless/.test(message)));
  assert.ok((await client.actions(uri, at)).some(({ title }) => title === lookUp));
});
