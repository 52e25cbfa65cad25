// The scripts of patterns, run with the real tools against a real registry: what they do twice, and what they refuse.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { startBuildah } from '../harness/engines';
import { startDockerRegistry } from '../harness/registry';
import { ask } from '../harness/runs';
import { requireTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';
import { patternText } from './expand';

interface Ran {
  readonly exit: number | undefined;
  readonly output: string;
}

interface Bench {
  readonly folder: string;
  readonly host: string;
  /** Runs the script. @param env more of the environment */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
  tool(program: string, ...args: readonly string[]): Promise<Ran>;
}

/** A repository with a Dockerfile for any platform, a script of a pattern in it, and a registry. */
async function bench(t: TestContext, id: string): Promise<Bench | undefined> {
  const engine = startBuildah(t);
  const program = requireTool(t, 'docker-registry');
  if (!engine || program === undefined || !requireTool(t, 'skopeo')) return undefined;
  const registry = await startDockerRegistry(program);
  t.after(() => registry.stop());
  const folder = makeFolder(t, {
    Dockerfile:
      'FROM scratch\nARG REVISION\nLABEL org.opencontainers.image.revision="$REVISION"\nCOPY app /app\nUSER 65532\nENTRYPOINT ["/app"]\n',
    app: 'not a program\n',
    'script.sh': patternText(id),
  });
  const home = makeFolder(t, {
    '.config/containers/registries.conf': `[[registry]]\nlocation = "${registry.host}"\ninsecure = true\n`,
    'bin/': '',
  });
  const git = (...args: readonly string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: folder,
      stdio: 'ignore',
    });
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'first', '--date', '2026-01-02T03:04:05Z');
  const all = {
    ...engine.env,
    HOME: home,
    PATH: `${home}/bin:${process.env['PATH'] ?? ''}`,
  };
  // A scanner that finds nothing: none can be had here with its database.
  writeFileSync(join(home, 'bin/trivy'), '#!/bin/sh\nexit ${TRIVY_EXIT:-0}\n');
  chmodSync(join(home, 'bin/trivy'), 0o755);
  const tool = async (program: string, args: readonly string[], env = {}): Promise<Ran> => {
    const { exit, stdout, stderr } = await ask({ program, args, env: { ...all, ...env } }, folder, 120_000);
    return { exit, output: stdout + stderr };
  };
  return {
    folder,
    host: registry.host,
    run: (args, env) => tool('bash', [join(folder, 'script.sh'), ...args], env),
    tool: (name, ...args) => tool(name, args),
  };
}

suite('scripts with buildah', () => {
  test('several platforms: a second run gives the same two entries', async (t) => {
    const found = await bench(t, 'buildah-multiarch');
    if (!found) return;
    const { run, tool, host } = found;
    const env = { IMAGE: `${host}/team/app` };
    for (let turn = 0; turn < 2; turn += 1) {
      const { exit, output } = await run(['1.0.0'], env);
      assert.equal(exit, 0, output);
      const { output: list } = await tool('skopeo', 'inspect', '--raw', `docker://${host}/team/app:1.0.0`);
      const { manifests } = JSON.parse(list) as {
        manifests: readonly { platform: { architecture: string } }[];
      };
      assert.deepEqual(manifests.map(({ platform }) => platform.architecture).sort(), ['amd64', 'arm64']);
    }
    assert.equal((await run([], env)).exit, 2);
    const { exit, output } = await run(['not a tag'], env);
    assert.deepEqual([exit, output], [1, "script.sh: not a tag: 'not a tag'\n"]);
  });

  test('reproducible: the same commit gives the same digest, and a missing tag is one sentence', async (t) => {
    const found = await bench(t, 'buildah-reproducible');
    if (!found) return;
    const { run, host } = found;
    const env = { IMAGE: `${host}/team/app` };
    const { exit, output } = await run(['--check', '1.0.0'], env);
    assert.equal(exit, 0, output);
    const digests = new Set<string | undefined>();
    for (let turn = 0; turn < 2; turn += 1) {
      const said = (await run(['1.0.0'], env)).output;
      digests.add(/sha256:[0-9a-f]{64}/.exec(said)?.[0]);
    }
    assert.equal(digests.size, 1);
    assert.ok(![...digests].includes(undefined));
    const missing = await run([], env);
    assert.deepEqual(
      [missing.exit, missing.output],
      [1, 'script.sh: the TAG is missing (--help says more)\n'],
    );
  });

  test('release: both tags have one digest, and a version that exists is refused', async (t) => {
    const found = await bench(t, 'build-to-push');
    if (!found) return;
    const { run, tool, host } = found;
    const env = { IMAGE: `${host}/team/app` };
    const vulnerable = await run(['--first', '1.4.0'], { ...env, TRIVY_EXIT: '1' });
    assert.equal(vulnerable.exit, 1, vulnerable.output);
    assert.match(vulnerable.output, /nothing was pushed/);
    const first = await run(['--first', '1.4.0'], env);
    assert.equal(first.exit, 0, first.output);
    const { output } = await tool('skopeo', 'list-tags', `docker://${host}/team/app`);
    const { Tags: tags } = JSON.parse(output) as { Tags: readonly string[] };
    assert.equal(tags.length, 2);
    const digests = new Set<string>();
    for (const tag of tags)
      digests.add(
        (await tool('skopeo', 'inspect', '--format', '{{.Digest}}', `docker://${host}/team/app:${tag}`))
          .output,
      );
    assert.equal(digests.size, 1);
    const again = await run(['1.4.0'], env);
    assert.equal(again.exit, 1);
    assert.match(again.output, /1\.4\.0 exists; a release is never replaced/);
  });
});
