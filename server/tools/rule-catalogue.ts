// The rules with their comments taken apart: what the generator makes pages and tables from.
import type { Rule } from '../src/core/lint/rule';
import { rules } from '../src/rules/index.generated';
import { readExamples } from '../../test/harness/examples';
import type { Part } from '../../test/harness/fences';

export interface CatalogueRule extends Omit<Rule, 'check'> {
  /** The documentation comment: prose and blocks in order, marks and messages still in them. */
  readonly parts: readonly Part[];
}

/** All rules, by id. @param folder the one of their files */
export function catalogue(folder: string): readonly CatalogueRule[] {
  return rules.map((rule) => ({ ...rule, parts: readExamples(`${folder}/${rule.id}.ts`).parts }));
}
