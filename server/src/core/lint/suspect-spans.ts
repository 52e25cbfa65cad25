// Where a file may not say what its author meant: only people should judge fixes there.
import { isKeyword } from '../knowledge/syntax/instructions';
import type { Dockerfile } from '../syntax/nodes';
import type { Edit } from '../text/edit';
import type { Span } from '../text/span';
import { firstNotBefore } from '../text/search';

/**
 * Each run of unknown instructions, with the instruction above: a broken continuation may have cut them off from it,
 * and then nothing there is what it seems. In file order, not touching each other.
 */
export function doubtfulSpans({ instructions }: Dockerfile): readonly Span[] {
  const spans: { start: number; end: number }[] = [];
  for (const [at, { keyword, span }] of instructions.entries()) {
    if (isKeyword(keyword)) continue;
    const last = spans.at(-1);
    const above = instructions[at - 1];
    if (last && above && last.end === above.span.end) last.end = span.end;
    else spans.push({ start: above?.span.start ?? span.start, end: span.end });
  }
  return spans;
}

/** Whether one of the edits changes something in one of the spans. @param spans in order, not touching each other */
export function changesAny(edits: readonly Edit[], spans: readonly Span[]): boolean {
  return spans.length > 0 && edits.some((edit) => isIn(edit, spans));
}

function isIn({ start, end }: Span, spans: readonly Span[]): boolean {
  const first = spans[firstNotBefore(spans, (span) => span.end < start)];
  return first !== undefined && first.start <= end;
}
