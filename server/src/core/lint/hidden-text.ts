// Text that one rule has found to be something else than it looks like: what other rules say about it is left out.
import type { Span } from '../text/span';
import { firstNotBefore } from '../text/search';
import type { Finding } from './finding';
import type { Reported } from './run';
import type { Rule } from './rule';

/** Collects what findings hide while the rules run, and filters all findings afterwards. */
export class HiddenText {
  readonly #spans: { readonly start: number; readonly end: number; readonly rule: Rule }[] = [];

  add(rule: Rule, { hides }: Finding): void {
    for (const { start, end } of hides ?? []) this.#spans.push({ start, end, rule });
  }

  /** The findings, without those of other rules on hidden text. Takes n log n time. */
  filter(findings: readonly Reported[]): Reported[] {
    if (this.#spans.length === 0) return [...findings];
    const spans = withoutOverlap(this.#spans);
    const hidden = ({ rule }: Reported, at: Span): boolean => {
      const first = spans[firstNotBefore(spans, ({ end }) => end <= at.start)];
      const overlaps = first && (first.start < at.end || first.start === at.start);
      return overlaps === true && first.rule !== rule;
    };
    return findings.filter(
      (finding) => ![finding.at, ...(finding.fix?.edits ?? [])].some((at) => hidden(finding, at)),
    );
  }
}

/** Sorted; of spans that overlap, the first one. */
function withoutOverlap<T extends Span>(spans: readonly T[]): T[] {
  const kept: T[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (!last || last.end <= span.start) kept.push(span);
  }
  return kept;
}
