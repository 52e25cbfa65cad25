// Fixes that need an answer from outside, with or without a finding. Listing them sends no request.
import type { OfferedFix } from '../../core/lint/offers';
import { questionKey } from '../../core/lint/questions';
import { isAtLeast } from '../../core/lint/run';
import type { Reported } from '../../core/lint/run';
import { touches } from '../../core/text/span';
import { CodeActionKind } from '../library';
import { actionKind, stale } from './action';
import type { Offered, Place } from './action';
import { shape, span, text } from '../shape';

export const ask = actionKind({
  name: 'ask',
  lsp: CodeActionKind.QuickFix,
  needs: undefined,
  data: shape({ rule: text, at: span, title: text }),

  *offer(place) {
    const listed = new Map<string, Offered<{ rule: string; at: OfferedFix['at']; title: string }>>();
    for (const { rule, at, fix, finding } of askingHere(place)) {
      if (!fix.asks || !place.can(fix.asks.kind === 'package' ? 'packages' : 'registry')) continue;
      // An ARG that several images use is offered once, for all of their findings.
      const key = `${fix.title} ${questionKey(fix.asks)} ${fix.reach?.start}`;
      const known = listed.get(key);
      const findings: readonly Reported[] = [...(known?.findings ?? []), ...(finding ? [finding] : [])];
      const data = known?.data ?? { rule: rule.id, at, title: fix.title };
      listed.set(key, { title: fix.title, data, ...(findings.length > 0 && { findings }) });
    }
    yield* listed.values();
    if (!place.can('registry')) return;
    for (const { rule, at, title, reason } of place.offers().unanswerable)
      if (touches(at, place.range)) yield { title, data: { rule: rule.id, at, title }, disabled: reason };
  },

  async make(data, analysis, world) {
    const asked = await world.fixByAsking(
      analysis,
      ({ rule, at, fix }) =>
        rule.id === data.rule &&
        at.start === data.at.start &&
        at.end === data.at.end &&
        fix.title === data.title,
    );
    if (asked.cancelled) return undefined;
    if (asked.asked === 0) return stale;
    const [failure] = asked.failures;
    if (failure) return { refused: failure.message };
    const news = asked.news.map(({ text }) => text);
    return { edits: asked.edits, notes: asked.notes, news };
  },
});

/** Fixes of the findings here, the most severe first; then the offers for the image here. */
function askingHere({ here, range, offers }: Place): OfferedFix[] {
  const asking = offers().fixes.filter(({ fix }) => fix.asks !== undefined);
  const found = asking
    .filter(({ finding }) => finding && here.includes(finding))
    .sort((a, b) => graver(a.finding, b.finding));
  const other = asking.filter(
    ({ finding, at, fix }) => !finding && (touches(at, range) || (fix.reach && touches(fix.reach, range))),
  );
  return [...found, ...other];
}

function graver(a: Reported | undefined, b: Reported | undefined): number {
  if (!a || !b || a.severity === b.severity) return 0;
  return isAtLeast(a.severity, b.severity) ? -1 : 1;
}
