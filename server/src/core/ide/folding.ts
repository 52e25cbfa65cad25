// Folding ranges: stages, instructions of several lines, here-documents, blocks of comments. All from our own tree,
// because the base service gets the end of an instruction wrong in known cases.
import type { Span } from '../text/span';
import type { Subject } from './subject';

export interface Fold {
  /** From the first line to the last one. A single line folds nothing. */
  readonly span: Span;
  readonly kind: 'stage' | 'instruction' | 'heredoc' | 'comments';
}

export function foldsIn({ model }: Subject): readonly Fold[] {
  const { stages, file, document } = model;
  const folds: Fold[] = [];
  const add = (kind: Fold['kind'], start: number, end: number): void => {
    folds.push({ kind, span: { start, end } });
  };
  for (const { from, span } of stages) if (from) add('stage', from.span.start, span.end);
  for (const { span, heredocs } of file.instructions) {
    add('instruction', span.start, span.end);
    // A single here-document folds with its instruction; several fold separately.
    if (heredocs.length < 2) continue;
    for (const { body, terminator } of heredocs)
      add('heredoc', body.start, terminator?.start ?? Math.max(body.start, body.end - 1));
  }
  const lines = [...file.directives, ...file.comments].sort((a, b) => a.span.start - b.span.start);
  let first: number | undefined;
  lines.forEach(({ span: { start } }, index) => {
    first ??= start;
    const next = lines[index + 1]?.span.start;
    if (next !== undefined && document.lineAt(next) === document.lineAt(start) + 1) return;
    add('comments', first, start);
    first = undefined;
  });
  return folds;
}
