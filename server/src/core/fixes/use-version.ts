// The fix of an image whose tag moves: the version that the tag is now.
import { findVersionPlace, isMoving } from '../analysis/images/version-places';
import type { VersionPlace } from '../analysis/images/version-places';
import type { Facts } from '../lint/facts';
import type { Fix } from '../lint/finding';
import type { ImageUse, Model } from '../model/model';
import { replace } from '../text/edit';
import { askFirst } from './ask-first';

/** For `latest`, written or not. @returns undefined if the tag is not written in this file, or if other images share it */
export function useVersion(model: Model, use: ImageUse, facts: Facts): Fix | undefined {
  const place = findVersionPlace(model, use);
  if (place?.tag !== 'latest') return undefined;
  return askForVersion(place, `Use the version that ${place.name}:latest is now`, facts);
}

/** For another tag that moves (`1`, `lts`, `alpine`). @returns undefined for `latest`, and as `useVersion` */
export function useSpecificVersion(model: Model, use: ImageUse, facts: Facts): Fix | undefined {
  const place = findVersionPlace(model, use);
  if (!place || place.tag === 'latest' || !isMoving(place.tag)) return undefined;
  return askForVersion(place, `Use the most specific version that ${place.name}:${place.tag} is now`, facts);
}

function askForVersion({ name, tag, at, reach, prefix }: VersionPlace, title: string, facts: Facts): Fix {
  const question = { kind: 'version', image: name, ...(tag !== 'latest' && { tag }) } as const;
  return askFirst(facts, question, { title, reach }, (version) => [replace(at, prefix + version)]);
}
