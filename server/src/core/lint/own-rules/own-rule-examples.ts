// Runs the tests that stand beside a project's own rule: texts in which it must find something, or nothing.
import { defaultConfig } from '../config';
import { noFacts } from '../facts';
import { lint } from '../run';
import type { OwnRule } from './own-rule';
import { ruleOf } from './own-rule-check';

/** A test that fails. `key`: where it stands in the rule. */
export interface FailedExample {
  readonly key: readonly string[];
  /** The end of a sentence that begins with the place of the text. */
  readonly problem: string;
}

export function failedExamples(own: OwnRule): readonly FailedExample[] {
  const rule = ruleOf(own);
  const failed = (key: 'bad' | 'good', problem: string): FailedExample[] =>
    own[key].flatMap((text, index) => {
      const { findings } = lint(text, [rule], defaultConfig, noFacts);
      return findings.length > 0 === (key === 'bad') ? [] : [{ key: [key, String(index)], problem }];
    });
  return [
    ...failed('bad', `is a text in which ${own.id} must find something, and it finds nothing`),
    ...failed('good', `is a text in which ${own.id} must find nothing, and it finds something`),
  ];
}
