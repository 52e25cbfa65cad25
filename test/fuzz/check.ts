// What has to hold for any text at all.
import assert from 'node:assert/strict';
import { defaultConfig, optionsOf } from '../../server/src/core/lint/config';
import { noFacts } from '../../server/src/core/lint/facts';
import { losesComment } from '../../server/src/core/lint/fix-guards';
import { syntaxProblems } from '../../server/src/core/analysis/text/syntax-problems';
import type { LintResult } from '../../server/src/core/lint/run';
import { buildModel } from '../../server/src/core/model/model';
import { parse } from '../../server/src/core/syntax/parse';
import { TextFile } from '../../server/src/core/text/document';
import { applyEdits } from '../../server/src/core/text/edit';
import { fixAll, lint, rules } from '../../server/src/linter';

const config = { ...defaultConfig, allRules: true };

function lintChecked(text: string): LintResult {
  const result = lint(text, config);
  for (const { error } of result.failures) throw error;
  return result;
}

/** @throws with what does not hold */
export function checkText(text: string): void {
  const { model, findings } = lintChecked(text);
  for (const { rule, at, message, fix, alternatives } of findings) {
    assert.ok(
      at.start >= 0 && at.start <= at.end && at.end <= text.length,
      `${rule.id} reports a place outside the text`,
    );
    assert.ok(message !== '' && !message.includes('\n'), `${rule.id} gives a message of one line`);
    for (const one of fix ? [fix, ...alternatives] : alternatives) {
      const after = guarded(`the edits of ${rule.id} fit`, () => applyEdits(text, one.edits));
      assert.ok(after !== text || (one.files?.length ?? 0) > 0, `a fix of ${rule.id} changes something`);
    }
  }
  for (const safety of ['safe', 'suggested'] as const) {
    const fixed = fixAll(text, config, noFacts, { safety });
    for (const { error } of fixed.result.failures) throw error;
    assert.deepEqual(fixed.rejected, [], `no ${safety} fix is rejected`);
    assert.ok(
      syntaxProblems(fixed.result.model.file) <= syntaxProblems(model.file),
      `${safety} fixes add no syntax problem`,
    );
    if (safety === 'safe')
      assert.ok(!losesComment(model.file, fixed.result.model.file), 'safe fixes keep every comment');
    assert.equal(
      fixAll(fixed.text, config, noFacts, { safety }).text,
      fixed.text,
      `${safety} fixes settle at once`,
    );
  }
}

function guarded<T>(what: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Runs every rule on a model none of whose data can be changed. @throws when one tries */
export function checkFrozen(text: string): void {
  const file = deepFreeze(parse(text));
  const model = buildModel(file, new TextFile(text));
  const read = model as unknown as Readonly<Record<string, unknown>>;
  for (const [name, { get }] of Object.entries(
    Object.getOwnPropertyDescriptors(Object.getPrototypeOf(model) as object),
  )) {
    if (get) deepFreeze(read[name]);
  }
  for (const rule of rules) {
    for (const finding of rule.check({ model, facts: noFacts, options: optionsOf(rule, config) }))
      deepFreeze(finding);
  }
}

/** Data only: an object with a class of its own guards itself. */
function deepFreeze<T>(value: T): T {
  const stack: unknown[] = [value];
  while (stack.length > 0) {
    const one = stack.pop();
    if (typeof one !== 'object' || one === null || Object.isFrozen(one)) continue;
    const prototype: unknown = Object.getPrototypeOf(one);
    if (!Array.isArray(one) && prototype !== Object.prototype && prototype !== null) continue;
    Object.freeze(one);
    stack.push(...(Object.values(one) as unknown[]));
  }
  return value;
}
