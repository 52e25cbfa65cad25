// Real builds with buildx, by docker's own BuildKit and by today's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkEngine, findEngine } from '../harness/builder-check';
import { addBuildx, startDocker } from '../harness/engines';

test('with buildx', async (t) => {
  const engine = await startDocker(t);
  const withBuildx = engine && (await addBuildx(t, engine));
  for (const [at, one] of (withBuildx ?? []).entries()) {
    const found = await findEngine('docker', one);
    assert.equal(found.way, 'buildx');
    await t.test(at === 0 ? "with docker's BuildKit" : 'with a BuildKit of its own', (inner) =>
      checkEngine(inner, found, one),
    );
  }
});
