// What a source of COPY, ADD or a mount takes of a place, and where that lands in the image. Follows the checksums of
// BuildKit (includedPaths in cache/contenthash): a pattern is matched part by part, what it matches counts with all that
// is in it, and --exclude sees paths from there on.
import type { Copy, CopySource } from '../../model/model';
import { once } from '../../text/memo';
import { baseName, isBelow, normalizePath } from '../../text/paths';
import { excludedBy } from '../context/context-sources';
import { codeOf, readPattern } from '../context/ignore-pattern';
import type { PathTest } from '../context/ignore-pattern';

/** A place in the files of a stage or of the context: relative to the root, normalized. */
export interface Place {
  readonly path: string;
  /** Whether it is this very file; otherwise it may be anything in a folder of this name. */
  readonly exact: boolean;
}

/** `doubtful`: a source takes part of the place, or it cannot be told what it takes. */
export type Taken =
  | { readonly kind: 'apart' | 'doubtful' }
  /** `rest`: the path from the file or folder that is named on; empty for that itself. */
  | { readonly kind: 'whole'; readonly rest: string };

const apart: Taken = { kind: 'apart' };
const doubtful: Taken = { kind: 'doubtful' };

/** What a source of COPY or ADD takes of a place in its origin. */
export function takenBy(copy: Copy, source: CopySource, place: Place): Taken {
  const { path } = source;
  if (path === undefined || path.includes('\\')) return doubtful;
  const taken = copy.parents
    ? takenWithParents(source, path, place)
    : source.glob
      ? takenByPattern(source, path, place)
      : takenByPath(path, place);
  if (taken.kind !== 'whole' || copy.excludes.length === 0) return taken;
  if (copy.excludes.some((pattern) => pattern.includes('$'))) return doubtful;
  if (!place.exact) return doubtful;
  return excludedBy(copy).ignores(taken.rest) ? apart : taken;
}

/** The same for a path without a pattern: it is the place, lies above it, or below it. */
export function takenByPath(path: string, place: Place): Taken {
  if (isIn(place.path, path))
    return { kind: 'whole', rest: path === '' ? place.path : place.path.slice(path.length + 1) };
  // Something else in the folder may have changed.
  return !place.exact && isIn(path, place.path) ? doubtful : apart;
}

function isIn(path: string, folder: string): boolean {
  return folder === '' || isBelow(path, folder);
}

function takenByPattern(source: CopySource, pattern: string, place: Place): Taken {
  const parts = place.path === '' ? [] : place.path.split('/');
  const count = pattern.split('/').length;
  if (parts.length < count) return besides(pattern, place);
  const named = parts.slice(0, count).join('/');
  return matches(globOf(source), named) ? { kind: 'whole', rest: parts.slice(count).join('/') } : apart;
}

/** With --parents a source is a pattern as in an ignore file, read from the root or from its `/./` on. */
function takenWithParents(source: CopySource, path: string, place: Place): Taken {
  const pivot = source.value.indexOf('/./');
  if (pivot >= 0 && source.variable) return doubtful;
  const from = pivot < 0 ? '' : normalizePath(`/${source.value.slice(0, pivot)}`).slice(1);
  const pattern = pivot < 0 ? path : normalizePath(`/${source.value.slice(pivot + 3)}`).slice(1);
  // BuildKit drops an empty pattern and then compares nothing.
  if (pattern === '' || /[*?[]/.test(from)) return doubtful;
  const below = takenByPath(from, place);
  if (below.kind !== 'whole') return below;
  if (matches(readPattern(pattern), below.rest)) return below;
  return besides(pattern, { ...place, path: below.rest });
}

/** A place that a pattern does not match: does it match something in it? */
function besides(pattern: string, { path, exact }: Place): Taken {
  const fixed = fixedPart(pattern);
  return !exact && (isIn(path, fixed) || isIn(fixed, path)) ? doubtful : apart;
}

/** The folders of a pattern in front of its first sign. */
export function fixedPart(pattern: string): string {
  const sign = pattern.search(/[*?[]/);
  return sign < 0 ? pattern : pattern.slice(0, Math.max(pattern.lastIndexOf('/', sign), 0));
}

/** For a path of as many parts as the pattern has. Outside an ignore file `**` means `*`, and `^` is a plain sign. */
const globOf = once(({ path = '' }: CopySource): PathTest | undefined =>
  readPattern(path.replaceAll(/\*+/g, '*').replaceAll(/(?<!\[)\^/g, '\\^')),
);

function matches(test: PathTest | undefined, path: string): boolean {
  return test?.({ text: path, codes: Array.from(path, codeOf) }) === true;
}

/** Names that ADD takes for archives; it really looks into the file. */
const archive = /\.(?:tar|tgz|tbz2?|txz|tzst)$|\.tar\.\w+$/i;

/**
 * Where something that a copy takes lands.
 * @param rest see Taken
 * @returns undefined if it can be anywhere
 */
export function landing(copy: Copy, source: CopySource, place: Place, rest: string): Place | undefined {
  const folder = destinationOf(copy);
  if (folder === undefined) return undefined;
  const within = (below: string): string =>
    folder === '' || below === '' ? folder + below : `${folder}/${below}`;
  if (copy.parents) return { path: within(rest), exact: place.exact };
  if (rest !== '') return { path: within(rest), exact: place.exact };
  const isUnpacked = copy.keyword === 'ADD' && source.kind === 'context' && archive.test(place.path);
  if (isUnpacked || !place.exact) return { path: folder, exact: false };
  // A destination without a slash at its end may be a folder of the image.
  return copy.destination.isFolder
    ? { path: within(baseName(place.path)), exact: true }
    : { path: folder, exact: false };
}

/** Relative to the root; undefined if it is not known. */
export function destinationOf({ destination: { path } }: Copy): string | undefined {
  return path?.startsWith('/') === true ? path.slice(1) : undefined;
}

/** Today's distributions keep /bin, /lib and /sbin as links into /usr, and /var/run as one to /run. */
export function otherName(path: string): string | undefined {
  if (/^(?:bin|sbin|lib|lib32|lib64)(?:\/|$)/.test(path)) return `usr/${path}`;
  if (/^usr\/(?:bin|sbin|lib|lib32|lib64)(?:\/|$)/.test(path)) return path.slice('usr/'.length);
  if (/^var\/run(?:\/|$)/.test(path)) return path.slice('var/'.length);
  return /^run(?:\/|$)/.test(path) ? `var/${path}` : undefined;
}
