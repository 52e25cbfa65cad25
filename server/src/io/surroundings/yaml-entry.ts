// Adds one entry to a YAML file that people edit by hand. It adds a line or a few characters and keeps everything else,
// also comments, blanks and line endings. It reads the result again and uses it only if it says the same plus the entry.
import { isDeepStrictEqual } from 'node:util';
import { isCollection, isMap, isNode, isPair, isScalar, isSeq, Lexer } from 'yaml';
import type { Document, Pair, YAMLMap, YAMLSeq } from 'yaml';
import type { Edit } from '../../core/text/edit';
import { applyEdits } from '../../core/text/edit';
import { isRecord } from '../../core/text/record';
import { parseYaml, yamlValue } from './bounded-yaml';

/** The entry below a top-level key: a pair of a mapping, or without a value an item of a list. */
export interface YamlEntry {
  readonly key: string;
  readonly name: string;
  readonly value: string | undefined;
  /** The pair to set if the name already has a mapping. */
  readonly within?: string;
}

/**
 * The text with the entry. A pair of that name gets the value; an item that is there already is not added again.
 * @param text a document without errors whose content is a mapping, or nothing
 * @returns undefined when that cannot be done without losing something, or where something of another kind stands
 */
export function addYamlEntry(text: string, entry: YamlEntry): string | undefined {
  const document = read(text);
  if (!document) return undefined;
  const expected = withEntry(document.value, entry);
  if (expected === undefined) return undefined;
  if (isDeepStrictEqual(expected, document.value)) return text;
  const comments = commentsOf(text);
  const holds = (after: string): boolean =>
    isDeepStrictEqual(read(after)?.value, expected) && isDeepStrictEqual(commentsOf(after), comments);
  const { contents } = document.document;
  const inner = entryWithin(document.value, entry);
  const edits = inner
    ? new Writer(text, inner).edits(isMap(contents) ? pairOf(contents, entry.key)?.value : undefined)
    : new Writer(text, entry).edits(contents);
  const edited = edits && applyEdits(text, edits);
  if (edited !== undefined && holds(edited)) return edited;
  const printed = reprinted(text, document.document, entry);
  return printed !== undefined && holds(printed) ? printed : undefined;
}

/** An item of a list that is two levels down: `scan: ignore: - …`. */
export interface YamlItem {
  readonly path: readonly [outer: string, inner: string];
  readonly value: Readonly<Record<string, string>>;
}

/**
 * The text with one more item at the end of a list of mappings, which is made if it is not there.
 * @param text a document without errors whose content is a mapping, or nothing
 * @returns undefined when that cannot be done without losing something, or where something of another kind stands
 */
export function addYamlItem(text: string, { path, value }: YamlItem): string | undefined {
  const document = read(text);
  const expected = document && withItem(document.value, path, value);
  if (!document || expected === undefined) return undefined;
  const comments = commentsOf(text);
  const holds = (after: string): boolean =>
    isDeepStrictEqual(read(after)?.value, expected) && isDeepStrictEqual(commentsOf(after), comments);
  const edits = itemEdits(text, document.document.contents, path, flowMapping(value));
  const edited = edits && applyEdits(text, edits);
  if (edited !== undefined && holds(edited)) return edited;
  const printed = reprintedItem(text, document.document, path, value);
  return printed !== undefined && holds(printed) ? printed : undefined;
}

function withItem(value: unknown, [outer, inner]: YamlItem['path'], item: object): unknown {
  if (value !== null && value !== undefined && !isRecord(value)) return undefined;
  const section = value?.[outer] ?? undefined;
  if (section !== undefined && !isRecord(section)) return undefined;
  const list = section?.[inner] ?? undefined;
  if (list !== undefined && !Array.isArray(list)) return undefined;
  return { ...value, [outer]: { ...section, [inner]: [...((list ?? []) as unknown[]), item] } };
}

/** `{ id: CVE-2024-1, reason: "not reachable" }` */
function flowMapping(value: YamlItem['value']): string {
  const pairs = Object.entries(value).map(
    ([name, said]) =>
      `${name}: ${/^(?:[A-Z0-9][A-Z0-9-]*[A-Z][A-Z0-9-]*|\d{4}-\d\d-\d\d)$/i.test(said) ? said : JSON.stringify(said)}`,
  );
  return `{ ${pairs.join(', ')} }`;
}

function itemEdits(
  text: string,
  contents: unknown,
  [outer, inner]: YamlItem['path'],
  item: string,
): readonly Edit[] | undefined {
  const eol = eolOf(text);
  const section = isMap(contents) ? pairOf(contents, outer) : undefined;
  if (!section) {
    if (isMap(contents) && contents.flow) return undefined;
    const open = text === '' || text.endsWith('\n') ? '' : eol;
    return [insertion(text.length, `${open}${outer}:${eol}  ${inner}:${eol}    - ${item}${eol}`)];
  }
  const { value } = section;
  if (isMap(value) && pairOf(value, inner))
    return new Writer(text, { key: inner, name: item, value: undefined }).edits(value);
  if (!isMap(value) || value.flow) return undefined;
  // Below the last key of the section, with the indentation of its first.
  const [first] = value.items;
  const start = startOf(first);
  const end = endOf(value.items.at(-1));
  if (start === undefined || end === undefined) return undefined;
  const indent = /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? '';
  const newline = text.indexOf('\n', end);
  const at = newline < 0 ? text.length : text[newline - 1] === '\r' ? newline - 1 : newline;
  return [insertion(at, `${eol}${indent}${inner}:${eol}${indent}  - ${item}`)];
}

