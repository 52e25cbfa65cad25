// The façade: the core bound to the list of rules. service/ and lsp/ lint, fix and ask through these functions.
import { defaultConfig } from './core/lint/config';
import type { Config } from './core/lint/config';
import { noFacts } from './core/lint/facts';
import type { Facts } from './core/lint/facts';
import { fixAll as runFixAll } from './core/lint/fix';
import type { FixAllOptions, FixAllResult } from './core/lint/fix';
import { fixByAsking as runFixByAsking } from './core/lint/fix-by-asking';
import type { FixedByAsking } from './core/lint/fix-by-asking';
import { findOffers as runFindOffers } from './core/lint/offers';
import type { OfferedFix, Offers } from './core/lint/offers';
import type { Answer } from './core/lint/questions';
import { rulesWith } from './core/lint/own-rules/own-rule-check';
import { withoutRepeats } from './core/lint/repeats';
import { lint as runLint, lintEach as runLintEach } from './core/lint/run';
import type { LintResult, Subject } from './core/lint/run';
import { withTriggered } from './core/lint/triggered';
import { withShellCheck } from './core/lint/shellcheck-rules';
import type { Rule } from './core/lint/rule';
import { rules } from './rules/index.generated';

export { rules };

/** The rules that somebody may name: ours, and what ShellCheck finds. */
export const namedRules = withShellCheck(rules);

/** The rules of a run. Those of ShellCheck are among them where somebody can ask it. */
function rulesFor(config: Config, { shellCheck }: Facts): readonly Rule[] {
  return rulesWith(shellCheck ? namedRules : rules, config);
}

/** Findings on a Dockerfile's text. Never throws, whatever the text. */
export function lint(text: string, config: Config = defaultConfig, facts: Facts = noFacts): LintResult {
  return complete(runLint(text, rulesFor(config, facts), config, facts), config, facts);
}

/** The same for several texts, each with its result, which takes less time than one after another. */
export function lintEach<S extends Omit<Subject, 'rules'>>(
  subjects: readonly S[],
): readonly (readonly [S, LintResult])[] {
  const withRules = subjects.map((one) => ({ ...one, rules: rulesFor(one.config, one.facts) }));
  return runLintEach(withRules).map(([one, result]) => [one, complete(result, one.config, one.facts)]);
}

/** A result as the configuration shows it to people. */
function complete(result: LintResult, config: Config, facts: Facts): LintResult {
  const all = withTriggered(result, config, (next) => runLint(next, rulesFor(config, facts), config, facts));
  return withoutRepeats(all, config);
}

/** The text with every fix applied that may be applied in bulk, and what was done. Every comment stays. */
export function fixAll(text: string, config: Config, facts: Facts, options: FixAllOptions): FixAllResult {
  const fixed = runFixAll(text, (next) => runLint(next, rulesFor(config, facts), config, facts), {
    keepsComments: true,
    ...options,
  });
  return { ...fixed, result: complete(fixed.result, config, facts) };
}

/** Everything somebody may choose for a file: the fixes of its findings, and what rules offer without a finding. */
export function findOffers(result: LintResult, facts: Facts): Offers {
  return runFindOffers(result, rules, facts);
}

/**
 * Edits of fixes that need an answer from outside: asks, lints again, takes the same fixes.
 * @param wanted which of the fixes that ask something are meant
 * @param answer asks a registry or a package index; each question once
 */
export function fixByAsking(
  text: string,
  config: Config,
  facts: Facts,
  wanted: (offered: OfferedFix) => boolean,
  answer: Answer,
): Promise<FixedByAsking> {
  const look = (known: Facts): Offers =>
    findOffers(runLint(text, rulesFor(config, known), config, known), known);
  return runFixByAsking(look, facts, wanted, answer);
}
