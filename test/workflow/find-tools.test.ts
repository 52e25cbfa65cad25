// Engine detection on a PATH of tiny scripts that answer as the real programs do.
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { detectBuilders, probeIn, type EngineChoice } from '../../server/src/workflow/find-tools';
import { findProgram, searchFolders } from '../../server/src/io/find-program';
import { makeFolder } from '../harness/workspace';

const AUTO: EngineChoice = { engine: 'auto', paths: {} };

interface FakeDocker {
  readonly version: string;
  readonly buildx?: boolean;
  /** What `docker version --format '{{json .Server}}'` prints; without it the service is down. */
  readonly server?: string;
}

function docker({ version, buildx, server }: FakeDocker): string {
  const down =
    'echo null; echo "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?" >&2; exit 1';
  return `#!/bin/sh
case "$1" in
  --version) echo 'Docker version ${version}, build abcdef' ;;
  version) ${server === undefined ? down : `echo '${server}'`} ;;
  buildx) ${buildx ? "echo 'github.com/docker/buildx v0.37.2'" : `echo "docker: 'buildx' is not a docker command." >&2; exit 1`} ;;
esac
`;
}

const SERVER = '{"Platform":{"Name":"Docker Engine - Community"},"Version":"28.2.2"}';
const PODMAN_SERVER =
  '{"Platform":{"Name":"linux/amd64/debian-12"},"Components":[{"Name":"Podman Engine"}],"Version":"4.3.1"}';
const podman = "#!/bin/sh\necho 'podman version 4.3.1'\n";
const buildah = "#!/bin/sh\necho 'buildah version 1.28.2 (image-spec 1.0.2-dev, runtime-spec 1.0.2-dev)'\n";

function fakePath(
  t: TestContext,
  programs: Readonly<Record<string, string>>,
): { folder: string; PATH: string } {
  const folder = makeFolder(t);
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), script);
    chmodSync(join(folder, name), 0o755);
  }
  return { folder, PATH: folder };
}

/**
 * Programs of this machine must not be found: a platform without usual folders has only the PATH. The platform
 * decides nothing else for the engines under test.
 */
async function detect(
  t: TestContext,
  programs: Readonly<Record<string, string>>,
  choice: EngineChoice = AUTO,
  env: Record<string, string> = {},
): Promise<string[]> {
  const { folder, PATH } = fakePath(t, programs);
  const surroundings = { env: { PATH, ...env }, platform: 'linux', usual: [] } as const;
  const found = await detectBuilders(choice, surroundings, probeIn(folder));
  return found.map(({ kind, version, ready, problem }) => `${kind} ${version} ${ready ? 'ready' : problem}`);
}

const DOWN =
  'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?';

test('each way to call docker is told apart', async (t) => {
  const cases: readonly [FakeDocker, Record<string, string>, string][] = [
    [{ version: '28.2.2', buildx: true, server: SERVER }, {}, 'buildx 28.2.2 ready'],
    [{ version: '20.10.24', server: SERVER }, {}, 'buildkit 20.10.24 ready'],
    [{ version: '20.10.24', server: SERVER }, { DOCKER_BUILDKIT: '0' }, 'legacy 20.10.24 ready'],
    [{ version: '28.2.2', server: SERVER }, {}, 'legacy 28.2.2 ready'],
    [{ version: '28.2.2', buildx: true, server: PODMAN_SERVER }, {}, 'legacy 28.2.2 ready'],
    [{ version: '28.2.2', buildx: true }, {}, `buildx 28.2.2 ${DOWN}`],
  ];
  for (const [fake, env, expected] of cases) {
    assert.deepEqual(await detect(t, { docker: docker(fake) }, AUTO, env), [expected]);
  }
});

test('podman under the name of docker is podman', async (t) => {
  assert.deepEqual(await detect(t, { docker: podman }), ['podman 4.3.1 ready']);
});

test('what is ready comes first, then the order docker, podman, buildah', async (t) => {
  const down = docker({ version: '28.2.2', buildx: true });
  assert.deepEqual(await detect(t, { buildah, podman, docker: down }), [
    'podman 4.3.1 ready',
    'buildah 1.28.2 ready',
    `buildx 28.2.2 ${DOWN}`,
  ]);
});

test('the chosen engine alone is looked for, at its configured path if there is one', async (t) => {
  assert.deepEqual(await detect(t, { buildah, podman }, { engine: 'buildah', paths: {} }), [
    'buildah 1.28.2 ready',
  ]);
  assert.deepEqual(await detect(t, { podman }, { engine: 'buildah', paths: {} }), []);
  const elsewhere = fakePath(t, { 'my buildah': buildah }).folder;
  const paths = { buildah: join(elsewhere, 'my buildah') };
  assert.deepEqual(await detect(t, {}, { engine: 'buildah', paths }), ['buildah 1.28.2 ready']);
  assert.deepEqual(
    await detect(t, { buildah }, { engine: 'buildah', paths: { buildah: join(elsewhere, 'gone') } }),
    [],
  );
});

test('a program that does not answer well is not ready', async (t) => {
  const broken = "#!/bin/sh\necho 'error while loading shared libraries' >&2\nexit 127\n";
  assert.deepEqual(await detect(t, { podman: broken }), ['podman  error while loading shared libraries']);
});

test('only files that may be run are programs, and only absolute folders are searched', async (t) => {
  const { folder } = fakePath(t, { docker: '#!/bin/sh\n' });
  const decoys = makeFolder(t, { 'docker/': '', podman: 'text' });
  const surroundings = {
    env: { PATH: `.:${decoys}::relative:${folder}` },
    platform: 'linux',
    usual: [],
  } as const;
  assert.equal(await findProgram('docker', surroundings), join(folder, 'docker'));
  assert.equal(await findProgram('podman', surroundings), undefined);
  assert.deepEqual(searchFolders(surroundings), [decoys, folder]);
});

test('Windows: its own spelling of PATH, quotes, drive letters', () => {
  const env = { Path: '"C:\\Program Files\\Docker";relative;D:\\tools' };
  assert.deepEqual(searchFolders({ env, platform: 'win32' }), ['C:\\Program Files\\Docker', 'D:\\tools']);
});

test('macOS: the folders of Docker Desktop and Homebrew are known without the PATH', () => {
  const folders = searchFolders({ env: {}, platform: 'darwin' });
  assert.ok(folders.includes('/opt/homebrew/bin'));
  assert.ok(folders.includes('/Applications/Docker.app/Contents/Resources/bin'));
});
