// A build argument or a stage that is renamed in a Dockerfile is renamed where Compose, Bake, workflows, scripts and the
// configuration give it; or nothing is renamed, with the reason.
import assert from 'node:assert/strict';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/core/text/edit';
import { readSurroundings } from '../../server/src/io/surroundings/surroundings';
import { makeFolder } from '../harness/workspace';

interface Row {
  readonly name: string;
  /** Of the repository, besides the Dockerfile, with `«»` around what is renamed. */
  readonly files: Readonly<Record<string, string>>;
  /** Default `Dockerfile`. */
  readonly dockerfile?: string;
  /** Default: the argument `VERSION`. */
  readonly stage?: string;
  readonly refused?: RegExp;
}

const rows: readonly Row[] = [
  {
    name: 'a mapping of Compose, whose value is a variable of the same name',
    files: {
      'compose.yaml':
        '# VERSION of all\nservices:\n  web:\n    image: a/VERSION\n    environment:\n      VERSION: 1\n    build:\n      context: .\n      args:\n        «VERSION»: ${VERSION:-1} # VERSION\n        VERSION_MINOR: 2\n',
    },
  },
  {
    name: 'a list of Compose, and a quoted key of the service beside',
    files: {
      'docker-compose.yml':
        'services:\n  web:\n    build: { context: ., args: ["A=VERSION", "«VERSION»=1"] }\n  web2:\n    build: { context: ., args: { "«VERSION»": 2 } }\n  other:\n    build: { context: other, args: { VERSION: 3 } }\n',
    },
  },
  {
    name: 'the file that is laid over a Compose file',
    files: {
      'compose.yaml': 'services:\n  web:\n    build: .\n  db:\n    build: db\n',
      'compose.override.yaml':
        'services:\n  web:\n    build:\n      args:\n        «VERSION»: dev\n  db:\n    build: { args: { VERSION: 1 } }\n',
    },
  },
  {
    name: 'an anchor that only services of this file use',
    files: {
      'compose.yaml':
        'x-args: &args\n  «VERSION»: 1\nservices:\n  a:\n    build: { context: ., args: *args }\n  b:\n    build: { context: ., args: *args }\n',
    },
  },
  {
    name: 'an anchor that a service of another file uses',
    files: {
      'compose.yaml':
        'x-args: &args\n  VERSION: 1\nservices:\n  a:\n    build: { context: ., args: *args }\n  b:\n    build: { context: other, args: *args }\n',
    },
    refused:
      /^compose\.yaml passes the build argument "VERSION" at a place that "b" shares, which is built from another file\. Rename it there by hand, then here$/,
  },
  {
    name: 'an argument that Compose takes from its environment',
    files: { 'compose.yaml': 'services:\n  web:\n    build: { context: ., args: [VERSION] }\n' },
    refused:
      /^compose\.yaml takes the build argument "VERSION" of web from the environment variable of that name\. Rename/,
  },
  {
    name: 'a mapping without a value',
    files: {
      'compose.yaml': 'services:\n  web:\n    build:\n      context: .\n      args:\n        VERSION:\n',
    },
    refused: /takes the build argument "VERSION" of web from the environment/,
  },
  {
    name: 'Bake in HCL, with a variable of the same name and a target that inherits',
    files: {
      'docker-bake.hcl':
        'variable "VERSION" { default = "1" }\ntarget "base" {\n  args = { «VERSION» = VERSION, A = "${VERSION}" }\n}\ntarget "app" {\n  inherits = ["base"]\n  args = { «VERSION» = "2" }\n}\n',
    },
  },
  {
    name: 'Bake in JSON, and a development container',
    files: {
      'docker-bake.json': '{ "target": { "app": { "args": { "«VERSION»": "1" } } } }',
      '.devcontainer/devcontainer.json':
        '{ // VERSION\n "build": { "dockerfile": "../Dockerfile", "context": "..", "args": { "«VERSION»": "1" } } }',
    },
  },
  {
    name: 'a workflow and a script',
    files: {
      '.github/workflows/ci.yml':
        'jobs:\n  build:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          context: .\n          build-args: |\n            A=1\n            «VERSION»=${{ github.sha }}\n',
      Makefile: 'VERSION = 1\nall:\n\tdocker build --build-arg «VERSION»=$(VERSION) .\n',
      'build.sh': 'docker build -f other/Dockerfile --build-arg VERSION=1 .\n',
    },
  },
  {
    name: 'a script that hands on a variable',
    files: { 'build.sh': 'docker build --build-arg VERSION .\n' },
    refused: /^build\.sh takes the build argument "VERSION" of build from the environment/,
  },
  {
    name: 'more places than are looked at',
    files: {
      'compose.yaml': `services:\n  web:\n    build: { context: ., args: { VERSION: 1 } }\n${'# VERSION\n'.repeat(40)}`,
    },
    refused: /^compose\.yaml passes the build argument "VERSION", and Drydock cannot tell where\. Rename/,
  },
  { name: 'nothing that names it', files: { 'compose.yaml': 'services:\n  VERSION:\n    build: .\n' } },
  {
    name: 'a stage, in any case, with a service of that name',
    stage: 'Dev',
    files: {
      'compose.yaml':
        'services:\n  dev:\n    build: { context: ., target: «dev» }\n  prod:\n    build: { context: ., target: prod }\n',
      'docker-bake.hcl': 'target "dev" { target = "«dev»" }\n',
      Makefile: 'dev:\n\tdocker build --target=«dev» --build-arg dev=1 .\n',
    },
  },
  {
    name: 'targets of the configuration, in any case and with quotes, and nothing else in it',
    stage: 'dev',
    files: {
      '.drydock.yaml':
        '# dev\nprofile: strict\ntargets: [«Dev», "«dev»", \'other\'] # dev\nignore: [dev]\nrules: { dev: off }\n',
    },
  },
  {
    name: 'targets in lines of their own, also of parts for this file, but not of parts for others',
    stage: 'dev',
    files: {
      '.drydock.yml':
        'targets:\n  - a\n  - «dev» # dev\noverrides:\n  - files: [Dockerfile]\n    targets: [«dev»]\n  - files: ["other/**"]\n    targets: [dev]\n',
    },
  },
  {
    name: 'the configuration of a folder above',
    stage: 'dev',
    dockerfile: 'docker/Dockerfile',
    files: { '.drydock.yaml': 'targets: [«dev»]\r\n' },
  },
  {
    name: 'an argument that has the name of a target',
    files: { '.drydock.yaml': 'targets: [VERSION]\n' },
  },
  {
    name: 'a list that holds for another file with such a stage: it keeps the old name',
    stage: 'dev',
    files: {
      'other/deep/Dockerfile': 'FROM a as DEV\nFROM b\n',
      '.drydock.yaml':
        'targets: [dev«», x]\noverrides:\n  - files: [Dockerfile]\n    targets:\n      - "dev"«»\n      - y\n  - files: [nowhere]\n    targets: [dev]\n',
    },
  },
  {
    name: 'a list that two parts share, both for this file',
    stage: 'dev',
    files: {
      '.drydock.yaml': 'targets: &t [x, «dev»]\noverrides:\n  - files: [Dockerfile]\n    targets: *t\n',
    },
  },
  {
    name: 'a list that stands somewhere else',
    stage: 'dev',
    files: { '.drydock.yaml': 'lists: [&t [x, dev]]\ntargets: *t\n' },
    refused: /^\.drydock\.yaml names the stage "dev" in targets, and Drydock cannot tell where\. Rename/,
  },
  {
    name: 'a configuration that is not valid YAML',
    stage: 'dev',
    files: { '.drydock.yaml': 'targets: [dev\n' },
  },
  {
    name: 'an anchor that is not there',
    stage: 'dev',
    files: { '.drydock.yaml': 'targets: [dev]\nrules: *none\n' },
  },
  { name: 'a configuration that is a word', stage: 'dev', files: { '.drydock.yaml': 'dev\n' } },
  {
    name: 'targets and parts that are no lists',
    stage: 'dev',
    files: { '.drydock.yaml': 'targets: dev\noverrides: dev\n' },
  },
  {
    name: 'parts that name no file',
    stage: 'dev',
    files: { '.drydock.yaml': 'overrides: [dev, { targets: [dev] }, { files: dev, targets: [dev] }]\n' },
  },
];

