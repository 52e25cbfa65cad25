// Splits arguments into words and computes each word's value without quotes and escapes, and the variables that
// the builder would expand in it.
import type { Span } from '../text/span';
import {
  backslash,
  dollarSign,
  doubleQuote,
  equalsSign,
  singleQuote,
  isSeparator,
  isSpace,
} from './characters';
import { noVariables, readExpansion } from './expansion';
import type { Source } from './expansion';
import { toDocumentSpan } from './logical-line';
import type { LogicalLine, Pair, SyntaxProblem, VariableReference, Word } from './nodes';

/** The facts about an instruction that are needed to make its words. */
export interface WordContext {
  readonly line: LogicalLine;
  /** `line` as something to expand. */
  readonly source: Source;
  /** Code of the escape character in force. */
  readonly escape: number;
  readonly problems: SyntaxProblem[];
}

export function wordContext(line: LogicalLine, escape: number, problems: SyntaxProblem[]): WordContext {
  const locate = (start: number, end: number): Span => toDocumentSpan(line, { start, end });
  return { line, source: { text: line.text, locate }, escape, problems };
}

/** Ranges in one flat list: start, end, start, end … */
export type Ranges = readonly number[];

/** Words of FROM, COPY, EXPOSE and similar instructions: every blank separates, also in quotes. */
export function splitAtBlanks(text: string, start: number, end: number): Ranges {
  const ranges: number[] = [];
  let at = start;
  while (at < end) {
    while (at < end && isSeparator(text.charCodeAt(at))) at += 1;
    if (at >= end) break;
    ranges.push(at);
    while (at < end && !isSeparator(text.charCodeAt(at))) at += 1;
    ranges.push(at);
  }
  return ranges;
}

/** Words of ENV, LABEL, ARG and of shell forms: blanks in quotes or after an escape do not separate. */
export function splitQuoted(text: string, start: number, end: number, escape: number): Ranges {
  const ranges: number[] = [];
  let at = start;
  while (at < end) {
    while (at < end && isSpace(text.charCodeAt(at))) at += 1;
    if (at >= end) break;
    ranges.push(at);
    let quote = 0;
    while (at < end) {
      const code = text.charCodeAt(at);
      if (quote === 0) {
        if (isSpace(code)) break;
        if (code === doubleQuote || code === singleQuote) quote = code;
        else if (code === escape) at += 1;
      } else if (code === quote) {
        quote = 0;
      } else if (code === escape && quote !== singleQuote) {
        at += 1;
      }
      at += 1;
    }
    at = Math.min(at, end);
    ranges.push(at);
  }
  return ranges;
}

/** Who reads a word, and what the builder interprets in it. */
export type Reading =
  /** The builder interprets quotes, escapes and variables, and fails if they are malformed. */
  | 'builder'
  /** The same, but another form (JSON) is tried first, so a malformed word is not an error. */
  | 'quiet'
  /** A shell reads the word, the builder interprets nothing. Quotes and escapes are removed anyway. */
  | 'shell';

/** The word on a logical range. */
export function makeWord(context: WordContext, start: number, end: number, reading: Reading): Word {
  const { line, escape } = context;
  const logical = { start, end };
  const span = toDocumentSpan(line, logical);
  const raw = line.text.slice(start, end);
  if (isPlain(line.text, start, end, escape)) {
    return { span, logical, raw, value: raw, variables: noVariables };
  }
  const read = readExpansion(context.source, start, end, escape, reading !== 'shell');
  const { value, variables, malformed, openQuote } = read;
  if (reading === 'builder' && malformed) {
    context.problems.push({
      at: context.source.locate(malformed.start, malformed.end),
      kind: 'variable-malformed',
      message: 'The builder cannot read this variable reference',
    });
  }
  if (openQuote === undefined) return { span, logical, raw, value, variables };
  const unterminated = context.source.locate(openQuote, openQuote + 1);
  if (reading === 'builder' && !malformed) {
    context.problems.push({
      at: unterminated,
      kind: 'open-quote',
      message: 'The quote is never closed',
    });
  }
  return { span, logical, raw, value, variables, unterminated };
}

