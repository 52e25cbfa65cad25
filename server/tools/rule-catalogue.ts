// The rules with their comments and the messages of their examples: what the generator makes pages from.
import { readFileSync } from 'node:fs';
import { defaultConfig } from '../src/core/lint/config';
import { lint } from '../src/core/lint/run';
import type { Rule } from '../src/core/lint/rule';
import { rules } from '../src/rules/index.generated';
import { readExamples } from '../../test/harness/examples';
import { parseMarked } from '../../test/harness/marked';

export interface CatalogueRule extends Omit<Rule, 'check'> {
  /** The documentation comment as Markdown, marks still in it. */
  readonly comment: string;
  /** For each bad example in order, the messages and fix titles it gets. */
  readonly outcomes: readonly { readonly messages: readonly string[]; readonly fixes: readonly string[] }[];
}

export function catalogue(folder: string): readonly CatalogueRule[] {
  return rules.map((rule) => {
    const path = `${folder}/${rule.id}.ts`;
    const source = readFileSync(path, 'utf8');
    const start = source.indexOf('/**');
    const comment = source
      .slice(start, source.indexOf('*/\nexport default', start))
      .split('\n')
      .map((line) => line.replace(/^\s*\/?\*+ ?/, '').replaceAll('*\\/', '*/'))
      .join('\n')
      .trim();
    const outcomes = readExamples(path)
      .examples.filter(({ kind }) => kind === 'bad')
      .map(({ source: example, context, answers }) => {
        const { findings } = lint(
          parseMarked(example).text,
          [rule],
          { ...defaultConfig, allRules: true },
          { context, answers },
        );
        return {
          messages: [...new Set(findings.map(({ message }) => message))],
          fixes: [
            ...new Set(
              findings
                .flatMap(({ fix, alternatives }) => [fix, ...alternatives])
                .flatMap((fix) => fix?.title ?? []),
            ),
          ],
        };
      });
    return { ...rule, comment, outcomes };
  });
}
