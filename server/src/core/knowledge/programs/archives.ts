// Archives by the end of their names: what ADD unpacks, and what people take for an archive. Source: the compressions
// that BuildKit detects (tar, gzip, bzip2, xz, zstd), and the list of other linters.
import { matchGlob } from '../../text/glob';

/** Whether ADD unpacks a file of that name: a tar archive, plain or in a compression that the builder knows. */
export function isUnpackedByAdd(name: string): boolean {
  return /\.(?:tar|tgz|tbz2?|tb2|txz|tzst|tar\.(?:gz|bz2|xz|zst))$/i.test(name);
}

/**
 * Whether a file of that name may be an archive, so that ADD may unpack it. Not zip, which it never unpacks. A pattern
 * that ends in `*` may stand for one.
 */
export function mayBeArchive(name: string): boolean {
  // A signature or checksum beside an archive.
  if (/\.(?:sig|asc|minisig|sha\d+(?:sum)?|md5(?:sum)?)$/i.test(name)) return false;
  return /\.(?:tar|Z|bz2|gz|lz|lzma|xz|zst|tZ|tb2|tbz2?|tgz|tlz|tpz|txz|tzst)$|\.tar[.*?]|[\w-]\.?\*$/i.test(
    name,
  );
}

/** Whether the name of an archive is one of those that a pattern stands for. */
export function isNamedBy(pattern: string, name: string): boolean {
  return matchGlob(pattern, name) !== undefined;
}
