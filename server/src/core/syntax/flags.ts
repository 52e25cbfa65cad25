// Flags: the words that begin with `--` before an instruction's arguments. In all instructions the builder removes
// quotes and escapes from them before it reads name and value.
import { expandedFlags } from '../knowledge/syntax/mounts';
import type { Span } from '../text/span';
import { commaSign, dash, doubleQuote, singleQuote, isSeparator } from './characters';
import { noVariables, readExpansion } from './expansion';
import type { Source } from './expansion';
import { toDocumentSpan } from './logical-line';
import type { Flag, FlagOption, Word } from './nodes';
import type { WordContext } from './words';

const noFlags: readonly Flag[] = [];
const noOptions: readonly FlagOption[] = [];

/** A text without its quotes, and the original offset of each of its characters. */
interface Stripped {
  readonly text: string;
  /** Logical offset of each character; undefined if nothing was removed, so that the offsets are consecutive. */
  readonly origins: readonly number[] | undefined;
  readonly start: number;
}

/**
 * Reads flags from `start` up to the first word without dashes, or up to the end of a bare `--`.
 * @returns the flags and where the arguments begin (blanks before them not skipped)
 */
export function readFlags(
  context: WordContext,
  start: number,
  end: number,
): { readonly flags: readonly Flag[]; readonly next: number } {
  const { text } = context.line;
  const flags: Flag[] = [];
  let at = start;
  for (;;) {
    while (at < end && isSeparator(text.charCodeAt(at))) at += 1;
    if (at + 1 >= end || text.charCodeAt(at) !== dash || text.charCodeAt(at + 1) !== dash) break;
    const word = readFlagWord(context, at, end);
    at = word.end;
    // Skip a Latin-1 blank that ended the flag. Other such blanks before a flag are not skipped.
    if (endsFlag(text.charCodeAt(at)) && at < end) at += 1;
    if (word.bare) break;
    flags.push(makeFlag(context, word));
  }
  return { flags: flags.length > 0 ? flags.slice() : noFlags, next: at };
}

interface FlagWord {
  readonly start: number;
  readonly end: number;
  /** Only the two dashes. */
  readonly bare: boolean;
  /** Holds quotes or escapes. */
  readonly quoted: boolean;
}

/** Whether a blank ends a flag: the builder compares single bytes here, so only Latin-1 blanks count. */
function endsFlag(code: number): boolean {
  return isSeparator(code) || code === 0x85 || code === 0xa0;
}

function readFlagWord(context: WordContext, start: number, end: number): FlagWord {
  const { escape } = context;
  const { text } = context.line;
  let at = start + 2;
  let quote = 0;
  let open = -1;
  let length = 2;
  let quoted = false;
  for (; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (quote === 0 && endsFlag(code)) break;
    if (quote !== 0 && code === quote) {
      quote = 0;
    } else if (quote === 0 && (code === doubleQuote || code === singleQuote)) {
      quote = code;
      open = at;
      quoted = true;
    } else {
      if (code === escape) {
        quoted = true;
        at += 1;
        if (at >= end) break;
      }
      length += 1;
    }
  }
  if (quote !== 0) {
    context.problems.push({
      at: context.source.locate(open, open + 1),
      kind: 'open-quote',
      message: 'The quote is never closed',
    });
  }
  return { start, end: Math.min(at, end), bare: length === 2, quoted };
}

function makeFlag(context: WordContext, word: FlagWord): Flag {
  const { line } = context;
  const { start, end } = word;
  const whole = word.quoted
    ? strip(context, start + 2, end)
    : { text: line.text.slice(start + 2, end), origins: undefined, start: start + 2 };
  const equals = whole.text.indexOf('=');
  const name = equals < 0 ? whole.text : whole.text.slice(0, equals);
  const span = toDocumentSpan(line, { start, end });
  if (name === '') {
    context.problems.push({ at: span, kind: 'flag-malformed', message: 'The flag has no name' });
  }
  if (equals < 0) {
    const nameSpan = toDocumentSpan(line, { start: start + 2, end });
    return { span, name, nameSpan, value: undefined, options: noOptions };
  }
  const sign = whole.origins?.[equals] ?? whole.start + equals;
  const stripped: Stripped = {
    text: whole.text.slice(equals + 1),
    origins: whole.origins?.slice(equals + 1),
    start: sign + 1,
  };
  const value = makeValue(context, name, sign + 1, end, stripped);
  return {
    span,
    name,
    nameSpan: toDocumentSpan(line, { start: start + 2, end: sign }),
    value,
    options: name === 'mount' ? readOptions(context, stripped, value) : noOptions,
  };
}

