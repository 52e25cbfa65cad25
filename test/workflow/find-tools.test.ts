// Engine detection on a PATH of tiny scripts that answer as the real programs do.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { findEngines, findScanner } from '../../server/src/workflow/find-tools';
import type { ToolPaths } from '../../server/src/workflow/find-tools';
import { troubleText } from '../../server/src/workflow/outcome-text';
import { chosen, engines, scanners, tools } from '../../server/src/workflow/tool-list';
import { english } from '../../server/src/workflow/translate';
import { machineWith, scripted } from '../harness/runs';

interface FakeDocker {
  readonly version: string;
  readonly buildx?: boolean;
  /** What `docker version --format '{{json .Server}}'` prints; without it the service is down. */
  readonly server?: string;
}

function docker({ version, buildx, server: answer }: FakeDocker): string {
  const silent =
    'echo null; echo "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?" >&2; exit 1';
  return `#!/bin/sh
case "$1" in
  --version) echo 'Docker version ${version}, build abcdef' ;;
  version) ${answer === undefined ? silent : `echo '${answer}'`} ;;
  buildx) ${buildx ? "echo 'github.com/docker/buildx v0.37.2'" : `echo "docker: 'buildx' is not a docker command." >&2; exit 1`} ;;
esac
`;
}

const server = '{"Platform":{"Name":"Docker Engine - Community"},"Version":"28.2.2"}';
const podmanServer =
  '{"Platform":{"Name":"linux/amd64/debian-12"},"Components":[{"Name":"Podman Engine"}],"Version":"4.3.1"}';
const podman = "#!/bin/sh\necho 'podman version 4.3.1'\n";
const buildah = "#!/bin/sh\necho 'buildah version 1.28.2 (image-spec 1.0.2-dev, runtime-spec 1.0.2-dev)'\n";

/** @param choice as in the settings @returns a line for each engine that is found */
async function detect(
  t: TestContext,
  programs: Readonly<Record<string, string>>,
  choice = 'auto',
  paths: ToolPaths = {},
  more: { readonly env?: Readonly<Record<string, string>>; readonly platform?: string } = {},
): Promise<string[]> {
  const { machine, folder } = machineWith(t, programs, more);
  const found = await findEngines(chosen(engines, choice), paths, machine, folder);
  return found.map(({ way, version, trouble }) =>
    [way, version, trouble ? troubleText(trouble, english) : 'ready'].join(' '),
  );
}

const down =
  'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?';

test('each way to call docker is told apart', async (t) => {
  const cases: readonly [FakeDocker, Record<string, string>, string][] = [
    [{ version: '28.2.2', buildx: true, server }, {}, 'buildx 28.2.2 ready'],
    [{ version: '20.10.24', server }, {}, 'buildkit 20.10.24 ready'],
    [{ version: '20.10.24', server }, { DOCKER_BUILDKIT: '0' }, 'legacy 20.10.24 ready'],
    [{ version: '28.2.2', server }, {}, 'legacy 28.2.2 ready'],
    [{ version: '28.2.2', buildx: true, server: podmanServer }, {}, 'legacy 28.2.2 ready'],
    [{ version: '28.2.2', buildx: true }, {}, `buildx 28.2.2 ${down}`],
  ];
  for (const [fake, env, expected] of cases) {
    assert.deepEqual(await detect(t, { docker: docker(fake) }, 'auto', {}, { env }), [expected]);
  }
});

test('podman under the name of docker is podman', async (t) => {
  assert.deepEqual(await detect(t, { docker: podman }), ['podman 4.3.1 ready']);
});

test('what is ready comes first, then the order docker, podman, buildah', async (t) => {
  const stopped = docker({ version: '28.2.2', buildx: true });
  assert.deepEqual(await detect(t, { buildah, podman, docker: stopped }), [
    'podman 4.3.1 ready',
    'buildah 1.28.2 ready',
    `buildx 28.2.2 ${down}`,
  ]);
});

