// Naming and pushing with real engines and a real registry, through the product's own steps.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { imageName } from '../../server/src/workflow/checked-arguments';
import { askRegistry, compareTargets } from '../../server/src/workflow/release/compare-targets';
import type { Outlet } from '../../server/src/workflow/release/compare-targets';
import type { Target } from '../../server/src/workflow/release/tags';
import { pushImage } from '../../server/src/workflow/release/push-image';
import type { PushReport } from '../../server/src/workflow/release/push-image';
import { pushLines } from '../../server/src/workflow/release/push-text';
import { tagImage } from '../../server/src/workflow/release/tag-image';
import type { Engine } from '../../server/src/workflow/tool';
import { buildah } from '../../server/src/workflow/tools/buildah';
import { docker } from '../../server/src/workflow/tools/docker';
import { podman } from '../../server/src/workflow/tools/podman';
import { skopeo } from '../../server/src/workflow/tools/skopeo';
import { english } from '../../server/src/workflow/translate';
import { buildOrder, checked } from '../harness/build-order';
import { addBusybox, startBuildah, startDocker, startPodman } from '../harness/engines';
import type { TestEngine } from '../harness/engines';
import { startDockerRegistry } from '../harness/registry';
import { ask, machineWithEnvironment } from '../harness/runs';
import { requireTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';

const name = (text: string): ReturnType<typeof imageName> & string => checked(imageName, text);

/** A registry that ends with the test; undefined after skipping. */
async function registryFor(t: TestContext): Promise<string | undefined> {
  const program = requireTool(t, 'docker-registry');
  if (program === undefined) return undefined;
  const registry = await startDockerRegistry(program);
  t.after(() => registry.stop());
  return registry.host;
}

interface Bench {
  readonly outlet: Outlet;
  readonly host: string;
  build(tag: string, dockerfile: string, platforms?: readonly string[]): Promise<void>;
  push(image: string, targets: readonly Target[], force?: boolean): Promise<PushReport>;
}

async function bench(t: TestContext, engine: Engine, started: TestEngine): Promise<Bench | undefined> {
  const host = await registryFor(t);
  const program = requireTool(t, engine.id);
  const asker = requireTool(t, 'skopeo');
  const folder = makeFolder(t);
  if (host === undefined || program === undefined || asker === undefined || !addBusybox(t, folder))
    return undefined;
  const { runner } = machineWithEnvironment(started.env);
  const { store } = engine.commands;
  assert.ok(store);
  const found = { id: engine.id, program, version: '', way: engine.id === 'docker' ? 'legacy' : engine.id };
  const outlet: Outlet = {
    engine,
    store,
    found,
    registry: { tool: skopeo, found: { id: 'skopeo', program: asker } },
    runner,
    folder,
    insecure: false,
    digestOf: (text) => `sha256:${createHash('sha256').update(text).digest('hex')}`,
  };
  return {
    outlet,
    host,
    build: async (tag, text, platforms = []) => {
      const more = makeFolder(t, { Dockerfile: text });
      const { arguments: moreArguments } = started;
      const order = { dockerfile: `${more}/Dockerfile`, context: folder, tag, platforms, moreArguments };
      const needsDockerFormat = text.includes('HEALTHCHECK') && !text.includes('# oci');
      const run = engine.commands.build(found, buildOrder({ ...order, needsDockerFormat }));
      const built = await runner.run(run, { folder });
      assert.deepEqual(built, { kind: 'done', value: { kind: 'built', stored: true } });
    },
    push: async (image, targets, force = false) => {
      const outcome = await pushImage({ image: name(image), targets, force }, outlet);
      assert.ok(outcome.kind === 'done', JSON.stringify(outcome));
      return outcome.value;
    },
  };
}

const one = 'FROM scratch\nCOPY busybox /bin/sh\nHEALTHCHECK CMD ["/bin/sh", "-c", "true"]\n';
const other = 'FROM scratch\nCOPY busybox /bin/sh\nLABEL other=1\n';

const kinds = ({ targets }: PushReport): string[] => targets.map(({ state }) => state.kind);

/** What the registry has under a name, as skopeo reads it for people. */
async function configuration(image: string): Promise<string> {
  const args = ['inspect', '--tls-verify=false', '--config', '--raw', `docker://${image}`];
  const { stdout, stderr, exit } = await ask({ program: 'skopeo', args });
  assert.equal(exit, 0, stderr);
  return stdout;
}

async function checkCycle(t: TestContext, engine: Engine, started: TestEngine | undefined): Promise<void> {
  const place = started && (await bench(t, engine, started));
  if (!place) return;
  const { outlet, host, build, push } = place;
  const targets: readonly Target[] = [
    { name: name(`${host}/team/app:1.4.0`), kind: 'release' },
    { name: name(`${host}/team/app:a3f9b2c`), kind: 'commit' },
    { name: name(`${host}/team/app:latest`), kind: 'mutable' },
  ];
  await build('drydock-release:one', one);
  await build('drydock-release:other', other);

  const first = await push('drydock-release:one', targets);
  assert.deepEqual(kinds(first), ['pushed', 'pushed', 'pushed']);
  assert.equal(first.image?.healthcheck, 'kept');
  const [release] = first.targets;
  assert.ok(release?.state.kind === 'pushed' && release.state.readBack);
  // What the registry holds has a digest of its own: the store's would sign something that nobody can pull.
  assert.notEqual(release.state.digest, `sha256:${first.image?.id}`);
  assert.match(await configuration(`${host}/team/app:1.4.0`), /"Healthcheck":\{"Test":\["CMD"/);

  // The same again changes nothing.
  assert.deepEqual(kinds(await push('drydock-release:one', targets)), ['present', 'present', 'present']);

  // Another image under a version that is taken: nothing moves, not even what may.
  const refused = await push('drydock-release:other', targets);
  assert.deepEqual(kinds(refused), ['refused', 'refused', 'left']);
  const words = { program: engine.id, asker: 'skopeo' };
  assert.match(
    pushLines(refused, words, english)[0] ?? '',
    /:1\.4\.0: refused: the registry has another image/,
  );
  const tagged = await tagImage(name('drydock-release:other'), targets, false, outlet);
  assert.ok(tagged.kind === 'done');
  assert.deepEqual(
    tagged.value.targets.map(({ state }) => state.kind),
    ['refused', 'refused'],
  );
  const still = await askRegistry(name(`${host}/team/app:latest`), outlet);
  assert.ok(still?.kind === 'done' && still.value);
  assert.equal(outlet.digestOf(still.value.raw), release.state.digest);

  // With force it says what it overwrote.
  const forced = await push('drydock-release:other', targets.slice(0, 1), true);
  const [overwritten] = forced.targets;
  assert.ok(overwritten?.state.kind === 'pushed');
  assert.equal(overwritten.state.replaced, release.state.digest);
  assert.notEqual(overwritten.state.digest, release.state.digest);
}

test('podman pushes a version and a commit once, keeps HEALTHCHECK, and overwrites nothing', (t) =>
  checkCycle(t, podman, startPodman(t)));

test('docker pushes a version and a commit once, keeps HEALTHCHECK, and overwrites nothing', async (t) =>
  checkCycle(t, docker, await startDocker(t)));

test('buildah says that an image lost its HEALTHCHECK, and sends all platforms of a list', async (t) => {
  const started = startBuildah(t);
  const place = started && (await bench(t, buildah, started));
  if (!place) return;
  const { outlet, host, build, push } = place;
  await build('drydock-release:oci', `# oci\n${one}`);
  const target = { name: name(`${host}/team/oci:1.0.0`), kind: 'release' } as const;
  const pushed = await push('drydock-release:oci', [target]);
  assert.equal(pushed.image?.healthcheck, 'lost');
  const lines = pushLines(pushed, { program: 'buildah', asker: 'skopeo' }, english);
  assert.match(lines.at(-1) ?? '', /^Warning: the image lost the HEALTHCHECK/);

  await build('drydock-release:arm', `# oci\n${other}`, ['linux/arm64']);
  const { program } = outlet.found;
  const env = started.env;
  for (const args of [
    ['manifest', 'create', 'drydock-release:list', 'drydock-release:oci'],
    ['manifest', 'add', 'drydock-release:list', 'drydock-release:arm'],
    ['manifest', 'create', 'drydock-release:arms', 'drydock-release:arm'],
  ]) {
    const { exit, stderr } = await ask({ program, args, env });
    assert.equal(exit, 0, stderr);
  }
  const list = { name: name(`${host}/team/list:1.0.0`), kind: 'release' } as const;
  const sent = await push('drydock-release:list', [list]);
  assert.ok(sent.several);
  assert.deepEqual(kinds(sent), ['pushed']);
  const held = await askRegistry(list.name, outlet);
  assert.ok(held?.kind === 'done' && held.value);
  assert.deepEqual(held.value.platforms, ['linux/amd64', 'linux/arm64']);
  // A list has no content of its own, so that it counts as another one until somebody says otherwise.
  assert.deepEqual(kinds(await push('drydock-release:list', [list])), ['refused']);
  // Nothing in it is for this machine, and still it can go.
  const foreign = { name: name(`${host}/team/arms:1.0.0`), kind: 'release' } as const;
  assert.deepEqual(kinds(await push('drydock-release:arms', [foreign])), ['pushed']);
});

test('a registry that cannot be reached, and an image that is not there, have words of their own', async (t) => {
  const started = startPodman(t);
  const place = started && (await bench(t, podman, started));
  if (!place) return;
  const { outlet, build, push } = place;
  await build('drydock-release:one', other);
  const nowhere = { name: name('127.0.0.1:1/team/app:1.4.0'), kind: 'release' } as const;
  const refused = await push('drydock-release:one', [nowhere]);
  const words = { program: 'podman', asker: 'skopeo' };
  assert.match(
    pushLines(refused, words, english)[0] ?? '',
    /refused: the registry did not say whether it is taken: 127\.0\.0\.1:1 cannot be reached/,
  );
  const missing = await compareTargets(name('drydock-nothing:1'), [nowhere], outlet);
  assert.equal(missing.kind, 'failed');
});
