// Go to definition and find references.
import { occurrenceAt, symbolTable } from '../analysis/symbols/symbol-table';
import type { Span } from '../text/span';
import type { Subject } from './subject';

/** Where the name at the offset was given its meaning: undefined when nothing in the file does that. */
export function definitionAt({ model }: Subject, offset: number): Span | undefined {
  const found = occurrenceAt(symbolTable(model), offset);
  // A definition that nothing precedes answers with itself: editors then offer the references.
  return (found?.definition ?? (found?.role === 'definition' ? found : undefined))?.span;
}

export interface WantedReferences {
  readonly offset: number;
  readonly definitions: boolean;
}

/** Every place that names the same thing, in file order; undefined where no name is. */
export function referencesAt(
  { model }: Subject,
  { offset, definitions }: WantedReferences,
): readonly Span[] | undefined {
  return occurrenceAt(symbolTable(model), offset)
    ?.symbol.occurrences.filter(({ role }) => definitions || role !== 'definition')
    .map(({ span }) => span);
}
