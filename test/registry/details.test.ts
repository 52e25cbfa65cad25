// Sizes and age of images without their layers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseReference } from '../../server/src/core/syntax/image-reference';
import { image, index, startFakeRegistry } from '../harness/registry';
import { byUser, makeService } from '../harness/registry-service';

test('an index, a single image, one whose time is hidden, and none', async (t) => {
  const registry = await startFakeRegistry();
  t.after(() => registry.close());
  const service = makeService(t);
  const put = (one: ReturnType<typeof image>, tag?: string): void => {
    registry.put('team/app', one.manifest, tag);
    registry.blob(one.config);
  };
  const built = '2026-05-02T08:00:00Z';
  const [amd, arm, old] = [
    image('linux/amd64', 'a', 'oci', built, [1000, 24]),
    image('linux/arm64/v8', 'b', 'oci', built, [900]),
    image('linux/amd64', 'c', 'docker', '1970-01-01T00:00:00Z', [7]),
  ];
  put(amd);
  put(arm, 'arm');
  put(old, 'old');
  registry.put('team/app', index([amd, arm, image('linux/s390x', 'd')]), 'all');
  const ask = async (tag: string): Promise<unknown> => {
    const parsed = parseReference(`${registry.host}/team/app:${tag}`);
    assert.ok(parsed.ok);
    const outcome = await service.details(parsed.ref, byUser());
    return outcome.ok ? outcome.value : outcome.fault.code;
  };
  const builtAt = Date.parse(built);
  assert.deepEqual(await ask('all'), {
    sizes: [
      { platform: 'linux/amd64', bytes: 1024 },
      { platform: 'linux/arm64', bytes: 900 },
    ],
    builtAt,
  });
  assert.deepEqual(await ask('arm'), { sizes: [{ platform: 'linux/arm64', bytes: 900 }], builtAt });
  assert.deepEqual(await ask('old'), { sizes: [{ platform: 'linux/amd64', bytes: 7 }], builtAt: undefined });
  assert.equal(await ask('none'), 'NotFound');
  assert.ok(!registry.asked.some(({ path }) => path.includes(image('linux/s390x', 'd').manifest.digest)));
});
