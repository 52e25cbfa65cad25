// The stage at the bottom of a chain, whose FROM has the image, and groups of what a rule finds by it, so that it says one
// thing about one image once.
import type { Model, Stage } from '../../model/model';
import type { Instruction } from '../../syntax/nodes';
import { groupedBy } from '../../text/groups';
import { once } from '../../text/memo';

/** The stage at the bottom of each chain. Takes linear time, where all chains together take quadratic space. */
export const rootsOf = once(({ stages }: Model): ReadonlyMap<Stage, Stage> => {
  const roots = new Map<Stage, Stage>();
  for (const stage of stages) roots.set(stage, (stage.parent && roots.get(stage.parent)) ?? stage);
  return roots;
});

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
  const roots = rootsOf(model);
  return groupedBy(items, (item) => {
    const stage = model.stageOf(item.instruction);
    return `${(stage && roots.get(stage)?.index) ?? ''} ${more(item)}`;
  }).values();
}
