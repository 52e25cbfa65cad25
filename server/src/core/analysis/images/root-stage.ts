// Groups what a rule finds by the stage at the bottom of the chain, so that it says one thing about one image once.
import type { Model } from '../../model/model';
import type { Instruction } from '../../syntax/nodes';
import { groupedBy } from '../../text/groups';

/**
 * The items in groups, each with the items of stages that stand on the same FROM of an image.
 * @param items in file order
 * @param more what else tells groups apart
 */
export function groupByRoot<T extends { readonly instruction: Instruction }>(
  model: Model,
  items: Iterable<T>,
  more: (item: T) => string = () => '',
): Iterable<readonly [T, ...T[]]> {
  return groupedBy(items, (item) => {
    const root = model.stageOf(item.instruction)?.chain.at(-1)?.index ?? '';
    return `${root} ${more(item)}`;
  }).values();
}
