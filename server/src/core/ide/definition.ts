// Go to definition and find references.
import { occurrenceAt, symbolTable } from '../analysis/symbols/symbol-table';
import type { Span } from '../text/span';
import { userAt } from './completion-names';
import { instructionAt } from './locate';
import type { Subject } from './subject';

/** The definition of the name at the offset; undefined if the file does not define it. */
export function definitionAt(subject: Subject, offset: number): Span | undefined {
  const { model } = subject;
  const user = userAt(subject, instructionAt(model.file, offset), offset)?.account.at;
  const found = occurrenceAt(symbolTable(model), offset);
  // A definition without an earlier one returns itself: editors then show the references.
  return (found?.definition ?? (found?.role === 'definition' ? found : undefined))?.span ?? user;
}

export interface WantedReferences {
  readonly offset: number;
  readonly definitions: boolean;
}

/** Every place with the same name, in file order; undefined if there is no name at the offset. */
export function referencesAt(
  { model }: Subject,
  { offset, definitions }: WantedReferences,
): readonly Span[] | undefined {
  return occurrenceAt(symbolTable(model), offset)
    ?.symbol.occurrences.filter(({ role }) => definitions || role !== 'definition')
    .map(({ span }) => span);
}
