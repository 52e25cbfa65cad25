// Highlights all places of the name under the cursor.
import { occurrenceAt, symbolTable } from '../analysis/symbols/symbol-table';
import type { Span } from '../text/span';
import type { Subject } from './subject';

export interface Highlight {
  readonly span: Span;
  /** Whether the name gets a value there. */
  readonly writes: boolean;
}

/** @returns undefined if there is no name, so that editors highlight equal words */
export function highlightsAt({ model }: Subject, offset: number): readonly Highlight[] | undefined {
  const symbol = occurrenceAt(symbolTable(model), offset)?.symbol;
  return (
    symbol && [
      ...symbol.occurrences.map(({ span, role }) => ({ span, writes: role === 'definition' })),
      ...symbol.shadows.map((span) => ({ span, writes: true })),
    ]
  );
}
