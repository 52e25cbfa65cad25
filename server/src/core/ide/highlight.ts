// The other places of the name under the cursor.
import { occurrenceAt, symbolTable } from '../analysis/symbols/symbol-table';
import type { Span } from '../text/span';
import type { Subject } from './subject';

export interface Highlight {
  readonly span: Span;
  /** The name is given a value there. */
  readonly writes: boolean;
}

/** @returns undefined where no name is, so that editors fall back to equal words */
export function highlightsAt({ model }: Subject, offset: number): readonly Highlight[] | undefined {
  const symbol = occurrenceAt(symbolTable(model), offset)?.symbol;
  return (
    symbol && [
      ...symbol.occurrences.map(({ span, role }) => ({ span, writes: role === 'definition' })),
      ...symbol.shadows.map((span) => ({ span, writes: true })),
    ]
  );
}
