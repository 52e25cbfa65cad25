// Chooses rules by the words people use for them: an id of ours or of another tool, a category, or a pattern with `*`.
import { matchGlob } from '../text/glob';
import { once, onceInside } from '../text/memo';
import { rulesByName } from './config';
import type { Config, RuleLevel } from './config';
import { didYouMean } from '../text/nearest';
import { isInProfile } from './profiles';
import type { Rule } from './rule';

/** The words that choose rules. Plain data. */
export interface RuleChoice {
  /** Undefined: all rules that the configuration turns on. */
  readonly select: readonly string[] | undefined;
  readonly ignore: readonly string[];
}

/**
 * @param words `apt-get-yes`, `DL3008`, `hadolint:*`, `security`, `apt-*`
 * @param rules Drydock's and those of the project
 * @returns ids of rules, and the words that name none
 */
function selectRules(
  words: readonly string[],
  rules: readonly Rule[],
): { readonly ids: ReadonlySet<string>; readonly unknown: readonly string[] } {
  const byName = rulesByName(rules);
  const ids = new Set<string>();
  const unknown: string[] = [];
  for (const word of words) {
    const chosen =
      byName.get(word) ??
      (word.includes('*')
        ? [...byName].flatMap(([name, named]) => (matchGlob(word, name) === undefined ? [] : named))
        : rules.filter(({ category }) => category === word));
    if (chosen.length === 0) unknown.push(word);
    for (const { id } of chosen) ids.add(id);
  }
  return { ids, unknown };
}

/**
 * Why a choice makes no sense: the first of its words that names a rule in none of some lists.
 * @param lists the rules of each configuration; read as far as needed
 * @returns a sentence without a full stop; undefined if each word names a rule
 */
export function unknownRule(
  { select = [], ignore }: RuleChoice,
  lists: Iterable<readonly Rule[]>,
): string | undefined {
  let unknown: readonly string[] = [...select, ...ignore];
  const seen = new Set<readonly Rule[]>();
  for (const rules of lists) {
    if (seen.has(rules)) continue;
    seen.add(rules);
    unknown = selectRules(unknown, rules).unknown;
    if (unknown.length === 0) return undefined;
  }
  const [word] = unknown;
  if (word === undefined) return undefined;
  const known = [...seen].flatMap((rules) => [
    ...rulesByName(rules).keys(),
    ...rules.map(({ category }) => category),
  ]);
  const where = seen.size > 1 ? ', also among the ownRules of these files' : '';
  return `unknown rule ${word}${where}${didYouMean(word, known)}`;
}

/**
 * A configuration in which the choice holds: what is selected runs, and what is ignored does not.
 * @param rules all that the configuration knows
 */
export function withChoice(config: Config, { select, ignore }: RuleChoice, rules: readonly Rule[]): Config {
  const levels = new Map<string, RuleLevel>(config.rules);
  const [wanted, unwanted] = [select && selectRules(select, rules).ids, selectRules(ignore, rules).ids];
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
  once((config: Config) => onceInside((rules: readonly Rule[]) => withChoice(config, choice, rules))),
);
