// From a tag to what it stands for now: whoever signs a tag signs what somebody else may put there a moment later.
import { byDigest, digestName, partsOf } from '../checked-arguments';
import type { DigestName, ImageReference } from '../checked-arguments';
import type { Trouble } from '../run';
import type { Translate } from '../translate';
import { askRegistry } from './compare-targets';
import type { Asker } from './compare-targets';
import { registryTroubleText } from './registry-problem';

export type Resolved =
  /** `asked`: the registry said which digest the tag stands for. */
  | { readonly kind: 'known'; readonly image: ImageReference; readonly asked: boolean }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'noTool' }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

/** @param image with its registry, and a tag or a digest */
export async function resolveDigest(image: ImageReference, asker: Asker): Promise<Resolved> {
  const { repository, digest: given } = partsOf(image);
  if (given !== undefined) return { kind: 'known', image: byDigest(repository, given), asked: false };
  const outcome = await askRegistry(image, asker);
  if (outcome === undefined) return { kind: 'noTool' };
  if (outcome.kind !== 'done') return { kind: 'trouble', trouble: outcome };
  if (outcome.value === undefined) return { kind: 'nothing' };
  const digest: DigestName | undefined = digestName(asker.digestOf(outcome.value.raw));
  return digest === undefined
    ? { kind: 'trouble', trouble: { kind: 'unreadable', why: 'no digest' } }
    : { kind: 'known', image: byDigest(repository, digest), asked: true };
}

/** Why a tag has no digest, as a whole sentence. */
export function unresolvedText(
  image: ImageReference,
  resolved: Exclude<Resolved, { readonly kind: 'known' }>,
  program: string,
  t: Translate,
): string {
  switch (resolved.kind) {
    case 'nothing':
      return t('the registry has no {0}: push it first', image);
    case 'noTool':
      return t(
        'nothing here can ask the registry what {0} stands for. Install skopeo or crane, or give the digest',
        image,
      );
    case 'trouble': {
      const why = registryTroubleText(resolved.trouble, program, partsOf(image).repository, t);
      return t('the registry did not say what {0} stands for: {1}', image, why);
    }
  }
}
