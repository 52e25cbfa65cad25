// Whole lines put between instructions, where they are lines of their own.
import { startWithComments } from '../analysis/text/comment-lines';
import type { Model, Stage } from '../model/model';
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

/** Steps that make the image, and what says how it starts. */
const steps = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);
const starts = new Set(['ENTRYPOINT', 'CMD']);

/**
 * Inserts lines behind the last step of a stage, in front of what the image starts and the comments above that.
 * @returns undefined where what is behind the last step would become part of it
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
