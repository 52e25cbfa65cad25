// Go to definition and find references.
import type { Location, Position } from 'vscode-languageserver';
import type { FeatureInput } from './input';
import { toOffset, toRange, tooLarge } from './input';
import type { Occurrence } from '../../core/analysis/symbols/symbol-table';
import { occurrenceAt, symbolTable } from '../../core/analysis/symbols/symbol-table';

/** Where the name at the position was given its meaning: null when nothing in the file does that. */
export function definition(input: FeatureInput, position: Position): Location | null {
  if (tooLarge(input)) return null;
  const found = occurrenceAt(symbolTable(input.model), toOffset(input, position));
  if (!found) return null;
  // A definition that nothing precedes answers with itself: editors then offer the references.
  const target = found.definition ?? (found.role === 'definition' ? found : undefined);
  return target ? location(input, target) : null;
}

/** Every place that names the same thing, in file order. */
export function references(
  input: FeatureInput,
  position: Position,
  includeDeclaration: boolean,
): Location[] | null {
  if (tooLarge(input)) return null;
  const found = occurrenceAt(symbolTable(input.model), toOffset(input, position));
  if (!found) return null;
  return found.symbol.occurrences
    .filter(({ role }) => includeDeclaration || role !== 'definition')
    .map((one) => location(input, one));
}

function location(input: FeatureInput, { span }: Occurrence): Location {
  return { uri: input.uri, range: toRange(input.document, span) };
}
