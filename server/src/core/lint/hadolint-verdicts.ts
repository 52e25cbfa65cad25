// What a rule finds in a profile. In `hadolint`: that tool's places, with the messages and fixes of our own findings where
// both agree. In `strict`, some rules add its places as hints where they find nothing themselves.
import type { Config } from './config';
import type { Finding } from './finding';
import type { Rule } from './rule';

/** @param context what the rule may ask, with the options of this profile */
export function findingsOf(
  rule: Rule,
  context: Parameters<Rule['check']>[0],
  profile: Config['profile'],
): Iterable<Finding> {
  const own = rule.check(context);
  if (!rule.hadolint) return own;
  if (profile === 'hadolint') return withOurFixes(rule.hadolint(context), own);
  return profile === 'strict' && rule.strictAddsHadolint ? withHints(own, rule.hadolint(context)) : own;
}

/** Ours, then theirs as hints, without those that start in one of ours or around one. */
function* withHints(ours: Iterable<Finding>, theirs: Iterable<Finding>): Generator<Finding> {
  const told: Finding[] = [];
  for (const finding of ours) {
    told.push(finding);
    yield finding;
  }
  const ends = told.map(({ at }) => at).sort((a, b) => a.start - b.start);
  let next = 0;
  for (const finding of [...theirs].sort((a, b) => a.at.start - b.at.start)) {
    while ((ends[next]?.end ?? Infinity) < finding.at.start) next++;
    const isTold = (ends[next]?.start ?? Infinity) <= finding.at.end;
    if (!isTold) yield { ...finding, severity: 'hint' };
  }
}

/**
 * @param theirs what hadolint finds
 * @param ours what the rule itself finds
 */
function* withOurFixes(theirs: Iterable<Finding>, ours: Iterable<Finding>): Generator<Finding> {
  const byPlace = new Map<number, Finding>();
  for (const finding of ours) byPlace.set(finding.at.start, finding);
  for (const finding of theirs) {
    const { message, fix, alternatives, related, tag } = byPlace.get(finding.at.start) ?? finding;
    yield {
      ...finding,
      message,
      ...(fix && { fix }),
      ...(alternatives && { alternatives }),
      ...(related && { related }),
      ...(tag && { tag }),
    };
  }
}
