// `drydock init` as a user runs it: what it finds, asks, writes, and never overwrites.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { suite, test } from 'node:test';
import { Pusher, image, startDockerRegistry } from '../harness/registry';
import { requireTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';
import { patternText } from '../snippets/expand';

interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function drydock(cwd: string, ...args: readonly string[]): Promise<Run> {
  return drydockWith({}, cwd, ...args);
}

function drydockWith(
  variables: Readonly<Record<string, string>>,
  cwd: string,
  ...args: readonly string[]
): Promise<Run> {
  const env = {
    PATH: process.env['PATH'],
    HOME: cwd,
    DOCKER_CONFIG: cwd,
    XDG_RUNTIME_DIR: cwd,
    ...variables,
  };
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [resolve('dist/cli.js'), ...args],
      { cwd, env },
      (error, stdout, stderr) => done({ status: error ? Number(error.code) : 0, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

const service = {
  'go.mod': 'module example.com/acme/shop\n\ngo 1.27.1\n',
  'go.sum': '',
  'cmd/shop/main.go': 'package main\n\nfunc main() {}\n',
  '.git/HEAD': '',
  '.env': 'SECRET=1\n',
};

suite('a project in Go', () => {
  test('its Dockerfile has what go.mod and the program say, and strict finds nothing but the pins', async (t) => {
    const folder = makeFolder(t, service);
    const first = await drydock(folder, 'init', '--pattern', 'go-distroless', '--yes');
    assert.deepEqual([first.status, first.stderr], [0, '']);
    const text = readFileSync(join(folder, 'Dockerfile'), 'utf8');
    assert.equal(
      text,
      patternText(
        'distroless-go',
        new Map([
          ['app', 'shop'],
          ['package', './cmd/shop'],
          ['go', '1.27'],
        ]),
      ),
    );
    for (const line of ['.git', '.env*'])
      assert.ok(readFileSync(join(folder, '.dockerignore'), 'utf8').split('\n').includes(line), line);
    // The source of each value is shown.
    assert.match(first.stdout, /app = shop .*from cmd\/shop\/main\.go\n/);
    assert.match(first.stdout, /go = 1\.27 .*from go\.mod\n/);

    const found = await drydock(folder, 'check', '--profile', 'strict', '--format', 'json');
    const [{ findings = [] } = {}] = JSON.parse(found.stdout) as readonly {
      findings?: readonly { rule: string }[];
    }[];
    assert.deepEqual([...new Set(findings.map(({ rule }) => rule))], ['image-digest-missing']);
  });

  test('a second run changes no byte, a change is shown and kept', async (t) => {
    const folder = makeFolder(t, service);
    await drydock(folder, 'init', '--yes');
    const path = join(folder, 'Dockerfile');
    const ignored = readFileSync(join(folder, '.dockerignore'), 'utf8');
    const again = await drydock(folder, 'init', '--yes');
    assert.equal(again.status, 0);
    assert.match(again.stdout, /^Dockerfile: is the same already$/m);
    assert.equal(readFileSync(join(folder, '.dockerignore'), 'utf8'), ignored);

    const changed = readFileSync(path, 'utf8').replace('USER 65532:65532\n', '');
    writeFileSync(path, changed);
    const third = await drydock(folder, 'init', '--yes');
    assert.equal(third.status, 1);
    assert.match(third.stdout, /^Dockerfile: differs, and stays as it is$[\s\S]*^\+ USER 65532:65532$/m);
    assert.equal(readFileSync(path, 'utf8'), changed);
  });

  test('nothing is written in a dry run, and the same is told as JSON', async (t) => {
    const folder = makeFolder(t, service);
    const dry = await drydock(folder, 'init', '--yes', '--dry-run');
    assert.equal(dry.status, 0);
    assert.match(dry.stdout, /^Dockerfile: would be created\n\+ # syntax=docker\/dockerfile:1$/m);
    const { stdout } = await drydock(folder, 'init', '--dry-run', '--format', 'json');
    const said = JSON.parse(stdout) as {
      pattern: string;
      values: readonly { name: string; value: string; source: string }[];
      files: readonly { path: string; state: string }[];
    };
    assert.equal(said.pattern, 'distroless-go');
    assert.deepEqual(said.values[0], { name: 'app', value: 'shop', source: 'cmd/shop/main.go' });
    assert.deepEqual(
      said.files.map(({ path, state }) => `${state} ${path}`),
      ['create Dockerfile', 'create .dockerignore'],
    );
    assert.deepEqual(readdirSync(folder).sort(), ['.env', '.git', 'cmd', 'go.mod', 'go.sum']);
  });

  test('what a person says counts more than the project, and is checked', async (t) => {
    const folder = makeFolder(t, service);
    const wrong = await drydock(folder, 'init', '--yes', '--set', 'app=x" && rm');
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /^drydock: app must be a name/);
    const unknown = await drydock(folder, 'init', '--yes', '--set', 'packag=x');
    assert.equal(unknown.status, 2);
    assert.match(unknown.stderr, /does not know packag\. Did you mean package\?/);
    assert.equal(
      (await drydock(folder, 'init', '--yes', '--set', 'app=other', '--set', 'go=1.26')).status,
      0,
    );
    assert.match(
      readFileSync(join(folder, 'Dockerfile'), 'utf8'),
      /^FROM golang:1\.26-trixie[\s\S]*\/out\/other/m,
    );
  });
});

suite('what is not clear is asked or refused', () => {
  test('two programs', async (t) => {
    const folder = makeFolder(t, { ...service, 'cmd/job/main.go': 'package main\n\nfunc main() {}\n' });
    const { status, stderr } = await drydock(folder, 'init', '--yes');
    assert.equal(status, 2);
    assert.match(
      stderr,
      /\.\/cmd\/job \(cmd\/job\/main\.go\), \.\/cmd\/shop \(cmd\/shop\/main\.go\)\. Give --set package=…/,
    );
    assert.ok(!existsSync(join(folder, 'Dockerfile')));
    const set = ['--set', 'package=./cmd/job', '--set', 'app=job'];
    assert.equal((await drydock(folder, 'init', '--yes', ...set)).status, 0);
  });

  test('two lock files', async (t) => {
    const folder = makeFolder(t, {
      'pyproject.toml': '[project]\nname = "a"\n',
      'uv.lock': '',
      'poetry.lock': '',
    });
    const { status, stderr } = await drydock(folder, 'init', '--yes');
    assert.equal(status, 2);
    assert.match(stderr, /uv\.lock \(uv\) and poetry\.lock \(poetry\)/);
  });

  test('an empty folder, a folder of folders, a folder that is none, and a pattern that is none', async (t) => {
    const folder = makeFolder(t, { 'web/package.json': '{}', 'api/go.mod': 'module a\n' });
    const above = await drydock(folder, 'init', '--yes');
    assert.deepEqual(
      [above.status, /projects in api, web\. Run drydock init api/.test(above.stderr)],
      [2, true],
    );
    mkdirSync(join(folder, 'empty'));
    const empty = await drydock(folder, 'init', 'empty');
    assert.equal(empty.status, 2);
    assert.match(empty.stderr, /no pattern suits[\s\S]*distroless-go/);
    const missing = await drydock(folder, 'init', 'nowhere');
    assert.deepEqual([missing.status, missing.stderr], [2, 'drydock: nowhere is not a folder\n']);
    const typo = await drydock(folder, 'init', '--pattern', 'distroless-goo');
    assert.deepEqual([typo.status, /Did you mean distroless-go\?/.test(typo.stderr)], [2, true]);
  });
});

test('the list says what suits, also as JSON', async (t) => {
  const folder = makeFolder(t, service);
  const { stdout } = await drydock(folder, 'init', '--list');
  assert.match(stdout, /^For this project\n {2}distroless-go /);
  const rows = JSON.parse((await drydock(folder, 'init', '--list', '--format', 'json')).stdout) as readonly {
    id: string;
    suits: number | null;
    advice: { take: string };
  }[];
  assert.equal(rows.find(({ suits }) => suits === 1)?.id, 'distroless-go');
  assert.ok(rows.every(({ advice }) => advice.take.startsWith('Take it')));
});

test('the ways to build a project, and the bases it could run on', async (t) => {
  const folder = makeFolder(t, service);
  const builders = await drydock(folder, 'init', '--builders');
  assert.match(
    builders.stdout,
    /^Go on distroless \(distroless-go\): .*\n {2}Take it .*\n {2}Not .*\n {2}It costs /,
  );
  const bases = await drydock(folder, 'init', '--bases');
  assert.match(
    bases.stdout,
    /^scratch\n[\s\S]*^gcr\.io\/distroless\/static-debian13:nonroot\n {2}runs as 65532 · no shell · /m,
  );
  assert.doesNotMatch(bases.stdout, /python|node:/);
});

test('bases are told without sizes where no registry answers', async (t) => {
  const folder = makeFolder(t, service);
  const offline = { HTTPS_PROXY: 'http://127.0.0.1:1' };
  const { status, stdout, stderr } = await drydockWith(offline, folder, 'init', '--bases', '--newest');
  assert.equal(status, 0);
  assert.equal(stdout, (await drydock(folder, 'init', '--bases')).stdout);
  assert.match(stderr, /^Nothing answers at gcr\.io: /m);
});

test('an empty Dockerfile is filled', async (t) => {
  const folder = makeFolder(t, { ...service, Dockerfile: '\n' });
  const { status, stdout } = await drydock(folder, 'init', '--yes');
  assert.deepEqual([status, /^Dockerfile: was empty, and is filled$/m.test(stdout)], [0, true]);
  assert.match(readFileSync(join(folder, 'Dockerfile'), 'utf8'), /^# syntax/);
});

test('a link in the place of a file is not followed', async (t) => {
  const folder = makeFolder(t, service);
  const outside = makeFolder(t);
  symlinkSync(join(outside, 'taken'), join(folder, 'Dockerfile'));
  const { status, stderr } = await drydock(folder, 'init', '--yes');
  assert.deepEqual([status, stderr], [2, 'drydock: Dockerfile: something is in its place\n']);
  assert.deepEqual(readdirSync(outside), []);
});

test("a folder of the user's own patterns", async (t) => {
  const page = `---
title: House style for Go
summary: what every service here has
as: dockerfile
group: house
suits: [go]
rank: 1
parameters:
  app: { ask: program, is: name, default: app, from: go.program }
---

Take it here.

Not elsewhere.

It costs nothing.

\`\`\`dockerfile file="Dockerfile"
FROM house/go AS build
RUN go build -o /«app» .
\`\`\`
`;
  const folder = makeFolder(t, {
    ...service,
    'house/house-go.md': page,
    'broken/x.md': '---\ntitle: x\n---\n',
  });
  const { status, stdout } = await drydock(folder, 'init', '--yes', '--patterns', 'house', '--dry-run');
  assert.equal(status, 0);
  assert.match(stdout, /^Pattern: house-go, House style for Go \(also: distroless-go/);
  assert.match(stdout, /^\+ RUN go build -o \/shop \.$/m);
  const broken = await drydock(folder, 'init', '--yes', '--patterns', 'broken');
  assert.equal(broken.status, 2);
  assert.match(broken.stderr, /^drydock: broken\/x\.md: summary must be a text$/m);
});

suite('the newest versions', () => {
  const page = (base: string): string => `---
title: House style for Go
summary: what every service here has
as: dockerfile
group: house
suits: [go]
rank: 1
parameters:
  go: { ask: Go version, is: version, tag: '${base}:«»-trixie', default: '1.27' }
---

Take it here.

Not elsewhere.

It costs nothing.

\`\`\`dockerfile file="Dockerfile"
FROM ${base}:«go»-trixie
\`\`\`
`;

  test('come from the registry with --newest alone', async (t) => {
    const program = requireTool(t, 'docker-registry');
    if (program === undefined) return;
    const registry = await startDockerRegistry(program);
    t.after(() => registry.stop());
    const pusher = new Pusher(`http://${registry.host}`);
    for (const tag of ['1.27-trixie', '1.28-trixie', '1.29-rc-trixie', '1.29-bookworm', 'latest'])
      await pusher.image('house/go', image('linux/amd64', tag), tag);
    const folder = makeFolder(t, { ...service, 'house/house-go.md': page(`${registry.host}/house/go`) });
    const words = ['init', '--yes', '--dry-run', '--patterns', 'house'];
    const without = await drydock(folder, ...words);
    assert.match(without.stdout, /^ {2}go = 1\.27 +Go version, the pattern's own$/m);
    const { status, stdout, stderr } = await drydock(folder, ...words, '--newest');
    assert.deepEqual([status, stderr], [0, '']);
    assert.ok(stdout.includes(`Go version, the newest in ${registry.host}\n`), stdout);
    assert.ok(stdout.includes(`+ FROM ${registry.host}/house/go:1.28-trixie\n`), stdout);
  });

  test('come from the table where no registry answers, which is said', async (t) => {
    const folder = makeFolder(t, { 'main.go': 'package main\n' });
    const env = { HTTPS_PROXY: 'http://127.0.0.1:1' };
    const { status, stdout, stderr } = await drydockWith(
      env,
      folder,
      'init',
      '--yes',
      '--dry-run',
      '--newest',
      '--pattern',
      'distroless-go',
    );
    assert.equal(status, 0);
    assert.match(stderr, /^Nothing answers at registry-1\.docker\.io.* The table is used instead\.\n$/);
    assert.match(stdout, /^ {2}go = \d+\.\d+ +Go version, from the table of \d{4}-\d\d-\d\d$/m);
  });
});
