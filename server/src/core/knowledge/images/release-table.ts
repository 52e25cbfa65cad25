// Reads the generated table of the releases that official images stand on, for tags that do not name one. A line is an
// image, then `|ENDINGS:VERSION=RELEASE;…` for tags that begin with a version, written only where the release changes,
// and `|=RELEASE:TAG,…` for others. The first line has the releases that the numbers (base 36) stand for.
import { once } from '../../text/memo';
import { lastNotAfter } from '../../text/search';
import { releaseTable } from './image-tables.generated';
import { partsOf } from './table-lines';
import { compareTagVersions, splitTag } from './tag-versions';
import type { TagVersion } from './tag-versions';

interface Boundary {
  readonly from: TagVersion;
  /** Number of its release, base 36. */
  readonly code: string;
}

/** What the table says about an image. */
interface Lines {
  /** By the ending of a tag behind its version, the text of the boundaries. */
  readonly endings: ReadonlyMap<string, readonly [text: string]>;
  /** By tags without a version. */
  readonly words: ReadonlyMap<string, string>;
}

/** A table that reads the lines of an image when it is first asked for. */
class ReleaseTable {
  readonly #text: string;
  readonly #images = new Map<string, Lines>();
  #releases: readonly string[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  find(image: string, tag: string): string | undefined {
    const lines = this.#linesOf(image);
    if (!lines) return undefined;
    const { version, ending } = splitTag(tag);
    if (!version) return lines.words.get(tag);
    const text = lines.endings.get(ending);
    if (!text) return undefined;
    const boundaries = boundariesOf(text);
    const at = lastNotAfter(boundaries, ({ from }) => compareTagVersions(from, version) <= 0);
    return this.#releaseOf(boundaries[at]?.code);
  }

  versions(image: string, ending: string): readonly TagVersion[] {
    const text = this.#linesOf(image)?.endings.get(ending);
    return text ? boundariesOf(text).map(({ from }) => from) : [];
  }

  #linesOf(image: string): Lines | undefined {
    const known = this.#images.get(image);
    if (known) return known;
    const parts = partsOf(this.#text, image);
    if (!parts) return undefined;
    const endings = new Map<string, readonly [text: string]>();
    const words = new Map<string, string>();
    for (const { front, rest: text } of parts) {
      if (front.startsWith('=')) {
        for (const word of text.split(',')) words.set(word, this.#releaseOf(front.slice(1)) ?? '');
      } else {
        const shared = [text] as const;
        for (const ending of front.split(',')) endings.set(ending, shared);
      }
    }
    const lines = { endings, words };
    this.#images.set(image, lines);
    return lines;
  }

  #releaseOf(code: string | undefined): string | undefined {
    this.#releases ??= this.#text.slice(0, this.#text.indexOf('\n')).split(' ');
    return code === undefined ? undefined : this.#releases[parseInt(code, 36)];
  }
}

const boundariesOf = once(([text]: readonly [text: string]): readonly Boundary[] =>
  text.split(';').map((pair) => {
    const equals = pair.indexOf('=');
    return { from: pair.slice(0, equals).split('.'), code: pair.slice(equals + 1) };
  }),
);

const table = new ReleaseTable(releaseTable);

/**
 * The name of the release that an official image stands on, or stood on when it was last listed. A version between two
 * known ones has the release of the one before, so this never proves that a tag exists.
 * @param tag in lower case
 */
export function releaseInTable(image: string, tag: string): string | undefined {
  return table.find(image, tag);
}

/**
 * Versions of an official image that are known to have a tag with an ending: those at which its release changed.
 * @param ending what follows the version: `-slim`, or nothing
 */
export function versionsInTable(image: string, ending: string): readonly TagVersion[] {
  return table.versions(image, ending);
}
