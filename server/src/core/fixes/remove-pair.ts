// The edit that takes one pair out of a LABEL, ENV or ARG.
import { commentLines } from '../analysis/text/comment-lines';
import type { Model } from '../model/model';
import type { Instruction, Pair } from '../syntax/nodes';
import { remove } from '../text/edit';
import type { Edit } from '../text/edit';

/**
 * Removes a pair, and the instruction if it has no other.
 * @returns undefined where a comment would go, or tell about something else
 */
export function removePair(
  model: Model,
  { span, pairs, comments, onbuild }: Instruction,
  pair: Pair,
): Edit | undefined {
  const { document } = model;
  if (onbuild) return undefined;
  if (pairs.length === 1) {
    const told = comments.length > 0 || commentLines(model).has(document.lineAt(span.start) - 1);
    return told ? undefined : document.removeLines(span);
  }
  const at = pairs.indexOf(pair);
  const before = pairs[at - 1];
  const after = pairs[at + 1];
  const gone = before
    ? { start: before.span.end, end: pair.span.end }
    : { start: pair.span.start, end: after?.span.start ?? pair.span.end };
  const isTold = comments.some(
    (comment) => comment.span.start >= gone.start && comment.span.start < gone.end,
  );
  return isTold ? undefined : remove(gone);
}
