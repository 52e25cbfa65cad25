// Asks rules again what they find, for the question whether a comment hides anything: as they are configured, and for
// comments of other tools also as those tools judge.
import { isShellCheckId } from '../knowledge/programs/shellcheck-codes';
import type { Model } from '../model/model';
import { nearest } from '../text/nearest';
import { optionsOf, rulesByName } from './config';
import type { Config } from './config';
import type { Facts } from './facts';
import type { Finding } from './finding';
import { stopDirective, verdicts } from './other-verdicts';
import type { Rule } from './rule';
import type { FindingsOf } from './suppressions/uses';

interface Look {
  readonly model: Model;
  readonly facts: Facts;
  readonly config: Config;
  /** All rules. */
  readonly rules: readonly Rule[];
  /** Those that have run to their end. */
  readonly ran: ReadonlySet<Rule>;
  /** The ids of those that have failed. */
  readonly failed: ReadonlySet<string>;
}

/** What the rules of a name find. Not known if one of them is off, has failed, or asks for a fact that nobody has. */
export function secondLook({ model, facts, config, rules, ran, failed }: Look): FindingsOf {
  const byName = rulesByName(rules);
  return (name) => {
    const isForeign = name.includes(':');
    // Without its tool, an id of another one names no rule in a comment.
    const named = byName.get(name)?.filter(({ id }) => isForeign || id === name) ?? [];
    if (named.length === 0) {
      const isPossible = isForeign ? !isMisspelt(name, byName.keys()) : isShellCheckId(name);
      return isPossible ? undefined : 'no such rule';
    }
    const watched = new WatchedFacts(facts);
    const found = [];
    for (const rule of named) {
      // A comment for another tool is judged as that tool judges, whether our rule runs or not.
      const isJudged = ran.has(rule) || (isForeign && !failed.has(rule.id) && rule.hadolint !== undefined);
      if (!isJudged || rule.after) return undefined;
      for (const finding of foundAgain(rule, { model, facts: watched, config }, isForeign)) {
        const alsoKnownAs = finding.alsoKnownAs ?? rule.alsoKnownAs;
        if (!isForeign || alsoKnownAs.includes(name))
          found.push({ at: finding.at, ruleId: rule.id, alsoKnownAs });
      }
    }
    return watched.askedInVain ? undefined : found;
  };
}

/** BuildKit gets new checks, but none whose name is a slip of the pen away from one that it has. */
function isMisspelt(name: string, known: Iterable<string>): boolean {
  return (
    name.startsWith(checks) &&
    nearest(
      name,
      [...known].filter((one) => one.startsWith(checks)),
    ) !== undefined
  );
}

const checks = 'buildkit:';

/** Other tools have no quiet profile: what only a strict one finds, they may find too. */
const loudProfiles: readonly Config['profile'][] = ['strict', 'hadolint'];

function* foundAgain(
  rule: Rule,
  { model, facts, config }: Pick<Look, 'model' | 'facts' | 'config'>,
  isForeign: boolean,
): Generator<Finding> {
  const context = { model, facts, options: optionsOf(rule, config) };
  yield* verdicts(rule, context, config.profile, stopDirective(model.file));
  if (!isForeign) return;
  if (rule.options?.['profile']) {
    for (const profile of loudProfiles)
      yield* rule.check({ model, facts, options: optionsOf(rule, { ...config, profile }) });
  }
  for (const tool of ['hadolint', 'buildkit'] as const)
    yield* rule[tool]?.({ model, facts, options: optionsOf(rule, { ...config, profile: tool }) }) ?? [];
}

/** The same facts; it remembers whether anybody has asked for one that is not known. */
class WatchedFacts implements Facts {
  readonly #facts: Facts;
  #askedInVain = false;

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  get askedInVain(): boolean {
    return this.#askedInVain;
  }

  get path(): Facts['path'] {
    return this.#told(this.#facts.path);
  }

  get context(): Facts['context'] {
    return this.#told(this.#facts.context);
  }

  get builtImages(): Facts['builtImages'] {
    return this.#told(this.#facts.builtImages);
  }

  get buildTargets(): Facts['buildTargets'] {
    return this.#told(this.#facts.buildTargets);
  }

  get answers(): Facts['answers'] {
    return this.#told(this.#facts.answers);
  }

  get shellCheck(): Facts['shellCheck'] {
    const ask = this.#told(this.#facts.shellCheck);
    return ask && ((bodies) => ask(bodies).map((one) => this.#told(one)));
  }

  #told<T>(fact: T): T {
    if (fact === undefined) this.#askedInVain = true;
    return fact;
  }
}
