// Renames a build stage together with everything that refers to it.
import type { Fix } from '../lint/finding';
import type { Model, Stage } from '../model/model';
import { replace } from '../text/edit';

/**
 * The fix that gives a stage another name, in its FROM and wherever the name stands for it.
 * @param name the new name; a number is added until no stage has it
 * @returns undefined for a stage without a name, and where a reference is built from variables
 */
export function renameStage(model: Model, stage: Stage, name: string): Fix | undefined {
  if (!stage.name) return undefined;
  const old = stage.name.value.toLowerCase();
  const taken = new Set(model.stages.map((other) => other.name?.value.toLowerCase()));
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}-${number}`;
  const uses = stage.usedBy.filter(({ at }) => !/^\d+$/.test(model.document.slice(at)));
  // A use that spells the name in another way, with quotes or a variable, cannot be changed word by word.
  if (uses.some(({ at }) => model.document.slice(at).toLowerCase() !== old)) return undefined;
  if (model.document.slice(stage.name.span).toLowerCase() !== old) return undefined;
  const places = [stage.name.span, ...uses.map(({ at }) => at)].sort((a, b) => a.start - b.start);
  return { title: `Rename the stage to ${free}`, edits: places.map((at) => replace(at, free)) };
}
