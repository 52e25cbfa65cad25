// `drydock diet` without an engine: which variants a project has, and what is refused before anything is built.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { run } from '../../server/src/cli/commands/diet';
import type { Ending } from '../../server/src/cli/command';
import { heardTerminal } from '../harness/heard-terminal';
import { machineWith } from '../harness/runs';
import { makeFolder } from '../harness/workspace';

interface Said {
  readonly ending: Ending;
  readonly out: string;
  readonly said: string;
  readonly folder: string;
}

async function diet(
  t: TestContext,
  files: Readonly<Record<string, string>>,
  words: readonly string[] = [],
  { answer, buildah }: { readonly answer?: string; readonly buildah?: string } = {},
): Promise<Said> {
  const folder = makeFolder(t, files);
  const { machine } = machineWith(t, buildah === undefined ? {} : { buildah });
  const { terminal, heard } = heardTerminal(answer);
  const ending = await run([folder, ...words], terminal, machine);
  return { ending, out: heard.out, said: heard.said, folder };
}

const go = { 'go.mod': 'module example.com/app\n\ngo 1.27\n', 'cmd/app/main.go': 'package main\n' };

/** The names of the Dockerfiles that --dry-run prints. */
function namesIn(out: string): string[] {
  return [...out.matchAll(/^# (\w+), of (?:the pattern )?(\S+)$/gm)].map(
    ([, name = '', from = '']) => `${name} ${from}`,
  );
}

suite('drydock diet', () => {
  test('has the variants that patterns give for each language', async (t) => {
    const cases: readonly (readonly [
      files: Readonly<Record<string, string>>,
      names: readonly string[],
      set?: string,
    ])[] = [
      [go, ['naive three-image-diet', 'distroless three-image-diet', 'scratch three-image-diet']],
      [
        {
          'Cargo.toml': '[package]\nname = "app"\nversion = "1.0.0"\nedition = "2024"\n',
          'Cargo.lock': 'version = 4\n',
          'src/main.rs': 'fn main() {}\n',
        },
        ['naive distroless-rust', 'distroless distroless-rust', 'scratch scratch-rust'],
      ],
      [
        { 'requirements.txt': 'flask\n', 'app/__main__.py': 'import flask\n' },
        ['naive python-pip', 'slim python-pip', 'distroless distroless-python'],
      ],
      [
        {
          'package.json': '{ "type": "module", "dependencies": { "express": "5.2.1" } }',
          'package-lock.json': '{}',
          'src/index.js': "import express from 'express';\n",
        },
        ['naive node-slim', 'slim node-slim', 'distroless distroless-node'],
      ],
      [
        {
          'pom.xml':
            '<project><groupId>a</groupId><artifactId>hello</artifactId><version>1.0</version><properties><maven.compiler.release>21</maven.compiler.release></properties></project>',
          'src/main/java/com/example/Main.java':
            'package com.example;\nclass Main { public static void main(String[] a) {} }\n',
        },
        ['naive java-maven', 'slim java-maven', 'distroless java-distroless'],
        'main=com.example.Main',
      ],
      [
        { 'App.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>', 'Program.cs': '' },
        ['naive dotnet-chiselled', 'slim dotnet-alpine', 'distroless dotnet-chiselled'],
      ],
      [
        { Gemfile: 'source "https://rubygems.org"\n', 'Gemfile.lock': '', 'main.rb': '' },
        ['naive ruby-bundler', 'slim ruby-bundler'],
        'main=main.rb',
      ],
      [
        { 'composer.json': '{}', 'composer.lock': '{}', 'src/App.php': '', 'public/index.php': '' },
        ['naive php-fpm', 'slim php-fpm'],
      ],
      // With its C library the program is none for an empty image.
      [{ ...go, 'cmd/app/main.go': 'package main\n\nimport "C"\n' }, ['naive go-cgo', 'distroless go-cgo']],
    ];
    for (const [files, names, set] of cases) {
      const words = ['--dry-run', ...(set === undefined ? [] : ['--set', set])];
      const { ending, out, said } = await diet(t, files, words);
      assert.equal(ending, 'clean', said);
      assert.deepEqual(namesIn(out), names);
      assert.doesNotMatch(out, /[«»]/);
    }
  });

  test('says when there is nothing to compare', async (t) => {
    const none = await diet(t, { 'notes.txt': '' });
    assert.equal(none.ending, 'nothing');
    assert.match(none.said, /nothing in this folder says which language/);
  });

  test('takes the file of the project, and a value that a person gives', async (t) => {
    const own = { ...go, 'diet/Dockerfile.scratch': 'FROM scratch\nCOPY go.mod /\n' };
    const { out } = await diet(t, own, ['--dry-run', '--set', 'go=1.26']);
    assert.deepEqual(namesIn(out)[2], 'scratch diet/Dockerfile.scratch');
    assert.match(out, /FROM golang:1\.26-trixie/);
    assert.match(out, /FROM scratch\nCOPY go\.mod \/\n/);
    const wrong = await diet(t, go, ['--dry-run', '--set', 'rust=1.0']);
    assert.deepEqual(wrong.ending, { wrong: 'no pattern for this project asks for rust' });
  });

  test('asks before it overwrites a table, and builds nothing without an answer', async (t) => {
    const there = { ...go, 'image-diet.md': 'mine\n' };
    const log = join(makeFolder(t), 'log');
    const buildah = `#!/bin/sh\necho "$1" >>${log}\n[ "$1" = --version ] && echo 'buildah version 1.28.2' && exit\nexit 1\n`;
    for (const answer of [undefined, 'n']) {
      const refused = await diet(t, there, [], { buildah, ...(answer !== undefined && { answer }) });
      assert.equal(refused.ending, 'differs');
      assert.match(refused.said, /image-diet\.md is there already\. Nothing was built/);
    }
    assert.throws(() => readFileSync(log));
    writeFileSync(log, '');
    for (const words of [[], ['--force']]) {
      const failed = await diet(t, there, words, { buildah, answer: 'y' });
      assert.equal(failed.ending, 'undone', failed.said);
      assert.match(failed.said, /building the naive image failed/);
      assert.equal(readFileSync(join(failed.folder, 'image-diet.md'), 'utf8'), 'mine\n');
    }
    assert.match(readFileSync(log, 'utf8'), /^bud$/m);
  });

  test('an image that fails is a row with its reason, and the others are compared', async (t) => {
    const folder = makeFolder(t);
    const archive = join(folder, 'image.tar');
    const { dockerArchive, file } = await import('../harness/image-archive');
    writeFileSync(archive, await dockerArchive({ layers: [[file('bin/sh', 5000), file('etc/passwd')]] }));
    const id = 'a'.repeat(64);
    const buildah = `#!/bin/sh
case "$1 $*" in
  --version*) echo 'buildah version 1.28.2' ;;
  *Dockerfile.scratch*) echo 'error: no space left on device' >&2; exit 1 ;;
  inspect*) echo '{"FromImageID":"${id}"}' ;;
  push*) /bin/cp ${archive} "\${3#docker-archive:}" ;;
esac
`;
    const { ending, out, folder: project } = await diet(t, go, [], { buildah });
    assert.equal(ending, 'unbuilt', out);
    assert.match(out, /^ {2}naive +5\.0 kB .* root +package manager, CA certificates/m);
    assert.match(out, /^ {2}scratch .* not built$/m);
    assert.match(out, /^scratch: building the scratch image failed: The disk of the builder is full/m);
    assert.match(readFileSync(join(project, 'image-diet.md'), 'utf8'), /^# \S+ on a diet/);

    const python = { 'requirements.txt': 'flask\n', 'app/__main__.py': 'import flask\n' };
    const without = await diet(t, python, [], { buildah });
    assert.equal(without.ending, 'clean', without.out);
    assert.match(
      without.out,
      /^ {2}scratch +-.* none for Python: the program needs a runtime and a C library$/m,
    );
    const json = await diet(t, python, ['--format', 'json', '--force'], { buildah });
    const { language, missing } = JSON.parse(json.out) as Record<string, unknown>;
    assert.deepEqual([language, missing], ['Python', [{ name: 'scratch', why: 'runtime' }]]);
  });
});
