// Folds as lines, as many as the client takes.
import type { FoldingRange } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Fold } from '../../core/ide/folding';
import { FoldingRangeKind } from '../library';
import type { Page } from './page';

/** Most important first: the client's limit drops the last ones. */
const ranks: Readonly<Record<Fold['kind'], number>> = {
  stage: 0,
  region: 1,
  instruction: 2,
  heredoc: 3,
  comments: 4,
};

const kinds: Readonly<Partial<Record<Fold['kind'], FoldingRangeKind>>> = {
  stage: FoldingRangeKind.Region,
  region: FoldingRangeKind.Region,
  comments: FoldingRangeKind.Comment,
};

interface Lines {
  readonly start: number;
  readonly end: number;
  readonly kind: Fold['kind'];
}

/** Sorted by start. */
export function toFoldingRanges(folds: readonly Fold[], { document, client }: Page): FoldingRange[] {
  // Editors show one fold a line, so the largest stays.
  const byStart = new Map<number, Lines>();
  for (const { span, kind } of folds) {
    const start = document.positionAt(span.start).line;
    const end = document.positionAt(span.end).line;
    if (end > start && end > (byStart.get(start)?.end ?? -1)) byStart.set(start, { start, end, kind });
  }
  return [...byStart.values()]
    .sort((a, b) => ranks[a.kind] - ranks[b.kind] || a.start - b.start)
    .slice(0, Math.max(0, client.foldingRangeLimit ?? Infinity))
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, kind }) => ({
      startLine: start,
      endLine: end,
      ...(!client.lineFoldingOnly && {
        startCharacter: lengthOf(document, start),
        endCharacter: lengthOf(document, end),
      }),
      ...(kinds[kind] && { kind: kinds[kind] }),
    }));
}

function lengthOf(document: TextDocument, line: number): number {
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  return text.replace(/\r?\n$/, '').length;
}
