// Character classes of the builder's parser, by UTF-16 unit. The parser is written in Go, whose blanks differ from
// JavaScript's: U+0085 is a blank, U+FEFF is not.

export const tab = 0x09;
export const newline = 0x0a;
export const returnValue = 0x0d;
export const blank = 0x20;
export const doubleQuote = 0x22;
export const hash = 0x23;
export const dollarSign = 0x24;
export const singleQuote = 0x27;
export const commaSign = 0x2c;
export const dash = 0x2d;
export const lessThan = 0x3c;
export const equalsSign = 0x3d;
export const backslash = 0x5c;
export const openBrace = 0x7b;
export const closeBrace = 0x7d;

/** Whether Go's unicode.IsSpace matches. Used to trim lines and arguments, and to split quoted words. */
export function isSpace(code: number): boolean {
  if (code <= blank) return code === blank || (code >= tab && code <= returnValue);
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

/** Whether a character separates keyword, arguments and unquoted words: `[\t\v\f\r ]`, so not a no-break space. */
export function isSeparator(code: number): boolean {
  return code === blank || (code >= tab && code <= returnValue && code !== newline);
}

/** Offset of the first character in `[start, end)` that is not a space; `end` if there is none. */
export function skipSpaces(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** The offset after the last character in `[start, end)` that is not a space; `start` if there is none. */
export function trimSpaces(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(text.charCodeAt(at - 1))) at -= 1;
  return at;
}
