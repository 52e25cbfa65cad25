// Fixes that write the digest of an image behind its tag: for an image without one or with a placeholder, and for one
// whose tag has moved on.
import type { ReferencePlace } from '../analysis/images/pins';
import type { Facts } from '../lint/facts';
import type { Fix } from '../lint/finding';
import { insertAfter, replace } from '../text/edit';
import type { Edit } from '../text/edit';
import { askFirst } from './ask-first';

/** @returns the fix that writes the digest, and `latest` if there is no tag: without a tag nobody could update it */
export function pinDigest(place: ReferencePlace, facts: Facts): Fix {
  const question = { kind: 'digest', reference: place.reference } as const;
  const what = { title: `Pin ${place.name} to its digest`, reach: place.at };
  return askFirst(facts, question, what, (digest) => digestEdits(place, digest));
}

/**
 * The fix that replaces a digest by what the tag is now.
 * @param platform the only one that the image is used for; undefined: all
 */
export function updateDigest(
  place: ReferencePlace & { readonly digest: object },
  platform: string | undefined,
  facts: Facts,
): Fix {
  const { reference, digest, at } = place;
  const question = { kind: 'digest', reference, pinned: digest.text, platform } as const;
  const what = { title: `Update the digest of ${place.name}:${place.tag}`, reach: at };
  return askFirst(facts, question, what, (current) => digestEdits(place, current));
}

/** No edits if the image has this digest. */
function digestEdits({ at, tag, digest }: ReferencePlace, wanted: string): readonly Edit[] {
  if (digest?.text === wanted) return [];
  const latest = tag === undefined ? ':latest' : '';
  if (!digest) return [insertAfter(at, `${latest}@${wanted}`)];
  if (latest === '') return [replace(digest.span, wanted)];
  // From the `@` in front of the placeholder.
  return [replace({ start: digest.span.start - 1, end: digest.span.end }, `${latest}@${wanted}`)];
}
