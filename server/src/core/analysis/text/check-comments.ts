// The comments that BuildKit reads for its own checks: what they ask for, and what they describe.
import type { Model } from '../../model/model';
import { readCheckOptions } from '../../syntax/directives';
import type { Instruction } from '../../syntax/nodes';
import { firstNotBefore } from '../../text/search';

/**
 * The comments that BuildKit gives to an instruction, trimmed: those since the instruction before it, and since the last
 * empty comment. It takes the `#` of an indented comment for text.
 */
export function commentsAbove({ file, document }: Model, { index, span }: Instruction): readonly string[] {
  const before = file.instructions[index - 1]?.span.end ?? 0;
  const all = file.comments;
  const found: string[] = [];
  for (let at = firstNotBefore(all, (one) => one.span.start < before); at < all.length; at += 1) {
    const comment = all[at];
    if (!comment || comment.span.start > span.start) break;
    const indented = document.lineStart(document.lineAt(comment.span.start)) < comment.span.start;
    const text = (indented ? `#${comment.text}` : comment.text).trim();
    if (text === '') found.length = 0;
    else found.push(text);
  }
  return found;
}

/**
 * Whether a file asks for a check that only runs on request: by its directive, or by the first check comment above the
 * instruction.
 * @param comments see `commentsAbove`
 */
export function asksForCheck({ file }: Model, comments: readonly string[], id: string): boolean {
  const directives = file.directives.flatMap(({ name, value }) => (name === 'check' ? [value] : []));
  const comment = comments.map((text) => /^check\s*=\s*(\S.*)$/i.exec(text)?.[1]).find(Boolean);
  return [...directives, ...(comment ? [comment] : [])].some((value) =>
    readCheckOptions(value)?.experimental.some((one) => one === 'all' || one.trim() === id),
  );
}
