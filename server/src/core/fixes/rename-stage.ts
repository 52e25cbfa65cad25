// Renames a build stage together with everything that refers to it.
import type { Fix } from '../lint/finding';
import type { Model, Stage } from '../model/model';
import { replace } from '../text/edit';
import { once } from '../text/memo';
import type { Span } from '../text/span';

/** How many stages have a name, by the name in lower case. */
export const stagesByName = once((model: Model): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { name } of model.stages) {
    const lower = name?.value.toLowerCase();
    if (lower !== undefined) counts.set(lower, (counts.get(lower) ?? 0) + 1);
  }
  return counts;
});

/** Where a stage is written by its name, in any case and in file order: in its FROM, and where others use it. */
export function placesOfName({ document }: Model, { name, usedBy }: Stage): readonly Span[] {
  const lower = name?.value.toLowerCase();
  const uses = usedBy.map(({ at }) => at).filter((at) => document.slice(at).toLowerCase() === lower);
  return name ? [name.span, ...uses].sort((a, b) => a.start - b.start) : [];
}

/**
 * The fix that gives a stage another name, in its FROM and wherever the name stands for it.
 * @param name the new name; its number is counted up, or one is added, until no stage has it
 * @returns undefined for a stage without a name, and where a reference is built from variables
 */
export function renameStage(model: Model, stage: Stage, name: string): Fix | undefined {
  if (!stage.name) return undefined;
  const { document } = model;
  if (document.slice(stage.name.span).toLowerCase() !== stage.name.value.toLowerCase()) return undefined;
  const places = placesOfName(model, stage);
  const uses = stage.usedBy.filter(({ at }) => !/^\d+$/.test(document.slice(at)));
  // A use that spells the name in another way, with quotes or a variable, cannot be changed word by word.
  if (uses.length !== places.length - 1) return undefined;
  const taken = stagesByName(model);
  const [, stem = name, given = '1'] = /^(.*)-(\d+)$/.exec(name) ?? [];
  let free = name;
  for (let number = Number(given) + 1; taken.has(free); number += 1) free = `${stem}-${number}`;
  return { title: `Rename the stage to ${free}`, edits: places.map((at) => replace(at, free)) };
}
