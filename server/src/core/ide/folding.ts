// Folding ranges: stages, instructions of several lines, here-documents, blocks of comments, and regions. All from
// our own tree, because the base service gets the end of an instruction wrong in known cases.
import type { Dockerfile } from '../syntax/nodes';
import type { Span } from '../text/span';
import { lastNotAfter } from '../text/search';
import type { Subject } from './subject';

export interface Fold {
  /** From the first line to the last one. A single line folds nothing. */
  readonly span: Span;
  readonly kind: 'stage' | 'instruction' | 'heredoc' | 'comments' | 'region';
}

export function foldsIn({ model }: Subject): readonly Fold[] {
  const { stages, file, document } = model;
  const folds: Fold[] = [];
  const add = (kind: Fold['kind'], start: number, end: number): void => {
    folds.push({ kind, span: { start, end } });
  };
  const regions = regionsIn(file);
  for (const [index, { from, span }] of stages.entries()) {
    const next = stages[index + 1]?.from?.span.start ?? Infinity;
    if (from)
      add('stage', from.span.start, endWithRegions(regions, { start: from.span.start, end: span.end }, next));
  }
  for (const { span, heredocs } of file.instructions) {
    add('instruction', span.start, span.end);
    // A single here-document folds with its instruction; several fold separately.
    if (heredocs.length < 2) continue;
    for (const { body, terminator } of heredocs)
      add('heredoc', body.start, terminator?.start ?? Math.max(body.start, body.end - 1));
  }
  for (const { start, end } of regions) add('region', start, end);
  const lines = [...file.directives, ...file.comments].sort((a, b) => a.span.start - b.span.start);
  // A mark of a region is not part of a block.
  const marks = new Set(file.comments.filter(({ text }) => region.test(text)).map(({ span }) => span.start));
  let first: number | undefined;
  lines.forEach(({ span: { start } }, index) => {
    first ??= start;
    const next = lines[index + 1]?.span.start;
    if (
      next !== undefined &&
      document.lineAt(next) === document.lineAt(start) + 1 &&
      !marks.has(next) &&
      !marks.has(start)
    )
      return;
    add('comments', first, start);
    first = undefined;
  });
  return folds;
}

/** The end of a stage, with the mark that ends its last region: editors drop a fold that crosses another one. */
function endWithRegions(regions: readonly Span[], { start, end }: Span, next: number): number {
  for (let at = lastNotAfter(regions, (one) => one.end < next); at >= 0; at -= 1) {
    const region = regions[at];
    if (!region || region.end <= end) return end;
    if (start < region.start && region.start < end) return region.end;
  }
  return end;
}

/** `# region NAME` and `#endregion`, as editors know them from other languages. */
const region = /^[ \t]*(end)?region\b/i;

/** From mark to mark. A region that nothing ends folds nothing. */
function regionsIn({ comments }: Dockerfile): readonly Span[] {
  const open: number[] = [];
  const found: Span[] = [];
  for (const { span, text } of comments) {
    const mark = region.exec(text);
    if (!mark) continue;
    if (mark[1] === undefined) open.push(span.start);
    else {
      const start = open.pop();
      if (start !== undefined) found.push({ start, end: span.end });
    }
  }
  return found;
}
