// Inserts whole lines between instructions.
import { startWithComments } from '../analysis/text/comment-lines';
import type { Model, Stage } from '../model/model';
import type { Instruction } from '../syntax/nodes';
import type { Edit } from '../text/edit';

/**
 * Inserts whole lines after an instruction.
 * @param lines without ends of line
 * @returns undefined if the file ends inside the instruction: the lines would become part of it
 */
export function insertBehind(
  model: Model,
  instruction: Instruction,
  lines: readonly string[],
): Edit | undefined {
  const { document, file } = model;
  const { heredocs, line, span } = instruction;
  if (heredocs.some(({ terminator }) => !terminator)) return undefined;
  // The joined lines leave out what follows their last piece: a continuation at the end of the file.
  const last = line.segments.at(-1);
  if (last && file.text[last.document + last.length] === file.escape) return undefined;
  return document.insertLinesAfter(Math.max(span.start, span.end - 1), ...lines);
}

/** Steps that build the image, and instructions that say what it starts. */
const steps = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);
const starts = new Set(['ENTRYPOINT', 'CMD']);

/**
 * Inserts lines after the last step of a stage, before what the image starts and the comments above that.
 * @returns undefined if the lines would become part of the last step
 */
export function insertBeforeStart(model: Model, stage: Stage, lines: readonly string[]): Edit | undefined {
  const { document } = model;
  const last = stage.instructions.filter(({ keyword }) => steps.has(keyword)).at(-1);
  const start = stage.instructions.find(
    ({ keyword, index }) => starts.has(keyword) && index > (last?.index ?? -1),
  );
  if (start) return document.insertLinesBefore(startWithComments(model, start.span.start), ...lines);
  const above = last ?? stage.from ?? stage.instructions[0];
  return above && insertBehind(model, above, lines);
}
