// One run of made-up rules: which severity a finding gets, what a rule that throws costs, how messages are shown.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../../server/src/core/lint/config';
import type { RuleLevel } from '../../../server/src/core/lint/config';
import { noFacts } from '../../../server/src/core/lint/facts';
import { defineRule } from '../../../server/src/core/lint/rule';
import type { Finding, Rule } from '../../../server/src/core/lint/rule';
import { lint } from '../../../server/src/core/lint/run';
import type { LintResult } from '../../../server/src/core/lint/run';

const at = { start: 0, end: 4 };

function yielding(id: string, findings: readonly Finding[], enabled = true): Rule {
  return defineRule({
    id,
    summary: id,
    category: 'style',
    severity: 'warning',
    enabled,
    fix: 'suggested',
    since: 'next',
    alsoKnownAs: [],
    *check() {
      yield* findings;
    },
  });
}

function run(
  rules: readonly Rule[],
  levels: Readonly<Record<string, RuleLevel>> = {},
  allRules = false,
): LintResult {
  const config = { ...defaultConfig, rules: new Map(Object.entries(levels)), allRules };
  return lint('FROM a\nRUN b\n', rules, config, noFacts);
}

for (const [level, expected] of [
  ['on', ['warning', 'hint', 'warning']],
  ['error', ['error', 'hint', 'error']],
  ['info', ['info', 'hint', 'info']],
  ['hint', ['hint', 'hint', 'hint']],
  ['off', []],
] as const) {
  test(`the level ${level} moves a rule, and raises no finding that the rule thinks less of`, () => {
    const rule = yielding('rule', [
      { at, message: 'as the rule' },
      { at, message: 'less', severity: 'hint' },
      { at, message: 'said to be as the rule', severity: 'warning' },
    ]);
    assert.deepEqual(
      run([rule], { rule: level }).findings.map(({ severity }) => severity),
      expected,
    );
  });
}

test('a rule that is opt-in runs when it is named, or when all run and it is not switched off', () => {
  const rules = [yielding('optional', [{ at, message: 'found' }], false)];
  const count = (...words: [levels?: Readonly<Record<string, RuleLevel>>, allRules?: boolean]): number =>
    run(rules, ...words).findings.length;
  assert.equal(count(), 0);
  assert.equal(count({ optional: 'on' }), 1);
  assert.equal(count({}, true), 1);
  assert.equal(count({ optional: 'off' }, true), 0);
});

test('a rule that throws loses only itself, and what it had found before stays', () => {
  const failing = defineRule({
    ...yielding('failing', []),
    *check() {
      yield { at, message: 'found before' };
      throw new Error('a bug');
    },
  });
  const { findings, failures } = run([failing, yielding('other', [{ at, message: 'found' }])]);
  assert.deepEqual(
    findings.map(({ message }) => message),
    ['found before', 'found'],
  );
  assert.deepEqual(
    failures.map(({ ruleId, error }) => [ruleId, (error as Error).message]),
    [['failing', 'a bug']],
  );
});

test('findings come by place, then by rule', () => {
  const second = { start: 7, end: 10 };
  const { findings } = run([
    yielding('b', [
      { at: second, message: 'b2' },
      { at, message: 'b1' },
    ]),
    yielding('a', [{ at, message: 'a1' }]),
  ]);
  assert.deepEqual(
    findings.map(({ message }) => message),
    ['a1', 'b1', 'b2'],
  );
});

test('of findings that begin together, the shorter comes first, whichever its rule', () => {
  const { findings } = run([
    yielding('a', [{ at: { start: 0, end: 6 }, message: 'long' }]),
    yielding('b', [{ at, message: 'short' }]),
  ]);
  assert.deepEqual(
    findings.map(({ message }) => message),
    ['short', 'long'],
  );
});

test('a message is one line of bounded length', () => {
  const { findings } = run([yielding('rule', [{ at, message: `a \\\n\t b${'c'.repeat(1000)}` }])]);
  assert.match(findings[0]?.message ?? '', /^a \\ bc+…$/);
  assert.ok((findings[0]?.message.length ?? 0) < 500);
});

test('a fix is trusted no further than its rule declares', () => {
  const fix = { title: 'Delete it', edits: [{ ...at, text: '' }] };
  const { findings } = run([
    yielding('rule', [
      { at, message: 'undeclared', fix },
      { at, message: 'safe', fix: { ...fix, safety: 'safe' } },
      { at, message: 'manual', fix: { ...fix, safety: 'manual' } },
    ]),
  ]);
  assert.deepEqual(
    findings.map((finding) => finding.fix?.safety),
    ['suggested', 'suggested', 'manual'],
  );
});
