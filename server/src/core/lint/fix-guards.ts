// Checks that a fix loses no comment.
import type { Dockerfile } from '../syntax/nodes';
import type { Edit } from '../text/edit';
import { firstNotBefore } from '../text/search';
import { wordsBeside } from './suppressions/index';

/**
 * Whether a comment of `before` is missing in `after`. There it may also be a directive or indented differently. What a
 * comment hides is a setting of a linter: only the words beside it count.
 */
export function losesComment(before: Dockerfile, after: Dockerfile): boolean {
  const left = new Map<string, number>();
  const keep = (text: string): void => {
    const words = wordsBeside(text);
    if (words !== undefined) left.set(words, (left.get(words) ?? 0) + 1);
  };
  for (const { text } of after.comments) keep(text);
  for (const { span } of after.directives)
    keep(after.text.slice(span.start, span.end).replace(/^\s*(?:#|\/\/)/, ''));
  for (const { text } of before.comments) {
    const words = wordsBeside(text);
    if (words === undefined) continue;
    const count = left.get(words) ?? 0;
    if (count === 0) return true;
    left.set(words, count - 1);
  }
  return false;
}

/** Whether edits delete a comment of the file and do not write it anywhere else. */
export function deletesComment({ comments }: Dockerfile, edits: readonly Edit[]): boolean {
  return edits.some(({ start, end }) => {
    for (let at = firstNotBefore(comments, ({ span }) => span.start < start); ; at += 1) {
      const comment = comments[at];
      if (!comment || comment.span.start >= end) return false;
      if (!edits.some(({ text }) => text.includes(comment.text.trim()))) return true;
    }
  });
}
