// Reads the rules, their comments and what real builds showed, for the generator to make pages and tables from.
import { readFileSync } from 'node:fs';
import { describeOptions } from '../src/core/lint/option';
import type { Rule } from '../src/core/lint/rule';
import { rules } from '../src/rules/index.generated';
import { readExamples } from '../../test/harness/examples';
import type { Part } from '../src/patterns/fences';

export interface CatalogueRule extends Omit<Rule, 'check'> {
  /** The documentation comment: prose and blocks in order, marks and messages still in them. */
  readonly parts: readonly Part[];
  /** What the page says about its options, in lines of Markdown; empty without any. */
  readonly optionLines: readonly string[];
  /** What its fixes changed in real builds. */
  readonly measured: readonly Measured[];
}

interface Measured {
  /** What was built: lines of a Dockerfile. */
  readonly of: string;
  /** A sentence without capital and full stop. */
  readonly effect: string;
}

/** All rules, by id. @param folder the one of their files */
export function catalogue(folder: string): readonly CatalogueRule[] {
  const measured = JSON.parse(readFileSync('test/rules-measured.json', 'utf8')) as Readonly<
    Record<string, readonly Measured[]>
  >;
  return rules.map((rule) => ({
    ...rule,
    parts: readExamples(`${folder}/${rule.id}.ts`).parts,
    optionLines: describeOptions(rule),
    measured: measured[rule.id] ?? [],
  }));
}
