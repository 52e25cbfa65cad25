// Comments between instructions: they go along with what stands below them.
import { once } from '../../text/memo';
import type { Model } from '../../model/model';

/** Zero-based numbers of the lines that hold a comment, those inside instructions left out. */
export const commentLines = once(
  ({ document, file }: Model): ReadonlySet<number> =>
    new Set(file.comments.filter(({ inside }) => !inside).map(({ span }) => document.lineAt(span.start))),
);

/** Offset at which the comment lines directly above that of `offset` begin, or its line where there are none. */
export function startWithComments(model: Model, offset: number): number {
  const { document } = model;
  let line = document.lineAt(offset);
  while (commentLines(model).has(line - 1)) line -= 1;
  return document.lineStart(line);
}
