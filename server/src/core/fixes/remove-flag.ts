// Takes a flag out of its instruction.
import type { Model } from '../model/model';
import type { Flag } from '../syntax/nodes';
import { remove } from '../text/edit';
import type { Edit } from '../text/edit';

/** Removes a flag and the blanks behind it. */
export function removeFlag({ file: { text } }: Pick<Model, 'file'>, { span: { start, end } }: Flag): Edit {
  let after = end;
  while (text[after] === ' ' || text[after] === '\t') after += 1;
  return remove({ start, end: after });
}
