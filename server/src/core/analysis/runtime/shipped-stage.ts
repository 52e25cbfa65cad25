// The stage that is made for production, if a stage for development stands below it and a plain build takes that one.
import type { Model, Stage } from '../../model/model';
import { once } from '../../text/memo';
import { isForDevelopment, whatRuns } from './what-runs';

const production = /(?:^|[-_.])(?:prod|production|release|runtime|final|live|deploy|ship)(?:$|[-_.])/i;

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
  return { stage: above.reverse().find((stage) => whatRuns(model, stage).kind === 'program') };
});

/** The stage whose image people run: the last one, or the one for production above a stage for development. */
export function shippedStage(model: Model): Stage | undefined {
  return productionStage(model).stage ?? model.finalStage;
}
