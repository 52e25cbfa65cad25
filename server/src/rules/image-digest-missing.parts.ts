// What image-digest-missing offers for an image, whether or not it is reported: a digest, a newer digest, or the reason
// why there is none.
import { isDigest, locateReference } from '../core/analysis/images/pins';
import { pinDigest, updateDigest } from '../core/fixes/pin-digest';
import type { Facts } from '../core/lint/facts';
import type { Offer } from '../core/lint/finding';
import type { ImageUse, Model } from '../core/model/model';

/** Also for the syntax image and for bare words, which are not reported. */
export function* offerDigests(model: Model, use: ImageUse, facts: Facts): Iterable<Offer> {
  const { image, resolved } = use;
  const at = image.span;
  const place = locateReference(model, use);
  if ('reason' in place) {
    const { reason } = place;
    // Of an ARG that holds a digest nothing is known here.
    const pinned = image.digest?.text ?? /@(.*)$/s.exec(resolved ?? '')?.[1];
    const question = { kind: 'digest', reference: image.text, pinned } as const;
    const name = image.name.text;
    const title = pinned === undefined ? `Pin ${name} to its digest` : `Update the digest of ${name}`;
    yield { at, title, question, reason };
    return;
  }
  const { digest } = place;
  if (!digest || !isDigest(digest.text)) {
    yield { at, fix: pinDigest(place, facts) };
    return;
  }
  if (place.tag !== undefined) {
    yield { at, fix: updateDigest({ ...place, digest }, platformOf(use), facts) };
    return;
  }
  const question = { kind: 'digest', reference: place.reference, pinned: digest.text } as const;
  const title = `Update the digest of ${place.name}`;
  yield { at, title, question, reason: 'it has no tag that says which newer image is meant' };
}

/** The platform that FROM names literally. */
function platformOf({ instruction, via }: ImageUse): string | undefined {
  const flag = via === 'from' ? instruction?.flags.find(({ name }) => name === 'platform') : undefined;
  const platform = flag?.value?.value;
  return platform !== undefined && /^[a-z0-9]+\/[a-z0-9/]+$/.test(platform) ? platform : undefined;
}
