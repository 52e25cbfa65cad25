// The steps of naming an image: the registry is asked first, because a version that is taken there cannot be pushed later.
import type { ImageId, ImageName } from '../checked-arguments';
import type { Outcome, Trouble } from '../run';
import { compareTargets } from './compare-targets';
import type { Outlet, There } from './compare-targets';
import type { Target } from './tags';
import type { StoreImage } from './store-image';

export type TagState =
  /** `there`: what the registry has under the name now. */
  | { readonly kind: 'tagged'; readonly there: There }
  | {
      readonly kind: 'refused';
      readonly there: Extract<There, { readonly kind: 'other' } | { readonly kind: 'unknown' }>;
    }
  | { readonly kind: 'failed'; readonly trouble: Trouble };

export interface TagReport {
  readonly image: StoreImage | undefined;
  readonly targets: readonly (Target & { readonly state: TagState })[];
}

/** Names nothing if one of the names is refused. A registry that does not answer refuses nothing: a push asks it again. */
export async function tagImage(
  image: ImageName | ImageId,
  targets: readonly Target[],
  force: boolean,
  outlet: Outlet,
): Promise<Outcome<TagReport>> {
  const compared = await compareTargets(image, targets, outlet);
  if (compared.kind !== 'done') return compared;
  const { runner, folder, store, found } = outlet;
  const done: (Target & { state: TagState })[] = [];
  const taken = compared.value.targets.filter((one) => !force && isTaken(one));
  if (taken.length > 0) {
    const states = taken.flatMap(({ name, kind, there }) =>
      there.kind === 'other' || there.kind === 'unknown'
        ? [{ name, kind, state: { kind: 'refused' as const, there } }]
        : [],
    );
    return { kind: 'done', value: { image: compared.value.image, targets: states } };
  }
  for (const { name, kind, there } of compared.value.targets) {
    const named = name === image ? undefined : await runner.run(store.tag(found, image, name), { folder });
    const state: TagState =
      named === undefined || named.kind === 'done'
        ? { kind: 'tagged', there }
        : { kind: 'failed', trouble: named };
    done.push({ name, kind, state });
  }
  return { kind: 'done', value: { image: compared.value.image, targets: done } };
}

function isTaken({ kind, there }: { readonly kind: Target['kind']; readonly there: There }): boolean {
  return kind !== 'mutable' && (there.kind === 'other' || there.kind === 'unknown');
}
