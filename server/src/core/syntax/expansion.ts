// Reads text like the builder's own word expansion (quotes, escapes, `$NAME`, `${NAME…}`) without expanding
// anything: finds the references, and the text that remains without quotes.
import type { Span } from '../text/span';
import { backslash, closeBrace, dollarSign, doubleQuote, openBrace, singleQuote } from './characters';
import type { VariableReference } from './nodes';

/** A text to read, and the map from its offsets into the document. */
export interface Source {
  readonly text: string;
  readonly locate: (start: number, end: number) => Span;
}

export interface Expansion {
  /** Quotes and escapes removed, references as written. */
  readonly value: string;
  readonly variables: readonly VariableReference[];
  /** Offset of the quote that is never closed. */
  readonly openQuote: number | undefined;
  /** Range of a `${…}` the builder cannot read; what follows it is not searched for references. */
  readonly malformed: { readonly start: number; readonly end: number } | undefined;
}

export const noVariables: readonly VariableReference[] = [];

/** References nested deeper than this count as malformed, so that the recursion stays bounded. */
const maxDepth = 64;

/** References in the body of a heredoc, where quotes are ordinary characters (ExpandRaw in BuildKit's dispatch). */
export function referencesInBody(text: string, body: Span): readonly VariableReference[] {
  const locate = (start: number, end: number): Span => ({ start, end });
  // The builder always uses the backslash here, whatever the escape character is.
  return new ExpansionReader({ text, locate }, body.end, backslash, false).read(body.start, true).variables;
}

/** The first reference in the body of a heredoc that the builder cannot read. */
export function malformedInBody(text: string, body: Span): Span | undefined {
  const locate = (start: number, end: number): Span => ({ start, end });
  return new ExpansionReader({ text, locate }, body.end, backslash, false).read(body.start, true).malformed;
}

/**
 * @param variables whether `$` starts a reference; if not, it is an ordinary character
 */
export function readExpansion(
  source: Source,
  start: number,
  end: number,
  escape: number,
  variables: boolean,
): Expansion {
  const reader = new ExpansionReader(source, end, escape, true);
  return reader.read(start, variables);
}

/** A copy without the spare capacity of a list that was filled with push. */
function compact(list: readonly VariableReference[]): readonly VariableReference[] {
  return list.length > 0 ? list.slice() : noVariables;
}

class ExpansionReader {
  readonly #source: Source;
  readonly #text: string;
  readonly #end: number;
  readonly #escape: number;
  readonly #quotes: boolean;
  #openQuote: number | undefined;
  #malformed: { start: number; end: number } | undefined;

  /** @param quotes whether quotes have a meaning */
  constructor(source: Source, end: number, escape: number, quotes: boolean) {
    this.#source = source;
    this.#text = source.text;
    this.#end = end;
    this.#escape = escape;
    this.#quotes = quotes;
  }

  read(start: number, variables: boolean): Expansion {
    const text = this.#text;
    const end = this.#end;
    const found: VariableReference[] = [];
    let value = '';
    // Start of the characters that are copied as they are.
    let from = start;
    let at = start;
    let inDouble = -1;
    while (at < end) {
      const code = text.charCodeAt(at);
      if (code === this.#escape) {
        const next = at + 1 < end ? text.charCodeAt(at + 1) : -1;
        // In double quotes the escape is an ordinary character before most others; at the end it is dropped.
        const literal = inDouble >= 0 && next >= 0 && !this.#escapable(next);
        if (!literal) {
          value += text.slice(from, at);
          from = at + 1;
        }
        at += literal ? 1 : 2;
      } else if (code === doubleQuote && this.#quotes) {
        value += text.slice(from, at);
        inDouble = inDouble < 0 ? at : -1;
        at += 1;
        from = at;
      } else if (code === singleQuote && inDouble < 0 && this.#quotes) {
        value += text.slice(from, at);
        const close = this.#closing(at);
        if (close < 0) this.#openQuote = at;
        value += text.slice(at + 1, close < 0 ? end : close);
        at = close < 0 ? end : close + 1;
        from = at;
      } else if (code === dollarSign && variables && !this.#malformed) {
        at = this.#dollar(at, found, 0);
      } else {
        at += 1;
      }
    }
    if (inDouble >= 0) this.#openQuote = inDouble;
    return {
      value: from < end ? value + text.slice(from, end) : value,
      variables: compact(found),
      openQuote: this.#openQuote,
      malformed: this.#malformed,
    };
  }

