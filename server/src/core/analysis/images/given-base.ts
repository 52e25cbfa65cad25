// Whether the image of a stage is only the default of an argument that something around the Dockerfile sets.
import type { Model, Stage } from '../../model/model';
import type { AsksContext } from '../runtime/started-files';

/**
 * Whether a script, pipeline or Compose file around names the argument that a stage's base image is: the build then may stand
 * on another image than the default, with other users and packages.
 * @param facts read only where an argument is the whole name of the image; without a context the default counts
 */
export function mayBeOtherBase(model: Model, stage: Stage, facts: AsksContext): boolean {
  const word = stage.chain.at(-1)?.from?.words[0];
  const [variable, ...more] = word?.variables ?? [];
  if (!word || !variable || more.length > 0) return false;
  const isWhole = model.document.slice(variable.span) === word.raw.replace(/^"|"$/g, '');
  return isWhole && facts.context?.mentions?.(variable.name) === true;
}
