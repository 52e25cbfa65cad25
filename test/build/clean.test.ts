// `drydock clean`: with a real engine it removes one name and nothing else, and only after somebody agreed; the arguments and
// answers of buildx are checked against its published reference.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../../server/src/cli/commands/clean';
import { durationText } from '../../server/src/workflow/checked-arguments';
import { cacheUseRun, pruneCacheRun } from '../../server/src/workflow/release/clean-up';
import type { Machine } from '../../server/src/workflow/tool';
import { buildah } from '../../server/src/workflow/tools/buildah';
import { heardTerminal } from '../harness/heard-terminal';
import { buildOrder, checked } from '../harness/build-order';
import { startBuildah } from '../harness/engines';
import { machineWithEnvironment } from '../harness/runs';
import { requireTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';

interface Said {
  readonly ending: unknown;
  readonly printed: string;
  readonly told: string;
}

async function call(machine: Machine, words: readonly string[], answer?: string): Promise<Said> {
  const { terminal, heard } = heardTerminal(answer);
  return { ending: await run(words, terminal, machine), printed: heard.out, told: heard.said };
}

test('buildah loses the name that was given, and only after somebody agreed', async (t) => {
  const program = requireTool(t, 'buildah');
  const engine = startBuildah(t);
  if (program === undefined || !engine) return;
  const machine = machineWithEnvironment(engine.env);
  const folder = makeFolder(t);
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY Dockerfile /\n');
  const found = { id: 'buildah', program, version: '', way: 'buildah' };
  for (const tag of ['drydock-test:1', 'drydock-test:2']) {
    const order = { dockerfile: join(folder, 'Dockerfile'), context: folder, tag, moreArguments: [] };
    const built = await machine.runner.run(buildah.commands.build(found, buildOrder(order)), { folder });
    assert.deepEqual(built, { kind: 'done', value: { kind: 'built', stored: true } });
  }
  const words = ['drydock-test:1', '--engine=buildah'];
  const shown = /This goes:\n {2}drydock-test:1 {2}[0-9a-f]{12} .* in buildah\n/;
  const dry = await call(machine, [...words, '--dry-run']);
  assert.deepEqual([dry.ending, dry.told], ['clean', '']);
  assert.match(dry.printed, shown);
  const alone = await call(machine, words);
  assert.equal(alone.ending, 'open');
  assert.match(alone.printed, shown);
  assert.match(alone.told, /Nothing was removed: give --yes/);
  assert.equal((await call(machine, words, 'n')).ending, 'open');
  const agreed = await call(machine, words, 'y');
  assert.equal(agreed.ending, 'clean', agreed.told);
  assert.match(agreed.printed, /drydock-test:1 is gone from buildah/);
  const again = await call(machine, [...words, '--yes']);
  assert.deepEqual(
    [again.ending, again.printed],
    ['clean', 'Nothing to remove: no engine has drydock-test:1\n'],
  );
  assert.match((await call(machine, ['drydock-test:2', '--engine=buildah', '--dry-run'])).printed, /:2/);

  const cache = await call(machine, [...words, '--builder-cache', '--yes']);
  assert.equal(cache.ending, 'undone');
  assert.match(cache.told, /needs docker with buildx/);
});

test('words that cannot be meant are refused', async () => {
  const machine = machineWithEnvironment({});
  for (const words of [['UPPER CASE'], ['app:dev', '--until=yesterday'], ['app:dev', '--until=-1h']])
    assert.ok(typeof (await call(machine, words)).ending === 'object', words.join(' '));
});

test('the cache of buildx, as its reference describes du and prune', () => {
  const program = { id: 'docker', program: '/usr/bin/docker' };
  const read = (answer: string, exit = 0): unknown => {
    const reader = cacheUseRun(program).reader();
    reader.push(answer, 'stdout');
    return reader.end(exit);
  };
  const row = '12wgll9os87pazzft8lt0yztp*        true           1.704GB       13 days ago\n';
  const sums =
    'Shared:        115.5MB\nPrivate:       10.25GB\nReclaimable:   10.36GB\nTotal:         12.1GB\n';
  assert.deepEqual(read(row + sums), { value: { total: '12.1GB', reclaimable: '10.36GB' } });
  assert.deepEqual(read('Reclaimable:\t0B\nTotal:\t0B\n'), { value: { total: '0B', reclaimable: '0B' } });
  assert.deepEqual(read(row), { unreadable: 'it names no total' });
  assert.deepEqual(read(sums, 1), { unreadable: 'exit status 1' });
  const until = checked(durationText, '48h');
  assert.deepEqual(pruneCacheRun(program, until).args, ['buildx', 'prune', '--force', '--filter=until=48h']);
});
