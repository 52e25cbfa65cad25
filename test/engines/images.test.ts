// Reading images against two other readers: crane fetches the same image from a registry as skopeo, and dive counts the
// same bytes per layer.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { readImages } from '../../server/src/io/images/read-images';
import { folderPath, imageReference } from '../../server/src/workflow/checked-arguments';
import { reportOn } from '../../server/src/workflow/image/report';
import type { ImageReport } from '../../server/src/workflow/image/report';
import type { Outcome } from '../../server/src/workflow/run';
import { crane } from '../../server/src/workflow/tools/crane';
import { skopeo } from '../../server/src/workflow/tools/skopeo';
import { checked } from '../harness/build-order';
import { addBusybox, startBuildah } from '../harness/engines';
import type { TestEngine } from '../harness/engines';
import { startDockerRegistry } from '../harness/registry';
import { ask, machineWithEnvironment } from '../harness/runs';
import { requireTool, wantTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';

const dockerfile = `FROM scratch
COPY busybox /bin/busybox
COPY busybox /bin/sh
COPY blob /data/blob
RUN busybox rm /data/blob && busybox mkdir /more && busybox touch /more/file
`;

interface Built {
  readonly started: TestEngine;
  readonly folder: string;
}

async function run(program: string, args: readonly string[], { started, folder }: Built): Promise<void> {
  const { exit, stderr } = await ask({ program, args, env: started.env }, folder, 60_000);
  assert.equal(exit, 0, stderr);
}

async function build(t: TestContext, name: string): Promise<Built | undefined> {
  const started = startBuildah(t);
  const folder = makeFolder(t, { Dockerfile: dockerfile });
  if (!started || !addBusybox(t, folder)) return undefined;
  writeFileSync(join(folder, 'blob'), randomBytes(1_000_000));
  const built = { started, folder };
  await run('buildah', ['bud', '-q', '--layers', '-t', name, folder], built);
  return built;
}

async function reportAt(path: string): Promise<ImageReport> {
  const read = await readImages(path, { measure: true });
  assert.ok('images' in read, JSON.stringify(read));
  const [image] = read.images;
  assert.ok(image);
  return reportOn(image, { top: 20 });
}

test('crane and skopeo fetch the same image from a registry', async (t) => {
  const program = requireTool(t, 'docker-registry');
  const programs = { crane: wantTool(t, 'crane'), skopeo: requireTool(t, 'skopeo') };
  if (program === undefined || programs.crane === undefined || programs.skopeo === undefined) return;
  const registry = await startDockerRegistry(program);
  t.after(() => registry.stop());
  const name = `${registry.host}/team/app:1`;
  const built = await build(t, name);
  if (!built) return;
  await run('buildah', ['push', '-q', '--tls-verify=false', name], built);
  const { runner } = machineWithEnvironment(built.started.env);
  const reports: ImageReport[] = [];
  for (const tool of [crane, skopeo] as const) {
    const target = checked(folderPath, join(makeFolder(t), 'image'));
    const found = { id: tool.id, program: programs[tool.id as 'crane' | 'skopeo'] ?? '' };
    const fetch = tool.commands.fetch(found, checked(imageReference, name), target, undefined);
    const fetched: Outcome<unknown> = await runner.run(fetch, { folder: built.folder });
    assert.equal(fetched.kind, 'done', JSON.stringify(fetched));
    reports.push(await reportAt(target));
  }
  const [first, second] = reports.map(({ names: _names, ...rest }) => rest);
  assert.deepEqual(first, second);
  assert.equal(first?.compressedHow, 'stored');
});

test('dive counts the same bytes', async (t) => {
  const dive = wantTool(t, 'dive');
  if (dive === undefined) return;
  const built = await build(t, 'drydock-dive:1');
  if (!built) return;
  const archive = join(built.folder, 'image.tar');
  await run('buildah', ['push', '-q', 'drydock-dive:1', `docker-archive:${archive}:drydock-dive:1`], built);
  const answer = join(built.folder, 'dive.json');
  await run(dive, ['--source=docker-archive', archive, `--json=${answer}`], built);
  const theirs = JSON.parse(readFileSync(answer, 'utf8')) as {
    readonly layer: readonly { readonly sizeBytes: number }[];
    readonly image: { readonly sizeBytes: number };
  };
  const ours = await reportAt(archive);
  assert.deepEqual(
    ours.steps.map(({ unpacked }) => unpacked),
    theirs.layer.map(({ sizeBytes }) => sizeBytes),
  );
  assert.equal(ours.unpacked, theirs.image.sizeBytes);
});
