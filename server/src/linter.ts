// The façade: the core bound to the registry of rules. The language server and the command line lint and
// fix through these two functions and nothing else.
import { defaultConfig } from './core/lint/config';
import type { Config } from './core/lint/config';
import { noFacts } from './core/lint/facts';
import type { Facts } from './core/lint/facts';
import { fixAll as runFixAll } from './core/lint/fix';
import type { FixAllOptions, FixAllResult } from './core/lint/fix';
import { lint as runLint } from './core/lint/run';
import type { LintResult } from './core/lint/run';
import { rules } from './rules/index.generated';

export { rules };

/** Findings on a Dockerfile's text. Never throws, whatever the text. */
export function lint(text: string, config: Config = defaultConfig, facts: Facts = noFacts): LintResult {
  return runLint(text, rules, config, facts);
}

/** The text with every fix applied that may be applied in bulk, and what was done. */
export function fixAll(text: string, config: Config, facts: Facts, options: FixAllOptions): FixAllResult {
  return runFixAll(text, (next) => runLint(next, rules, config, facts), options);
}