  #escapable(code: number): boolean {
    return code === doubleQuote || code === dollarSign || code === this.#escape;
  }

  /** Offset of the single quote that closes the one at `open`; -1 without one. */
  #closing(open: number): number {
    for (let at = open + 1; at < this.#end; at += 1) {
      if (this.#text.charCodeAt(at) === singleQuote) return at;
    }
    return -1;
  }

  /** Reads the text at a `$` and adds the reference, if it is one. @returns the offset to continue at */
  #dollar(start: number, found: VariableReference[], depth: number): number {
    const text = this.#text;
    const end = this.#end;
    if (start + 1 >= end) return end;
    if (text.charCodeAt(start + 1) !== openBrace) {
      const nameEnd = nameEndAt(text, start + 1, end);
      if (nameEnd > start + 1)
        found.push(this.#reference(start, nameEnd, start + 1, nameEnd, undefined, undefined));
      return nameEnd;
    }
    const nameStart = start + 2;
    const first = text[nameStart];
    if (nameStart >= end || first === '{' || first === '}' || first === ':') {
      return this.#refuse(start, nameStart >= end ? end : nameStart + 1);
    }
    const nameEnd = nameEndAt(text, nameStart, end);
    if (nameEnd >= end) return this.#refuse(start, end);
    const sign = text[nameEnd] as string;
    if (sign === '}') {
      found.push(this.#reference(start, nameEnd + 1, nameStart, nameEnd, undefined, undefined));
      return nameEnd + 1;
    }
    if (depth >= maxDepth) return this.#refuse(start, end);
    let modifier = sign;
    if (sign === ':') modifier += text.charAt(nameEnd + 1);
    else if ((sign === '#' || sign === '%' || sign === '/') && text[nameEnd + 1] === sign) modifier += sign;
    const operandStart = Math.min(nameEnd + modifier.length, end);
    const nested: VariableReference[] = [];
    let close = operandStart;
    if (sign === '/') {
      close = this.#stop(close, '/', nested, depth + 1);
      if (close >= 0) close += 1;
    }
    if (close >= 0) close = this.#stop(close, '}', nested, depth + 1);
    if (close < 0) return this.#refuse(start, end);
    const operand = text.slice(operandStart, close);
    found.push(this.#reference(start, close + 1, nameStart, nameEnd, modifier, operand, nested));
    return close + 1;
  }

  /** Offset of the character that ends an operand, skipping quotes and references; -1 without one. */
  #stop(start: number, character: '}' | '/', nested: VariableReference[], depth: number): number {
    const text = this.#text;
    const stop = character === '}' ? closeBrace : 0x2f;
    let inDouble = false;
    let at = start;
    while (at < this.#end) {
      const code = text.charCodeAt(at);
      if (code === stop && !inDouble) return at;
      if (code === dollarSign) {
        at = this.#dollar(at, nested, depth);
        if (this.#malformed) return -1;
      } else if (code === singleQuote && !inDouble && this.#quotes) {
        const close = this.#closing(at);
        if (close < 0) return -1;
        at = close + 1;
      } else if (code === this.#escape) {
        const next = at + 1 < this.#end ? text.charCodeAt(at + 1) : -1;
        at += inDouble && !this.#escapable(next) ? 1 : 2;
      } else {
        if (code === doubleQuote && this.#quotes) inDouble = !inDouble;
        at += 1;
      }
    }
    return -1;
  }

  #refuse(start: number, end: number): number {
    this.#malformed ??= { start, end };
    // Continue right after the `${`: quotes in the rest still matter for the value.
    return Math.min(start + 2, this.#end);
  }

  #reference(
    start: number,
    end: number,
    nameStart: number,
    nameEnd: number,
    modifier: string | undefined,
    operand: string | undefined,
    nested: readonly VariableReference[] = noVariables,
  ): VariableReference {
    const { locate } = this.#source;
    return {
      span: locate(start, end),
      name: this.#text.slice(nameStart, nameEnd),
      nameSpan: locate(nameStart, nameEnd),
      modifier,
      operand,
      nested: compact(nested),
    };
  }
}

/**
 * End of the variable name at `start`; `start` itself if there is none. Digits form a name of their own, and so does
 * each special parameter of the shell.
 */
export function nameEndAt(text: string, start: number, end: number): number {
  if (start >= end) return start;
  let at = start;
  const first = text.charCodeAt(at);
  if (isDigit(first)) {
    while (at < end && isDigit(text.charCodeAt(at))) at += 1;
    return at;
  }
  if ('@*#?-$!'.includes(text.charAt(at))) return at + 1;
  while (at < end) {
    const code = text.charCodeAt(at);
    const lower = code | 0x20;
    if ((lower >= 0x61 && lower <= 0x7a) || code === 0x5f || isDigit(code)) {
      at += 1;
    } else if (code > 0x7f && otherLetter.test(String.fromCodePoint(text.codePointAt(at) ?? 0))) {
      at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    } else {
      break;
    }
  }
  return at;
}

const otherLetter = /^[\p{L}\p{Nd}]$/u;

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
