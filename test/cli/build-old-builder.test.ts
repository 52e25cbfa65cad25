// `drydock build` where Docker has only its old builder: what it does not know is said before the build, with the way to
// BuildKit, and another engine that knows it comes first.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { run } from '../../server/src/cli/commands/build';
import { heardTerminal } from '../harness/heard-terminal';
import { machineWith } from '../harness/runs';
import { makeFolder } from '../harness/workspace';

/** A docker without the plugin, whose builds print a line. */
const docker = `#!/bin/sh
case "$1" in
  --version) echo 'Docker version 28.2.2, build e6534b4';;
  version) echo '{"Version":"28.2.2","Os":"linux","Arch":"amd64"}';;
  buildx) echo "docker: 'buildx' is not a docker command." >&2; exit 1;;
  *) echo "docker $1 runs";;
esac
`;
const podman = `#!/bin/sh
case "$1" in
  --version) echo 'podman version 5.0.0';;
  *) echo "podman $1 runs";;
esac
`;
const warning =
  'Docker has only its old builder here, which does not know RUN --mount, RUN <<EOF. The plugin buildx brings BuildKit, which does. Get it: https://docs.docker.com/go/buildx/\n';
const modern = 'FROM a\nRUN --mount=type=cache,target=/c make\nRUN <<EOF\nmake\nEOF\n';

async function told(
  t: TestContext,
  text: string,
  programs: Readonly<Record<string, string>>,
  words: readonly string[] = [],
): Promise<{ readonly said: string; readonly out: string }> {
  const folder = makeFolder(t, { Dockerfile: text });
  const { machine, folder: bin } = machineWith(t, programs);
  const { terminal, heard } = heardTerminal();
  await run([join(folder, 'Dockerfile'), '--tag=app:1', ...words], terminal, machine);
  const plain = (text: string): string => text.replaceAll(folder, '‹folder›').replaceAll(`${bin}/`, '');
  return { said: plain(heard.said), out: plain(heard.out) };
}

test('what the old builder does not know is said before it runs', async (t) => {
  const { said } = await told(t, modern, { docker });
  assert.ok(said.startsWith(`Building app:1 with Docker 28.2.2\n${warning}docker build runs\n`), said);
  const dry = await told(t, modern, { docker }, ['--dry-run']);
  assert.equal(dry.said, warning);
  assert.match(dry.out, /^DOCKER_BUILDKIT=0 docker build /);
  const plain = await told(t, 'FROM a\nRUN make\n', { docker });
  assert.ok(plain.said.startsWith('Building app:1 with Docker 28.2.2\ndocker build runs\n'), plain.said);
});

test('another engine that knows it builds, unless the user has chosen', async (t) => {
  const { said } = await told(t, modern, { docker, podman });
  assert.ok(said.startsWith('Building app:1 with Podman 5.0.0\npodman build runs\n'), said);
  const chosen = await told(t, modern, { docker, podman }, ['--engine=docker']);
  assert.ok(chosen.said.includes(warning), chosen.said);
  const plain = await told(t, 'FROM a\nRUN make\n', { docker, podman });
  assert.match(plain.said, /^Building app:1 with Docker /);
});
