// Findings with one cause, and findings of little use, as the profiles show them. The rules are made up.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../../server/src/core/lint/config';
import type { Config } from '../../../server/src/core/lint/config';
import { noFacts } from '../../../server/src/core/lint/facts';
import type { Finding } from '../../../server/src/core/lint/rule';
import { defineRule, replace } from '../../../server/src/core/lint/rule';
import { withoutRepeats } from '../../../server/src/core/lint/repeats';
import { lint } from '../../../server/src/core/lint/run';
import type { LintResult } from '../../../server/src/core/lint/run';
import { applyEdits } from '../../../server/src/core/text/edit';

/** Reports every command of a step, and changes its name where it is not `c`. */
function eachCommand(text: string): LintResult {
  const rule = defineRule({
    id: 'each-command',
    summary: 'A command',
    category: 'style',
    severity: 'warning',
    fix: 'suggested',
    since: 'next',
    alsoKnownAs: [],
    once: 'in each step',
    *check({ model }) {
      for (const { program, name } of model.commands) {
        const fix = { title: 'Change it', edits: [replace(name.span, 'x')] };
        const isManual = program === 'c';
        const message = `${program} is all wrong`;
        yield { at: name.span, message, fix: { ...fix, ...(isManual && { safety: 'manual' }) } };
      }
    },
  });
  return withoutRepeats(lint(text, [rule], defaultConfig, noFacts), defaultConfig);
}

/** Reports every RUN, and changes its keyword. @param more by the line of the RUN, from 1 */
function run(
  text: string,
  config: Partial<Config> = {},
  more: Readonly<Record<number, Partial<Finding>>> = {},
): LintResult {
  const rule = defineRule({
    id: 'each-run',
    summary: 'A RUN',
    category: 'style',
    severity: 'warning',
    fix: 'safe',
    effect: 'declared',
    since: 'next',
    alsoKnownAs: [],
    once: true,
    *check({ model }) {
      for (const { keywordSpan: at } of model.instructionsOf('RUN')) {
        const line = model.document.lineAt(at.start) + 1;
        const fix = { title: 'Change it', edits: [replace(at, 'run')] };
        yield { at, message: `Line ${line} is all wrong`, fix, ...more[line] };
      }
    },
  });
  const used = { ...defaultConfig, ...config };
  return withoutRepeats(lint(text, [rule], used, noFacts), used);
}

const messages = ({ findings }: LintResult): readonly string[] => findings.map(({ message }) => message);

const two = 'FROM a\nRUN b\nRUN c\n';
const three = `${two}RUN d\n`;
const five = `${three}RUN e\nRUN f\n`;

test('the first finding names the other places', () => {
  assert.deepEqual(messages(run('FROM a\nRUN b\n')), ['Line 2 is all wrong']);
  assert.deepEqual(messages(run(two)), ['Line 2 is all wrong (also in line 3)']);
  assert.deepEqual(messages(run(three)), ['Line 2 is all wrong (also in lines 3 and 4)']);
  assert.deepEqual(messages(run(five)), ['Line 2 is all wrong (also in 4 more places)']);
  assert.deepEqual(
    run(three).findings[0]?.related.map(({ message }) => message),
    ['Line 3 is all wrong', 'Line 4 is all wrong'],
  );
});

test('its fix fixes all places', () => {
  const fix = run(three).findings[0]?.fix;
  assert.equal(fix?.title, 'Change it, here and in 2 more places');
  assert.equal(run(two).findings[0]?.fix?.title, 'Change it, here and in 1 more place');
  assert.equal(applyEdits(three, fix.edits), three.replaceAll('RUN', 'run'));
});

test('one cause in each step, with fixes that may be trusted alike', () => {
  const text = 'FROM a\nRUN a && b \\\n  && c && b\nRUN b\n';
  const result = eachCommand(text);
  assert.deepEqual(messages(result), ['a is all wrong (also in line 3)', 'c is all wrong', 'b is all wrong']);
  assert.equal(
    applyEdits(text, result.findings[0]?.fix?.edits ?? []),
    'FROM a\nRUN x && x \\\n  && c && x\nRUN b\n',
  );
});

test('its fix leaves out what may be trusted less, and what touches another one', () => {
  const manual = { title: 'Fill in', edits: [], safety: 'manual' } as const;
  const { fix } = run(three, {}, { 3: { fix: manual } }).findings[0] ?? {};
  assert.equal(fix?.title, 'Change it, here and in 1 more place');
  assert.equal(applyEdits(three, fix.edits), 'FROM a\nrun b\nRUN c\nrun d\n');
  const same = { title: 'Change the first', edits: [replace({ start: 7, end: 10 }, 'Run')] };
  assert.equal(run(two, {}, { 3: { fix: same } }).findings[0]?.fix?.title, 'Change it');
  assert.equal(run(two, {}, { 2: { fix: manual } }).findings[0]?.fix?.title, 'Fill in');
  assert.equal(run(two, {}, { 2: { fix: undefined } }).findings[0]?.fix, undefined);
});

test('another severity and a message that ends otherwise are other causes', () => {
  assert.equal(run(two, {}, { 3: { severity: 'hint' } }).findings.length, 2);
  assert.equal(run(two, {}, { 3: { message: 'Line 3 is too long' } }).findings.length, 2);
});

test('an ignored place is not among them', () => {
  assert.deepEqual(messages(run(`FROM a\n# drydock ignore=each-run\nRUN b\nRUN c\nRUN d\n`)), [
    'Line 4 is all wrong (also in line 5)',
  ]);
});

test('whoever asks for more sees every place and what is of little use', () => {
  const more = { 3: { quiet: true } };
  assert.deepEqual(messages(run(three, {}, more)), ['Line 2 is all wrong (also in line 4)']);
  assert.deepEqual(messages(run(three, { profile: 'reproducible' }, more)), [
    'Line 2 is all wrong (also in line 4)',
  ]);
  const asking: readonly Partial<Config>[] = [
    { profile: 'strict' },
    { allRules: true },
    { rules: new Map([['each-run', 'on']]) },
  ];
  for (const config of asking)
    assert.deepEqual(messages(run(three, config, more)), [
      'Line 2 is all wrong',
      'Line 3 is all wrong',
      'Line 4 is all wrong',
    ]);
});