function reprintedItem(
  text: string,
  document: Document.Parsed,
  path: YamlItem['path'],
  value: YamlItem['value'],
): string | undefined {
  try {
    const node = document.createNode(value, { flow: true });
    const [outer, inner] = path;
    if (!isMap(document.get(outer))) document.set(outer, document.createNode({ [inner]: [value] }));
    else if (isSeq(document.getIn(path))) document.addIn(path, node);
    else document.setIn(path, document.createNode([node]));
    return document.toString({ lineWidth: 0 }).replaceAll('\n', eolOf(text));
  } catch {
    // A part of the path is an alias, or no mapping.
    return undefined;
  }
}

/** @returns undefined when the text is not valid YAML */
function read(text: string): { readonly document: Document.Parsed; readonly value: unknown } | undefined {
  try {
    const { document } = parseYaml(text);
    return document && { document, value: yamlValue(document) };
  } catch {
    // An alias without its anchor, or too many of them.
    return undefined;
  }
}

/** The value that the result must have; undefined if the entry does not fit what is there. */
function withEntry(value: unknown, entry: YamlEntry): unknown {
  const { key, name, value: wanted } = entry;
  if (value !== null && value !== undefined && !isRecord(value)) return undefined;
  const below = value?.[key] ?? undefined;
  if (wanted !== undefined) {
    if (below !== undefined && !isRecord(below)) return undefined;
    const inner = entryWithin(value, entry);
    if (inner) return { ...value, [key]: withEntry(below, inner) };
    return { ...value, [key]: { ...below, [name]: wanted } };
  }
  if (below === undefined) return { ...value, [key]: [name] };
  if (!Array.isArray(below)) return undefined;
  return below.includes(name) ? value : { ...value, [key]: [...(below as unknown[]), name] };
}

/** The entry one level down, if a mapping is in its place. */
function entryWithin(value: unknown, { key, name, value: wanted, within }: YamlEntry): YamlEntry | undefined {
  const below = isRecord(value) ? value[key] : undefined;
  if (within === undefined || !isRecord(below) || !isRecord(below[name])) return undefined;
  return { key: name, name: within, value: wanted };
}

/** Every comment in file order. */
function commentsOf(text: string): string[] {
  // The lexer marks the start of scalars, so only comments begin with `#`.
  return [...new Lexer().lex(text)].filter((token) => token.startsWith('#')).map((token) => token.trimEnd());
}

/** Prints the whole document again, for a style that no line can be added to. */
function reprinted(
  text: string,
  document: Document.Parsed,
  { key, name, value, within }: YamlEntry,
): string | undefined {
  const below = document.get(key);
  try {
    if (within !== undefined && document.hasIn([key, name, within]))
      document.setIn([key, name, within], value);
    else if (value !== undefined && isMap(below)) below.set(name, value);
    else if (value === undefined && isSeq(below)) below.add(document.createNode(name));
    else document.set(key, document.createNode(value === undefined ? [name] : { [name]: value }));
    return document.toString({ lineWidth: 0 }).replaceAll('\n', eolOf(text));
  } catch {
    // The replaced part held the anchor of an alias.
    return undefined;
  }
}

function eolOf(text: string): '\r\n' | '\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

type Collection = YAMLMap | YAMLSeq;

/** Finds the edits. On unusual YAML they can be wrong, which shows when the result is read. */
class Writer {
  readonly #text: string;
  readonly #entry: YamlEntry;
  readonly #eol: string;
  /** The entry in a line of its own in block style, and inside brackets. */
  readonly #line: string;
  readonly #inline: string;

  constructor(text: string, entry: YamlEntry) {
    this.#text = text;
    this.#entry = entry;
    this.#eol = eolOf(text);
    this.#line = entry.value === undefined ? `- ${entry.name}` : `${entry.name}: ${entry.value}`;
    this.#inline = entry.value === undefined ? entry.name : this.#line;
  }

  /** @param contents of the document, or of the mapping that stands for it */
  edits(contents: unknown): readonly Edit[] | undefined {
    const { key, name, value } = this.#entry;
    if (!isMap(contents)) return this.#append();
    const pair = pairOf(contents, key);
    if (!pair) {
      if (!contents.flow) return this.#append();
      return this.#inFlow(contents, `${key}: ${value === undefined ? `[${name}]` : `{ ${this.#inline} }`}`);
    }
    const below = pair.value;
    if (!isCollection(below)) return this.#belowEmpty(pair);
    const known = isMap(below) ? pairOf(below, name) : undefined;
    if (known) return this.#changed(known);
    return below.flow ? this.#inFlow(below, this.#inline) : this.#inBlock(below);
  }

