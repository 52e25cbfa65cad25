// Comments between instructions. They belong to the instruction below them.
import { once } from '../../text/memo';
import type { Model } from '../../model/model';

/** Zero-based numbers of the comment lines, without those inside instructions. */
export const commentLines = once(
  ({ document, file }: Model): ReadonlySet<number> =>
    new Set(file.comments.filter(({ inside }) => !inside).map(({ span }) => document.lineAt(span.start))),
);

/** Start of the comment lines directly above the line of `offset`; without comments, the start of that line. */
export function startWithComments(model: Model, offset: number): number {
  const { document } = model;
  let line = document.lineAt(offset);
  while (commentLines(model).has(line - 1)) line -= 1;
  return document.lineStart(line);
}
