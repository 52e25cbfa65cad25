// Texts of a file in which builders put the values of variables: their literal parts, and whether another text has them.
// By hand, because a regular expression made from a file's text could take any time.

/** Blanks in a row count as one, those at the ends as none. */
export function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** @returns what stands between the variables (`$NAME`, `${…}`) of a text; one part if there is none */
export function literalParts(text: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at + 1)) {
    const end = endOfVariable(text, at);
    if (end === undefined) continue;
    parts.push(text.slice(from, at));
    from = end;
    at = end - 1;
  }
  return [...parts, text.slice(from)];
}

function endOfVariable(text: string, at: number): number | undefined {
  if (text[at + 1] === '{') {
    const close = text.indexOf('}', at);
    // Nothing closes it: the rest is unknown, too.
    return close < 0 ? text.length : close + 1;
  }
  let end = at + 1;
  while (/\w/.test(text[end] ?? '')) end += 1;
  return end === at + 1 ? undefined : end;
}

/** Whether a text is these parts in this order, with anything between two of them. */
export function hasParts(text: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
