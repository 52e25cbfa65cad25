// Rules that stand in for ShellCheck: they look at the scripts that it has not read, because it is not installed or may not
// run. They find less than it does, and nothing that it would not find.
import { askedOf, scriptsForHadolint, scriptsToCheck } from '../analysis/shellcheck/shell-body';
import type { CheckedScript } from '../analysis/shellcheck/shell-body';
import type { Facts } from '../lint/facts';
import { sharedOptions } from '../lint/option';
import type { OptionValues } from '../lint/option';
import type { Model } from '../model/model';
import { once } from '../text/memo';

/** The options of a rule that stands in for ShellCheck. */
export const standInOptions = { profile: sharedOptions.profile };

interface Context {
  readonly model: Model;
  readonly facts: Facts;
  readonly options: OptionValues<typeof standInOptions>;
}

/** A script that ShellCheck has not read, with the shell that it would be told. */
export type UnreadScript = Pick<CheckedScript, 'script' | 'dialect'>;

/** Also asks for the answers, so that whoever can run ShellCheck knows what is missing. */
export function unreadScripts({ model, facts, options }: Context): readonly UnreadScript[] {
  const scripts = options.profile === 'hadolint' ? scriptsForHadolint(model) : scriptsToCheck(model);
  const valid = validOf(scripts);
  if (!facts.shellCheck) return valid;
  const asked = askedOf(scripts);
  const answers = facts.shellCheck(asked.map(({ body }) => body));
  const read = new Set(answers ? asked.filter((_, index) => answers[index] !== undefined) : []);
  return valid.filter((one) => !read.has(one));
}

/** Four rules ask for them. */
const validOf = once((scripts: readonly CheckedScript[]) => scripts.filter(({ script }) => script.valid));
