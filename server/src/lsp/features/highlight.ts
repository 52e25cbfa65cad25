// The other places of the name under the cursor.
import type { DocumentHighlight, Position } from 'vscode-languageserver';
import { DocumentHighlightKind } from '../library';
import type { FeatureInput } from './input';
import { toOffset, toRange, tooLarge } from './input';
import { occurrenceAt, symbolTable } from '../../core/analysis/symbols/symbol-table';

/** @returns null where no name is, so that editors fall back to equal words */
export function highlight(input: FeatureInput, position: Position): DocumentHighlight[] | null {
  if (tooLarge(input)) return null;
  const found = occurrenceAt(symbolTable(input.model), toOffset(input, position));
  if (!found) return null;
  const { symbol } = found;
  const named = symbol.occurrences.map(({ span, role }) => ({
    range: toRange(input.document, span),
    kind: role === 'definition' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
  const shadows = symbol.shadows.map((span) => ({
    range: toRange(input.document, span),
    kind: DocumentHighlightKind.Write,
  }));
  return [...named, ...shadows];
}
