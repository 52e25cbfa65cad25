// Reads `repomd.xml` and `primary.xml` of Fedora: only the elements that createrepo_c writes, one after the other, without a
// tree of the whole.
import { encodePackage } from './package-index';
import type { IndexReader } from './index-reader';

interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly isEnd: boolean;
}

/** What is known of a package so far. */
interface Draft {
  name: string;
  version: string;
  download: number;
  installed: number;
  architecture: string;
  readonly lists: Map<string, string[]>;
}

export class FedoraReader implements IndexReader {
  #rest = '';
  #draft: Draft | undefined;
  /** The list that entries belong to: `requires`. */
  #list = '';
  /** The element whose text comes next. */
  #open = '';

  push(text: string): string {
    const all = this.#rest + text;
    let out = '';
    let at = 0;
    for (;;) {
      const start = all.indexOf('<', at);
      const end = start < 0 ? -1 : all.indexOf('>', start);
      if (end < 0) break;
      const tag = readTag(all.slice(start + 1, end));
      if (tag) out += this.#take(tag, all.slice(at, start));
      at = end + 1;
    }
    this.#rest = all.slice(at);
    return out;
  }

  end(): string {
    this.#rest = '';
    return '';
  }

  #take({ name, attributes, isEnd }: Tag, before: string): string {
    if (name === 'package' && !isEnd) {
      this.#draft = { name: '', version: '', download: 0, installed: 0, architecture: '', lists: new Map() };
      return '';
    }
    const draft = this.#draft;
    if (!draft) return '';
    if (name === 'package') {
      this.#draft = undefined;
      return lineOf(draft);
    }
    if (isEnd) {
      if (this.#open === 'name' && name === 'name') draft.name = before.trim();
      if (this.#open === 'arch' && name === 'arch') draft.architecture = before.trim();
      if (name === 'file') add(draft, 'provides', unescape(before.trim()));
      this.#open = '';
      if (name === this.#list) this.#list = '';
      return '';
    }
    this.#open = name;
    const value = (key: string): string => attributes.get(key) ?? '';
    if (name === 'version') {
      const epoch = value('epoch');
      draft.version = `${epoch === '0' || epoch === '' ? '' : `${epoch}:`}${value('ver')}-${value('rel')}`;
    } else if (name === 'size') {
      draft.download = Number(value('package')) || 0;
      draft.installed = Number(value('installed')) || 0;
    } else if (lists.has(name)) this.#list = name;
    else if (name === 'entry' && this.#list !== '') add(draft, this.#list, relationOf(attributes));
    return '';
  }
}

const lists = new Set(['provides', 'requires', 'recommends', 'conflicts']);

function add(draft: Draft, list: string, relation: string): void {
  // Conditions such as `(a if b)`, and what rpm itself provides.
  if (relation === '' || relation.startsWith('(') || relation.startsWith('rpmlib(')) return;
  const known = draft.lists.get(list);
  if (known) known.push(relation);
  else draft.lists.set(list, [relation]);
}

function lineOf({ name, version, download, installed, architecture, lists: all }: Draft): string {
  if (name === '' || version === '' || architecture === 'src') return '';
  const field = (list: string): string => (all.get(list) ?? []).join(', ');
  return encodePackage({
    name,
    version,
    download,
    installed,
    depends: field('requires'),
    recommends: field('recommends'),
    provides: field('provides'),
    conflicts: field('conflicts'),
  });
}

const signs: Readonly<Record<string, string>> = { EQ: '=', GE: '>=', LE: '<=', GT: '>>', LT: '<<' };

function relationOf(attributes: ReadonlyMap<string, string>): string {
  const value = (key: string): string => attributes.get(key) ?? '';
  // A comma or a bar would end it in our notation.
  const name = value('name').replaceAll(/[,|]/g, ';');
  const sign = signs[value('flags')];
  if (sign === undefined) return name;
  const [epoch, release] = [value('epoch'), value('rel')];
  const version = `${epoch === '0' || epoch === '' ? '' : `${epoch}:`}${value('ver')}${release === '' ? '' : `-${release}`}`;
  return `${name} (${sign} ${version})`;
}

/** @param text between `<` and `>` */
function readTag(text: string): Tag | undefined {
  const [, slash = '', name = ''] = /^(\/?)(?:\w+:)?(\w+)/.exec(text) ?? [];
  if (name === '') return undefined;
  const attributes = new Map<string, string>();
  for (const [, key = '', value = ''] of text.matchAll(/([\w:]+)="([^"]*)"/g))
    attributes.set(key, unescape(value));
  return { name, attributes, isEnd: slash === '/' };
}

function unescape(text: string): string {
  return text.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name] ?? '');
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** @returns where `primary.xml` is and what it must be; undefined if the text is no repomd.xml */
export function readRepomd(
  text: string,
): { readonly path: string; readonly sha256: string; readonly size: number } | undefined {
  const [, primary] = /<data type="primary">([^]*?)<\/data>/.exec(text) ?? [];
  if (primary === undefined) return undefined;
  const path = /<location href="([^"]+)"/.exec(primary)?.[1];
  const sha256 = /<checksum type="sha256">([0-9a-f]{64})</.exec(primary)?.[1];
  const size = /<size>(\d{1,15})</.exec(primary)?.[1];
  return path === undefined || sha256 === undefined || size === undefined
    ? undefined
    : { path, sha256, size: Number(size) };
}