/** The words on a list of ranges. */
export function makeWords(context: WordContext, ranges: Ranges, reading: Reading): Word[] {
  // Allocated at its full length: a growing list reserves room for 17, and most lists here hold one or two.
  const words = new Array<Word>(ranges.length >> 1);
  for (let i = 0; i < words.length; i += 1) {
    words[i] = makeWord(context, ranges[2 * i] as number, ranges[2 * i + 1] as number, reading);
  }
  return words;
}

function isPlain(text: string, start: number, end: number, escape: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (
      code === backslash ||
      code === escape ||
      code === dollarSign ||
      code === doubleQuote ||
      code === singleQuote
    ) {
      return false;
    }
  }
  return true;
}

/**
 * Pairs of ENV, LABEL or ARG. ARG has no legacy form and needs no `=`.
 * @param ranges the words of the arguments, quotes respected
 * @param end end of the arguments
 */
export function makePairs(context: WordContext, keyword: string, ranges: Ranges, end: number): Pair[] {
  const { text } = context.line;
  const start = ranges[0];
  if (start === undefined) return [];
  if (keyword !== 'ARG' && indexOfEquals(text, start, ranges[1] as number) < 0) {
    return [legacyPair(context, start, end)];
  }
  const pairs = new Array<Pair>(ranges.length >> 1);
  for (let i = 0; i < pairs.length; i += 1) {
    const from = ranges[2 * i] as number;
    const to = ranges[2 * i + 1] as number;
    const equals = indexOfEquals(text, from, to);
    const key = makeWord(context, from, equals < 0 ? to : equals, 'builder');
    const value = equals < 0 ? undefined : makeWord(context, equals + 1, to, 'builder');
    const span = toDocumentSpan(context.line, { start: from, end: to });
    pairs[i] = { span, key, value, legacy: false };
  }
  return pairs;
}

/** `ENV key all the rest`: the key ends at the first blank, the value is the rest, including its blanks. */
function legacyPair(context: WordContext, start: number, end: number): Pair {
  const { text } = context.line;
  let keyEnd = start;
  while (keyEnd < end && !isSeparator(text.charCodeAt(keyEnd))) keyEnd += 1;
  let valueStart = keyEnd;
  while (valueStart < end && isSeparator(text.charCodeAt(valueStart))) valueStart += 1;
  const key = makeWord(context, start, keyEnd, 'builder');
  const value = valueStart < end ? makeWord(context, valueStart, end, 'builder') : undefined;
  return { span: toDocumentSpan(context.line, { start, end }), key, value, legacy: true };
}

/** The words of an instruction with pairs, built from its parsed pairs. */
export function wordsOfPairs(context: WordContext, pairs: readonly Pair[], ranges: Ranges): Word[] {
  if (pairs[0]?.legacy) return makeWords(context, ranges, 'quiet');
  return pairs.map(({ span, key, value }, i) => {
    if (!value) return key;
    const logical = { start: ranges[2 * i] as number, end: ranges[2 * i + 1] as number };
    const open = key.unterminated ?? value.unterminated;
    const raw = context.line.text.slice(logical.start, logical.end);
    const variables = concatenate(key.variables, value.variables);
    const plain = key.value === key.raw && value.value === value.raw;
    const text = plain ? raw : `${key.value}=${value.value}`;
    const word: Word = { span, logical, raw, value: text, variables };
    return open ? { ...word, unterminated: open } : word;
  });
}

function concatenate(
  a: readonly VariableReference[],
  b: readonly VariableReference[],
): readonly VariableReference[] {
  if (a.length === 0) return b;
  return b.length === 0 ? a : [...a, ...b];
}

function indexOfEquals(text: string, start: number, end: number): number {
  for (let at = start; at < end; at += 1) if (text.charCodeAt(at) === equalsSign) return at;
  return -1;
}
