// What Compose, Bake, development containers, workflows and scripts say about the build of a Dockerfile.
import assert from 'node:assert/strict';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { findBuilds } from '../../server/src/io/surroundings/builds/find-builds';
import type { BuildDefinition, FoundBuilds } from '../../server/src/io/surroundings/builds/find-builds';
import { readHcl } from '../../server/src/io/surroundings/builds/hcl';
import { makeFolder } from '../harness/workspace';

interface Row {
  readonly name: string;
  /** Of the repository, besides the Dockerfile. */
  readonly files: Readonly<Record<string, string>>;
  /** Default `Dockerfile`. */
  readonly dockerfile?: string;
  /** `kind name context target args tags`, without what is empty; the context relative to the repository. */
  readonly builds: readonly string[];
  readonly images?: readonly string[];
}

const rows: readonly Row[] = [
  {
    name: 'a service with a folder',
    files: { 'compose.yaml': 'services:\n  web:\n    build: ./web\n    image: acme/web:1\n' },
    dockerfile: 'web/Dockerfile',
    builds: ['compose web web acme/web:1'],
    images: ['acme/web:1'],
  },
  {
    name: 'a service with everything, with defaults, anchors and a merge',
    files: {
      'docker-compose.dev.yml':
        '---\nx-build: &build\n  context: ${CONTEXT:-.}\n  target: dev\nservices:\n  api:\n    build:\n      <<: *build\n      dockerfile: docker/api.Dockerfile\n      args: { MODE: debug, LEVEL: 3, SECRET: "${SECRET}", EMPTY: }\n      tags: ["acme/api:${TAG}", acme/api:dev]\n  db: { image: postgres:16 }\n',
    },
    dockerfile: 'docker/api.Dockerfile',
    builds: ['compose api . target=dev MODE=debug LEVEL=3 acme/api:dev'],
    images: ['acme/api:${TAG}', 'acme/api:dev'],
  },
  {
    name: 'arguments as a list, and a file below the one with the Dockerfile',
    files: {
      'deploy/docker-compose.yml':
        'services:\n  api:\n    build:\n      context: ..\n      dockerfile: Dockerfile\n      args: [A=1, B, C=$D]\n',
    },
    builds: ['compose api . A=1'],
  },
  {
    name: 'what is not known, remote, inline or another file',
    files: {
      'compose.yaml':
        'services:\n  a: { build: "${WHERE}" }\n  b: { build: { context: "https://github.com/a/b.git" } }\n  c: { build: { dockerfile_inline: "FROM scratch" } }\n  d: { build: { dockerfile: Dockerfile.other } }\n  e: 1\n  f: { build: 2 }\n',
    },
    builds: [],
  },
  {
    name: 'an override that says no context',
    files: { 'compose.override.yaml': 'services:\n  a: { build: { target: dev }, image: x/y }\n' },
    builds: [],
    images: ['x/y'],
  },
  {
    name: 'targets of Bake, with variables and what they inherit',
    files: {
      'docker-bake.hcl': [
        '# builds /* all */',
        'variable "TAG" { default = "1.0" }',
        'variable "WHERE" {',
        '  default = "./svc" // comment',
        '}',
        'group "default" { targets = ["app"] }',
        'function "f" { params = [x] result = "${x}" }',
        'target "_common" {',
        '  args = { A = "1", B = "2" }',
        '  target = "prod"',
        '  platforms = [',
        '    "linux/amd64",',
        '    "linux/arm64", /* last */',
        '  ]',
        '}',
        'target "app" {',
        '  inherits = ["_common"]',
        '  context = WHERE',
        '  dockerfile = "Dockerfile"',
        '  args = { B = f("x"), C = "3" }',
        '  tags = ["acme/app:${TAG}", "${REGISTRY}/app:${TAG}", notequal("", TAG) ? "acme/app" : ""]',
        '}',
        'target "other" { dockerfile-inline = "FROM scratch" }',
      ].join('\n'),
    },
    dockerfile: 'svc/Dockerfile',
    builds: ['bake app svc target=prod A=1 C=3 acme/app:1.0'],
    images: ['acme/app:1.0', '${REGISTRY}/app:1.0'],
  },
  {
    name: 'targets of Bake in JSON',
    files: {
      'docker-bake.json':
        '{"variable":{"V":{"default":"9"}},"target":{"a":{"context":"svc","args":{"X":"${V}"},"tags":["x/a"]},"b":{"inherits":["a"],"target":"t"},"c":3}}',
    },
    dockerfile: 'svc/Dockerfile',
    builds: ['bake a svc X=9 x/a', 'bake b svc target=t X=9 x/a'],
  },
  {
    name: 'a development container, with comments',
    files: {
      '.devcontainer/devcontainer.json':
        '// Format: https://aka.ms/devcontainer.json\n{\n\t"name": "Go // dev",\n\t"build": { /* here */ "dockerfile": "Dockerfile", "context": "..", "args": { "VARIANT": "1-\\"x\\"", },\n\t},\n}\n',
    },
    dockerfile: '.devcontainer/Dockerfile',
    builds: ['devcontainer Go // dev . VARIANT=1-"x"'],
  },
  {
    name: 'a development container in the old form',
    files: { '.devcontainer/go/devcontainer.json': '{"dockerFile":"../../Dockerfile","context":"../.."}' },
    builds: ['devcontainer devcontainer .'],
  },
  {
    name: 'an action of a workflow',
    files: {
      '.github/workflows/ci.yml':
        'env: { IMAGE: acme/app }\njobs:\n  image:\n    steps:\n      - uses: docker/metadata-action@v5\n        with: { images: "ghcr.io/acme/app" }\n      - name: Build\n        uses: docker/build-push-action@v6\n        with:\n          context: .\n          file: ./docker/Dockerfile\n          target: prod\n          build-args: |\n            A=1\n            B=${{ github.sha }}\n          tags: ${{ env.IMAGE }}:${{ github.sha }},${{ env.IMAGE }}:edge\n',
    },
    dockerfile: 'docker/Dockerfile',
    builds: ['workflow Build . target=prod A=1 acme/app:edge'],
    images: ['ghcr.io/acme/app', 'acme/app:${{ github.sha }}', 'acme/app:edge'],
  },
  {
    name: 'an action for each entry of a matrix',
    files: {
      '.github/workflows/ci.yml':
        'jobs:\n  image:\n    strategy:\n      matrix:\n        include:\n          - { name: web, folder: web }\n          - { name: api, folder: services/api }\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          context: ${{ matrix.folder }}\n          tags: acme/${{ matrix.name }}\n      - run: docker build -t local/${{ matrix.name }} -f "${{ matrix.folder }}/Dockerfile" .\n',
    },
    dockerfile: 'services/api/Dockerfile',
    builds: ['workflow image services/api acme/api', 'workflow local/api . local/api'],
    images: ['acme/web', 'acme/api', 'local/web', 'local/api'],
  },
  {
    name: 'Skaffold',
    files: {
      'skaffold.yaml':
        'apiVersion: skaffold/v4\nbuild:\n  artifacts:\n    - image: acme/api\n      context: api\n      docker: { dockerfile: build/Dockerfile, target: run, buildArgs: { A: 1, B: "{{.X}}" } }\n    - image: acme/jib\n      jib: {}\n---\nkind: other\n',
    },
    dockerfile: 'api/build/Dockerfile',
    builds: ['skaffold acme/api api target=run A=1 acme/api'],
    images: ['acme/api', 'acme/jib'],
  },
  {
    name: 'a Makefile',
    files: {
      Makefile:
        'NAME ?= acme/app\nVERSION := $(shell git describe)\n.PHONY: image\nimage:\n\t@docker buildx build --pull --platform linux/amd64 \\\n\t  --build-arg A=1 --build-arg=B=$(B) -t $(NAME):$(VERSION) --tag "$(NAME):dev" \\\n\t  --target=prod -f deploy/Dockerfile . > log\n',
    },
    dockerfile: 'deploy/Dockerfile',
    builds: ['command acme/app:${VERSION} . target=prod A=1 acme/app:dev'],
    images: ['acme/app:${VERSION}', 'acme/app:dev'],
  },
  {
    name: 'scripts that start elsewhere, and other engines',
    files: {
      'scripts/build.sh':
        '#!/bin/sh\nset -e\ncd "$(dirname "$0")/.." && podman build -t acme/a:1 svc\ncd svc; sudo docker --debug image build --file=Dockerfile -q "$PWD"; nerdctl build - < x\nbuildah bud -t acme/b ../elsewhere | tee log\n',
    },
    dockerfile: 'svc/Dockerfile',
    builds: ['command acme/a:1 svc acme/a:1', 'command build svc'],
    images: ['acme/a:1', 'acme/b'],
  },
  {
    name: 'a package.json, and a pipeline',
    files: {
      'package.json': '{"scripts":{"image":"npm run build && docker build -t acme/p:2 .","x":1}}',
      '.gitlab-ci.yml':
        'variables:\n  IMAGE: acme/q\nimage:\n  script:\n    - docker build --tag "$IMAGE:$CI_COMMIT_SHA" .\n',
    },
    builds: ['command acme/q:$CI_COMMIT_SHA .', 'command acme/p:2 . acme/p:2'],
    images: ['acme/q:$CI_COMMIT_SHA', 'acme/p:2'],
  },
  {
    name: 'a Makefile with variables for the engine, its command and an option',
    files: {
      Makefile:
        'DOCKER := $(or $(OCI), docker)\nBUILD := $(or $(DOCKER_EXE), $(DOCKER))\nCMD := $(or $(CMD), build)\nTAG = $(or $(TAG), --tag)\nORG = acme\nbase:\n\t$(BUILD) $(CMD) $(TAG) $(ORG)/base:1 .\n\t$(CONTAINER_TOOL) build -t $(ORG)/app:1 .\n\t$(GO) build .\n',
    },
    builds: ['command acme/base:1 . acme/base:1', 'command acme/app:1 . acme/app:1'],
    images: ['acme/base:1', 'acme/app:1'],
  },
  {
    name: 'parts of pipelines',
    files: {
      'ci/images.gitlab-ci.yml': 'image:\n  script:\n    - docker build --tag acme/g:1 .\n',
      'cloudbuild-test.yaml': 'steps:\n- script: docker build -t acme/c:1 .\n',
    },
    builds: ['command acme/c:1 . acme/c:1', 'command acme/g:1 . acme/g:1'],
    images: ['acme/c:1', 'acme/g:1'],
  },
  {
    name: 'files that say something else',
    files: {
      'compose.yaml': '{{ template }}: [',
      'docker-bake.hcl': 'target {{{',
      'docker-bake.json': '{"target"',
      'devcontainer.json': '{"image":"docker"}',
      'skaffold.yaml': 'build: { artifacts: [1, {}] }',
      'package.json': '"build it "',
      '.github/workflows/a.yml': 'jobs: { a: 1, b: { steps: [1, { run: "docker run build" }] } } # build',
      Makefile: 'build:\n\tgo build docker\n\tdocker compose build\n\tdocker build',
    },
    builds: [],
  },
];

