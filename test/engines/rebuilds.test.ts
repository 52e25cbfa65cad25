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
/** Projects that one BuildKit builds: its store keeps each step whole, some 130 MB for a pair. */
const ofOne = 25;

test("steps run again as BuildKit's cache decides", async (t) => {
  const busybox = requireTool(t, 'busybox');
  if (busybox === undefined) return;
  const tally = newTally();
  let isThere = true;
  // A project that does not build gives no pairs.
  for (let first = firstSeed; isThere && tally.pairs < wanted && first < firstSeed + wanted; first += ofOne)
    await t.test(`projects from ${String(first)}`, async (part) => {
      const build = await startBuildKit(part);
      isThere = build !== undefined;
      for (let seed = first; build && tally.pairs < wanted && seed < first + ofOne; seed += 1)
        await comparePairs(part, projectOf(seed), build, busybox, tally);
    });
  if (!isThere) return;
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
