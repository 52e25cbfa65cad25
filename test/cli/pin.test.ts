// `drydock pin` as a user runs it, against the real registry: Dockerfiles, Compose files and workflows.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { Pusher, image, index, startDockerRegistry } from '../harness/registry';
import { requireTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';

interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function pin(cwd: string, ...args: readonly string[]): Promise<Run> {
  const env = { PATH: process.env['PATH'], HOME: cwd, DOCKER_CONFIG: cwd, XDG_RUNTIME_DIR: cwd };
  return new Promise((done) => {
    execFile(
      process.execPath,
      [resolve('dist/cli.js'), 'pin', ...args],
      { cwd, env },
      (error, stdout, stderr) => done({ status: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

const before = index([image('linux/amd64', 'old', 'oci', '2026-01-10T08:00:00Z')]);
const now = index([image('linux/amd64', 'new', 'oci', '2026-05-02T08:00:00Z')]);
const more = index([
  image('linux/amd64', 'new', 'oci', '2026-05-02T08:00:00Z'),
  image('linux/arm64', 'late'),
]);

/** @returns the name of an image with the tags 1 and latest (`now`) and `again` (`more`) */
async function registryOf(t: TestContext): Promise<string | undefined> {
  const program = requireTool(t, 'docker-registry');
  if (program === undefined) return undefined;
  const registry = await startDockerRegistry(program);
  t.after(() => registry.stop());
  const pusher = new Pusher(`http://${registry.host}`);
  for (const one of [
    image('linux/amd64', 'old', 'oci', '2026-01-10T08:00:00Z'),
    image('linux/amd64', 'new', 'oci', '2026-05-02T08:00:00Z'),
    image('linux/arm64', 'late'),
  ])
    await pusher.image('team/app', one);
  await pusher.manifest('team/app', before, '1');
  for (const tag of ['1', 'latest']) await pusher.manifest('team/app', now, tag);
  await pusher.manifest('team/app', more, 'again');
  return `${registry.host}/team/app`;
}

function files(app: string): Record<string, string> {
  return {
    Dockerfile: `# syntax=${app}:1\nARG V=1\nFROM ${app} AS a # remark\nFROM a\nFROM ${app}:1@${before.digest}\nFROM ${app}:\${V}\nCOPY --from=tools /x /x\n`,
    'compose.yaml': `services:\n  a:\n    image: ${app}:1 # keep\n  b:\n    image: "${app}:again@${now.digest}"\n  c:\n    image: \${IMAGE}\n`,
    '.github/workflows/ci.yml': `jobs:\n  a:\n    container: ${app}:1\n    steps:\n      - uses: docker://${app}:1\n`,
    'notes.yaml': 'image: x\n',
  };
}

function read(folder: string): Record<string, string> {
  const names = ['Dockerfile', 'compose.yaml', '.github/workflows/ci.yml', 'notes.yaml'];
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

test('a folder is pinned, then current; what has a digest stays until --update', async (t) => {
  const app = await registryOf(t);
  if (app === undefined) return;
  const folder = makeFolder(t, files(app));
  const dry = await pin(folder, '--dry-run');
  assert.equal(dry.status, 0, dry.stderr);
  assert.match(dry.stdout, new RegExp(`^Dockerfile:3:6: ${app} would be pinned to ${now.digest}$`, 'm'));
  assert.deepEqual(read(folder), files(app), 'nothing is written');

  const checked = await pin(folder, '--check');
  assert.equal(checked.status, 1, checked.stderr);
  assert.match(checked.stdout, new RegExp(`^compose.yaml:3:12: ${app}:1 has no digest$`, 'm'));
  assert.match(
    checked.stdout,
    /^Dockerfile:5:6: \S+ is another image now: of 2026-05-02, the pinned one was of 2026-01-10$/m,
  );
  assert.match(checked.stdout, /^10 images: 5 without a digest, 1 outdated, 1 unchanged, 3 skipped$/m);
  assert.deepEqual(read(folder), files(app), 'nothing is written');

  const done = await pin(folder);
  assert.equal(done.status, 0, done.stderr);
  assert.match(done.stdout, /^Dockerfile:6:6: skipped .*: the tag comes from the variable V/m);
  assert.match(done.stdout, /^Dockerfile:7:13: skipped tools: it may name a build context/m);
  assert.match(done.stdout, /^compose.yaml:7:12: skipped \$\{IMAGE\}: it holds a variable$/m);
  const pinned = read(folder);
  assert.equal(
    pinned['Dockerfile'],
    files(app)
      ['Dockerfile']?.replace(`syntax=${app}:1`, `syntax=${app}:1@${now.digest}`)
      .replace(`FROM ${app} AS`, `FROM ${app}:latest@${now.digest} AS`),
  );
  assert.equal(
    pinned['compose.yaml'],
    files(app)['compose.yaml']?.replace(`${app}:1 #`, `${app}:1@${now.digest} #`),
  );
  assert.equal(
    pinned['.github/workflows/ci.yml'],
    files(app)['.github/workflows/ci.yml']?.replaceAll(`${app}:1`, `${app}:1@${now.digest}`),
  );
  assert.equal(pinned['notes.yaml'], 'image: x\n');

  const updated = await pin(folder, '--update', 'Dockerfile', 'compose.yaml');
  assert.equal(updated.status, 0, updated.stderr);
  assert.match(updated.stdout, /^Dockerfile:5:6: \S+ updated to sha256:\w+ \(.* of 2026-05-02/m);
  assert.ok(!read(folder)['Dockerfile']?.includes(before.digest));
  assert.equal(read(folder)['compose.yaml'], pinned['compose.yaml'], 'the same contents, published again');
  const last = await pin(folder, '--check');
  assert.deepEqual([last.status, last.stderr], [0, '']);
});

test('what fails costs only its own image, and the status says so', async (t) => {
  const app = await registryOf(t);
  if (app === undefined) return;
  const folder = makeFolder(t, {
    Dockerfile: `FROM ${app}:1\nFROM ${app}:none\n`,
    'bad.yaml': 'a: [\n',
    Latin: Buffer.from([0x46, 0xff]),
  });
  const { status, stdout, stderr } = await pin(folder, 'Dockerfile');
  assert.equal(status, 2);
  assert.match(stderr, /^drydock: Dockerfile:2:6: .*none was not found/m);
  assert.match(stdout, /^2 images: 1 pinned, 1 failed$/m);
  assert.equal(
    readFileSync(join(folder, 'Dockerfile'), 'utf8'),
    `FROM ${app}:1@${now.digest}\nFROM ${app}:none\n`,
  );
  const unread = await pin(folder, 'bad.yaml', 'gone', 'Latin');
  assert.equal(unread.status, 2);
  assert.match(unread.stderr, /bad\.yaml: is not valid YAML.*\n.*gone: .*\n.*Latin: is not UTF-8/);
  const nothing = await pin(makeFolder(t));
  assert.deepEqual(
    [nothing.status, nothing.stderr],
    [2, 'drydock: no Dockerfile, Compose file or workflow found\n'],
  );
});

test('a placeholder for a digest is one image, and is replaced', async (t) => {
  const app = await registryOf(t);
  if (app === undefined) return;
  const folder = makeFolder(t, { Dockerfile: `FROM ${app}@sha256:...\nFROM ${app}:1@sha256:<digest>\n` });
  const checked = await pin(folder, '--check');
  assert.deepEqual(checked.stdout.split('\n'), [
    `Dockerfile:1:6: ${app} has no digest`,
    `Dockerfile:2:6: ${app}:1 has no digest`,
    '2 images: 2 without a digest',
    '',
  ]);
  assert.equal((await pin(folder)).status, 0);
  assert.equal(
    readFileSync(join(folder, 'Dockerfile'), 'utf8'),
    `FROM ${app}:latest@${now.digest}\nFROM ${app}:1@${now.digest}\n`,
  );
});

test('pin explains itself', async (t) => {
  const folder = makeFolder(t);
  const help = await pin(folder, '--help');
  assert.match(help.stdout, /^Usage: drydock pin \[paths\.\.\.\] \[options\]/);
  for (const args of [['--check', '--update'], ['--what']]) {
    const { status, stderr } = await pin(folder, ...args);
    assert.equal(status, 2);
    assert.match(stderr, /^drydock: .*--(?:check|what)/);
  }
});
