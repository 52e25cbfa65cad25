// Real builds by the engines that Debian has.
import assert from 'node:assert/strict';
import { describe as suite, test } from 'node:test';
import { checkEngine, failing, findEngine } from '../harness/builder-check';
import { dockerClients, startBuildah, startDocker, startPodman } from '../harness/engines';

suite('builds', { concurrency: false }, () => {
  for (const name of ['buildah', 'podman'] as const) {
    test(`with ${name}`, async (t) => {
      const engine = name === 'buildah' ? startBuildah(t) : startPodman(t);
      if (!engine) return;
      const found = await findEngine(name, engine);
      assert.equal(found.way, name);
      // podman builds with buildah's code: what differs is how it is called.
      await checkEngine(t, found, engine, name === 'buildah' ? failing : failing.slice(0, 1));
    });
  }

  test('with docker', async (t) => {
    const engine = await startDocker(t);
    if (!engine) return;
    for (const docker of dockerClients()) {
      const found = await findEngine('docker', engine, { docker });
      await t.test(`${found.version} as ${found.way}`, (inner) => checkEngine(inner, found, engine));
    }
  });
});
