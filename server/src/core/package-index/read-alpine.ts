// Reads `APKINDEX` of Alpine: a letter, a colon and a value on each line, and an empty line between packages.
// https://wiki.alpinelinux.org/wiki/Apk_spec
import { encodePackage } from './package-index';
import type { IndexReader } from './index-reader';

export class AlpineReader implements IndexReader {
  #rest = '';
  #fields = new Map<string, string>();

  push(text: string): string {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    let out = '';
    for (const line of lines) out += this.#line(line);
    return out;
  }

  end(): string {
    const out = this.#line(this.#rest) + this.#line('');
    this.#rest = '';
    return out;
  }

  #line(line: string): string {
    if (line === '') return this.#flush();
    if (line[1] === ':') this.#fields.set(line.charAt(0), line.slice(2).trim());
    return '';
  }

  #flush(): string {
    if (this.#fields.size === 0) return '';
    const field = (letter: string): string => this.#fields.get(letter) ?? '';
    const [name, version] = [field('P'), field('V')];
    const needs = words(field('D'));
    const line =
      name === '' || version === ''
        ? ''
        : encodePackage({
            name,
            version,
            // apk takes the provider of the highest priority.
            rank: 1_000_000 - whole(field('k')),
            download: whole(field('S')),
            installed: whole(field('I')),
            depends: relations(needs.filter((word) => !word.startsWith('!'))),
            conflicts: relations(needs.filter((word) => word.startsWith('!')).map((word) => word.slice(1))),
            provides: relations(words(field('p'))),
            installIf: relations(words(field('i'))),
          });
    this.#fields = new Map();
    return line;
  }
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}

/** `musl>=1.2 so:libz.so.1=1.3` in the notation of Debian. @param all without repository tags */
function relations(all: readonly string[]): string {
  return all
    .map((word) => {
      const [, name = word, sign = '', version = ''] = /^([^<>=~@]+)(?:@\w+)?([<>=~]+)(.*)$/.exec(word) ?? [];
      if (sign === '') return name.replace(/@\w+$/, '');
      return `${name} (${signs[sign] ?? '='} ${version})`;
    })
    .join(', ');
}

const signs: Readonly<Record<string, string>> = {
  '<': '<<',
  '>': '>>',
  '<=': '<=',
  '>=': '>=',
  '=': '=',
  '~': '~',
  '~=': '~',
  '=~': '~',
  '>~': '>=',
  '<~': '<=',
};

function whole(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}
