// All choices for a file: the fixes of its findings, and what rules offer without a finding. Computed on request, so
// that a keystroke does not pay for it.
import { fileKind, isForeign } from '../analysis/text/file-kind';
import type { Span } from '../text/span';
import type { Facts } from './facts';
import type { Question } from './questions';
import type { Rule } from './rule';
import { resolveFix } from './run';
import type { LintResult, Reported, ResolvedFix, RuleFailure } from './run';
import { doubtfulSpans } from './suspect-spans';

export interface OfferedFix {
  readonly rule: Rule;
  /** The place of the finding, or of what the rule offers. */
  readonly at: Span;
  readonly fix: ResolvedFix;
  /** Undefined if the rule offers it without a finding. */
  readonly finding: Reported | undefined;
}

/** A question that nobody should be asked, because its answer could not be written. */
export interface Unanswerable {
  readonly rule: Rule;
  readonly at: Span;
  /** Of the fix that cannot be. */
  readonly title: string;
  readonly question: Question;
  /** One sentence without a full stop. */
  readonly reason: string;
}

export interface Offers {
  /** Those of findings first, in their order. Each fix of a rule once per place. */
  readonly fixes: readonly OfferedFix[];
  readonly unanswerable: readonly Unanswerable[];
  /** Rules that threw: bugs of Drydock. */
  readonly failures: readonly RuleFailure[];
}

/**
 * The choices for a text.
 * @param result of the same rules with the same facts
 */
export function findOffers(result: LintResult, rules: readonly Rule[], facts: Facts): Offers {
  const fixes = new Map<string, OfferedFix>();
  const unanswerable: Unanswerable[] = [];
  const failures: RuleFailure[] = [];
  const add = (offered: OfferedFix): void => {
    const key = offerKey(offered.rule.id, offered.at, offered.fix.title);
    if (!fixes.has(key)) fixes.set(key, offered);
  };
  for (const finding of result.findings) {
    for (const fix of [finding.fix, ...finding.alternatives])
      if (fix) add({ rule: finding.rule, at: finding.at, fix, finding });
  }
  const doubtful = doubtfulSpans(result.model.file);
  const foreign = isForeign(fileKind(result.model, facts.path));
  for (const rule of rules) {
    if (!rule.offers || foreign) continue;
    try {
      for (const offer of rule.offers({ model: result.model, facts })) {
        const { at } = offer;
        if ('fix' in offer) add({ rule, at, fix: resolveFix(rule, offer.fix, doubtful), finding: undefined });
        else unanswerable.push({ ...offer, rule });
      }
    } catch (error) {
      failures.push({ ruleId: rule.id, error });
    }
  }
  return { fixes: [...fixes.values()], unanswerable, failures };
}

/** Identifies the same fix in another run over the same text. */
export function offerKey(ruleId: string, at: Span, title: string): string {
  return `${ruleId} ${at.start} ${at.end} ${title}`;
}
