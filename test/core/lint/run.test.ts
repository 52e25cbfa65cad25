// How the engine combines a rule's severity, a finding's own one and the configured level.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../../server/src/core/lint/config';
import type { RuleLevel } from '../../../server/src/core/lint/config';
import { noFacts } from '../../../server/src/core/lint/facts';
import type { Severity } from '../../../server/src/core/lint/finding';
import { defineRule } from '../../../server/src/core/lint/rule';
import { lint } from '../../../server/src/core/lint/run';

/** Severity of the rule, of its finding where it has one of its own, the level, and what comes out. */
const rows: readonly (readonly [
  Severity,
  Severity | undefined,
  RuleLevel | undefined,
  Severity | undefined,
])[] = [
  ['warning', undefined, undefined, 'warning'],
  ['warning', undefined, 'on', 'warning'],
  ['warning', undefined, 'error', 'error'],
  ['warning', undefined, 'hint', 'hint'],
  ['warning', undefined, 'off', undefined],
  // A finding that the rule thinks less of stays below a level that is higher,
  ['warning', 'hint', undefined, 'hint'],
  ['warning', 'hint', 'error', 'hint'],
  ['warning', 'info', 'error', 'info'],
  // and goes down with one that is lower.
  ['warning', 'info', 'hint', 'hint'],
  ['info', 'error', 'warning', 'warning'],
  ['info', 'error', 'on', 'error'],
  // One that says no more than its rule goes with it.
  ['info', 'info', 'error', 'error'],
];

for (const [severity, own, level, expected] of rows) {
  test(`severity ${severity}, of the finding ${own ?? 'none'}, level ${level ?? 'none'}`, () => {
    const rule = defineRule({
      id: 'every-file',
      summary: 'For a test',
      category: 'style',
      severity,
      fix: 'none',
      since: 'next',
      alsoKnownAs: [],
      *check() {
        yield { at: { start: 0, end: 4 }, message: 'Found', severity: own };
      },
    });
    const rules = new Map(level ? [[rule.id, level]] : []);
    const { findings, failures } = lint('FROM scratch\n', [rule], { ...defaultConfig, rules }, noFacts);
    assert.deepEqual(failures, []);
    assert.deepEqual(
      findings.map((finding) => finding.severity),
      expected === undefined ? [] : [expected],
    );
  });
}
