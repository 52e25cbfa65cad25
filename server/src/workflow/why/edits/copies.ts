// Edits for what COPY and ADD bring.
import type { ExplainedEdit } from '../explanation';
import { offer } from './failure';
import type { Failure } from './failure';

/** Ends the destination of a pattern with a slash: it may match several files. The rule speaks of several sources. */
export function folderDestination({ model, instruction }: Failure): readonly ExplainedEdit[] {
  const copy = model.copies.find((one) => one.instruction === instruction);
  const [source, ...others] = copy?.sources ?? [];
  if (!copy || !source || others.length > 0 || !/[*?[]/.test(source.value)) return [];
  const { value, span, variable } = copy.destination;
  if (variable || value.endsWith('/') || instruction.json) return [];
  const at = span.end - (/["']$/.test(model.document.slice(span)) ? 1 : 0);
  return offer('Add / at the end', { start: at, end: at, text: '/' });
}
