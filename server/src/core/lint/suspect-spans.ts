// Where a file may not say what its author meant: fixes there are for people to judge.
import { isKeyword } from '../knowledge/syntax/instructions';
import type { Dockerfile } from '../syntax/nodes';
import type { Edit } from '../text/edit';
import type { Span } from '../text/span';
import { firstNotBefore } from '../text/search';

/**
 * Each run of lines that are no instructions, with the instruction above: a continuation that breaks off may have
 * cut them from it, and then nothing there is what it seems. In file order, apart from each other.
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

/** Whether one of the edits changes something in one of the spans. @param spans in order, apart from each other */
export function changesAny(edits: readonly Edit[], spans: readonly Span[]): boolean {
  return spans.length > 0 && edits.some((edit) => isIn(edit, spans));
}

function isIn({ start, end }: Span, spans: readonly Span[]): boolean {
  const first = spans[firstNotBefore(spans, (span) => span.end < start)];
  return first !== undefined && first.start <= end;
}
