// Fix-all: take the fixes that do not touch each other, apply them, lint again, until none is left. Every round
// checks the result, drops a fix that harms the file, and reports it as a bug of Drydock.
import { parse } from '../syntax/parse';
import { applyEdits, areApart } from '../text/edit';
import type { Edit } from '../text/edit';
import { hull, touches } from '../text/span';
import type { Span } from '../text/span';
import { deletesComment, losesComment } from './fix-guards';
import { syntaxProblems } from '../analysis/text/syntax-problems';
import { isAsSafeAs } from './run';
import type { LintResult, Reported, ResolvedFix } from './run';
import type { Safety } from './finding';

export interface FixAllOptions {
  /** The least trusted fixes to take. `manual` ones are never taken. */
  readonly safety: Exclude<Safety, 'manual'>;
  /** Leaves out suggested fixes that delete a comment: what a remark is worth, a person decides. */
  readonly keepsComments?: boolean;
  /** Only findings this accepts, for instance those of one rule. */
  readonly wanted?: (finding: Reported) => boolean;
}

export interface AppliedFix {
  readonly ruleId: string;
  readonly title: string;
  readonly safety: Safety;
}

export interface FixAllResult {
  readonly text: string;
  readonly applied: readonly AppliedFix[];
  /** The findings that remain in `text`. */
  readonly result: LintResult;
  /** Rules whose fixes were dropped because they broke the file or never settled: bugs of Drydock. */
  readonly rejected: readonly string[];
}

/** Rounds that leave more than this part of the fixes for the next one. Of many in a row, each round takes half. */
const maximumRounds = 10;
const mostLeft = 2 / 3;

interface Candidate {
  readonly finding: Reported;
  readonly fix: ResolvedFix;
  readonly reach: Span;
}

/**
 * Applies all fixes that are allowed in bulk.
 * @param lint lints a text with the rules and settings in force
 * @returns the text and what was done; the text is never worse than the one given
 */
export function fixAll(
  text: string,
  lint: (text: string) => LintResult,
  options: FixAllOptions,
): FixAllResult {
  let result = lint(text);
  const applied: AppliedFix[] = [];
  const rejected = new Set<string>();
  const seen = new Set([text]);
  let before = 0;
  for (let round = 0; ;) {
    const open = fixesOf(result, options, rejected);
    if (open.length > before * mostLeft) round += 1;
    if (open.length === 0 || round > maximumRounds) break;
    before = open.length;
    const candidates = takeApart(open);
    let step = attempt(text, result, candidates, lint);
    let taken = candidates;
    if (step.harmed) {
      // One by one, so that one bad fix does not affect the others.
      taken = [];
      for (const candidate of candidates) {
        const alone = attempt(text, result, [candidate], lint);
        if (alone.harmed) rejected.add(candidate.finding.rule.id);
        else taken.push(candidate);
      }
      if (taken.length === 0) continue;
      step = attempt(text, result, taken, lint);
      if (step.harmed) {
        for (const { finding } of taken) rejected.add(finding.rule.id);
        continue;
      }
    }
    if (seen.has(step.text)) {
      // Two fixes undo each other: keep the text from before and name both.
      for (const { finding } of taken) rejected.add(finding.rule.id);
      continue;
    }
    seen.add(step.text);
    text = step.text;
    result = step.result;
    for (const { finding, fix } of taken)
      applied.push({ ruleId: finding.rule.id, title: fix.title, safety: fix.safety });
  }
  for (const { finding } of takeApart(fixesOf(result, options, rejected))) rejected.add(finding.rule.id);
  return { text, applied, result, rejected: [...rejected] };
}

/** The fixes that are allowed. Of those that touch, each is taken whole or waits for the next round. */
function fixesOf(result: LintResult, options: FixAllOptions, rejected: ReadonlySet<string>): Candidate[] {
  const candidates: Candidate[] = [];
  for (const finding of result.findings) {
    const { fix } = finding;
    // A fix that asks has no edits yet, and bulk asks nobody.
    if (!fix || fix.edits.length === 0 || fix.files?.length || rejected.has(finding.rule.id)) continue;
    if (!isAsSafeAs(fix.safety, options.safety) || options.wanted?.(finding) === false) continue;
    // A broken fix of one rule costs nobody else anything.
    if (!areApart(editsOf([{ fix }]))) continue;
    if (options.keepsComments && fix.safety !== 'safe' && deletesComment(result.model.file, fix.edits))
      continue;
    const reach = reachOf(fix);
    if (reach) candidates.push({ finding, fix, reach });
  }
  return candidates;
}

/** The text a fix changes or relies on. Undefined for a fix without edits and reach. */
export function reachOf(fix: Pick<ResolvedFix, 'edits' | 'reach'>): Span | undefined {
  return hull(fix.reach ? [...fix.edits, fix.reach] : fix.edits);
}

/** The fixes that can be applied together, in order of their reach. A fix that touches another one is left out. */
export function takeApart<T extends { readonly reach: Span }>(candidates: readonly T[]): T[] {
  const sorted = [...candidates].sort((a, b) => a.reach.start - b.reach.start || a.reach.end - b.reach.end);
  const chosen: T[] = [];
  let last: Span | undefined;
  for (const candidate of sorted) {
    if (last && touches(last, candidate.reach)) continue;
    chosen.push(candidate);
    last = candidate.reach;
  }
  return chosen;
}

/** The edits of independent fixes, in the order in which they are applied. */
export function editsOf(fixes: readonly { readonly fix: ResolvedFix }[]): Edit[] {
  return fixes.flatMap(({ fix }) => fix.edits).sort((a, b) => a.start - b.start || a.end - b.end);
}

interface Step {
  readonly text: string;
  readonly result: LintResult;
  readonly harmed: boolean;
}

function attempt(
  text: string,
  before: LintResult,
  fixes: readonly Candidate[],
  lint: (text: string) => LintResult,
): Step {
  const next = applyEdits(text, editsOf(fixes));
  const result = lint(next);
  // Other fixes may drop a comment, so the safe ones are also tried without them.
  const safe = fixes.filter(({ fix }) => fix.safety === 'safe');
  const safely = safe.length === fixes.length ? result.model.file : parse(applyEdits(text, editsOf(safe)));
  const harmed =
    syntaxProblems(result.model.file) > syntaxProblems(before.model.file) ||
    losesComment(before.model.file, safely);
  return { text: next, result, harmed };
}
