// `drydock build` with real engines: what it builds, what it says of a failure, and what it refuses before it starts.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { run } from '../../server/src/cli/commands/build';
import { heardTerminal } from '../harness/heard-terminal';
import { addBusybox, startBuildah, startPodman } from '../harness/engines';
import type { TestEngine } from '../harness/engines';
import { startDockerRegistry } from '../harness/registry';
import { machineWithEnvironment } from '../harness/runs';
import { requireTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';

interface Said {
  readonly ending: unknown;
  readonly printed: string;
  readonly told: string;
}

interface Report {
  readonly engine: { readonly id: string };
  readonly image: { readonly name: string; readonly id: string; readonly bytes: number | null } | null;
  readonly steps: readonly { readonly text: string; readonly cached: boolean }[];
  readonly failure: { readonly line: number; readonly cause: string; readonly message: string } | null;
}

const dockerfile = `FROM scratch
COPY busybox /bin/busybox
COPY missing /missing
`;

async function call(engine: TestEngine, words: readonly string[]): Promise<Said> {
  const { terminal, heard } = heardTerminal();
  const more = engine.arguments.map((argument) => `--argument=${argument}`);
  const ending = await run([...words, ...more], terminal, machineWithEnvironment(engine.env));
  return { ending, printed: heard.out, told: heard.said };
}

const started: Readonly<Record<string, (t: TestContext) => TestEngine | undefined>> = {
  buildah: startBuildah,
  podman: startPodman,
};

for (const [id, start] of Object.entries(started))
  test(`${id} builds, and a failure is said with its line and cause`, async (t) => {
    if (requireTool(t, id) === undefined) return;
    const engine = start(t);
    const folder = makeFolder(t);
    if (!engine || !addBusybox(t, folder)) return;
    const file = join(folder, 'Dockerfile');
    writeFileSync(file, dockerfile.replace('COPY missing /missing\n', 'ENTRYPOINT ["/bin/busybox"]\n'));
    const common = [file, '--engine', id, '--tag', 'drydock-test:1', '--format=json'];
    const built = await call(engine, common);
    assert.equal(built.ending, 'clean', built.told);
    const report = JSON.parse(built.printed) as Report;
    assert.deepEqual([report.engine.id, report.image?.name, report.failure], [id, 'drydock-test:1', null]);
    assert.match(report.image?.id ?? '', /^sha256:[0-9a-f]{64}$/);
    assert.ok((report.image?.bytes ?? 0) > 500_000);
    assert.ok(
      report.steps.some(({ text }) => text.startsWith('COPY busybox')),
      built.printed,
    );

    writeFileSync(file, dockerfile);
    const stopped = await call(engine, common);
    assert.equal(stopped.ending, 'unbuilt', stopped.told);
    const { failure, image } = JSON.parse(stopped.printed) as Report;
    assert.deepEqual([failure?.line, failure?.cause, image], [3, 'copied-file-missing', null]);
  });

test('a cache in a registry makes the steps of another machine quick; nothing is asked of a registry if so told', async (t) => {
  const registry = requireTool(t, 'docker-registry');
  if (registry === undefined || requireTool(t, 'buildah') === undefined) return;
  const folder = makeFolder(t);
  const [first, second] = [startBuildah(t), startBuildah(t)];
  if (!first || !second || !addBusybox(t, folder)) return;
  const file = join(folder, 'Dockerfile');
  writeFileSync(file, `FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "touch", "/made"]\n`);
  const { host, stop } = await startDockerRegistry(registry);
  t.after(stop);
  const common = [file, '--engine=buildah', '--tag=drydock-cached:1', '--format=json'];
  const cache = [`--cache-to=${host}/cache`, `--cache-from=${host}/cache`, '--argument=--tls-verify=false'];
  const sent = await call(first, [...common, ...cache]);
  assert.equal(sent.ending, 'clean', sent.told);
  const taken = await call(second, [...common, ...cache]);
  assert.equal(taken.ending, 'clean', taken.told);
  assert.match(taken.told, /Cache pulled from remote/);

  const single = await call(second, [...common, '--no-layers', '--pull-never']);
  assert.equal(single.ending, 'clean', single.told);
  writeFileSync(file, 'FROM docker.io/library/drydock-nowhere:1\n');
  const alone = await call(second, [...common, '--pull-never']);
  assert.equal(alone.ending, 'unbuilt', alone.told);
  assert.doesNotMatch(alone.told, /Trying to pull/);
});

test('what an engine cannot do, or the file needs, is said before anything runs', async (t) => {
  if (requireTool(t, 'buildah') === undefined) return;
  const engine = startBuildah(t);
  const folder = makeFolder(t, {
    Dockerfile: 'FROM scratch\nRUN --mount=type=secret,id=token,required=true cat /run/secrets/token\n',
    Plain: 'FROM scratch\nCOPY Plain /\n',
  });
  if (!engine) return;
  const plain = [join(folder, 'Plain'), '--engine=buildah'];
  assert.match((await call(engine, [join(folder, 'Dockerfile')])).told, /needs the secret token/);
  assert.match((await call(engine, [...plain, '--push'])).told, /drydock push/);
  assert.match((await call(engine, [...plain, '--attest'])).told, /takes buildx/);
  assert.match(
    (await call(engine, [...plain, '--builder=farm'])).told,
    /no other builders: that takes buildx/,
  );
  assert.match(
    (await call(engine, [...plain, '--cache-to=r.io/app:cache'])).told,
    /takes a repository for its cache, without a tag: r\.io\/app, not r\.io\/app:cache/,
  );
  assert.match((await call(engine, [join(folder, 'none')])).told, /none/);
  const dry = await call(engine, [...plain, '--dry-run', '--epoch=1700000000', '--build-arg=A=b c']);
  assert.equal(dry.ending, 'clean');
  assert.match(dry.printed, /--timestamp=1700000000/);
  for (const wrong of [
    '--tag=UPPER',
    '--target=-x',
    '--platform=a b',
    '--secret=token=x',
    '--build-arg=x',
    '--cache-from=-x',
  ])
    assert.ok(typeof (await call(engine, [...plain, wrong])).ending === 'object', wrong);
});
