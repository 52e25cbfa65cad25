// Where a version can be written for an image that is taken as `latest`, said or not.
import type { Span } from '../../text/span';
import type { ImageUse, Model } from '../../model/model';
import { locateReference, locateTagArgument } from './pins';

export interface VersionPlace {
  /** The image without its tag: what to ask the registry for, and how to call it in a title. */
  readonly name: string;
  /** What the tag is written over: `latest`, or nothing at the end of the name. */
  readonly at: Span;
  /** Goes in front of the tag. */
  readonly prefix: '' | ':';
  /** The whole text the version belongs to: the reference, or the default that is only its tag. */
  readonly reach: Span;
}

const latest = 'latest';

/**
 * The place of an image that has no tag or `latest`, and no digest, and whose tag is written in this file: in the
 * reference, or in the default of an ARG that nothing else reads. A tag behind a name that an ARG gives is left
 * alone, since another name may have other versions.
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

/** The tag at the end of an ARG's default. @returns undefined where quotes or escapes are in between */
function endOf({ start, end }: Span, reference: string): Span | undefined {
  return end - start === reference.length ? { start: end - latest.length, end } : undefined;
}

function ofTagArgument(model: Model, use: ImageUse): VersionPlace | undefined {
  const found = locateTagArgument(model, use);
  if (found?.tag !== latest) return undefined;
  return { name: use.image.name.text, at: found.at, prefix: '', reach: found.at };
}