test('the chosen engine alone is looked for, at its configured path if there is one', async (t) => {
  assert.deepEqual(await detect(t, { buildah, podman }, 'buildah'), ['buildah 1.28.2 ready']);
  assert.deepEqual(await detect(t, { podman }, 'buildah'), []);
  const { folder: elsewhere } = machineWith(t, { 'my buildah': buildah });
  const paths = { buildah: join(elsewhere, 'my buildah') };
  assert.deepEqual(await detect(t, {}, 'buildah', paths), ['buildah 1.28.2 ready']);
  const gone = { buildah: join(elsewhere, 'gone') };
  assert.deepEqual(await detect(t, { buildah }, 'buildah', gone), []);
});

test('a program that does not answer well is not ready', async (t) => {
  const broken = "#!/bin/sh\necho 'error while loading shared libraries' >&2\nexit 127\n";
  assert.deepEqual(await detect(t, { podman: broken }), ['podman  error while loading shared libraries']);
});

test('a machine of podman that does not run makes podman not ready, where it needs one', async (t) => {
  const stopped =
    '#!/bin/sh\n[ "$1" = version ] && { echo "Cannot connect to Podman." >&2; exit 125; }\necho "podman version 5.2.0"\n';
  assert.deepEqual(await detect(t, { podman: stopped }), ['podman 5.2.0 ready']);
  assert.deepEqual(await detect(t, { podman: stopped }, 'auto', {}, { platform: 'darwin' }), [
    'podman 5.2.0 Cannot connect to Podman.',
  ]);
});

test('an engine that gives no answer in time says so', async (t) => {
  const { machine, folder } = machineWith(t, { buildah });
  const silent = { ...machine, runner: scripted(() => ({ kind: 'timedOut', ms: 10_000 })) };
  const [found] = await findEngines(chosen(engines, 'buildah'), {}, silent, folder);
  assert.deepEqual(found?.trouble, { kind: 'timedOut', ms: 10_000 });
});

async function foundScanner(
  t: TestContext,
  programs: Readonly<Record<string, string>>,
  choice = 'auto',
): Promise<string | undefined> {
  const { machine, folder } = machineWith(t, programs);
  return (await findScanner(chosen(scanners, choice), {}, machine, folder))?.id;
}

test('scanners are found in the order trivy, grype, Docker Scout', async (t) => {
  const script = '#!/bin/sh\n';
  const scout = '#!/bin/sh\n[ "$1 $2" = "scout version" ]\n';
  const noScout = '#!/bin/sh\nexit 1\n';
  assert.equal(await foundScanner(t, { grype: script, trivy: script, docker: scout }), 'trivy');
  assert.equal(await foundScanner(t, { grype: script, docker: scout }), 'grype');
  assert.equal(await foundScanner(t, { docker: scout }), 'docker-scout');
  assert.equal(await foundScanner(t, { docker: noScout }), undefined);
  assert.equal(await foundScanner(t, { grype: script, docker: scout }, 'docker-scout'), 'docker-scout');
  assert.equal(await foundScanner(t, { grype: script, docker: scout }, 'trivy'), undefined);
});

test('a scanner whose program says that it is there is not started to be found', async (t) => {
  const { machine, folder } = machineWith(t, { trivy: '#!/bin/sh\n' });
  const asked: string[][] = [];
  const watched = { ...machine, runner: scripted(() => ({}), asked) };
  assert.equal((await findScanner(scanners, {}, watched, folder))?.id, 'trivy');
  assert.deepEqual(asked, []);
});

test('the ranks of the tools of a kind differ, and ids are unique', () => {
  for (const kind of [engines, scanners])
    assert.equal(new Set(kind.map(({ rank }) => rank)).size, kind.length);
  assert.equal(new Set(tools.map(({ id }) => id)).size, tools.length);
  // Others may stand among them.
  const known = ['docker', 'podman', 'buildah', 'trivy', 'grype', 'docker-scout'];
  assert.deepEqual(
    tools.map(({ id }) => id).filter((id) => known.includes(id)),
    known,
  );
});
