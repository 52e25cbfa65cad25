// Which rules a profile turns on, before levels by name. It knows no rule by its id.
import type { Config } from './config';
import type { Rule } from './rule';

/** Whether the rule runs in a profile where nobody has set its level. */
export function isInProfile(rule: Rule, profile: Config['profile']): boolean {
  if (profile === 'hadolint' || profile === 'buildkit')
    return rule.alsoKnownAs.some((id) => id.startsWith(`${profile}:`));
  if (rule.enabled !== false) return true;
  return profile !== 'recommended' && rule.profiles?.includes(profile) === true;
}
