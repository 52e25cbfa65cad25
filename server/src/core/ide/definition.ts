// Go to definition and find references.
import { occurrenceAt, symbolTable } from '../analysis/symbols/symbol-table';
import type { Span } from '../text/span';
import { userAt } from './completion-names';
import { namedPathAt } from './hover-places';
import { fileOf } from './links';
import { instructionAt } from './locate';
import type { Subject } from './subject';

/** A place in the file, or another file by its absolute path. */
export type Definition = Span | { readonly file: string };

/** The definition of the name at the offset, or the file of a path; undefined if there is none. */
export function definitionAt(subject: Subject, offset: number): Definition | undefined {
  const { model } = subject;
  const named = namedPathAt(subject, offset);
  const file = named && fileOf(subject, named);
  if (file !== undefined) return { file };
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
