// Finds parts of a file that may not say what its author meant. A person must review fixes there.
import { isKeyword } from '../knowledge/syntax/instructions';
import type { Dockerfile } from '../syntax/nodes';
import type { Edit } from '../text/edit';
import type { Span } from '../text/span';
import { firstNotBefore } from '../text/search';

/**
 * Each group of unknown instructions, together with the instruction above. A broken continuation may have cut them off
 * from it, and then nothing there can be trusted. In file order, without overlap.
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

/** Whether one of the edits changes text in one of the spans. @param spans sorted, without overlap */
export function changesAny(edits: readonly Edit[], spans: readonly Span[]): boolean {
  return spans.length > 0 && edits.some((edit) => isIn(edit, spans));
}

function isIn({ start, end }: Span, spans: readonly Span[]): boolean {
  const first = spans[firstNotBefore(spans, (span) => span.end < start)];
  return first !== undefined && first.start <= end;
}
