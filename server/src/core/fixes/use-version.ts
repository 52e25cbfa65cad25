// The fix of an image whose tag is `latest`, written or not: the version that `latest` is now.
import { findVersionPlace } from '../analysis/images/version-places';
import type { Facts } from '../lint/facts';
import type { Fix } from '../lint/finding';
import type { ImageUse, Model } from '../model/model';
import { replace } from '../text/edit';
import { askFirst } from './ask-first';

/** @returns undefined if the tag is not written in this file, or if other images share it */
export function useVersion(model: Model, use: ImageUse, facts: Facts): Fix | undefined {
  const place = findVersionPlace(model, use);
  if (!place) return undefined;
  const { name, at, reach, prefix } = place;
  const title = `Use the version that ${name}:latest is now`;
  return askFirst(facts, { kind: 'version', image: name }, { title, reach }, (tag) => [
    replace(at, prefix + tag),
  ]);
}
