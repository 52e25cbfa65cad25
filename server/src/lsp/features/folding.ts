// What can be folded: stages, instructions of several lines, here-documents, blocks of comments.
// All from our own tree: the base library has the end of an instruction wrong in known cases (`\\` at the
// end of a line, here-documents it does not know), and it is not worth loading for this.
import type { FoldingRange } from 'vscode-languageserver';
import { FoldingRangeKind } from '../library';
import type { FeatureInput } from './input';
import { tooLarge } from './input';

interface Fold {
  readonly start: number;
  readonly end: number;
  readonly kind?: FoldingRangeKind;
  /** Lower goes first when the client takes only some. */
  readonly rank: number;
}

/** Sorted by start; the client's limit drops comments and here-documents before instructions and stages. */
export function folding(input: FeatureInput): FoldingRange[] {
  if (tooLarge(input)) return [];
  const { document, model, file } = input;
  const line = (offset: number): number => document.positionAt(offset).line;
  const folds: Fold[] = [];
  const add = (start: number, end: number, rank: number, kind?: FoldingRangeKind): void => {
    if (end > start) folds.push(kind === undefined ? { start, end, rank } : { start, end, rank, kind });
  };
  for (const stage of model.stages) {
    if (stage.from) add(line(stage.from.span.start), line(stage.span.end), 0, FoldingRangeKind.Region);
  }
  for (const { span, heredocs } of file.instructions) {
    const last = line(span.end);
    add(line(span.start), last, 1);
    // One here-document folds with its instruction; of several, each folds alone.
    if (heredocs.length < 2) continue;
    for (const { body, terminator } of heredocs) {
      add(
        line(body.start),
        terminator ? line(terminator.start) : Math.max(line(body.start), line(body.end) - 1),
        2,
      );
    }
  }
  let first = -1;
  let last = -2;
  for (const { span } of [...file.directives, ...file.comments].sort((a, b) => a.span.start - b.span.start)) {
    const at = line(span.start);
    if (at !== last + 1) {
      add(first, last, 3, FoldingRangeKind.Comment);
      first = at;
    }
    last = at;
  }
  add(first, last, 3, FoldingRangeKind.Comment);
  return limit(input, folds).map((fold) => toFoldingRange(input, fold));
}

/** Of several folds that begin on one line editors show one: the largest stays. */
function limit(input: FeatureInput, folds: readonly Fold[]): Fold[] {
  const byStart = new Map<number, Fold>();
  for (const fold of folds) {
    const other = byStart.get(fold.start);
    if (!other || fold.end > other.end) byStart.set(fold.start, fold);
  }
  const most = input.capabilities.foldingRangeLimit ?? Infinity;
  return [...byStart.values()]
    .sort((a, b) => a.rank - b.rank || a.start - b.start)
    .slice(0, Math.max(0, most))
    .sort((a, b) => a.start - b.start);
}

function toFoldingRange({ document, capabilities }: FeatureInput, { start, end, kind }: Fold): FoldingRange {
  const range: FoldingRange = { startLine: start, endLine: end };
  if (!capabilities.lineFoldingOnly) {
    range.startCharacter = lineLength(document.getText(lineRange(start)));
    range.endCharacter = lineLength(document.getText(lineRange(end)));
  }
  return kind === undefined ? range : { ...range, kind };
}

function lineRange(line: number): {
  start: { line: number; character: number };
  end: { line: number; character: number };
} {
  return { start: { line, character: 0 }, end: { line: line + 1, character: 0 } };
}

function lineLength(text: string): number {
  return text.replace(/\r?\n$/, '').length;
}
