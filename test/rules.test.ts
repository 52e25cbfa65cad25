// Every example of every rule, in every spelling: exact findings, fixes that mend what they say and
// nothing else, silence under an ignore, and no exception at any prefix.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../server/src/core/lint/config';
import type { Config } from '../server/src/core/lint/config';
import type { Facts } from '../server/src/core/lint/facts';
import { fixAll } from '../server/src/core/lint/fix';
import { losesComment } from '../server/src/core/lint/fix-guards';
import { syntaxProblems } from '../server/src/core/analysis/text/syntax-problems';
import { isAsSafeAs, lint } from '../server/src/core/lint/run';
import type { LintResult, ResolvedFix } from '../server/src/core/lint/run';
import type { Rule } from '../server/src/core/lint/rule';
import { applyEdits } from '../server/src/core/text/edit';
import { rules } from '../server/src/rules/index.generated';
import { readExamples } from './harness/examples';
import type { Example } from './harness/examples';
import { mark, parseMarked } from './harness/marked';
import { transforms } from './harness/transforms';

const config: Config = { ...defaultConfig, allRules: true };

function run(rule: Rule, text: string, facts: Facts): LintResult {
  const result = lint(text, [rule], config, facts);
  for (const { error } of result.failures) throw error;
  return result;
}

/** Spans in the order in which marks are written, so that both sides can be compared as text. */
function marked(text: string, result: LintResult): string {
  return mark(
    text,
    result.findings.map(({ at }) => at),
  );
}

function checkFix(rule: Rule, text: string, before: LintResult, fix: ResolvedFix, facts: Facts): string {
  assert.ok(fix.title && !fix.title.endsWith('.'), `fix title "${fix.title}"`);
  assert.ok(
    fix.edits.length > 0 || (fix.files?.length ?? 0) > 0 || fix.asks !== undefined,
    'a fix changes something, or asks for what to change',
  );
  assert.ok(rule.fix !== 'none', 'a rule that declares no fix offers none');
  assert.ok(isAsSafeAs(rule.fix, fix.safety), 'no fix is safer than its rule declares');
  const after = applyEdits(text, fix.edits);
  const result = run(rule, after, facts);
  assert.ok(
    syntaxProblems(result.model.file) <= syntaxProblems(before.model.file),
    `the fix adds a syntax problem:\n${after}`,
  );
  if (fix.safety === 'safe')
    assert.ok(!losesComment(before.model.file, result.model.file), `a safe fix loses a comment:\n${after}`);
  if (fix.edits.length > 0) {
    assert.ok(result.findings.length < before.findings.length, `the finding stays after its fix:\n${after}`);
  }
  return after;
}

/** All first fixes, one after another, as a person would choose them. */
function fixEach(rule: Rule, source: string, facts: Facts): string {
  let text = source;
  for (let step = 0; step < 50; step += 1) {
    const result = run(rule, text, facts);
    const fix = result.findings.find((finding) => finding.fix && finding.fix.edits.length > 0)?.fix;
    if (!fix) return text;
    text = checkFix(rule, text, result, fix, facts);
  }
  throw new Error('fixes do not come to an end');
}

function checkBad(
  rule: Rule,
  example: Example,
  source: string,
  respell: (text: string) => string | undefined,
): void {
  const facts: Facts = { context: example.context, answers: example.answers };
  const { text, spans } = parseMarked(source);
  const result = run(rule, text, facts);
  assert.equal(marked(text, result), mark(text, spans), 'findings');
  assert.deepEqual(
    result.findings.map(({ severity }) => severity),
    result.findings.map(
      (_, index) => example.severities?.[index] ?? example.severities?.[0] ?? rule.severity,
    ),
    'severities',
  );
  for (const finding of result.findings) {
    assert.match(finding.message, /^[^\n]+[^.\n]$/, 'a message is one sentence without a full stop');
    for (const fix of [finding.fix, ...finding.alternatives])
      if (fix) checkFix(rule, text, result, fix, facts);
  }
  // One that asks has nothing to show yet.
  const offered = result.findings.flatMap(({ fix }) => (fix && !fix.asks ? fix : []));
  if (example.fixed === undefined && example.files.size === 0) {
    assert.deepEqual(
      offered.map(({ title }) => title),
      [],
      'no fix may be offered where the example shows none',
    );
  }
  if (example.fixed !== undefined) {
    assert.equal(fixEach(rule, text, facts), respell(example.fixed), 'fixed text');
    if (offered.every(({ safety }) => safety !== 'manual')) {
      const all = fixAll(text, (next) => run(rule, next, facts), { safety: 'suggested' });
      assert.deepEqual(all.rejected, [], 'fix-all settles');
      assert.equal(all.text, respell(example.fixed), 'fix-all');
    }
  }
  for (const [path, expected] of example.files) {
    const file = offered.flatMap(({ files }) => files ?? []).find((change) => change.path === path);
    assert.equal(file?.text, expected, `what the fix writes to ${path}`);
  }
  for (const { title, fixed } of example.alternatives) {
    const fix = result.findings
      .flatMap(({ alternatives }) => alternatives)
      .find((alternative) => alternative.title === title);
    assert.ok(fix, `the alternative “${title}” is offered`);
    assert.equal(applyEdits(text, fix.edits), respell(fixed), `alternative “${title}”`);
  }
  // Below the directives: a comment above them would end their block.
  const [directives = ''] = /^\uFEFF?(?:#\s*(?:syntax|check|escape)\s*=.*\r?\n)*/i.exec(text) ?? [];
  const ignored = `${directives}# drydock global ignore=${rule.id}\n${text.slice(directives.length)}`;
  assert.deepEqual(
    run(rule, ignored, facts).findings.map(({ message }) => message),
    [],
    'silent under an ignore comment',
  );
}

function checkGood(rule: Rule, example: Example, source: string): void {
  const { text } = parseMarked(source);
  const result = run(rule, text, { context: example.context });
  assert.equal(marked(text, result), text, 'no finding');
}

/** Ids of the rules to test, as `npm test -- ID` names them; unset: all. */
const chosen = process.env['DRYDOCK_TEST_RULES']?.split(',');

for (const rule of rules.filter(({ id }) => chosen?.includes(id) ?? true)) {
  test(rule.id, () => {
    const path = `server/src/rules/${rule.id}.ts`;
    const { examples, skips } = readExamples(path);
    assert.ok(
      examples.some(({ kind }) => kind === 'bad'),
      'a rule shows what it finds',
    );
    assert.ok(
      examples.some(({ kind }) => kind === 'good'),
      'a rule shows what it leaves alone',
    );
    for (const name of skips.keys())
      assert.ok(
        transforms.some((transform) => transform.name === name),
        `there is no transform ${name}`,
      );
    for (const example of examples) {
      const spellings = [
        { name: 'as written', apply: (text: string) => text as string | undefined },
        ...transforms,
      ];
      for (const { name, apply } of spellings) {
        if (skips.has(name)) continue;
        const source = apply(example.source);
        if (source === undefined) continue;
        try {
          if (example.kind === 'bad') checkBad(rule, example, source, apply);
          else checkGood(rule, example, source);
        } catch (error) {
          // The report shows the stack, whose first lines are the message as it was at first.
          if (error instanceof Error)
            error.stack = `${path}:${example.line} (${name}): ${error.stack ?? error.message}`;
          throw error;
        }
      }
      const { text } = parseMarked(example.source);
      for (let end = 0; end <= text.length; end += 1)
        run(rule, text.slice(0, end), { context: example.context });
    }
  });
}
