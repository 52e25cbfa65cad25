// What Drydock says of an edited file is what BuildKit does: made-up projects are built, a file is edited, and each step is
// compared with what BuildKit took from its cache. REBUILD_PAIRS=500 compares that many pairs of a project and an edit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBuildKit } from '../harness/build-cache';
import { comparePairs, newTally } from '../harness/compare-rebuilds';
import { projectOf } from '../harness/rebuild-cases';
import { requireTool } from '../harness/tools';

const wanted = Number(process.env['REBUILD_PAIRS'] ?? 10);
const firstSeed = 1000;

test("steps run again as BuildKit's cache decides", async (t) => {
  const busybox = requireTool(t, 'busybox');
  const build = busybox === undefined ? undefined : await startBuildKit(t);
  if (!build || busybox === undefined) return;
  const tally = newTally();
  // A project that does not build gives no pairs.
  for (let seed = firstSeed; tally.pairs < wanted && seed < firstSeed + wanted; seed += 1)
    await comparePairs(t, projectOf(seed), build, busybox, tally);
  const { pairs, unknown, steps, unknownSteps, ran, wrong } = tally;
  t.diagnostic(
    `${String(pairs)} pairs, ${String(unknown)} with something unknown; ` +
      `${String(steps)} steps, ${String(ran)} ran, ${String(unknownSteps)} unknown`,
  );
  assert.deepEqual(wrong.slice(0, 3), [], `${String(wrong.length)} steps differ`);
  assert.ok(pairs >= wanted, `${String(pairs)} pairs of ${String(wanted)}`);
  assert.ok(unknown <= pairs / 10, `${String(unknown)} of ${String(pairs)} pairs are not known`);
  assert.ok(ran > 0 && ran < steps, 'some steps ran, and some came from the cache');
});
