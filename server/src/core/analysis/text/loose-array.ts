// Reads a text that looks like a JSON array of strings but is none: with other quotes, without commas, without an end.
import { readJsonString } from '../../syntax/json-form';
import { toDocumentSpan } from '../../syntax/logical-line';
import type { Instruction } from '../../syntax/nodes';
import type { Span } from '../../text/span';

/** What makes the text invalid. */
export type ArrayFault = 'quotes' | 'comma' | 'last-comma' | 'end' | 'rest' | 'backslash' | 'unreadable';

interface LooseArray {
  /** In the order of the text; at least one. `unreadable`: what the strings should be is not known. */
  readonly faults: readonly ArrayFault[];
  readonly items: readonly LooseItem[];
  /** Offset of the comma before the `]`; undefined if there is none. */
  readonly lastComma: number | undefined;
  /** Whether the `]` is there. */
  readonly closed: boolean;
  /** Offset of a stray `]`, `;`, `.` or `,` behind the array, or of what stands in front of `||` or `&&`; undefined if there is none. */
  readonly rest: number | undefined;
}

interface LooseItem {
  /** With its quotes. */
  readonly start: number;
  readonly end: number;
  /** What the string was probably meant to be. */
  readonly value: string;
  /** Whether it is a string as JSON wants it. */
  readonly valid: boolean;
  /** Whether there is a comma behind it. */
  readonly comma: boolean;
}

/** The array of an instruction, with its places in the document. */
export interface MalformedArray {
  /** From the `[` to the end of the arguments. */
  readonly at: Span;
  /** The first fault in the text. */
  readonly fault: ArrayFault;
  /** None if they are unreadable. */
  readonly items: readonly (Omit<LooseItem, 'start' | 'end'> & { readonly span: Span })[];
  readonly lastComma: Span | undefined;
  readonly closed: boolean;
  readonly rest: Span | undefined;
  /** `[ "a" = "b" ]`: blanks around everything, and no commas. A shell may be meant to read that. */
  readonly mayBeTest: boolean;
}

/**
 * The arguments of an instruction, if they look like an array of strings but are not valid JSON.
 * @param instruction one that supports the JSON form
 */
export function malformedArrayOf(instruction: Instruction): MalformedArray | undefined {
  const { keyword, json, argumentsLogical, line, heredocs } = instruction;
  // The words of a RUN are read only where somebody asks for them.
  const start = keyword === 'HEALTHCHECK' ? instruction.words[1]?.logical.start : argumentsLogical.start;
  if (json || heredocs.length > 0 || start === undefined || line.text[start] !== '[') return undefined;
  const text = line.text.slice(start, argumentsLogical.end);
  const array = readLooseArray(text, keyword !== 'SHELL') ?? unreadable(text);
  const fault = array?.faults[0];
  if (!array || !fault) return undefined;
  const place = (from: number, to: number): Span =>
    toDocumentSpan(line, { start: start + from, end: start + to });
  const { items, lastComma, closed, rest } = array;
  return {
    at: place(0, text.length),
    fault,
    items: items.map((item) => ({ ...item, span: place(item.start, item.end) })),
    lastComma: lastComma === undefined ? undefined : place(lastComma, lastComma + 1),
    closed,
    rest: rest === undefined ? undefined : place(rest, text.trimEnd().length),
    mayBeTest: /^\[\s/.test(text) && items.every(({ comma }) => !comma),
  };
}

/** `["sh", "-c", "echo "hi""]`: a comma behind the first string shows that an array is meant. */
function unreadable(text: string): LooseArray | undefined {
  if (!/^\[\s*"[^"\\\n]*"\s*(?:,|\]\s*,)/.test(text) || !text.trimEnd().endsWith(']')) return undefined;
  return { faults: ['unreadable'], items: [], lastComma: undefined, closed: true, rest: undefined };
}

/** Closing quotes by their opening ones. */
const closing: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '“': '”"',
  '”': '”"',
  '‘': "’'",
  '’': "’'",
};

const blank = /[ \t\r\n]/;

/**
 * @param text joined text that begins with `[`
 * @param mayRun whether a shell reads it if it is no array
 * @returns undefined if it is a valid array, or something else: a test command, an array with more behind it
 */
function readLooseArray(text: string, mayRun: boolean): LooseArray | undefined {
  const items: LooseItem[] = [];
  const faults = new Set<ArrayFault>();
  let lastComma: number | undefined;
  let closed = false;
  let at = skip(text, 1);
  while (at < text.length && !closed) {
    const item = readItem(text, at);
    if (!item) return undefined;
    if (!item.valid) faults.add(text[at] === '"' ? 'backslash' : 'quotes');
    const next = skip(text, item.end);
    const comma = text[next] === ',';
    // `["a"; "b"]`
    const semicolon = text[next] === ';';
    items.push(semicolon ? { ...item, end: next + 1, valid: false, comma } : { ...item, comma });
    at = comma || semicolon ? skip(text, next + 1) : next;
    closed = text[at] === ']';
    if (closed && comma) {
      faults.add('last-comma');
      lastComma = next;
    }
    if (!closed && !comma && at < text.length) faults.add('comma');
  }
  if (!closed && items.at(-1)?.comma === true) return undefined;
  const behind = skip(text, at + 1);
  const rest = closed && behind < text.length ? behind : undefined;
  const isStray = rest === undefined || /^[\];.,]+$/.test(text.slice(rest, rest + 5).trimEnd());
  // `["a", "b"] || exit 1`: no test of a shell begins so.
  const isMeant = mayRun && faults.size === 0 && /^\["/.test(text) && /^(?:\|\||&&)/.test(text.slice(rest));
  if (!isStray && !isMeant) return undefined;
  const from = rest !== undefined && !isStray ? at + 1 : rest;
  if (!closed) faults.add('end');
  if (rest !== undefined) faults.add('rest');
  return items.length > 0 && faults.size > 0
    ? { faults: [...faults], items, lastComma, closed, rest: from }
    : undefined;
}

function readItem(text: string, start: number): Omit<LooseItem, 'comma'> | undefined {
  // `[\"a\"]`: taken out of a text in quotes.
  const [escaped, inside = ''] = escapedString.exec(text.slice(start, start + longestWord)) ?? [];
  if (escaped !== undefined) return { start, end: start + escaped.length, value: inside, valid: false };
  const ends = closing[text.charAt(start)];
  if (ends === undefined) {
    const word = /^[\w@%+=:./-]+/.exec(text.slice(start, start + longestWord))?.[0];
    const end = start + (word?.length ?? 0);
    return word !== undefined && /^[\s,\]]?$/.test(text.charAt(end))
      ? { start, end, value: word, valid: false }
      : undefined;
  }
  const string = ends === '"' ? readJsonString(text, start, text.length) : undefined;
  if (string) return { start, ...string, valid: true };
  for (let at = start + 1; at < text.length; at += 1) {
    if (!ends.includes(text.charAt(at))) continue;
    // A quote inside, as in 'it's', has a letter behind it.
    if (!/^[\s,\]]?$/.test(text.charAt(at + 1))) continue;
    return { start, end: at + 1, value: text.slice(start + 1, at), valid: false };
  }
  return undefined;
}

const longestWord = 1000;

const escapedString = /^\\"([^"\\]*)\\"(?=[\s,\]]|$)/;

function skip(text: string, from: number): number {
  let at = from;
  while (at < text.length && blank.test(text.charAt(at))) at += 1;
  return at;
}
