// The stage that is made for production, if a stage for development stands below it and a plain build takes that one.
import type { Model, Stage } from '../../model/model';
import { once } from '../../text/memo';
import { isForDevelopment, whatRuns } from './what-runs';

const production = /(?:^|[-_.])(?:prod|production|release|runtime|runner|final|live|deploy|ship)(?:$|[-_.])/i;

const mostCandidates = 10;

/**
 * The last stage for production above a last stage whose name says development, tests or debugging: it starts a
 * program, and the last stage does not only copy from it.
 */
export const productionStage = once((model: Model): { readonly stage: Stage | undefined } => {
  const { finalStage, stages } = model;
  if (!finalStage || !isForDevelopment(finalStage)) return { stage: undefined };
  const above = stages.filter(
    (stage) =>
      !stage.isFinal &&
      !isForDevelopment(stage) &&
      (stage.reachesImage || !stage.reachable) &&
      // A stage for others to build on is made for production only if it says so.
      (stage.usedBy.every(({ stage: user }) => isForDevelopment(user)) ||
        production.test(stage.name?.value ?? '')),
  );
  // What a stage runs is looked up in all its parents, so only a few are asked.
  const nearest = above.slice(-mostCandidates).reverse();
  const isMeant = (stage: Stage): boolean => {
    const { kind } = whatRuns(model, stage);
    return kind === 'program' || (kind === 'tool' && production.test(stage.name?.value ?? ''));
  };
  return { stage: nearest.find(isMeant) };
});

/** The stage whose image people run: the last one, or the one for production above a stage for development. */
export function shippedStage(model: Model): Stage | undefined {
  return productionStage(model).stage ?? model.finalStage;
}
