// What a rule finds in the profile `hadolint`: that tool's places, with the messages and fixes of our own findings where both
// agree.
import type { Finding } from './finding';

/**
 * @param theirs what hadolint finds
 * @param ours what the rule itself finds
 */
export function* withOurFixes(theirs: Iterable<Finding>, ours: Iterable<Finding>): Generator<Finding> {
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
