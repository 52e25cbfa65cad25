// Chooses rules by the words people use for them: an id of ours or of another tool, a category, or a pattern with `*`.
import { matchGlob } from '../text/glob';
import { once } from '../text/memo';
import { rulesByName } from './config';
import type { Config, RuleLevel } from './config';
import { meant } from './option';
import { isInProfile } from './profiles';
import type { Rule } from './rule';

/** Ids of rules, from words that were read. Plain data. */
export interface RuleChoice {
  /** Undefined: all rules that the configuration turns on. */
  readonly select: readonly string[] | undefined;
  readonly ignore: readonly string[];
}

/**
 * @param words `apt-get-yes`, `DL3008`, `hadolint:*`, `security`, `apt-*`
 * @returns ids of ours; `wrong`: which word names no rule, with a guess and without a full stop
 */
export function selectRules(
  words: readonly string[],
  rules: readonly Rule[],
): { readonly ids: readonly string[] } | { readonly wrong: string } {
  const byName = rulesByName(rules);
  const ids = new Set<string>();
  for (const word of words) {
    const chosen =
      byName.get(word) ??
      (word.includes('*')
        ? [...byName].flatMap(([name, named]) => (matchGlob(word, name) === undefined ? [] : named))
        : rules.filter(({ category }) => category === word));
    if (chosen.length === 0) {
      const known = [...byName.keys(), ...rules.map(({ category }) => category)];
      return { wrong: `unknown rule ${word}${meant(word, known)}` };
    }
    for (const { id } of chosen) ids.add(id);
  }
  return { ids: [...ids] };
}

/** A configuration in which the choice holds: what is selected runs, and what is ignored does not. */
export function withChoice(config: Config, { select, ignore }: RuleChoice, rules: readonly Rule[]): Config {
  const levels = new Map<string, RuleLevel>(config.rules);
  const [wanted, unwanted] = [select && new Set(select), new Set(ignore)];
  for (const rule of rules) {
    const { id } = rule;
    const level = levels.get(id);
    const runs = level === undefined ? config.allRules || isInProfile(rule, config.profile) : level !== 'off';
    if (unwanted.has(id) || (wanted && !wanted.has(id))) levels.set(id, 'off');
    else if (wanted && !runs) levels.set(id, 'on');
  }
  return { ...config, rules: levels };
}

/** The same object for the same choice, as what is known of a configuration is kept beside it. */
export const choiceOf = once((choice: RuleChoice) =>
  once((config: Config) => once((rules: readonly Rule[]) => withChoice(config, choice, rules))),
);
