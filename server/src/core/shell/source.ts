// The texts that shells read, each with its map into the document.
import { segmentOf, toDocument, toDocumentSpan } from '../syntax/logical-line';
import type { Heredoc, LogicalLine, Segment } from '../syntax/nodes';
import type { Span } from '../text/span';

/**
 * Maps spans of a source into the document. Scripts are read from left to right, so the next span is usually in the
 * same piece as the last one, or in the piece after it.
 */
export class Locator {
  readonly #source: LogicalLine;
  #at = 0;

  constructor(source: LogicalLine) {
    this.#source = source;
  }

  /** The same as toDocumentSpan of the syntax layer. */
  span(start: number, end: number): Span {
    if (end <= start) return toDocumentSpan(this.#source, { start, end });
    return { start: this.#locate(start), end: this.#locate(end - 1) + 1 };
  }

  #locate(offset: number): number {
    const { segments } = this.#source;
    for (let next = this.#at; next < this.#at + 2; next += 1) {
      const segment = segments[next];
      if (segment && segment.logical <= offset && offset < segment.logical + segment.length) {
        this.#at = next;
        return segment.document + offset - segment.logical;
      }
    }
    this.#at = segmentOf(this.#source, offset);
    const found = segments[this.#at];
    return found ? found.document + Math.max(0, Math.min(offset - found.logical, found.length)) : 0;
  }
}

/** Joins pieces of the document into one source. */
class SourceBuilder {
  readonly #pieces: string[] = [];
  readonly #segments: Segment[] = [];
  #length = 0;

  add(piece: string, document: number): void {
    if (piece === '') return;
    this.#pieces.push(piece);
    const last = this.#segments.at(-1);
    if (last && last.document + last.length === document) {
      this.#segments[this.#segments.length - 1] = { ...last, length: last.length + piece.length };
    } else this.#segments.push({ logical: this.#length, document, length: piece.length });
    this.#length += piece.length;
  }

  /** Adds lines of the document. A `\r\n` becomes `\n`: the author of a file with `\r\n` means the same. */
  addLines(text: string, at: Span, stripTabs: boolean): void {
    const slice = text.slice(at.start, at.end);
    if (!stripTabs && !slice.includes('\r')) {
      this.add(slice, at.start);
      return;
    }
    for (const match of slice.matchAll(/(\t*)([^\n]*?)(\r?)(\n|$)/g)) {
      const [, tabs = '', line = '', carriage = '', newline = ''] = match;
      const kept = stripTabs ? line : tabs + line;
      const start = at.start + match.index + (stripTabs ? tabs.length : 0);
      this.add(kept, start);
      this.add(newline, start + kept.length + carriage.length);
    }
  }

  finish(emptyAt: number): LogicalLine {
    if (this.#segments.length === 0) this.#segments.push({ logical: 0, document: emptyAt, length: 0 });
    return { text: this.#pieces.join(''), segments: this.#segments };
  }
}

function addSlice(builder: SourceBuilder, line: LogicalLine, logical: Span): void {
  for (const segment of line.segments) {
    const from = Math.max(logical.start, segment.logical);
    const to = Math.min(logical.end, segment.logical + segment.length);
    if (from < to) builder.add(line.text.slice(from, to), segment.document + from - segment.logical);
  }
}

/**
 * Part of an instruction's joined line, followed by its heredoc bodies, as BuildKit puts them together for the
 * shell (dispatchRun in dockerfile2llb).
 * @param text of the document
 * @param at document offset to use for an empty part
 */
export function lineSource(
  text: string,
  line: LogicalLine,
  logical: Span,
  heredocs: readonly Heredoc[],
  at: number,
): LogicalLine {
  if (heredocs.length === 0 && logical.end === line.text.length) return tail(line, logical.start, at);
  const builder = new SourceBuilder();
  addSlice(builder, line, logical);
  for (const { body, terminator } of heredocs) {
    // There is no line end if the file ends right after the line.
    if (text[body.start - 1] === '\n') builder.add('\n', body.start - 1);
    builder.addLines(text, body, false);
    if (terminator) builder.addLines(text, terminator, false);
  }
  return builder.finish(at);
}

/** The rest of a line from an offset: the text that most instructions hand to the shell. */
function tail({ text, segments }: LogicalLine, start: number, at: number): LogicalLine {
  const kept: Segment[] = [];
  for (const { logical, document, length } of segments) {
    const cut = Math.max(0, start - logical);
    if (cut < length)
      kept.push({ logical: logical + cut - start, document: document + cut, length: length - cut });
  }
  if (kept.length === 0) kept.push({ logical: 0, document: at, length: 0 });
  return { text: text.slice(start), segments: kept };
}

/** The body of a heredoc as a script of its own. @param text of the document */
export function heredocSource(text: string, { body, stripTabs }: Heredoc): LogicalLine {
  const builder = new SourceBuilder();
  builder.addLines(text, body, stripTabs);
  return builder.finish(body.start);
}

/** A decoded string, and the origin of each of its characters. */
export interface Decoded {
  readonly text: string;
  /** Offset of a character in the text before decoding. */
  origin(at: number): number;
  /** Every character stands for itself, so text can be inserted anywhere. */
  readonly exact: boolean;
}

/** A JSON string as the text of a script. @param inside the span between the quotes, in logical offsets */
export function jsonSource(line: LogicalLine, inside: Span): { source: LogicalLine; exact: boolean } {
  const { text, origin, exact } = decodeJson(line.text.slice(inside.start, inside.end));
  const builder = new SourceBuilder();
  if (exact) addSlice(builder, line, inside);
  else {
    for (let at = 0; at < text.length; at += 1) {
      builder.add(text[at] ?? '', toDocument(line, inside.start + origin(at)));
    }
  }
  return { source: builder.finish(toDocument(line, inside.start)), exact };
}

const jsonEscapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function decodeJson(raw: string): Decoded {
  let text = '';
  const from: number[] = [];
  for (let at = 0; at < raw.length; at += 1) {
    from.push(at);
    if (raw[at] !== '\\') {
      text += raw[at] ?? '';
      continue;
    }
    at += 1;
    if (raw[at] === 'u') {
      text += String.fromCharCode(parseInt(raw.slice(at + 1, at + 5), 16) || 0xfffd);
      at += 4;
    } else text += jsonEscapes[raw[at] ?? ''] ?? raw[at] ?? '';
  }
  return { text, origin: (at) => from[at] ?? raw.length, exact: !raw.includes('\\') };
}

/**
 * The value of a shell word that another shell will read: without quotes and escapes, with expansions as written,
 * since their results are not known.
 * @param word as written; the result is undefined for `$'…'`, which has other escapes
 */
export function decodeWord(word: string): Decoded | undefined {
  if (word.includes("$'")) return undefined;
  const quote = word[0];
  const inner = word.slice(1, -1);
  if (
    word.length >= 2 &&
    word.endsWith(quote ?? '') &&
    (quote === "'" ? !inner.includes("'") : quote === '"' && !/["\\`]|\$\(/.test(inner))
  ) {
    return { text: inner, origin: (at) => at + 1, exact: true };
  }
  let text = '';
  const from: number[] = [];
  let open = '';
  for (let at = 0; at < word.length; at += 1) {
    const character = word[at] ?? '';
    if (open === '' && (character === "'" || character === '"')) open = character;
    else if (character === open) open = '';
    else if (character === '\\' && open !== "'") {
      const next = word[at + 1] ?? '';
      if (next === '\n') {
        at += 1;
        continue;
      }
      const escapes = open === '' || '$`"\\'.includes(next);
      if (escapes) at += 1;
      text += escapes ? next : character;
      from.push(at);
    } else {
      text += character;
      from.push(at);
    }
  }
  return { text, origin: (at) => from[at] ?? word.length - 1, exact: false };
}
