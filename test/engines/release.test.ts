// Lists of contents and signatures by the real syft and cosign, through the commands of the command line: what is signed is the
// digest that the registry says, and what is attached is what `drydock sbom` wrote.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Command } from '../../server/src/cli/command';
import { run as cycle } from '../../server/src/cli/commands/cycle';
import { attest } from '../../server/src/cli/commands/attest';
import { sbom } from '../../server/src/cli/commands/sbom';
import { sign } from '../../server/src/cli/commands/sign';
import { verify } from '../../server/src/cli/commands/verify';
import type { Machine } from '../../server/src/workflow/tool';
import { addBusybox, startBuildah } from '../harness/engines';
import { heardTerminal } from '../harness/heard-terminal';
import { startDockerRegistry } from '../harness/registry';
import { ask, machineWithEnvironment } from '../harness/runs';
import { makeKeys } from '../harness/signing-keys';
import { engineFolder, requireTool, wantTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';

type Runs = (
  words: readonly string[],
  terminal: ReturnType<typeof heardTerminal>['terminal'],
  machine: Machine,
) => ReturnType<Command['run']>;

interface Bench {
  /** Below a registry on this machine. */
  readonly image: string;
  /** As the registry says. */
  readonly digest: string;
  readonly folder: string;
  readonly machine: Machine;
}

/** An image with one npm package in a registry. */
async function bench(t: TestContext): Promise<Bench | undefined> {
  const started = startBuildah(t);
  const program = requireTool(t, 'docker-registry');
  const skopeo = requireTool(t, 'skopeo');
  if (!started || program === undefined || skopeo === undefined) return undefined;
  const folder = makeFolder(t, {
    'node_modules/left-pad/package.json': '{ "name": "left-pad", "version": "1.1.0" }',
    Dockerfile: 'FROM scratch\nCOPY busybox /bin/sh\nCOPY node_modules /app/node_modules\n',
  });
  if (!addBusybox(t, folder)) return undefined;
  const registry = await startDockerRegistry(program);
  t.after(() => registry.stop());
  const image = `${registry.host}/team/app:1.4.0`;
  const path = `${process.env['PATH'] ?? ''}:${engineFolder}`;
  const env = { ...started.env, PATH: path, HOME: folder, COSIGN_PASSWORD: '' };
  for (const args of [
    ['bud', '-q', '-t', image, folder],
    ['push', '-q', '--tls-verify=false', image],
  ]) {
    const { exit, stderr } = await ask({ program: 'buildah', args, env }, folder, 60_000);
    assert.equal(exit, 0, stderr);
  }
  const raw = await ask({ program: skopeo, args: ['inspect', '--tls-verify=false', `docker://${image}`] });
  const { Digest: digest } = JSON.parse(raw.stdout) as { Digest: string };
  return { image, digest, folder, machine: machineWithEnvironment(env) };
}

async function call(
  command: { readonly run: Runs },
  machine: Machine,
  ...words: readonly string[]
): Promise<{ readonly ending: unknown; readonly out: string; readonly said: string }> {
  const { terminal, heard } = heardTerminal();
  return { ending: await command.run(words, terminal, machine), ...heard };
}

test('syft lists what an image of a registry holds, in both formats', async (t) => {
  if (wantTool(t, 'syft') === undefined) return;
  const place = await bench(t);
  if (!place) return;
  const { image, folder, machine } = place;
  const names = {
    spdx: (list: { packages: { name: string }[] }) => list.packages.map(({ name }) => name),
    cyclonedx: (list: { components: { name: string }[] }) => list.components.map(({ name }) => name),
  };
  for (const format of ['spdx', 'cyclonedx'] as const) {
    const output = join(folder, `${format}.json`);
    const { ending, said } = await call(
      sbom,
      machine,
      image,
      '--as',
      format,
      '--output',
      output,
      '--with',
      'syft',
    );
    assert.equal(ending, 'clean', said);
    const list = JSON.parse(readFileSync(output, 'utf8')) as never;
    assert.ok(names[format](list).includes('left-pad'), format);
  }
});

test('cosign signs the pushed digest, attaches a list to it, and verifies both', async (t) => {
  const cosign = wantTool(t, 'cosign');
  if (cosign === undefined) return;
  const place = await bench(t);
  if (!place) return;
  const { image, digest, folder, machine } = place;
  const config = makeKeys(cosign, folder, ['mine', 'other']);
  const key = join(folder, 'mine.key');
  const publicKey = (name: string): readonly string[] => ['--key', join(folder, `${name}.pub`), '--no-log'];
  const byDigest = `${image.replace(/:[^:]*$/, '')}@${digest}`;

  const unsigned = await call(verify, machine, image, ...publicKey('mine'));
  assert.equal(unsigned.ending, 'refused', unsigned.out + unsigned.said);

  const signed = await call(sign, machine, image, '--key', key, '--signing-config', config);
  assert.equal(signed.ending, 'clean', signed.said);
  assert.equal(signed.out, `signed ${byDigest}\n`);
  const verified = await call(verify, machine, image, ...publicKey('mine'));
  assert.equal(verified.ending, 'clean', verified.out + verified.said);
  const wrongKey = await call(verify, machine, image, ...publicKey('other'));
  assert.equal(wrongKey.ending, 'refused', wrongKey.out + wrongKey.said);

  const list = join(folder, 'list.json');
  writeFileSync(
    list,
    JSON.stringify({
      spdxVersion: 'SPDX-2.3',
      SPDXID: 'SPDXRef-DOCUMENT',
      name: 'app',
      documentNamespace: 'https://example.com/app',
      creationInfo: { created: '2026-01-01T00:00:00Z', creators: ['Tool: test'] },
      packages: [],
    }),
  );
  const before = await call(verify, machine, image, ...publicKey('mine'), '--sbom', 'spdx');
  assert.equal(before.ending, 'refused', before.out + before.said);
  const attached = await call(
    attest,
    machine,
    image,
    '--sbom',
    list,
    '--key',
    key,
    '--signing-config',
    config,
  );
  assert.equal(attached.ending, 'clean', attached.said);
  const after = await call(verify, machine, image, ...publicKey('mine'), '--sbom', 'spdx');
  assert.equal(after.ending, 'clean', after.out + after.said);
});

test('a cycle signs what it has pushed, attaches the list of its contents, and says so', async (t) => {
  const cosign = wantTool(t, 'cosign');
  if (cosign === undefined) return;
  const place = await bench(t);
  if (!place) return;
  const { image, folder, machine } = place;
  makeKeys(cosign, folder, ['mine']);
  const repository = image.replace(/:[^:]*$/, '');
  const section = ['cycle:', `  repositories: [${repository}]`, '  version: 2.0.0', '  signKey: mine.key'];
  const config = join(folder, '.drydock.yaml');
  writeFileSync(
    config,
    [...section, '  signingConfig: services.json', '  sbom: list.json', '  attest: true', ''].join('\n'),
  );
  // A scanner that finds nothing: what it would find is another test.
  const tools = makeFolder(t);
  writeFileSync(join(tools, 'grype'), '#!/bin/sh\necho \'{"matches":[]}\'\n', { mode: 0o755 });
  const list = '{"spdxVersion":"SPDX-2.3","name":"one","packages":[]}';
  writeFileSync(join(tools, 'syft'), `#!/bin/sh\necho '${list}'\n`, { mode: 0o755 });
  for (const args of [
    ['init', '-q'],
    ['add', 'Dockerfile'],
    ['-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '-q', '-m', 'one'],
  ])
    assert.equal(spawnSync('git', args, { cwd: folder }).status, 0);
  writeFileSync(join(folder, '.git', 'info', 'exclude'), '*\n');
  const { env } = machine.surroundings;
  const more = { PATH: `${tools}:${env['PATH'] ?? ''}`, XDG_CACHE_HOME: join(tools, 'cache') };
  const withTools = machineWithEnvironment({ ...(env as Record<string, string>), ...more });
  const { terminal, heard } = heardTerminal();
  const words = [join(folder, 'Dockerfile'), '--engine', 'buildah', '--scanner', 'grype'];
  const ending = await cycle(words, terminal, withTools, '2027-01-15');
  assert.equal(ending, 'clean', heard.out + heard.said);
  const [, reference = ''] = /^sign: passed: (\S+@sha256:\S+)$/m.exec(heard.out) ?? [];
  assert.ok(reference.startsWith(repository), heard.out);
  const verified = await call(verify, machine, reference, '--key', join(folder, 'mine.pub'), '--no-log');
  assert.equal(verified.ending, 'clean', verified.out + verified.said);
  assert.match(heard.out, /^attest: passed: \S+@sha256:\S+$/m);
  const key = ['--key', join(folder, 'mine.pub'), '--no-log'];
  const attested = await call(verify, machine, reference, ...key, '--sbom', 'spdx');
  assert.equal(attested.ending, 'clean', attested.out + attested.said);
});
