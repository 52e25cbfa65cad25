// `drydock build` of other files than a Dockerfile: which tool a file belongs to, what it is told, and what is refused.
// ko was run here; of the other tools the arguments are those of their published references.
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { run } from '../../server/src/cli/commands/build';
import type { Ending } from '../../server/src/cli/command';
import { heardTerminal } from '../harness/heard-terminal';
import { machineWith } from '../harness/runs';
import { makeFolder } from '../harness/workspace';

interface Said {
  readonly ending: Ending;
  readonly out: string;
  readonly said: string;
}

const programs = ['ko', 'apko', 'pack', 'bazelisk', 'dagger', 'nix', 'mvn', 'gradle'];
const fine = '#!/bin/sh\necho "in $PWD"\n';

async function build(
  t: TestContext,
  path: string,
  text: string,
  words: readonly string[] = [],
  tools: Readonly<Record<string, string>> = Object.fromEntries(programs.map((name) => [name, fine])),
  more: Readonly<Record<string, string>> = {},
): Promise<Said> {
  const folder = makeFolder(t, { [path]: text, ...more });
  for (const name of Object.keys(more)) chmodSync(join(folder, name), 0o755);
  const { machine, folder: bin } = machineWith(t, tools);
  const { terminal, heard } = heardTerminal();
  const ending = await run([join(folder, path), '--tag=r.io/app:1.0', ...words], terminal, machine);
  const plain = (said: string): string =>
    said.replaceAll(`/private${folder}`, '‹folder›').replaceAll(folder, '‹folder›').replaceAll(`${bin}/`, '');
  return { ending, out: plain(heard.out), said: plain(heard.said) };
}

const bazelFile = `load("@rules_oci//oci:defs.bzl", "oci_image", "oci_load", "oci_push")
oci_image(name = "image")
oci_load(
    name = "load",
    image = ":image",
)
oci_push(name = "push", image = ":image", repository = "r.io/old")
`;
const flake = 'image = pkgs.dockerTools.streamLayeredImage { name = "app"; };\n';
const pom = '<plugin><artifactId>jib-maven-plugin</artifactId></plugin>\n';
const ko = 'builds:\n  - id: app\n    dir: .\n    main: ./cmd/app # the service\n';

/** What `--dry-run` prints for each file, kept and pushed. */
const commands: readonly (readonly [file: string, text: string, kept: string, pushed: string])[] = [
  [
    '.ko.yaml',
    ko,
    'KO_DOCKER_REPO=r.io/app ko build --bare --tags=1.0 --push=false --tarball=‹folder›/image.tar ./cmd/app',
    'KO_DOCKER_REPO=r.io/app ko build --bare --tags=1.0 ./cmd/app',
  ],
  [
    'apko.yaml',
    'contents: {}\n',
    'apko build ‹folder›/apko.yaml r.io/app:1.0 ‹folder›/image.tar',
    'apko publish ‹folder›/apko.yaml r.io/app:1.0',
  ],
  [
    'project.toml',
    '[io.buildpacks]\nbuilder = "heroku/builder:24"\n',
    'pack build r.io/app:1.0 --path=‹folder› --descriptor=‹folder›/project.toml',
    'pack build r.io/app:1.0 --path=‹folder› --descriptor=‹folder›/project.toml --publish',
  ],
  ['BUILD.bazel', bazelFile, 'bazelisk run :load', 'bazelisk run :push -- --repository r.io/app --tag 1.0'],
  [
    'dagger.json',
    '{}',
    'dagger call build export --path=‹folder›/image.tar',
    'dagger call publish --address=r.io/app:1.0',
  ],
  [
    'flake.nix',
    flake,
    "nix --extra-experimental-features 'nix-command flakes' build --out-link=‹folder›/result '.#image'",
    '',
  ],
  [
    'pom.xml',
    pom,
    'mvn --batch-mode --file=‹folder›/pom.xml package jib:buildTar -Dimage=r.io/app:1.0',
    'mvn --batch-mode --file=‹folder›/pom.xml package jib:build -Dimage=r.io/app:1.0',
  ],
  [
    'build.gradle.kts',
    'plugins { id("com.google.cloud.tools.jib") version "3.4.4" }\n',
    'gradle jibBuildTar --image=r.io/app:1.0 --project-dir=‹folder› --console=plain',
    'gradle jib --image=r.io/app:1.0 --project-dir=‹folder› --console=plain',
  ],
];

