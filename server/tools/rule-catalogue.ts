// Reads the rules and their comments, for the generator to make pages and tables from.
import { describeOptions } from '../src/core/lint/option';
import type { Rule } from '../src/core/lint/rule';
import { rules } from '../src/rules/index.generated';
import { readExamples } from '../../test/harness/examples';
import type { Part } from '../../test/harness/fences';

export interface CatalogueRule extends Omit<Rule, 'check'> {
  /** The documentation comment: prose and blocks in order, marks and messages still in them. */
  readonly parts: readonly Part[];
  /** What the page says about its options, in lines of Markdown; empty without any. */
  readonly optionLines: readonly string[];
}

/** All rules, by id. @param folder the one of their files */
export function catalogue(folder: string): readonly CatalogueRule[] {
  return rules.map((rule) => ({
    ...rule,
    parts: readExamples(`${folder}/${rule.id}.ts`).parts,
    optionLines: describeOptions(rule),
  }));
}
