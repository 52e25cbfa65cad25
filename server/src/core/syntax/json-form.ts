// The JSON form of arguments: an array of strings with nothing after it, read like Go's encoding/json.
import type { Span } from '../text/span';
import { backslash, doubleQuote } from './characters';
import type { JsonString } from './nodes';

/** Valid JSON with an element that is not a string. The builder fails; it does not fall back to shell form. */
export const notStrings = 'not-strings';

/**
 * @param text joined text; `[start, end)` holds the arguments, trimmed
 * @param locate maps a range of the text into the document
 * @returns the strings; `notStrings`; undefined if the text is not a JSON array
 */
export function parseJsonForm(
  text: string,
  start: number,
  end: number,
  locate: (start: number, end: number) => Span,
): readonly JsonString[] | typeof notStrings | undefined {
  if (start >= end || text[start] !== '[') return undefined;
  const strings: JsonString[] = [];
  let at = skipJsonBlanks(text, start + 1, end);
  if (at < end && text[at] === ']') return skipJsonBlanks(text, at + 1, end) === end ? strings : undefined;
  while (at < end) {
    if (text.charCodeAt(at) !== doubleQuote) return isJson(text.slice(start, end)) ? notStrings : undefined;
    const string = readJsonString(text, at, end);
    if (!string) return undefined;
    strings.push({ value: string.value, span: locate(at, string.end) });
    at = skipJsonBlanks(text, string.end, end);
    if (at >= end) return undefined;
    if (text[at] === ']') return skipJsonBlanks(text, at + 1, end) === end ? strings : undefined;
    if (text[at] !== ',') return undefined;
    at = skipJsonBlanks(text, at + 1, end);
  }
  return undefined;
}

/**
 * Reads the JSON string that opens at `start`.
 * @returns its value and the offset after the closing quote; undefined when it is malformed
 */
export function readJsonString(
  text: string,
  start: number,
  end: number,
): { readonly value: string; readonly end: number } | undefined {
  let value = '';
  let from = start + 1;
  for (let at = from; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === doubleQuote) return { value: wellFormed(value + text.slice(from, at)), end: at + 1 };
    if (code < 0x20) return undefined;
    if (code !== backslash) continue;
    value += text.slice(from, at);
    const escaped = text[at + 1] ?? '';
    if (escaped === 'u') {
      const digits = text.slice(at + 2, at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) return undefined;
      value += String.fromCharCode(parseInt(digits, 16));
      at += 5;
    } else {
      const character = escapes.get(escaped);
      if (character === undefined) return undefined;
      value += character;
      at += 1;
    }
    from = at + 1;
  }
  return undefined;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** Replaces unpaired surrogates, as Go does. */
function wellFormed(value: string): string {
  return value.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, (found) =>
    found.length === 2 ? found : '\ufffd',
  );
}

function skipJsonBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) break;
    at += 1;
  }
  return at;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // The text is not JSON: that is the answer.
    return false;
  }
}
