// Which rules a profile turns on, before levels by name, and with which severity. It knows no rule by its id.
import { hadolintLevel } from '../knowledge/syntax/hadolint-levels';
import { isShellCheckId } from '../knowledge/programs/shellcheck-codes';
import type { Config } from './config';
import type { Severity } from './finding';
import { sharedOptions } from './option';
import type { Rule } from './rule';

type Profile = Config['profile'];

/** All of them, the default first. */
export const profiles: readonly Profile[] = [...(sharedOptions.profile.choices ?? [])].map(
  ([name]) => name as Profile,
);

/** Whether the rule runs in a profile where nobody has set its level. */
export function isInProfile(rule: Rule, profile: Profile): boolean {
  if (profile === 'hadolint') return hadolintIds(rule.alsoKnownAs).some((id) => hadolintLevel(id) !== 'off');
  if (profile === 'buildkit') return isBuildkitCheck(rule) || isRefusal(rule);
  if (rule.enabled !== false) return true;
  return profile !== 'recommended' && rule.profiles?.includes(profile) === true;
}

/** Whether the rule is one of BuildKit's checks. */
export function isBuildkitCheck({ alsoKnownAs }: Rule): boolean {
  return alsoKnownAs.some((id) => id.startsWith('buildkit:'));
}

/** Whether BuildKit refuses a file with an error of the rule, so that its checks say nothing else. */
function isRefusal({ category, severity, refused }: Rule): boolean {
  return refused === undefined ? category === 'syntax' && severity === 'error' : refused !== false;
}

/** Whether only what is of use to most projects is wanted of the rule: nobody asked for more. */
export function isQuiet({ profile, allRules, rules }: Config, rule: Rule): boolean {
  return (profile === 'recommended' || profile === 'reproducible') && !allRules && !rules.has(rule.id);
}

/**
 * The severity of a finding that the profile ranks as another tool does.
 * @param alsoKnownAs of the finding
 * @returns undefined where the rule decides
 */
export function severityIn(profile: Profile, alsoKnownAs: readonly string[]): Severity | undefined {
  if (profile !== 'hadolint') return undefined;
  const levels = hadolintIds(alsoKnownAs)
    // It shows what ShellCheck says as ShellCheck ranks it.
    .filter((id) => !isShellCheckId(id))
    .map(hadolintLevel);
  return levels.find((level) => level !== 'off');
}

function hadolintIds(alsoKnownAs: readonly string[]): readonly string[] {
  return alsoKnownAs.flatMap((id) => (id.startsWith('hadolint:') ? id.slice('hadolint:'.length) : []));
}