function find(t: TestContext, { files, dockerfile = 'Dockerfile' }: Row): FoundBuilds & { root: string } {
  const root = makeFolder(t, { ...files, [dockerfile]: 'FROM scratch\n' });
  return { ...findBuilds(join(root, dockerfile), root, { files: new Map() }), root };
}

function show(root: string, build: BuildDefinition): string {
  const { kind, name, context = '?', target, args, tags } = build;
  return [
    kind,
    name,
    relative(root, context) || '.',
    ...(target === undefined ? [] : [`target=${target}`]),
    ...[...args].map((pair) => pair.join('=')),
    ...tags,
  ].join(' ');
}

for (const row of rows) {
  test(`builds: ${row.name}`, (t) => {
    const { builds, images, root } = find(t, row);
    assert.deepEqual(
      builds.map((build) => show(root, build)),
      row.builds,
    );
    if (row.images) assert.deepEqual([...new Set(images)], row.images);
  });
}

test('the nearest file comes first, and each build once', (t) => {
  const compose = 'services:\n  a: { build: ./svc }\n';
  const { builds } = find(t, {
    name: '',
    files: {
      'compose.yaml': compose,
      'svc/compose.yaml': 'services:\n  near: { build: . }\n',
      '.github/workflows/a.yml':
        'jobs:\n  b:\n    strategy: { matrix: { v: [1, 2] } }\n    steps: [{ uses: docker/build-push-action@v6, with: { context: svc } }]\n',
    },
    dockerfile: 'svc/Dockerfile',
    builds: [],
  });
  assert.deepEqual(
    builds.map(({ name }) => name),
    ['near', 'a', 'b'],
  );
});

