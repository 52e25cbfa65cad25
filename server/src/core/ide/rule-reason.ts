// Why a rule exists, in two lines, for hovers.

/** Two lines of a hover. */
const longest = 240;

/**
 * The first sentences of a rule's page below its table, as far as they fit into two lines.
 * @param page Markdown
 * @returns undefined if it has none; code between backquotes
 */
export function reasonIn(page: string): string | undefined {
  const blocks = page.split(/\n{2,}/);
  const table = blocks.findIndex((block) => block.startsWith('|'));
  const first = blocks[table + 1];
  if (table < 0 || first === undefined || /^(?:\*\*|```|#|\|)/.test(first)) return undefined;
  const text = first
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  const [start = '', ...more] = text.split(/(?<=[.!?]) (?=[^a-z])/);
  let reason = start;
  for (const sentence of more) {
    if (reason.length + 1 + sentence.length > longest) break;
    reason += ` ${sentence}`;
  }
  return reason.endsWith(':') ? `${reason.slice(0, -1)}.` : reason;
}
