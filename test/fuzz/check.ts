// What has to hold for any text at all.
import assert from 'node:assert/strict';
import { defaultConfig, optionsOf } from '../../server/src/core/lint/config';
import { noFacts } from '../../server/src/core/lint/facts';
import { losesComment } from '../../server/src/core/lint/fix-guards';
import { syntaxProblems } from '../../server/src/core/analysis/text/syntax-problems';
import type { Offers } from '../../server/src/core/lint/offers';
import { questionKey } from '../../server/src/core/lint/questions';
import type { LintResult } from '../../server/src/core/lint/run';
import { buildModel } from '../../server/src/core/model/model';
import { parse } from '../../server/src/core/syntax/parse';
import { TextFile } from '../../server/src/core/text/document';
import { applyEdits } from '../../server/src/core/text/edit';
import { findOffers, fixAll, lint, rules } from '../../server/src/linter';

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
      assert.ok(
        after !== text || (one.files?.length ?? 0) > 0 || one.asks !== undefined,
        `a fix of ${rule.id} changes something, or asks for what to change`,
      );
    }
  }
  checkAnswered(text);
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

/** Whatever is asked and answered, the edits fit the text. */
function checkAnswered(text: string): void {
  const answers = new Map<string, string>();
  const look = (): Offers => {
    const facts = { ...noFacts, answers };
    const offers = findOffers(lint(text, config, facts), facts);
    for (const { error } of offers.failures) throw error;
    return offers;
  };
  const asking = look().fixes.flatMap(({ fix }) => fix.asks ?? []);
  if (asking.length === 0) return;
  for (const question of asking) answers.set(questionKey(question), '1.2.3');
  for (const { rule, fix } of look().fixes) {
    assert.equal(fix.asks, undefined, `${rule.id} asks again for what was answered`);
    guarded(`the edits of ${rule.id} fit`, () => applyEdits(text, fix.edits));
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
    for (const offer of rule.offers?.({ model, facts: noFacts }) ?? []) deepFreeze(offer);
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
