// Reads JSON that others wrote, also with comments and commas too many, as editors allow it.

const longest = 64_000;

/** @returns undefined if it is too long or not JSON */
export function readJson(text: string): unknown {
  if (text.length > longest) return undefined;
  try {
    return JSON.parse(withoutComments(text.replace(/^\uFEFF/, ''))) as unknown;
  } catch {
    return undefined;
  }
}

/** The text without comments, and without commas before a closing bracket. */
function withoutComments(text: string): string {
  const parts: string[] = [];
  /** Index of a comma that nothing but blanks and comments follows so far. */
  let comma: number | undefined;
  for (let at = 0; at < text.length;) {
    const end = endOfPart(text, at);
    const part = text.slice(at, end);
    at = end;
    if (part.startsWith('/')) continue;
    if (comma !== undefined && /^[\]}]/.test(part)) parts[comma] = '';
    if (part === ',') comma = parts.length;
    else if (/\S/.test(part)) comma = undefined;
    parts.push(part);
  }
  return parts.join('');
}

/** The end of the comment, string, run of blanks or single character that begins here. */
function endOfPart(text: string, at: number): number {
  const until = (mark: string, from: number): number => {
    const end = text.indexOf(mark, from);
    return end < 0 ? text.length : end + mark.length;
  };
  if (text.startsWith('//', at)) return until('\n', at);
  if (text.startsWith('/*', at)) return until('*/', at + 2);
  if (text[at] !== '"') return at + 1;
  for (let end = at + 1; end < text.length; end += 1) {
    if (text[end] === '\\') end += 1;
    else if (text[end] === '"') return end + 1;
  }
  return text.length;
}
