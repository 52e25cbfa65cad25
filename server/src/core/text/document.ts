// A text with its line table, and edits of whole lines.
import type { Edit } from './edit';
import { lastNotAfter } from './search';
import type { Span } from './span';

export class TextFile {
  readonly text: string;
  /** The end of line that the file uses, taken from its first one. */
  readonly eol: '\n' | '\r\n';
  readonly #starts: number[];

  constructor(text: string) {
    this.text = text;
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
    const first = starts[1];
    this.eol = first !== undefined && text[first - 2] === '\r' ? '\r\n' : '\n';
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** Zero-based number of the line that holds `offset`. */
  lineAt(offset: number): number {
    return Math.max(
      0,
      lastNotAfter(this.#starts, (start) => start <= offset),
    );
  }

  /** Offset where the line begins; the length of the text for lines past the end. */
  lineStart(line: number): number {
    return this.#starts[line] ?? this.text.length;
  }

  /** Span of a line without its end of line. */
  line(line: number): Span {
    const start = this.lineStart(line);
    let end = this.#starts[line + 1] ?? this.text.length;
    if (end > start && this.text[end - 1] === '\n') end -= 1;
    if (end > start && this.text[end - 1] === '\r') end -= 1;
    return { start, end };
  }

  /** Span of a line with its end of line. */
  fullLine(line: number): Span {
    return { start: this.lineStart(line), end: this.#starts[line + 1] ?? this.text.length };
  }

  slice(at: Span): string {
    return this.text.slice(at.start, at.end);
  }

  /** The indentation (blanks and tabs) of the line that holds `offset`. */
  indentAt(offset: number): string {
    const { start, end } = this.line(this.lineAt(offset));
    return /^[ \t]*/.exec(this.text.slice(start, end))?.[0] ?? '';
  }

  /** Deletes the whole lines a span touches, with their ends of line. */
  removeLines(at: Span): Edit {
    const first = this.lineAt(at.start);
    const last = this.lineAt(Math.max(at.start, at.end - 1));
    const { end } = this.fullLine(last);
    let { start } = this.fullLine(first);
    // The last line of a file without a final newline: take the newline before it instead.
    if (end === this.text.length && !this.text.endsWith('\n') && start > 0) {
      start -= this.text[start - 2] === '\r' ? 2 : 1;
    }
    return { start, end, text: '' };
  }

  /**
   * Inserts whole lines before the line that holds `offset`, but after a byte order mark.
   * @param lines without ends of line
   */
  insertLinesBefore(offset: number, ...lines: string[]): Edit {
    const line = this.line(this.lineAt(offset));
    const start = line.start === 0 && this.text.startsWith('\uFEFF') ? 1 : line.start;
    return { start, end: start, text: lines.map((line) => line + this.eol).join('') };
  }

  /** Inserts whole lines after the line that holds `offset`. @param lines without ends of line */
  insertLinesAfter(offset: number, ...lines: string[]): Edit {
    const { end } = this.line(this.lineAt(offset));
    return { start: end, end, text: lines.map((line) => this.eol + line).join('') };
  }
}
