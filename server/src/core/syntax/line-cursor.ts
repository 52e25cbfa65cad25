// Walks a text line by line without copying it, and checks the builder's limit for the length of a line.
import { returnValue } from './characters';
import type { SyntaxProblem } from './nodes';

/** Bytes of UTF-8 in one physical line that the builder's scanner can hold (bufio.MaxScanTokenSize - 1). */
const maxLineBytes = 65_535;

export class LineCursor {
  readonly text: string;
  /** Of the current line. */
  start = 0;
  /** End of the current line, without its line feed and the carriage returns before that. */
  end = 0;
  /** Where the following line begins. */
  next = 0;
  readonly #problems: SyntaxProblem[];

  constructor(text: string, problems: SyntaxProblem[]) {
    this.text = text;
    this.#problems = problems;
  }

  /** Goes to the next line. @returns false at the end of the text; the current line stays then */
  advance(): boolean {
    const { text, next } = this;
    if (next >= text.length) return false;
    const feed = text.indexOf('\n', next);
    let end = feed < 0 ? text.length : feed;
    // A UTF-16 unit takes three bytes at most, so short lines need no counting.
    if (end - next > maxLineBytes / 3 && utf8Length(text, next, end) > maxLineBytes) {
      this.#problems.push({
        at: { start: next, end },
        kind: 'line-too-long',
        message: `The line is longer than the ${maxLineBytes} bytes the builder can read`,
      });
    }
    while (end > next && text.charCodeAt(end - 1) === returnValue) end -= 1;
    this.start = next;
    this.end = end;
    this.next = feed < 0 ? text.length : feed + 1;
    return true;
  }
}

function utf8Length(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    // Each half of a surrogate pair stands for two of its four bytes.
    else if (code >= 0xd800 && code <= 0xdfff) bytes += 2;
    else bytes += 3;
  }
  return bytes;
}
