// A step of its own above an instruction, where root runs it.
import { startWithComments } from '../analysis/text/comment-lines';
import type { Model, Stage } from '../model/model';
import type { Instruction } from '../syntax/nodes';
import type { Edit } from '../text/edit';

/** The instruction to insert above: the given one, or the USER after which steps are not run by root. */
function placeForRoot(model: Model, stage: Stage, instruction: Instruction): Instruction | undefined {
  if (model.environmentAt(instruction).isRoot !== false) return instruction;
  return stage.instructions
    .map((one) => one.trigger ?? one)
    .filter(({ keyword, index }) => keyword === 'USER' && index < instruction.index)
    .filter((one) => model.environmentAt(one).isRoot !== false)
    .at(-1);
}

/**
 * Inserts a RUN above an instruction and the comments in front of it, for root.
 * @param commands without continuations; each but the first on a line of its own
 * @param comments for the lines above it
 * @returns undefined where such a step cannot run: in a shell of Windows, or if the stage has no root
 */
export function insertStep(
  model: Model,
  stage: Stage,
  instruction: Instruction,
  commands: readonly string[],
  comments: readonly string[] = [],
): Edit | undefined {
  const { dialect } = model.shellAt(instruction);
  if (dialect === 'cmd' || dialect === 'powershell') return undefined;
  const above = placeForRoot(model, stage, instruction);
  if (!above) return undefined;
  const { document, file } = model;
  const indent = document.indentAt(above.span.start);
  const onbuild = instruction.onbuild ? 'ONBUILD ' : '';
  const run = instruction.keyword === 'RUN' ? document.slice(instruction.keywordSpan) : 'RUN';
  const [first = '', ...others] = commands;
  const lines = [`${onbuild}${run} ${first}`, ...others.map((line) => `    ${line}`)];
  return document.insertLinesBefore(
    startWithComments(model, above.span.start),
    ...comments.map((comment) => `${indent}# ${comment}`),
    ...lines.map((line, at) => `${indent}${line}${at < lines.length - 1 ? ` ${file.escape}` : ''}`),
  );
}
