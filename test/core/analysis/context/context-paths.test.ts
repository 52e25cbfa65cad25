// What lies at a path of the build context, and what a build is sent of a folder.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  contextEntries,
  isIgnored,
  lookUp,
} from '../../../../server/src/core/analysis/context/context-paths';
import { bindSources } from '../../../../server/src/core/analysis/context/context-sources';
import type { ContextFacts } from '../../../../server/src/core/analysis/context/context-sources';
import { buildModel } from '../../../../server/src/core/model/model';
import { parse } from '../../../../server/src/core/syntax/parse';
import { TextFile } from '../../../../server/src/core/text/document';

const folders: Readonly<Record<string, readonly string[]>> = {
  src: ['app/', 'link', 'main.ts'],
  'src/app': ['index.ts'],
  docs: ['a.md', 'keep.md'],
};

function contextWith(ignore: string): ContextFacts {
  return {
    entries: ['Dockerfile', 'docs/', 'huge/', 'package.json', 'src/'],
    entriesOf: (folder) => folders[folder],
    ignoreFile: { path: '.dockerignore', text: ignore },
    dockerfile: 'Dockerfile',
  };
}

test('a path is a file, a folder, missing or not known', () => {
  const context = contextWith('');
  for (const [path, what] of [
    ['', 'folder'],
    ['package.json', 'file'],
    ['Package.json', 'missing'],
    ['src', 'folder'],
    ['src/app/index.ts', 'file'],
    ['src/app/other.ts', 'missing'],
    ['src/gone/other.ts', 'missing'],
    ['src/link', 'file'],
    ['src/link/below', 'unknown'],
    ['huge/a', 'unknown'],
    ['huge/a/b', 'unknown'],
    ['a/'.repeat(30_000), 'unknown'],
  ] as const)
    assert.equal(lookUp(context, path), what, path.slice(0, 50));
});

test('without leave to look, nothing below the root is known', () => {
  const { entriesOf: _, ...context } = contextWith('');
  assert.equal(lookUp(context, 'src'), 'folder');
  assert.equal(lookUp(context, 'src/main.ts'), 'unknown');
  assert.equal(contextEntries(context, 'src'), undefined);
});

test('a build is sent what the ignore file leaves', () => {
  const context = contextWith('Dockerfile\nsrc/app\ndocs\n!docs/keep.md\n');
  const pathsIn = (folder: string): readonly string[] | undefined =>
    contextEntries(context, folder)?.map(({ path, kind }) => `${kind} ${path}`);
  assert.deepEqual(pathsIn(''), ['folder docs', 'folder huge', 'file package.json', 'folder src']);
  assert.deepEqual(pathsIn('src'), ['file src/link', 'file src/main.ts']);
  assert.deepEqual(pathsIn('docs'), ['file docs/keep.md']);
  assert.equal(pathsIn('huge'), undefined);
  assert.equal(isIgnored(context, 'docs/a.md'), true);
  assert.equal(isIgnored(context, 'docs/keep.md'), false);
});

test('what RUN mounts from the context', () => {
  const text = [
    'FROM node:22',
    'RUN --mount=type=bind,source=package.json,target=/p --mount=src=./a/../src/,target=/s npm ci',
    'RUN --mount=type=bind,from=node:20,source=/x,target=/x --mount=type=cache,source=/y,target=/y npm ci',
    'RUN --mount=type=bind,source=$WHERE,target=/x --mount=type=bind,target=/all npm ci',
    'ONBUILD RUN --mount=type=bind,source=later,target=/x npm ci',
  ].join('\n');
  const model = buildModel(parse(text), new TextFile(text));
  assert.deepEqual(
    bindSources(model).map(({ path, span }) => [path, text.slice(span.start, span.end)]),
    [
      ['package.json', 'package.json'],
      ['src', './a/../src/'],
    ],
  );
});
