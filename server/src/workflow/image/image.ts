// An image as it was read, layer by layer, and the ways in which it cannot be read. The readers are in io/images/.
import type { Translate } from '../translate';

export interface ReadImage {
  /** Names it has in the archive; empty if it says none. */
  readonly names: readonly string[];
  /** `linux/arm64` */
  readonly platform: string;
  readonly config: ImageConfig;
  /** In the order of the build. */
  readonly history: readonly HistoryStep[];
  /** From the bottom up. */
  readonly layers: readonly ReadLayer[];
}

export interface ImageConfig {
  /** Empty: root. */
  readonly user: string;
  /** `8080/tcp` */
  readonly ports: readonly string[];
}

export interface HistoryStep {
  readonly createdBy: string;
  /** It changed the configuration alone. */
  readonly isEmpty: boolean;
}

export interface ReadLayer {
  readonly digest: string;
  /** `stored`: as a registry would send it. `measured`: gzip makes this of it. Undefined: nobody measured it. */
  readonly compressed: { readonly bytes: number; readonly how: 'stored' | 'measured' } | undefined;
  /** Of all its files; of a foreign layer unknown. */
  readonly unpacked: number;
  readonly entries: readonly LayerEntry[];
  /** Lies on another server (base layers of Windows), so its files are not known. */
  readonly isForeign: boolean;
  /** Entries whose path leaves the image, or is longer than any system allows. */
  readonly refused: number;
}

export type EntryKind =
  | 'file'
  | 'folder'
  | 'symlink'
  | 'hardlink'
  | 'other' /** Deletes a path. */
  | 'whiteout' /** Empties a folder. */
  | 'opaque';

export interface LayerEntry {
  /** Without a slash at its start and end. Of a whiteout: what is deleted. */
  readonly path: string;
  readonly kind: EntryKind;
  readonly bytes: number;
  readonly mode: number;
  /** Where a link leads. */
  readonly target?: string;
  /** It has capabilities of its own. */
  readonly isCapable?: boolean;
  /** Of the few files that are read. */
  readonly text?: string;
}

/** Why an image cannot be read. `detail`: a name or a number, as fits the kind. */
export interface ImageTrouble {
  readonly kind:
    | 'missing'
    | 'notAnImage'
    | 'noImage'
    | 'truncated'
    | 'damaged'
    | 'blobMissing'
    | 'compression'
    | 'noPlatform'
    | 'tooMuch'
    | 'system'
    | 'cancelled';
  readonly detail: string;
}

/** @returns the second half of a sentence: "cannot read image.tar: …" */
export function imageTroubleText({ kind, detail }: ImageTrouble, t: Translate): string {
  switch (kind) {
    case 'missing':
      return t('there is no such file or folder');
    case 'notAnImage':
      return t('it is neither an archive of docker save nor an OCI layout');
    case 'noImage':
      return t('it holds no image');
    case 'truncated':
      return t('it ends too early. Write it again');
    case 'damaged':
      return t('it is damaged ({0}). Write it again', detail);
    case 'blobMissing':
      return t('{0} is not in it, though the image needs it. Write it again', detail);
    case 'compression':
      return t(
        'a layer is compressed with {0}, which this Node.js cannot read. Use Node.js 22.15 or later',
        detail,
      );
    case 'noPlatform':
      return t('it has no image for that platform, but {0}', detail);
    case 'tooMuch':
      return t('it holds more than Drydock reads ({0})', detail);
    case 'system':
      return detail;
    case 'cancelled':
      return t('it was cancelled');
  }
}

/** Base name of the marker files that delete. */
const whiteoutPrefix = '.wh.';
const opaqueName = '.wh..wh..opq';

/** Linux allows no longer path. */
const longestPath = 4096;

/**
 * The path of an entry, and whether it is a marker that deletes.
 * @param name as the archive has it
 * @returns undefined for the root; `refused` if it leaves the image or is too long
 */
export function readEntryName(
  name: string,
): { readonly path: string; readonly marker?: 'whiteout' | 'opaque' } | 'refused' | undefined {
  if (name.length > longestPath) return 'refused';
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return 'refused';
  const last = parts.at(-1);
  if (last === undefined) return undefined;
  if (last === opaqueName) return { path: parts.slice(0, -1).join('/'), marker: 'opaque' };
  // AUFS keeps its own records under such names.
  if (last.startsWith('.wh..wh.')) return undefined;
  if (!last.startsWith(whiteoutPrefix)) return { path: parts.join('/') };
  const path = [...parts.slice(0, -1), last.slice(whiteoutPrefix.length)].join('/');
  return { path, marker: 'whiteout' };
}

/** Characters of the largest file whose text counts: the list of packages of a large Debian has three million. */
const longestText = 16_000_000;

/** Bytes of the file to keep; 0 for all but those that say which system and packages are there. */
export function keptBytes(path: string): number {
  return /^(?:etc\/os-release|usr\/lib\/os-release|var\/lib\/dpkg\/status(?:\.d\/[^/]+)?|(?:usr\/)?lib\/apk\/db\/installed)$/.test(
    path,
  )
    ? longestText
    : 0;
}