  /** The key and the entry at the end of the text. */
  #append(): Edit[] {
    const open = this.#text === '' || this.#text.endsWith('\n') ? '' : this.#eol;
    const lines = `${this.#entry.key}:${this.#eol}  ${this.#line}${this.#eol}`;
    return [insertion(this.#text.length, open + lines)];
  }

  /** Below the last entry, with its indentation. */
  #inBlock(below: Collection): Edit[] | undefined {
    const last = below.items.at(-1);
    const start = startOf(last);
    const end = endOf(last);
    if (start === undefined || end === undefined) return undefined;
    return [this.#lineBehind(end, this.#indentAt(start) + this.#line)];
  }

  /** Below `key:`, and below the comments that head the entries to come. */
  #belowEmpty(pair: Pair): Edit[] | undefined {
    const key = endOf(pair.key);
    if (key === undefined) return undefined;
    const colon = this.#text.indexOf(':', key);
    const edits: Edit[] = [];
    const { value } = pair;
    if (isScalar(value) && value.source && value.range) {
      // A null that is written out, with the blanks in front of it.
      edits.push({ start: colon + 1, end: value.range[1], text: '' });
    }
    const outer = this.#indentAt(key);
    let indent = `${outer}  `;
    let end = edits[0]?.end ?? colon + 1;
    for (let next = this.#lineEnd(end) + 1; next < this.#text.length; next = this.#lineEnd(end) + 1) {
      const comment = /^([ \t]+)#/.exec(this.#text.slice(next, this.#lineEnd(next)))?.[1];
      if (comment === undefined || comment.length <= outer.length) break;
      indent = comment;
      end = next;
    }
    return [...edits, this.#lineBehind(end, indent + this.#line)];
  }

  /** Another value for a pair that has a simple one. */
  #changed({ key, value }: Pair): Edit[] | undefined {
    const end = endOf(key);
    if (end === undefined || !isScalar(value) || !value.range) return undefined;
    const wanted = this.#entry.value ?? '';
    if (!value.source) return [insertion(this.#text.indexOf(':', end) + 1, ` ${wanted}`)];
    return [{ start: value.range[0], end: value.range[1], text: wanted }];
  }

  /** In brackets: behind the last one, in a line of its own where those above have one. */
  #inFlow(below: Collection, entry: string): Edit[] | undefined {
    if (!below.range) return undefined;
    const last = below.items.at(-1);
    if (last === undefined) {
      const blank = isMap(below) ? ' ' : '';
      return [{ start: below.range[0] + 1, end: below.range[0] + 1, text: blank + entry + blank }];
    }
    const start = startOf(last);
    const end = endOf(last);
    if (start === undefined || end === undefined) return undefined;
    const lineEnd = this.#lineEnd(end);
    const ownLine = /^[ \t]*$/.test(this.#text.slice(this.#lineStart(start), start));
    if (!ownLine || lineEnd >= below.range[1]) return [insertion(end, `, ${entry}`)];
    const comma = /^[ \t]*,/.test(this.#text.slice(end, lineEnd));
    const line = this.#lineBehind(end, this.#indentAt(start) + entry + (comma ? ',' : ''));
    return comma ? [line] : [insertion(end, ','), line];
  }

  #lineBehind(offset: number, line: string): Edit {
    const end = this.#lineEnd(offset);
    return insertion(this.#text[end - 1] === '\r' ? end - 1 : end, this.#eol + line);
  }

  #lineStart(offset: number): number {
    return this.#text.lastIndexOf('\n', offset - 1) + 1;
  }

  #lineEnd(offset: number): number {
    const newline = this.#text.indexOf('\n', offset);
    return newline < 0 ? this.#text.length : newline;
  }

  /** The blanks in front of the line's first character. */
  #indentAt(offset: number): string {
    return /^[ \t]*/.exec(this.#text.slice(this.#lineStart(offset), offset))?.[0] ?? '';
  }
}

function insertion(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

function pairOf(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && key.value === name);
}

/** Where a node, or a pair's key, begins. */
function startOf(item: unknown): number | undefined {
  if (isPair(item)) return startOf(item.key);
  return isNode(item) ? item.range?.[0] : undefined;
}

/** Where the last token of a node or pair ends, without comments and line ends after it. */
function endOf(item: unknown): number | undefined {
  if (isPair(item)) {
    const empty = isScalar(item.value) && !item.value.source && item.value.type === 'PLAIN';
    return item.value === null || empty ? endOf(item.key) : endOf(item.value);
  }
  if (!isNode(item) || !item.range) return undefined;
  if (isCollection(item) && !item.flow && item.items.length > 0) return endOf(item.items.at(-1));
  // The end of a block scalar is that of its last line.
  const block = isScalar(item) && (item.type === 'BLOCK_LITERAL' || item.type === 'BLOCK_FOLDED');
  return block ? item.range[1] - 1 : item.range[1];
}
