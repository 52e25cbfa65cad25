// Removes one pair of an ENV, ARG or LABEL, or the whole instruction with its only pair.
import { commentLines } from '../analysis/text/comment-lines';
import type { Model } from '../model/model';
import type { Instruction, Pair } from '../syntax/nodes';
import type { Edit } from '../text/edit';
import { remove } from '../text/edit';
import type { Span } from '../text/span';

/** What to delete of an instruction to lose one of its pairs. Undefined if a comment is in the way. */
export function withoutPair({ span, pairs, comments }: Instruction, pair: Pair): Span | undefined {
  if (pairs.length === 1) return comments.length === 0 ? span : undefined;
  const at = pairs.indexOf(pair);
  const previous = pairs[at - 1];
  const next = pairs[at + 1];
  const deleted = previous
    ? { start: previous.span.end, end: pair.span.end }
    : { start: pair.span.start, end: next?.span.start ?? pair.span.end };
  return comments.some(({ span: { start } }) => deleted.start <= start && start < deleted.end)
    ? undefined
    : deleted;
}

/**
 * Removes a pair, or the lines of an instruction that has no other.
 * @returns undefined if a comment is in the way, or if the next line would become a directive
 */
export function dropPair(model: Model, instruction: Instruction, pair: Pair): Edit | undefined {
  const span = withoutPair(instruction, pair);
  if (!span || instruction.pairs.length > 1) return span && remove(span);
  const whole = wholeOf(model, instruction);
  return whole.index === 0 ? undefined : model.document.removeLines(whole.span);
}

/**
 * The same where the pair goes for good, so that a comment above the instruction would be left without a meaning.
 * @returns undefined also under ONBUILD, and if a comment stands above an instruction with one pair
 */
export function dropUntoldPair(model: Model, instruction: Instruction, pair: Pair): Edit | undefined {
  const line = model.document.lineAt(instruction.span.start);
  const told = instruction.pairs.length === 1 && commentLines(model).has(line - 1);
  return told || instruction.onbuild ? undefined : dropPair(model, instruction, pair);
}

/** The ONBUILD around a trigger; any other instruction itself. */
export function wholeOf({ file }: Model, instruction: Instruction): Instruction {
  return instruction.onbuild ? (file.instructions[instruction.index] ?? instruction) : instruction;
}