function makeValue(context: WordContext, name: string, start: number, end: number, stripped: Stripped): Word {
  const { line, escape } = context;
  const logical = { start, end };
  const span = toDocumentSpan(line, logical);
  const raw = line.text.slice(start, end);
  const value = stripped.text;
  if (!value.includes('$')) return { span, logical, raw, value, variables: noVariables };
  // Variables are expanded after the quotes are removed, so single quotes do not protect them here.
  const source: Source = { text: value, locate: (from, to) => locate(context, stripped, from, to) };
  const { variables, malformed } = readExpansion(source, 0, value.length, escape, true);
  // In --from the builder looks for variables to refuse them.
  if (malformed && (expandedFlags.has(name) || name === 'from'))
    context.problems.push({
      at: source.locate(malformed.start, malformed.end),
      kind: 'variable-malformed',
      message: 'The builder cannot read this variable reference',
    });
  return { span, logical, raw, value, variables };
}

function strip(context: WordContext, start: number, end: number): Stripped {
  const { escape } = context;
  const { text } = context.line;
  const origins: number[] = [];
  let result = '';
  let quote = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (quote !== 0 && code === quote) {
      quote = 0;
      continue;
    }
    if (quote === 0 && (code === doubleQuote || code === singleQuote)) {
      quote = code;
      continue;
    }
    if (code === escape) at += 1;
    if (at >= end) break;
    result += text.charAt(at);
    origins.push(at);
  }
  return { text: result, origins, start };
}

function locate(context: WordContext, stripped: Stripped, start: number, end: number): Span {
  const { origins } = stripped;
  if (!origins) {
    return toDocumentSpan(context.line, { start: stripped.start + start, end: stripped.start + end });
  }
  // An empty range or a range at the end is placed after the character before it.
  const from = start < end ? origins[start] : undefined;
  const to = end > 0 ? (origins[end - 1] ?? stripped.start) + 1 : (origins[0] ?? stripped.start);
  return toDocumentSpan(context.line, { start: from ?? to, end: to });
}

/** The fields of a --mount: one line of CSV, where a field in double quotes may contain commas. */
function readOptions(context: WordContext, stripped: Stripped, value: Word): readonly FlagOption[] {
  const { text } = stripped;
  const options: FlagOption[] = [];
  let at = 0;
  if (text === '') return noOptions;
  for (;;) {
    const field = text.charCodeAt(at) === doubleQuote ? quotedField(text, at) : plainField(text, at);
    if (!field) {
      context.problems.push({
        at: value.span,
        kind: 'flag-malformed',
        message: 'The quotes in the comma-separated list do not match',
      });
      return options;
    }
    options.push(makeOption(context, stripped, at, field));
    if (field.end >= text.length) return options;
    at = field.end + 1;
  }
}

interface Field {
  /** Without quotes. */
  readonly text: string;
  /** Offset of its first character after an opening quote. */
  readonly start: number;
  /** Offset of the comma after it, or of the end. */
  readonly end: number;
}

function plainField(text: string, start: number): Field | undefined {
  const comma = text.indexOf(',', start);
  const end = comma < 0 ? text.length : comma;
  const field = text.slice(start, end);
  return field.includes('"') ? undefined : { text: field, start, end };
}

function quotedField(text: string, start: number): Field | undefined {
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return undefined;
    if (text.charCodeAt(quote + 1) === doubleQuote) {
      at = quote + 2;
      continue;
    }
    if (quote + 1 < text.length && text.charCodeAt(quote + 1) !== commaSign) return undefined;
    return { text: text.slice(start + 1, quote).replaceAll('""', '"'), start: start + 1, end: quote + 1 };
  }
}

function makeOption(context: WordContext, stripped: Stripped, start: number, field: Field): FlagOption {
  const equals = field.text.indexOf('=');
  const keyEnd = field.start + (equals < 0 ? field.text.length : equals);
  // After the last character of the value, and before a closing quote.
  const valueEnd = field.end - (field.start - start);
  const key = equals < 0 ? field.text : field.text.slice(0, equals);
  return {
    span: locate(context, stripped, start, field.end),
    key: key.toLowerCase(),
    keySpan: locate(context, stripped, field.start, equals < 0 ? valueEnd : keyEnd),
    value: equals < 0 ? undefined : field.text.slice(equals + 1),
    valueSpan: equals < 0 ? undefined : locate(context, stripped, keyEnd + 1, valueEnd),
  };
}
