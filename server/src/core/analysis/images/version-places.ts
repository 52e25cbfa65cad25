// Finds the place to write a version for an image whose tag is `latest`, written or not, or another tag that moves.
import type { Span } from '../../text/span';
import type { ImageUse, Model } from '../../model/model';
import { locateReference, locateTagArgument } from './pins';

export interface VersionPlace {
  /** The image without its tag, for the registry and for titles. */
  readonly name: string;
  /** As written, or `latest` where none is. */
  readonly tag: string;
  /** The span that the new tag replaces: the tag, or an empty span at the end of the name. */
  readonly at: Span;
  /** Text to insert before the tag. */
  readonly prefix: '' | ':';
  /** The whole text around the version: the reference, or a default that is only its tag. */
  readonly reach: Span;
}

/**
 * The place for a more specific version of an image that has no digest, and whose tag is written in this file: in the
 * reference, or in the default of an ARG that nothing else reads. If an ARG gives the name before the tag, there is no
 * place, because another name may have other versions.
 */
export function findVersionPlace(model: Model, use: ImageUse): VersionPlace | undefined {
  if (use.via === 'syntax' || use.image.digest) return undefined;
  return ofReference(model, use) ?? ofTagArgument(model, use);
}

/** Whether a tag names less than a whole version, so that the image behind it moves: `1`, `3.20`, `lts`, `alpine`. */
export function isMoving(tag: string): boolean {
  return /^\w[\w.-]{0,127}$/.test(tag) && !/^v?\d+\.\d+\.\d+|\d{6,}/i.test(tag);
}

function ofReference(model: Model, use: ImageUse): VersionPlace | undefined {
  const found = locateReference(model, use);
  if ('reason' in found || found.digest || found.name.includes('$')) return undefined;
  const { name, reference, at, tag } = found;
  if (tag === undefined)
    return { name, tag: 'latest', at: { start: at.end, end: at.end }, prefix: ':', reach: at };
  const span = use.image.tag?.span ?? endOf(at, reference, tag);
  return span && { name, tag, at: span, prefix: '', reach: at };
}

/** The tag at the end of an ARG's default. @returns undefined if quotes or escapes are in between */
function endOf({ start, end }: Span, reference: string, tag: string): Span | undefined {
  return end - start === reference.length ? { start: end - tag.length, end } : undefined;
}

function ofTagArgument(model: Model, use: ImageUse): VersionPlace | undefined {
  const found = locateTagArgument(model, use);
  if (!found) return undefined;
  return { name: use.image.name.text, tag: found.tag, at: found.at, prefix: '', reach: found.at };
}
