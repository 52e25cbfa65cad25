// Lines behind an instruction, where they are lines of their own.
import type { Model } from '../model/model';
import type { Instruction } from '../syntax/nodes';
import type { Edit } from '../text/edit';

/**
 * Inserts whole lines behind an instruction.
 * @param lines without ends of line
 * @returns undefined where the file ends while the instruction goes on: they would become part of it
 */
export function insertBehind(
  model: Model,
  instruction: Instruction,
  lines: readonly string[],
): Edit | undefined {
  const { document, file } = model;
  const { heredocs, line, span } = instruction;
  if (heredocs.some(({ terminator }) => !terminator)) return undefined;
  // What is left out of the joined lines behind their last piece: a continuation that nothing follows.
  const last = line.segments.at(-1);
  if (last && file.text[last.document + last.length] === file.escape) return undefined;
  return document.insertLinesAfter(Math.max(span.start, span.end - 1), ...lines);
}
