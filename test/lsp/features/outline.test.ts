import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentSymbol, SymbolInformation } from 'vscode-languageserver';
import { folding, full, links, marks, plainInput, request, symbols } from './request';

function tree(list: readonly DocumentSymbol[], depth = 0): string[] {
  return list.flatMap(({ name, detail, children = [] }) => [
    `${'  '.repeat(depth)}${name}${detail === undefined ? '' : ` | ${detail}`}`,
    ...tree(children, depth + 1),
  ]);
}

test('stages hold their instructions', async () => {
  const input = plainInput(`ARG V=1
FROM golang:$V AS build
RUN go \\
  # why
  build
ONBUILD COPY . /x
from scratch
COPY --from=build /a /a
`);
  const found = (await symbols(input)) as DocumentSymbol[];
  assert.deepEqual(tree(found), [
    'ARG | V=1',
    'build | FROM golang:$V',
    '  RUN | go build',
    '  ONBUILD | COPY . /x',
    'scratch',
    '  COPY | /a /a',
  ]);
});

test('ranges: a child lies in its parent, the selection in the range', async () => {
  const input = plainInput('FROM a AS b\nRUN <<E\nx\nE\nFROM\nFOO\n');
  const walk = (list: readonly DocumentSymbol[], outer: { start: number; end: number }): number => {
    let count = 0;
    for (const { range, selectionRange, children = [] } of list) {
      const own = { start: input.document.offsetAt(range.start), end: input.document.offsetAt(range.end) };
      const selection = {
        start: input.document.offsetAt(selectionRange.start),
        end: input.document.offsetAt(selectionRange.end),
      };
      assert.ok(outer.start <= own.start && own.end <= outer.end);
      assert.ok(own.start <= selection.start && selection.end <= own.end);
      count += 1 + walk(children, own);
    }
    return count;
  };
  assert.equal(walk((await symbols(input)) as DocumentSymbol[], { start: 0, end: input.text.length }), 4);
});

test('a fragment without FROM lists its instructions', async () => {
  assert.deepEqual(tree((await symbols(plainInput('RUN a\nCMD b'))) as DocumentSymbol[]), [
    'RUN | a',
    'CMD | b',
  ]);
});

test('clients without nesting get a list', async () => {
  const input = plainInput('FROM a AS b\nRUN x', { ...full, hierarchicalSymbols: false });
  const found = (await symbols(input)) as SymbolInformation[];
  assert.deepEqual(
    found.map(({ name, containerName }) => [name, containerName]),
    [
      ['b FROM a', undefined],
      ['RUN x', 'b'],
    ],
  );
});

async function folds(source: string, client = full): Promise<string[]> {
  return (await folding(plainInput(source, client))).map(
    ({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind === undefined ? '' : ` ${kind}`}`,
  );
}

test('folds stages, long instructions, here-documents, comments', async () => {
  const source = `# syntax=docker/dockerfile:1
# check=skip=all

# one
# two
FROM a
RUN x \\
  # inside
  # too
  y
RUN <<E
z
E
COPY <<A <<B /
1
A
2
B
# lone
FROM b
CMD c
`;
  assert.deepEqual(await folds(source), [
    '0-1 comment',
    '3-4 comment',
    '5-17 region',
    '6-9',
    '7-8 comment',
    '10-12',
    '13-17',
    '14-15',
    '16-17',
    '19-20 region',
  ]);
});

test('a continuation escaped twice ends the instruction', async () => {
  assert.deepEqual(await folds('FROM a\nCOPY x C:\\\\\nRUN y\n'), ['0-2 region']);
});

test('the limit of the client keeps the largest', async () => {
  const source = 'FROM a\n# 1\n# 2\nRUN b \\\n c\nFROM d\nRUN e\n';
  assert.deepEqual(await folds(source, { ...full, foldingRangeLimit: 3 }), [
    '0-4 region',
    '3-4',
    '5-6 region',
  ]);
  assert.deepEqual(await folds(source, { ...full, foldingRangeLimit: 0 }), []);
});

test('regions fold as their comments say, also in each other, and one without an end does not', async () => {
  const source =
    'FROM debian:12\n# region packages\nRUN apt-get update\nRUN apt-get install -y curl\n# endregion\n#region user\nRUN useradd app\n#endregion\n';
  // A stage ends with its last region: editors drop a fold that crosses another one.
  assert.deepEqual(await folds(source), ['0-7 region', '1-4 region', '5-7 region']);
  assert.deepEqual(await folds(source.replaceAll('\n', '\r\n')), ['0-7 region', '1-4 region', '5-7 region']);
  assert.deepEqual(
    await folds('FROM a\n# region b\nRUN c\n# endregion\nFROM d\nRUN e\n# region f\n# endregion\n'),
    ['0-3 region', '1-3 region', '4-5 region', '6-7 region'],
  );
  assert.deepEqual(await folds('FROM a\n# region b\nRUN c\nFROM d\nRUN e\n# endregion\n'), [
    '0-2 region',
    '1-5 region',
    '3-4 region',
  ]);
  const nested =
    '#Region a\nFROM a\n# region b\n# text\n# more\n# endRegion\nRUN c\n# endregion\n# endregion\n# regional\n# region d\n';
  assert.deepEqual(await folds(nested), ['0-7 region', '1-6 region', '2-5 region', '3-4 comment']);
});

test('characters are given unless the client folds lines', async () => {
  const [first] = await folding(plainInput('RUN a \\\r\n  bcd\r\n'));
  assert.deepEqual(first, { startLine: 0, endLine: 1, startCharacter: 7, endCharacter: 5 });
  const [line] = await folding(plainInput('RUN a \\\n  b\n', { ...full, lineFoldingOnly: true }));
  assert.deepEqual(line, { startLine: 0, endLine: 1 });
});

test('links lead to pages of known registries only', async () => {
  const source = `# syntax=«docker/dockerfile»:1
FROM «node»:22 AS a
FROM «bitnami/redis»@sha256:${'a'.repeat(64)}
FROM «ghcr.io/org/app»:1
FROM «public.ecr.aws/docker/library/node»:22
FROM registry.k8s.io/pause:3
FROM localhost:5000/x
FROM $X
FROM node:$X
FROM scratch
FROM a
COPY --from=«mcr.microsoft.com/dotnet/sdk»:8.0 / /
RUN --mount=from=«quay.io/org/x»,target=/x y
`;
  const { input } = request(source);
  const found = await links(input);
  assert.equal(
    marks(
      input,
      found.map(({ range }) => range),
    ),
    source,
  );
  assert.deepEqual(
    found.map(({ target }) => target),
    [
      'https://hub.docker.com/r/docker/dockerfile',
      'https://hub.docker.com/_/node',
      'https://hub.docker.com/r/bitnami/redis',
      'https://ghcr.io/org/app',
      'https://gallery.ecr.aws/docker/library/node',
      'https://mcr.microsoft.com/artifact/mar/dotnet/sdk/about',
      'https://quay.io/repository/org/x',
    ],
  );
});
