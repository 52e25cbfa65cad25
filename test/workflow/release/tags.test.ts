// Which tags an image gets, and what is asked instead of guessed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tagName } from '../../../server/src/workflow/checked-arguments';
import { resolveTags } from '../../../server/src/workflow/release/resolve-tags';
import type { ProjectFacts, TagWish } from '../../../server/src/workflow/release/resolve-tags';
import { kindOf, versionTag } from '../../../server/src/workflow/release/tags';
import { projectVersion, versionInFile } from '../../../server/src/workflow/release/version-source';
import { english } from '../../../server/src/workflow/translate';
import { checked } from '../../harness/build-order';

const nothing: TagWish = { commit: false, markDirty: false, others: [] };
const commit = 'a3f9b2c4d5e6f708192a3b4c5d6e7f8091a2b3c4';

const facts = (
  files: Readonly<Record<string, string>> = {},
  git: { tags?: readonly string[]; changed?: readonly string[] } = {},
): ProjectFacts => ({
  files,
  git: { kind: 'done', value: { commit, tags: [], changed: [], time: 1, ...git } },
});

/** `1.4.0:release a3f9b2c:commit`, or why there are none. */
function answer(wish: Partial<TagWish>, known: ProjectFacts): string {
  const found = resolveTags({ ...nothing, ...wish }, known, english);
  if (found.kind === 'no') return `${found.asks ? 'asks' : 'no'}: ${found.why}`;
  return found.tags.map(({ tag, kind }) => `${tag}:${kind}`).join(' ');
}

test('only a full version is one, and what moves is told from what does not', () => {
  for (const text of ['1.4.0', 'v1.4.0', '1.0.0-rc.1', '0.0.1']) assert.ok(versionTag(text), text);
  for (const text of ['1', '1.4', '01.4.0', '1.4.0+build', 'latest', '', '-1.4.0', '1.4.0\n'])
    assert.equal(versionTag(text), undefined, text);
  const kinds = ['1.4.0', 'a3f9b2c', 'sha-a3f9b2c', '20240131', '1.4', 'latest', 'dev', 'a3f9b2c-dirty'];
  assert.deepEqual(
    kinds.map((text) => kindOf(checked(tagName, text))),
    ['release', 'commit', 'commit', 'mutable', 'mutable', 'mutable', 'mutable', 'mutable'],
  );
});

test('a file says its version in its own words, or not at all', () => {
  const cases: readonly (readonly [file: string, text: string, version: string | undefined])[] = [
    ['package.json', '{ "version": "1.4.0" }', '1.4.0'],
    ['package.json', '{ "version": 1 }', undefined],
    ['package.json', '{ broken', undefined],
    [
      'Cargo.toml',
      '[dependencies.a]\nversion = "9.9.9"\n[package]\nname = "a"\nversion = "1.4.0" # x\n',
      '1.4.0',
    ],
    ['Cargo.toml', '[package]\nversion.workspace = true\n[workspace.package]\nversion = "2.0.0"\n', '2.0.0'],
    ['pyproject.toml', '[project]\ndynamic = ["version"]\n[tool.black]\nversion = "1.0.0"\n', undefined],
    ['pyproject.toml', "[tool.poetry]\nversion = '1.4.0'\n", '1.4.0'],
    ['pubspec.yaml', 'name: a\nversion: 1.4.0+3\n', '1.4.0'],
    ['gradle.properties', 'version=1.4.0-SNAPSHOT\n', '1.4.0-SNAPSHOT'],
    ['VERSION', '1.4.0\n', '1.4.0'],
    ['VERSION', 'one\n1.4.0\n', undefined],
    ['README.md', '1.4.0', undefined],
  ];
  for (const [file, text, version] of cases)
    assert.equal(versionInFile(file, text), version, `${file}: ${text}`);
});

test('a tag of the commit wins over files; files that differ leave it open', () => {
  const differ = { 'package.json': '{"version":"1.4.0"}', VERSION: '1.5.0' };
  assert.equal(projectVersion([], differ).kind, 'differ');
  assert.deepEqual(projectVersion(['release/v1.6.0'], differ), {
    kind: 'known',
    source: { version: 'v1.6.0', from: 'git tag release/v1.6.0' },
  });
  assert.equal(projectVersion(['nightly'], {}).kind, 'unknown');
  assert.equal(projectVersion(['1.6.0', 'v1.6.0'], {}).kind, 'known');
});

test('without a wish, the version and the commit; latest only beside others', () => {
  const project = facts({ 'package.json': '{"version":"1.4.0"}' });
  assert.equal(answer({}, project), '1.4.0:release a3f9b2c:commit');
  assert.equal(answer({ commit: true }, project), 'a3f9b2c:commit');
  assert.equal(answer({ version: '2.0.0' }, project), '2.0.0:release');
  assert.equal(
    answer({ from: 'package.json', others: ['latest', '1.4'] }, project),
    '1.4.0:release latest:mutable 1.4:mutable',
  );
  assert.match(answer({ others: ['latest'] }, project), /^no: latest alone does not say later which image/);
  assert.match(answer({ others: ['a b'] }, project), /^no: a b cannot be a tag/);
});

test('what is not certain is asked for, and a file that differs from the commit is told', () => {
  assert.match(answer({}, facts()), /^asks: no version is known/);
  assert.match(answer({ version: '1.4' }, facts()), /^asks: 1\.4 is not a full version/);
  assert.match(answer({ from: 'VERSION' }, facts()), /^no: VERSION cannot be read/);
  const dirty = facts({ VERSION: '1.4.0' }, { changed: [' M app.js', '?? new'], tags: ['v1.4.0'] });
  assert.match(
    answer({ commit: true }, dirty),
    /^no: files differ from commit a3f9b2c \(app\.js, new\), so its id/,
  );
  assert.equal(answer({ commit: true, markDirty: true }, dirty), 'a3f9b2c-dirty:mutable');
  assert.equal(answer({ version: '1.4.0' }, dirty), '1.4.0:release');
  assert.match(
    answer({ from: 'git' }, dirty),
    /^asks: files differ from the commit that has the tag v1\.4\.0/,
  );
  const failed = {
    kind: 'failed',
    exit: 128,
    said: 'not a git repository (or any of the parent directories): .git',
  } as const;
  assert.equal(
    answer({ commit: true }, { files: {}, git: failed }),
    'no: no commit is known: this folder is not in a git repository',
  );
  assert.match(answer({ commit: true }, { files: {}, git: undefined }), /^no: git is not installed/);
});