/** `«»` alone stands behind an entry of a list that stays: the new name is put behind it. */
function afterRenaming(text: string): string {
  return text
    .replaceAll(/^(\s*- )(["']?)(.*)«»$/gm, '$1$2$3\n$1$2renamed$2')
    .replaceAll('«»', ', renamed')
    .replaceAll(/«[^»]*»/g, 'renamed');
}

for (const { name, files, dockerfile = 'Dockerfile', stage, refused } of rows) {
  test(name, (t) => {
    const texts = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path, text.replaceAll(/[«»]/g, '')]),
    );
    const folder = makeFolder(t, { [dockerfile]: 'FROM a\n', 'other/Dockerfile': 'FROM a\n', ...texts });
    const path = join(folder, dockerfile);
    const { renameOutside } = readSurroundings(path, 'FROM a\n', {
      configRoot: folder,
      contextRoot: folder,
    });
    const found = renameOutside({
      kind: stage === undefined ? 'arg' : 'stage',
      name: stage ?? 'VERSION',
      newName: 'renamed',
    });
    if (refused) {
      assert.ok('refused' in found, JSON.stringify(found));
      assert.match(found.refused, refused);
      return;
    }
    assert.ok(!('refused' in found), JSON.stringify(found));
    const after = Object.fromEntries(
      found.map((one) => [relative(folder, one.path).replaceAll('\\', '/'), applyEdits(one.text, one.edits)]),
    );
    const wanted = Object.entries(files).filter(([, text]) => text.includes('«'));
    assert.deepEqual(after, Object.fromEntries(wanted.map(([path, text]) => [path, afterRenaming(text)])));
  });
}

test('a text without a place on the disk has nothing around', async () => {
  const { nothingAround } = await import('../../server/src/io/surroundings/surroundings');
  const { defaultConfig } = await import('../../server/src/core/lint/config');
  assert.deepEqual(nothingAround(defaultConfig).renameOutside({ kind: 'arg', name: 'A', newName: 'B' }), []);
});
