// The stages that no build is known to need: neither the last stage, nor a target that a build of the repository names,
// nor a stage that looks like a target by itself.
import type { Model, Stage } from '../../model/model';
import { productionStage } from '../runtime/shipped-stage';
import { isForDevelopment } from '../runtime/what-runs';

const runsTests =
  /(?:^|[-_.])(?:(?:unit|integration|smoke|e2e)[-_.]?)?(?:tests?|testing|lint(?:er|ing)?|checks?|verify|validate|e2e|coverage)(?:$|[-_.])/i;

/** Whether the name of a stage says that it tests or checks something while the image is built. */
export function isTestStage({ name, instructions }: Stage): boolean {
  return runsTests.test(name?.value ?? '') && instructions.some(({ keyword }) => keyword === 'RUN');
}

/**
 * The stages that nothing needs, in file order.
 * @param targets the stages that builds of the repository name
 * @returns none if a `FROM` with a variable may mean any stage
 */
export function idleStages(model: Model, targets: readonly string[] = []): readonly Stage[] {
  const { stages } = model;
  const candidates = stages.filter(({ reachable }) => !reachable);
  if (candidates.length === 0 || stages.some((stage) => mayBeAnyStage(model, stage))) return [];
  const named = new Set(targets.map((name) => name.toLowerCase()));
  const needs = new Map<Stage, Stage[]>();
  for (const stage of candidates)
    for (const { stage: user } of stage.usedBy) {
      const known = needs.get(user);
      if (known) known.push(stage);
      else needs.set(user, [stage]);
    }
  const production = productionStage(model).stage;
  const used = new Set(
    stages.filter(
      (stage) =>
        stage.reachable ||
        stage === production ||
        named.has(stage.name?.value.toLowerCase() ?? '') ||
        named.has(String(stage.index)) ||
        isTarget(stage),
    ),
  );
  // Iterating a set also visits the elements that are added on the way.
  for (const stage of used) for (const other of needs.get(stage) ?? []) used.add(other);
  return candidates.filter((stage) => !used.has(stage));
}

/** Whether a stage itself says what a container of it runs, is named for development, or only holds files to export. */
function isTarget(stage: Stage): boolean {
  return (
    stage.base.distribution === 'scratch' ||
    (isForDevelopment(stage) && !isTestStage(stage)) ||
    stage.instructions.some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT')
  );
}

/** `FROM $STAGE`: the build decides which stage that is. */
function mayBeAnyStage(model: Model, { from, parent }: Stage): boolean {
  const [image] = from?.words ?? [];
  if (!from || !image || parent || !/^\$\{?\w+[^}]*\}?$/.test(image.value)) return false;
  return !/[/:@]/.test(model.expand(image, from) ?? '');
}