test('a build file is read anew when it has changed, and not through a link or above the root', (t) => {
  const folder = makeFolder(t, {
    'compose.yaml': 'services:\n  above: { build: repo/svc }\n',
    'repo/svc/Dockerfile': '',
    'repo/compose.yaml': 'services:\n  one: { build: svc }\n',
  });
  const root = join(folder, 'repo');
  symlinkSync(join(folder, 'compose.yaml'), join(root, 'docker-compose.yaml'));
  const memory = { files: new Map() };
  const names = (): readonly string[] =>
    findBuilds(join(root, 'svc', 'Dockerfile'), root, memory).builds.map(({ name }) => name);
  assert.deepEqual(names(), ['one']);
  writeFileSync(join(root, 'compose.yaml'), 'services:\n  another: { build: svc }\n');
  assert.deepEqual(names(), ['another']);
});

test('a word is looked for in scripts and pipelines', (t) => {
  const { mentions } = find(t, {
    name: '',
    files: { Makefile: 'all:\n\tcurl -o model.bin https://example.com\n', 'notes.txt': 'other.bin' },
    builds: [],
  });
  assert.equal(mentions('model.bin'), true);
  assert.equal(mentions('other.bin'), false);
});

test('hostile build files cost no more than their length', (t) => {
  const size = 60_000;
  const fill = (text: string): string => text.repeat(Math.floor(size / text.length));
  const { images } = find(t, {
    name: '',
    files: {
      'docker-bake.hcl': fill('target "a" { a = [[[{'),
      'bake.1.hcl': `target ${fill('/*')}`,
      'bake.2.hcl': `target "x" { a = "${fill('\\"')}`,
      'bake.3.hcl': `target ${fill('a={')}`,
      'bake.json': `{"target":${fill('{"a":')}`,
      'devcontainer.json': `{"docker": "${fill('/*"\\')}`,
      'compose.yaml': `build: ${fill('[')}`,
      'compose.1.yaml': `build: ${fill('{a: ')}`,
      'compose.2.yaml': `build: &a x\n${fill('k: *a\n')}`,
      'compose.3.yaml': `services:\n${fill('  a: { build: . }\n')}`,
      Makefile: fill('docker build "$(a '),
      'a.sh': fill('A=$A$A\n') + 'docker build -t $A .',
    },
    builds: [],
  });
  assert.ok(images.every((image) => image.length < 1000));
});

test('HCL: values that are plain, and none where they are computed', () => {
  const [block] = readHcl(
    'x "l" m {\n a = "s\\"t"\n b = 1.5\n c = true\n d = null\n e = NAME\n f = ["1", [2], g(3), ]\n h = { "i" = "j", k : "l" }\n n = a.b\n o = "p" + "q"\n r "inner" { s = 1 }\n t = "u" # v\n w = <<EOT\n text\nEOT\n}',
  );
  assert.deepEqual(block?.labels, ['l', 'm']);
  const { attributes } = block ?? { attributes: new Map() };
  const shown = Object.fromEntries([...attributes].filter(([name]) => name !== 'text' && name !== 'EOT'));
  assert.deepEqual(shown, {
    a: 's"t',
    b: '1.5',
    c: 'true',
    d: undefined,
    e: '${NAME}',
    f: ['1', ['2'], undefined],
    h: new Map([
      ['i', 'j'],
      ['k', 'l'],
    ]),
    n: undefined,
    o: undefined,
    t: 'u',
    w: undefined,
  });
});
