// "Choose another base image…": which bases are offered for what a stage runs, and the edit of a choice.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { baseAt, basesFor } from '../../server/src/core/ide/base-choices';
import { baseChoices } from '../../server/src/core/knowledge/images/base-choices';
import { knowImage } from '../../server/src/core/knowledge/images/images';
import { readVersionTable } from '../../server/tools/tables/versions';
import { modelOf } from '../harness/commands';
import { LspClient } from '../harness/lsp-client';
import { parseMarked } from '../harness/marked';

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

  test('none where the image is a variable, a stage, or elsewhere', () => {
    for (const source of ['FROM a AS b\nFROM «b»\n', 'ARG X\nFROM «$X»\n', 'FROM a\nRUN «b»\n']) {
      const { text, spans } = parseMarked(source);
      assert.equal(baseAt(modelOf(text), spans[0] ?? { start: 0, end: 0 }), undefined, source);
    }
  });
});

test('what is said of a base is known, and its versions are in the table', () => {
  const { official, others } = readVersionTable();
  for (const { image, version } of baseChoices) {
    const full = image.replace('«»', version ?? '');
    const { libc, isRoot } = knowImage(full);
    assert.ok(libc !== undefined && isRoot !== undefined, full);
    const row = official[image] ?? others[image.replace(/:nonroot$/, '')];
    if (row && version !== undefined) assert.ok(row.versions.includes(version), full);
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
