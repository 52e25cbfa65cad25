// Is a build reproducible? Builds twice without a cache and compares; if the images differ, says what differs first.
import { troubleText } from '../outcome-text';
import { removeRun } from '../release/clean-up';
import type { Machine } from '../tool';
import type { Translate } from '../translate';
import { runBuild } from './run-build';
import type { BuildOptions, PlannedBuild } from './run-build';
import type { StoredImage } from './stored-image';

/** A built image, and how. */
export interface Built {
  readonly plan: PlannedBuild;
  readonly image: StoredImage;
}

export type Twice<Why> =
  | { readonly kind: 'same'; readonly id: string }
  /** `problem`: what differs is not known. */
  | {
      readonly kind: 'different';
      readonly ids: readonly string[];
      readonly why: Why | { readonly problem: string };
    }
  /** A sentence without a full stop. */
  | { readonly kind: 'unbuilt'; readonly problem: string }
  | { readonly kind: 'cancelled' };

export interface TwiceOptions<Why> extends BuildOptions {
  /** A build begins. */
  onBuild(which: 'first' | 'second', plan: PlannedBuild): void;
  /** Writes both images out and reads them. */
  explain(first: Built, second: Built): Promise<Why | { readonly problem: string }>;
  /** An image of the two could not be removed. @param message without a full stop */
  onLeft(message: string): void;
}

/** @param plans with names of their own, which are free again at the end */
export async function buildTwice<Why>(
  plans: { readonly first: PlannedBuild; readonly second: PlannedBuild },
  machine: Machine,
  options: TwiceOptions<Why>,
): Promise<Twice<Why>> {
  const built: Built[] = [];
  const { t } = options;
  try {
    for (const which of ['first', 'second'] as const) {
      const plan = plans[which];
      options.onBuild(which, plan);
      const { outcome, image } = await runBuild(plan, machine, options);
      if (outcome.kind === 'cancelled') return { kind: 'cancelled' };
      if (!image) return { kind: 'unbuilt', problem: whyUnbuilt(which, plan, outcome, t) };
      built.push({ plan, image });
    }
    const [first, second] = built;
    if (!first || !second) return { kind: 'cancelled' };
    const ids = [first, second].map(({ image }) => `sha256:${image.id}`);
    if (first.image.id === second.image.id) return { kind: 'same', id: ids[0] ?? '' };
    return { kind: 'different', ids, why: await options.explain(first, second) };
  } finally {
    for (const { plan } of built) {
      const { found, choice } = plan;
      const gone = await machine.runner.run(removeRun(found, choice.tag), { folder: choice.context });
      if (gone.kind !== 'done')
        options.onLeft(t('{0} stays in {1}: {2}', choice.tag, found.id, troubleText(gone, t)));
    }
  }
}

function whyUnbuilt(
  which: 'first' | 'second',
  { engine, choice }: PlannedBuild,
  outcome: Awaited<ReturnType<typeof runBuild>>['outcome'],
  t: Translate,
): string {
  if (outcome.kind !== 'done') return t('{0} could not build: {1}', engine.title, troubleText(outcome, t));
  if (outcome.value.kind === 'stopped')
    return which === 'first'
      ? t('the first build failed: drydock build {0} says why', choice.dockerfile)
      : t('the second build failed: drydock build {0} says why', choice.dockerfile);
  return t('the builder keeps the image in its cache alone, where it cannot be compared');
}
