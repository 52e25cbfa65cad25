// Reads `Packages` and `Release` of Debian and Ubuntu (deb822). The text comes in pieces; what is kept of a package is one
// short line, so that an index of fifty megabytes never stands in memory.
import { encodePackage } from './package-index';
import type { IndexReader } from './index-reader';

const ranks: Readonly<Record<string, number>> = { required: 1, important: 2, standard: 3 };

/** The fields that are kept, by their first letter: most lines are told by that alone. */
const kept: ReadonlyMap<string, readonly string[]> = new Map([
  ['P', ['Package', 'Priority', 'Pre-Depends', 'Provides']],
  ['V', ['Version']],
  ['E', ['Essential']],
  ['S', ['Size']],
  ['I', ['Installed-Size']],
  ['D', ['Depends']],
  ['R', ['Recommends']],
  ['C', ['Conflicts']],
  ['B', ['Breaks']],
]);

export class DebianReader implements IndexReader {
  #rest = '';
  #fields = new Map<string, string>();
  /** The field that a line with a blank at its start goes on with. */
  #last = '';

  push(piece: string): string {
    const text = this.#rest + piece;
    let out = '';
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      out += this.#line(text, start, end);
      start = end + 1;
    }
    this.#rest = text.slice(start);
    return out;
  }

  end(): string {
    const out = this.#line(this.#rest, 0, this.#rest.length) + this.#flush();
    this.#rest = '';
    return out;
  }

  #line(text: string, start: number, end: number): string {
    if (end <= start + 1) return this.#flush();
    const first = text.charAt(start);
    if (first === ' ' || first === '\t') {
      const before = this.#last === '' ? undefined : this.#fields.get(this.#last);
      if (before !== undefined) this.#fields.set(this.#last, `${before} ${text.slice(start, end).trim()}`);
      return '';
    }
    this.#last =
      kept.get(first)?.find((name) => text.startsWith(name, start) && text[start + name.length] === ':') ??
      '';
    if (this.#last !== '')
      this.#fields.set(this.#last, text.slice(start + this.#last.length + 1, end).trim());
    return '';
  }

  #flush(): string {
    if (this.#fields.size === 0) return '';
    const field = (name: string): string => this.#fields.get(name) ?? '';
    const both = (...names: string[]): string =>
      names
        .map(field)
        .filter((text) => text !== '')
        .join(', ');
    const [name, version] = [field('Package'), field('Version')];
    const line =
      name === '' || version === ''
        ? ''
        : encodePackage({
            name,
            version,
            rank: ranks[field('Priority')] ?? 4,
            essential: field('Essential') === 'yes',
            download: whole(field('Size')),
            installed: whole(field('Installed-Size')) * 1024,
            depends: both('Pre-Depends', 'Depends'),
            recommends: field('Recommends'),
            provides: field('Provides'),
            conflicts: both('Conflicts', 'Breaks'),
          });
    this.#fields = new Map();
    return line;
  }
}

function whole(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

export interface ReleaseFile {
  /** By path below the suite: the hash and size that the file must have. */
  readonly files: ReadonlyMap<string, { readonly sha256: string; readonly size: number }>;
}

/** @returns undefined if the text is no Release file, such as the login page of a proxy */
export function readRelease(text: string): ReleaseFile | undefined {
  const files = new Map<string, { readonly sha256: string; readonly size: number }>();
  let inside = false;
  for (const line of text.split('\n')) {
    if (!line.startsWith(' ')) inside = /^SHA256:\s*$/.test(line);
    else if (inside) {
      const [, sha256 = '', size = '', path = ''] =
        /^ ([0-9a-f]{64})\s+(\d{1,15})\s+(\S+)\s*$/.exec(line) ?? [];
      if (path !== '') files.set(path, { sha256, size: Number(size) });
    }
  }
  return files.size === 0 ? undefined : { files };
}
