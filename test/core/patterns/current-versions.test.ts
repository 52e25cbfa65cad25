// Versions that registries list and the table lacks: which of them a pattern takes, and which never.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TagLists } from '../../../server/src/core/knowledge/images/registry-facts';
import { answer, sourceOf } from '../../../server/src/patterns/answers';
import { repositoriesToList, withCurrentVersions } from '../../../server/src/patterns/current-versions';
import { patterns } from '../../../server/src/patterns/index.generated';
import type { Pattern } from '../../../server/src/patterns/pattern';
import { findProject } from '../../../server/src/patterns/project/find-project';
import { readVersionTable } from '../../../server/tools/tables/versions';

function named(id: string): Pattern {
  const found = patterns.find((one) => one.id === id);
  assert.ok(found, id);
  return found;
}

function lists(rows: Readonly<Record<string, readonly string[]>>, isComplete = true): TagLists {
  return new Map(Object.entries(rows).map(([name, tags]) => [name, { host: 'docker.io', tags, isComplete }]));
}

/** The value and the source of a version, for a project of some files. */
function versionOf(
  pattern: Pattern,
  name: string,
  files: Readonly<Record<string, string>> = {},
): readonly string[] {
  const paths = Object.keys(files);
  const project = findProject({ paths, text: (path) => files[path] });
  const { answers, open } = answer(pattern, project, new Map([['app', 'x']]));
  const one = answers.find(({ parameter }) => parameter.name === name);
  if (one) return [one.value, sourceOf(one)];
  return open.filter(({ parameter }) => parameter.name === name).map(({ reason }) => reason);
}

const go = named('distroless-go');
const tags = ['1.27-trixie', '1.28-trixie', '1.9-trixie'];

suite('the newest version that a registry lists', () => {
  test('is taken where nobody says another, with its source', () => {
    assert.deepEqual(repositoriesToList([go]), ['golang']);
    const now = withCurrentVersions(go, lists({ golang: tags }));
    assert.deepEqual(versionOf(now, 'go'), ['1.28', 'the newest in docker.io']);
    assert.deepEqual(now.parameters.find(({ name }) => name === 'go')?.proposals, ['1.28', '1.27']);
    const { date } = readVersionTable();
    assert.deepEqual(versionOf(go, 'go'), ['1.27', `from the table of ${date}`]);
    assert.deepEqual(withCurrentVersions(go, lists({})), go);
  });

  test('is never a word, a candidate for a release, a longer version, or of another distribution', () => {
    const never = [
      ...[
        'latest',
        'lts-trixie',
        '1-trixie',
        '1.29rc1-trixie',
        '1.29-rc-trixie',
        '1.29.0-trixie',
        '2-trixie',
      ],
      ...[
        '1.29',
        '1.29-bookworm',
        '1.29-alpine3.24',
        '1.29-trixie-slim',
        'v1.29-trixie',
        '1.-trixie',
        '-trixie',
      ],
      '99999999999.1-trixie',
    ];
    const now = withCurrentVersions(go, lists({ golang: ['1.27-trixie', ...never] }));
    assert.deepEqual(versionOf(now, 'go'), ['1.27', 'the newest in docker.io']);
    assert.deepEqual(withCurrentVersions(go, lists({ golang: never })), go);
  });

  test('is the one that both images of a pattern have', () => {
    const dotnet = named('dotnet-chiselled');
    const [runtime, sdk] = ['mcr.microsoft.com/dotnet/aspnet', 'mcr.microsoft.com/dotnet/sdk'];
    assert.deepEqual(repositoriesToList([dotnet]), [runtime, sdk]);
    const now = (sdks: readonly string[]): readonly string[] =>
      versionOf(
        withCurrentVersions(
          dotnet,
          lists({ [runtime]: ['10.0-noble-chiseled', '11.0-noble-chiseled'], [sdk]: sdks }),
        ),
        'dotnet',
      );
    assert.equal(now(['10.0-noble', '11.0-noble'])[0], '11.0');
    assert.equal(now(['10.0-noble', '11.0-resolute'])[0], '10.0');
    const half = withCurrentVersions(dotnet, lists({ [runtime]: ['11.0-noble-chiseled'] }));
    assert.equal(versionOf(half, 'dotnet')[0], '10.0');
  });

  test('does not replace the version that a pattern needs, nor a line that somebody chose', () => {
    // distroless has Python 3.13 alone.
    const python = withCurrentVersions(
      named('python-uv'),
      lists({ python: ['3.13-slim-trixie', '3.15-slim-trixie'], 'ghcr.io/astral-sh/uv': ['0.14', '0.14.1'] }),
    );
    assert.deepEqual(versionOf(python, 'python'), ['3.13', "the pattern's own in docker.io"]);
    assert.equal(versionOf(python, 'uv')[0], '0.14');
    // Which lines of Node.js, Java and nginx last for years, the registry does not say; a new Debian is another base.
    for (const id of ['node-slim', 'java-maven', 'static-site', 'distroless-node'])
      assert.deepEqual(repositoriesToList([named(id)]), [], id);
    for (const { pattern, repository } of repositories())
      assert.ok(
        !/(?:^|\/)(?:debian|ubuntu|node|nginx|alpine)$/.test(repository),
        `${pattern}: ${repository}`,
      );
  });

  test('is never older than the project, and what the project names must be there', () => {
    const now = withCurrentVersions(go, lists({ golang: tags }));
    const at = (version: string): readonly string[] =>
      versionOf(now, 'go', { 'go.mod': `module a/b\n\ngo ${version}\n`, 'main.go': 'package main\n' });
    assert.deepEqual(at('1.28.1'), ['1.28', 'from go.mod']);
    assert.deepEqual(at('1.10'), ['1.28', 'from go.mod']);
    assert.deepEqual(at('1.29'), [
      'go.mod asks for the Go version 1.29, and there is no image for it in docker.io',
    ]);
    // A list that is cut says nothing about what it lacks.
    const cut = withCurrentVersions(go, lists({ golang: tags }, false));
    assert.deepEqual(versionOf(cut, 'go', { 'go.mod': 'module a/b\n\ngo 1.29\n' }), ['1.29', 'from go.mod']);
  });
});

function repositories(): readonly { pattern: string; repository: string }[] {
  return patterns.flatMap((one) =>
    repositoriesToList([one]).map((repository) => ({ pattern: one.id, repository })),
  );
}
