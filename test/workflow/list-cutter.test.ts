// Long JSON is read entry by entry, cut anywhere, and what it says is the same as if it were read whole.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { ListCutter } from '../../server/src/workflow/scan/list-cutter';
import type { ListPath } from '../../server/src/workflow/scan/list-cutter';
import { ReportReader } from '../../server/src/workflow/scan/report-reader';
import { grypeReport } from '../../server/src/workflow/tools/grype';
import { trivyReport } from '../../server/src/workflow/tools/trivy';
import { cpuTime } from '../harness/cpu-time';

interface Cut {
  readonly root: unknown;
  readonly entries: readonly (readonly [unknown, readonly number[]])[];
}

/** @param size characters that are pushed at once */
function cut(text: string, paths: readonly ListPath[], size: number): Cut | string {
  const entries: (readonly [unknown, readonly number[]])[] = [];
  const cutter = new ListCutter(paths, (entry, at) => entries.push([entry, at]));
  for (let at = 0; at < text.length; at += size) cutter.push(text.slice(at, at + size));
  const end = cutter.end();
  return 'root' in end ? { root: end.root, entries } : end.unreadable;
}

const value = {
  before: ['[', { a: '],{"' }],
  Results: [
    { Vulnerabilities: [{ id: 'a', more: [1, [2, { x: '}]' }]] }, 'b,]', null, 3.5], Type: 'deb\\"' },
    { Type: 'none' },
    { Vulnerabilities: [], deep: { Vulnerabilities: [1] } },
    { Vulnerabilities: [{ id: 'c' }] },
  ],
  after: { Results: [1, 2] },
};
const paths = [['Results', '*', 'Vulnerabilities']];

test('entries are handed over with their place, wherever the text is cut, and the rest stays', () => {
  for (const text of [JSON.stringify(value), JSON.stringify(value, undefined, 2)]) {
    for (const size of [1, 2, 3, 7, 64, 100_000]) {
      const read = cut(text, paths, size);
      assert.ok(typeof read === 'object');
      assert.deepEqual(read.entries, [
        [{ id: 'a', more: [1, [2, { x: '}]' }]] }, [0, 0]],
        ['b,]', [0, 1]],
        [null, [0, 2]],
        [3.5, [0, 3]],
        [{ id: 'c' }, [3, 0]],
      ]);
      const left = structuredClone(value) as { Results: { Vulnerabilities?: unknown[] }[] };
      for (const result of left.Results) if (result.Vulnerabilities) result.Vulnerabilities = [];
      assert.deepEqual(read.root, left);
    }
  }
});

test('the list may be the whole text', () => {
  assert.deepEqual(cut('[1, {"a": 2}]', [[]], 2), {
    root: [],
    entries: [
      [1, [0]],
      [{ a: 2 }, [1]],
    ],
  });
});

test('what is cut off or wrong is never taken for an empty list', () => {
  const whole = JSON.stringify(value);
  for (let end = 1; end < whole.length; end += 1)
    assert.equal(cut(whole.slice(0, end), paths, 5), 'it is not JSON');
  const wrong = [
    '{"Results":[{"Vulnerabilities":[1,]}]}',
    '{"Results":[{"Vulnerabilities":[,1]}]}',
    '{"Results":[{"Vulnerabilities":[1 2]}]}',
    '{"Results":[{"Vulnerabilities":[1}]}',
    '{"Results":[{"Vulnerabilities":[{]}]}',
    '{"Results":[{"Vulnerabilities":[1]}]',
    '{"Results":[{"Vulnerabilities":[1]}]}}',
    ']'.repeat(9),
  ];
  for (const text of wrong) assert.equal(cut(text, paths, 4), 'it is not JSON', text);
  assert.equal(cut('  ', paths, 1), 'it is empty');
  assert.equal(cut('['.repeat(10_000), paths, 100), 'it has more than 500 levels');
});

const layer = `sha256:${'1'.repeat(64)}`;

/** About five kilobytes, as entries of grype are. */
const related = Array.from({ length: 12 }, (_, n) => ({ id: `CVE-1-${n}`, description: 'x'.repeat(300) }));
const [before = '', after = ''] = JSON.stringify({
  vulnerability: { id: 'CVE-2099-‹at›', severity: 'High', fix: { versions: ['2'], state: 'fixed' } },
  relatedVulnerabilities: related,
  artifact: { name: 'a', version: '1', type: 'deb', locations: [{ layerID: layer }] },
}).split('‹at›');

function match(at: number): string {
  return before + String(at) + after;
}

test('a report of 50 MB is read in small turns, and is not kept', async () => {
  const one = match(0).length;
  const count = Math.ceil(50_000_000 / one);
  const reader = new ReportReader([trivyReport, grypeReport]);
  let longest = 0;
  const push = async (text: string): Promise<void> => {
    const start = cpuTime();
    reader.push(text);
    longest = Math.max(longest, cpuTime() - start);
    await turn();
  };
  await push('{"matches":[');
  let kept = '';
  for (let at = 0; at < count; at += 1) {
    kept += `${at === 0 ? '' : ','}${match(at)}`;
    if (kept.length < 60_000 && at < count - 1) continue;
    await push(kept);
    kept = '';
  }
  await push(`],"source":{"target":{"layers":[{"digest":"${layer}"}]}}}`);
  const read = reader.end();
  assert.ok('value' in read, JSON.stringify(read));
  assert.equal(read.value.vulnerabilities.length, count);
  assert.equal(read.value.vulnerabilities.at(-1)?.layer, 0);
  // One frame of a screen takes 16 ms; a slow machine gets some more.
  assert.ok(longest < 100, `a turn took ${longest} ms`);
});