suite('a build from another file', () => {
  for (const [file, text, kept, pushed] of commands)
    test(`${file} goes to its tool, with the arguments of its published reference`, async (t) => {
      assert.equal((await build(t, file, text, ['--dry-run'])).out, `${kept}\n`);
      const { ending, out, said } = await build(t, file, text, ['--dry-run', '--push']);
      if (pushed !== '') assert.equal(out, `${pushed}\n`);
      else {
        assert.equal(ending, 'undone');
        assert.match(said, /does not push: .* use drydock push/);
      }
    });

  test('runs in the folder of the file, and says where the image is', async (t) => {
    const { ending, out, said } = await build(t, 'apko.yaml', 'contents: {}\n');
    assert.equal(ending, 'clean', said);
    assert.match(said, /Building r\.io\/app:1\.0 with apko\nin ‹folder›\n/);
    assert.equal(
      out,
      'r.io/app:1.0 is in ‹folder›/image.tar. Load it with docker load, or look into it with drydock inspect\n',
    );
    const json = await build(t, 'project.toml', '[_]\nid = "x"\n', ['--format=json']);
    const report = JSON.parse(json.out) as { tool: string; image: { kind: string }; failure: unknown };
    assert.deepEqual([report.tool, report.image.kind, report.failure], ['pack', 'docker', null]);
  });

  test('a part and platforms are handed on where the tool takes them', async (t) => {
    const several = `${ko}  - id: other\n    main: ./cmd/other\n`;
    const open = await build(t, '.ko.yaml', several);
    assert.equal(open.ending, 'undone');
    assert.match(open.said, /the packages \.\/cmd\/app, \.\/cmd\/other: choose one with --target/);
    const chosen = ['--dry-run', '--target=./cmd/other', '--platform=linux/amd64,linux/arm64'];
    assert.match(
      (await build(t, '.ko.yaml', several, chosen)).out,
      /--platform=linux\/amd64,linux\/arm64 .* \.\/cmd\/other$/m,
    );
    const apko = await build(t, 'apko.yaml', '', ['--dry-run', '--platform=linux/arm64']);
    assert.match(apko.out, /apko build --arch=arm64 /);
    const label = await build(t, 'BUILD.bazel', bazelFile, ['--dry-run', '--target=//image:load']);
    assert.equal(label.out, 'bazelisk run //image:load\n');
  });

  test('what a tool cannot do, and what is not for it, is refused before it starts', async (t) => {
    const refusals: readonly (readonly [file: string, text: string, word: string, said: RegExp])[] = [
      ['flake.nix', flake, '--platform=linux/arm64', /Nix takes no --platform/],
      ['apko.yaml', '', '--target=x', /apko takes no --target/],
      [
        'BUILD.bazel',
        'oci_image(name = "image")\n',
        '--dry-run',
        /has no oci_load: add one, or name a target/,
      ],
      ['flake.nix', '{ }\n', '--dry-run', /Nix builds one if it has dockerTools or nix2container/],
      [
        'pom.xml',
        '<project/>\n',
        '--dry-run',
        /says nothing of an image: Maven with jib .* jib-maven-plugin/,
      ],
    ];
    for (const [file, text, word, expected] of refusals) {
      const { ending, said, out } = await build(t, file, text, [word]);
      assert.deepEqual([ending, out], ['undone', ''], file);
      assert.match(said, expected);
    }
    for (const word of ['--no-cache', '--secret=id=a', '--builder=x'])
      assert.deepEqual((await build(t, 'apko.yaml', '', [word])).ending, {
        wrong: `apko builds apko.yaml, which takes no ${word.replace(/=.*/, '')}`,
      });
    for (const word of ['--target=-x', '--platform=a b'])
      assert.equal(typeof (await build(t, 'apko.yaml', '', [word])).ending, 'object', word);
    const there = await build(t, 'apko.yaml', '', [], { apko: fine }, { 'image.tar': 'notes\n' });
    assert.match(there.said, /image\.tar is there and not an archive/);
  });

  test('a tool that is not here is named with the page to get it from', async (t) => {
    for (const [file, text, title] of [
      ['apko.yaml', '', 'apko'],
      ['.ko.yaml', ko, 'ko'],
      ['BUILD.bazel', bazelFile, 'Bazel'],
    ] as const) {
      const { ending, said } = await build(t, file, text, [], {});
      assert.equal(ending, 'undone');
      assert.match(said, new RegExp(`^${title} builds ${file}, and is not here. Get it: https:`));
    }
  });

  test('the wrapper of the project comes before a program of this machine', async (t) => {
    const { said, ending } = await build(t, 'pom.xml', pom, [], { mvn: 'exit 9' }, { mvnw: fine });
    assert.equal(ending, 'clean', said);
    assert.match(said, /in ‹folder›/);
  });

  test('a failure is told with its reason, wherever the tool says it', async (t) => {
    const mvn = '#!/bin/sh\necho "[ERROR] cannot find symbol"\necho "[INFO] BUILD FAILURE"\nexit 1\n';
    const { ending, said } = await build(t, 'pom.xml', pom, [], { mvn });
    assert.equal(ending, 'unbuilt');
    assert.match(said, /Maven with jib could not build r\.io\/app:1\.0: .*BUILD FAILURE/);
    const json = await build(t, 'pom.xml', pom, ['--format=json'], { mvn });
    assert.match(json.out, /"image": null,\n {2}"failure": ".*BUILD FAILURE/);
  });

  test('a file that cannot be read, or is no such file, is said', async (t) => {
    const { terminal, heard } = heardTerminal();
    const { machine } = machineWith(t, {});
    assert.equal(await run([join(makeFolder(t), 'apko.yaml')], terminal, machine), 'unreadable');
    assert.match(heard.said, /cannot read .*apko\.yaml/);
    const folder = makeFolder(t);
    writeFileSync(join(folder, 'app.yaml'), 'x: 1\n');
    assert.notEqual(await run([join(folder, 'app.yaml')], terminal, machine), 'clean');
  });
});
