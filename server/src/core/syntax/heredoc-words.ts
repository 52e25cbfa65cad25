// Finds `<<NAME` words as the builder does: it splits the whole joined line like a shell. If the line has a quote
// or `${…}` that it cannot read, the line has no heredoc at all. The escape character is always the backslash,
// even after `# escape=`.
import { backslash, dollarSign, doubleQuote, lessThan, openBrace, singleQuote, isSpace } from './characters';
import { nameEndAt } from './expansion';

export interface HeredocWord {
  readonly name: string;
  readonly expand: boolean;
  readonly stripTabs: boolean;
  /** Logical range of the word. */
  readonly start: number;
  readonly end: number;
}

export function findHeredocWords(line: string): readonly HeredocWord[] {
  const found: HeredocWord[] = [];
  for (const word of splitLikeShell(line, true, true) ?? []) {
    const heredoc = readOperator(word);
    if (heredoc) found.push(heredoc);
  }
  return found;
}

const operator = /^\d*<<(-?)[\t\n\f\r ]*([^<]*)$/;

function readOperator({ text, start, end }: ShellPiece): HeredocWord | undefined {
  const match = operator.exec(text);
  const delimiter = match?.[2];
  if (!match || !delimiter) return undefined;
  const [bare, ...more] = splitLikeShell(delimiter, false, false) ?? [];
  const [quoted] = splitLikeShell(delimiter, true, false) ?? [];
  if (!bare || !quoted || more.length > 0) return undefined;
  // A quote anywhere in the delimiter means that nothing in the body is expanded.
  const expand = countQuotes(bare.text) === countQuotes(quoted.text);
  return { name: bare.text, expand, stripTabs: match[1] === '-', start, end };
}

function countQuotes(text: string): number {
  let count = 0;
  for (const character of text) if (character === '"' || character === "'") count += 1;
  return count;
}

interface ShellPiece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The builder's reader recurses without a limit; a line that needs more depth than this has no heredoc. */
const maxDepth = 64;

/**
 * Splits like the builder's shell lexer, with all variables left as written.
 * @returns undefined if it reports an error
 */
function splitLikeShell(text: string, keepQuotes: boolean, keepEscapes: boolean): ShellPiece[] | undefined {
  const splitter = new ShellSplitter(text, keepQuotes);
  return splitter.run(keepEscapes) ? splitter.pieces : undefined;
}

class ShellSplitter {
  readonly pieces: ShellPiece[] = [];
  readonly #text: string;
  readonly #keepQuotes: boolean;
  /** Offset of the next character to read. */
  #at = 0;
  #word = '';
  #wordStart = 0;
  #inWord = false;

  constructor(text: string, keepQuotes: boolean) {
    this.#text = text;
    this.#keepQuotes = keepQuotes;
  }

  run(keepEscapes: boolean): boolean {
    const text = this.#text;
    while (this.#at < text.length) {
      const start = this.#at;
      const code = text.charCodeAt(start);
      if (code === dollarSign) {
        const read = this.#dollar(0);
        if (read === undefined) return false;
        for (const character of read) this.#add(character, start);
      } else if (code === singleQuote || code === doubleQuote) {
        const read = code === singleQuote ? this.#single() : this.#double(keepEscapes, 0);
        if (read === undefined) return false;
        this.#addRaw(read, start);
      } else if (code === lessThan) {
        this.#addRaw(this.#less(), start);
      } else if (code === backslash) {
        this.#at += 1;
        if (keepEscapes) this.#addRaw('\\', start);
        if (this.#at < text.length) this.#addRaw(this.#next(), start);
      } else {
        this.#add(this.#next(), start);
      }
    }
    this.#flush(text.length);
    return true;
  }

  /** The next character, with both halves of a surrogate pair. */
  #next(): string {
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    this.#at += character.length;
    return character;
  }

  #add(character: string, start: number): void {
    if (!isSpace(character.charCodeAt(0))) this.#addRaw(character, start);
    else if (this.#inWord) this.#flush(start);
  }

  #addRaw(text: string, start: number): void {
    if (this.#word === '') this.#wordStart = start;
    this.#word += text;
    this.#inWord = true;
  }

