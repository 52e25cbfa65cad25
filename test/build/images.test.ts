// Images of real engines as Drydock reads them: out of the store, by name, with the lines of the Dockerfile.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { writeFileSync } from 'node:fs';
import { readImages } from '../../server/src/io/images/read-images';
import { folderPath } from '../../server/src/workflow/checked-arguments';
import { fetchImage } from '../../server/src/workflow/image/fetch-image';
import { reportOn } from '../../server/src/workflow/image/report';
import { growthSince, sizeRecord } from '../../server/src/workflow/image/size-budget';
import type { Engine } from '../../server/src/workflow/tool';
import { buildah } from '../../server/src/workflow/tools/buildah';
import { docker } from '../../server/src/workflow/tools/docker';
import { english } from '../../server/src/workflow/translate';
import { buildOrder, checked } from '../harness/build-order';
import { describe } from '../harness/description';
import { addBusybox, startBuildah, startDocker } from '../harness/engines';
import type { TestEngine } from '../harness/engines';
import { machineWithEnvironment } from '../harness/runs';
import { findTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';

const dockerfile = `FROM scratch
COPY busybox /bin/busybox
COPY busybox /bin/sh
COPY blob /data/blob
RUN busybox rm /data/blob && busybox chmod 4755 /bin/busybox
USER 65532
`;

async function built(t: TestContext, engine: Engine, started: TestEngine, way: string): Promise<void> {
  const folder = makeFolder(t);
  const program = findTool(engine.id);
  if (!addBusybox(t, folder) || program === undefined) return;
  writeFileSync(join(folder, 'blob'), randomBytes(1_000_000));
  writeFileSync(join(folder, 'more'), randomBytes(1_000_000));
  const machine = machineWithEnvironment(started.env);
  const make = async (
    text: string,
    tag: string,
  ): Promise<ReturnType<typeof reportOn> & { record: ReturnType<typeof sizeRecord> }> => {
    writeFileSync(join(folder, 'Dockerfile'), text);
    const order = { dockerfile: join(folder, 'Dockerfile'), context: folder, tag };
    const found = { id: engine.id, program, version: '', way };
    const run = engine.commands.build(found, buildOrder({ ...order, moreArguments: started.arguments }));
    const outcome = await machine.runner.run(run, { folder });
    assert.ok(outcome.kind === 'done' && outcome.value.kind === 'built', JSON.stringify(outcome));
    const scratch = checked(folderPath, makeFolder(t));
    const fetched = await fetchImage(tag, {
      machine,
      paths: {},
      scratch,
      first: 'store',
      t: english,
    });
    assert.ok(fetched && 'path' in fetched, JSON.stringify(fetched));
    // podman reads the store of buildah, and is asked first.
    assert.ok(fetched.from === engine.title || (engine === buildah && fetched.from === 'Podman'));
    const read = await readImages(fetched.path, { measure: true });
    assert.ok('images' in read, JSON.stringify(read));
    const [image] = read.images;
    assert.ok(image);
    const record = sizeRecord(image, reportOn(image, { top: 1 }));
    return { ...reportOn(image, { top: 5, description: describe(text) }), record };
  };
  const first = await make(dockerfile, `drydock-image-${engine.id}:1`);
  assert.deepEqual(
    first.steps.map(({ line }) => line),
    [2, 3, 4, 5],
  );
  assert.deepEqual(
    first.hidden.map(({ path, by, how, step }) => `${path} of ${step} ${how} by ${by}`).sort(),
    ['/bin/busybox of 0 replaced by 3', '/data/blob of 2 deleted by 3'],
  );
  assert.ok(first.hiddenBytes > 1_000_000);
  assert.deepEqual(first.surface.setuid, ['/bin/busybox']);
  assert.deepEqual(first.surface.shells, ['/bin/busybox', '/bin/sh']);
  assert.deepEqual([first.surface.user, first.surface.hasCertificates], ['65532', false]);
  const second = await make(`${dockerfile}COPY more /more\n`, `drydock-image-${engine.id}:2`);
  const limits = { measure: 'compressed', percent: 5, floor: 2 ** 19 } as const;
  const growth = growthSince(first.record, { now: second.record, steps: second.record.steps }, limits);
  assert.ok(growth?.isTooMuch);
  assert.equal(second.steps[growth.step?.at ?? -1]?.line, 7);
  assert.deepEqual(
    growth.files.map(({ path }) => path),
    ['/more'],
  );
}

test('an image of buildah: lines, deleted bytes, surface, growth', async (t) => {
  const engine = startBuildah(t);
  if (engine) await built(t, buildah, engine, 'buildah');
});

test('an image of docker: lines, deleted bytes, surface, growth', async (t) => {
  const engine = await startDocker(t);
  if (engine) await built(t, docker, engine, 'legacy');
});
