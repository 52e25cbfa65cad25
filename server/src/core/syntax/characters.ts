// Character classes of the builder's parser, by UTF-16 unit. It is written in Go, whose notion of a blank
// differs from JavaScript's: U+0085 is one, U+FEFF is none.

export const TAB = 0x09;
export const NEWLINE = 0x0a;
export const RETURN = 0x0d;
export const BLANK = 0x20;
export const DOUBLE_QUOTE = 0x22;
export const HASH = 0x23;
export const DOLLAR = 0x24;
export const SINGLE_QUOTE = 0x27;
export const COMMA = 0x2c;
export const DASH = 0x2d;
export const LESS = 0x3c;
export const EQUALS = 0x3d;
export const BACKSLASH = 0x5c;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** Whether Go's unicode.IsSpace holds: trims lines and arguments, splits quoted words. */
export function isSpace(code: number): boolean {
  if (code <= BLANK) return code === BLANK || (code >= TAB && code <= RETURN);
  if (code < 0x85) return false;
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** What separates the keyword from its arguments, and unquoted words: `[\t\v\f\r ]`, so no no-break space. */
export function isSeparator(code: number): boolean {
  return code === BLANK || (code >= TAB && code <= RETURN && code !== NEWLINE);
}

/** Offset of the first character in `[start, end)` that is no space; `end` when there is none. */
export function skipSpaces(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** The offset behind the last character in `[start, end)` that is no space; `start` when there is none. */
export function trimSpaces(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(text.charCodeAt(at - 1))) at -= 1;
  return at;
}
