// Finds the place to write a version for an image that uses `latest`, explicitly or not.
import type { Span } from '../../text/span';
import type { ImageUse, Model } from '../../model/model';
import { locateReference, locateTagArgument } from './pins';

export interface VersionPlace {
  /** The image without its tag, for the registry and for titles. */
  readonly name: string;
  /** The span that the tag replaces: `latest`, or an empty span at the end of the name. */
  readonly at: Span;
  /** Text to insert before the tag. */
  readonly prefix: '' | ':';
  /** The whole text around the version: the reference, or a default that is only its tag. */
  readonly reach: Span;
}

const latest = 'latest';

/**
 * The place for the version of an image that has no tag or `latest`, has no digest, and whose tag is written in this
 * file: in the reference, or in the default of an ARG that nothing else reads. If an ARG gives the name before the
 * tag, there is no place, because another name may have other versions.
 */
export function findVersionPlace(model: Model, use: ImageUse): VersionPlace | undefined {
  if (use.via === 'syntax' || use.image.digest) return undefined;
  return ofReference(model, use) ?? ofTagArgument(model, use);
}

function ofReference(model: Model, use: ImageUse): VersionPlace | undefined {
  const found = locateReference(model, use);
  if ('reason' in found) return undefined;
  const { name, reference, at } = found;
  if (reference === name) return { name, at: { start: at.end, end: at.end }, prefix: ':', reach: at };
  if (reference !== `${name}:${latest}`) return undefined;
  const tag = use.image.tag?.span ?? endOf(at, reference);
  return tag && { name, at: tag, prefix: '', reach: at };
}

/** The tag at the end of an ARG's default. @returns undefined if quotes or escapes are in between */
function endOf({ start, end }: Span, reference: string): Span | undefined {
  return end - start === reference.length ? { start: end - latest.length, end } : undefined;
}

function ofTagArgument(model: Model, use: ImageUse): VersionPlace | undefined {
  const found = locateTagArgument(model, use);
  if (found?.tag !== latest) return undefined;
  return { name: use.image.name.text, at: found.at, prefix: '', reach: found.at };
}