  #flush(end: number): void {
    if (this.#word === '') return;
    this.pieces.push({ text: this.#word, start: this.#wordStart, end });
    this.#word = '';
    this.#inWord = false;
  }

  #single(): string | undefined {
    const close = this.#text.indexOf("'", this.#at + 1);
    if (close < 0) return undefined;
    const inner = this.#text.slice(this.#at + 1, close);
    this.#at = close + 1;
    return this.#keepQuotes ? `'${inner}'` : inner;
  }

  #double(keepEscapes: boolean, depth: number): string | undefined {
    const text = this.#text;
    let result = this.#keepQuotes ? '"' : '';
    this.#at += 1;
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at);
      if (code === doubleQuote) {
        this.#at += 1;
        return this.#keepQuotes ? `${result}"` : result;
      }
      if (code === dollarSign) {
        const read = this.#dollar(depth);
        if (read === undefined) return undefined;
        result += read;
      } else if (code === backslash) {
        this.#at += 1;
        if (keepEscapes) result += '\\';
        if (this.#at >= text.length) break;
        result += '"$\\'.includes(text.charAt(this.#at)) ? this.#next() : '\\';
      } else {
        result += this.#next();
      }
    }
    return undefined;
  }

  /** `<`, or `<<` with the blanks after it, which belong to the word. */
  #less(): string {
    const text = this.#text;
    const start = this.#at;
    this.#at += 1;
    if (text.charCodeAt(this.#at) !== lessThan) return '<';
    this.#at += 1;
    while ('\t\r '.includes(text[this.#at] ?? '-')) this.#at += 1;
    return text.slice(start, this.#at);
  }

  #dollar(depth: number): string | undefined {
    const text = this.#text;
    const end = text.length;
    this.#at += 1;
    if (text.charCodeAt(this.#at) !== openBrace) return `$${this.#name()}`;
    this.#at += 1;
    if (this.#at >= end || '{}:'.includes(text.charAt(this.#at)) || depth >= maxDepth) return undefined;
    const name = this.#name();
    const sign = text.charAt(this.#at);
    this.#at += 1;
    if (sign === '}') return `\${${name}}`;
    // Reading an operand clears what the word holds so far: the builder uses one buffer for both.
    this.#word = '';
    if (sign === '/') {
      if (text.charAt(this.#at) === '/') this.#at += 1;
      const pattern = this.#operand('/', true, depth + 1);
      const replacement = pattern === undefined ? undefined : this.#operand('}', true, depth + 1);
      return replacement === undefined ? undefined : `\${${name}/${pattern}/${replacement}}`;
    }
    let modifier = sign;
    if (sign === ':') {
      modifier += text.charAt(this.#at);
      this.#at += 1;
      if (modifier === ':#' || modifier === ':%' || this.#at > end) return undefined;
    } else if (sign === '' || !'+-?#%'.includes(sign)) {
      return undefined;
    }
    const word = this.#operand('}', sign === '#' || sign === '%', depth + 1);
    return word === undefined ? undefined : `\${${name}${modifier}${word}}`;
  }

  #name(): string {
    const start = this.#at;
    this.#at = nameEndAt(this.#text, start, this.#text.length);
    return this.#text.slice(start, this.#at);
  }

  #operand(stop: string, keepEscapes: boolean, depth: number): string | undefined {
    const text = this.#text;
    let result = '';
    while (this.#at < text.length) {
      const character = text.charAt(this.#at);
      if (character === stop) {
        this.#at += 1;
        return result;
      }
      let read: string | undefined;
      if (character === '$') read = this.#dollar(depth);
      else if (character === "'") read = this.#single();
      else if (character === '"') read = this.#double(keepEscapes, depth);
      else if (character === '<') read = this.#less();
      else if (character === '\\') {
        this.#at += 1;
        read = (keepEscapes ? '\\' : '') + (this.#at < text.length ? this.#next() : '');
      } else read = this.#next();
      if (read === undefined) return undefined;
      result += read;
    }
    return undefined;
  }
}
