// The one reader of fenced blocks: Markdown in, prose and blocks out. Patterns, rule pages and rule tests use it.
// It knows no pattern, rule or file.

export interface Prose {
  readonly kind: 'prose';
  /** Lines as written, without the line end of the last one. */
  readonly text: string;
  /** Number of its first line. */
  readonly line: number;
}

export interface Block {
  readonly kind: 'block';
  /** The first word of the opening line: `dockerfile`. */
  readonly language: string;
  /** The second word of the opening line: `bad`; empty where there is none. */
  readonly role: string;
  /** `name="value"` of the opening line. */
  readonly attributes: ReadonlyMap<string, string>;
  /** What stands between the fences, each line with its line end. */
  readonly text: string;
  /** The quoted lines (`> …`) directly below the block, without their sign. */
  readonly quotes: readonly string[];
  /** Number of the opening line. */
  readonly line: number;
  /** Number of the first line below the closing fence, where the quotes stand or would stand. */
  readonly lineBelow: number;
}

export type Part = Prose | Block;

const opening = /^```(\w*)[ \t]*(?:(\w+)(?![\w=]))?(.*)$/;

/**
 * Takes Markdown apart.
 * @param firstLine the number its first line has for the reader of a message
 * @returns a block that is not closed is left out with everything below it, and `unclosed` is its line
 */
export function readFences(
  markdown: string,
  firstLine: number,
): { readonly parts: readonly Part[]; readonly unclosed?: number } {
  const lines = markdown.split('\n');
  const parts: Part[] = [];
  let prose: string[] = [];
  const endProse = (end: number): void => {
    if (prose.some((line) => line.trim() !== ''))
      parts.push({ kind: 'prose', text: prose.join('\n'), line: firstLine + end - prose.length });
    prose = [];
  };
  for (let at = 0; at < lines.length; at += 1) {
    const match = opening.exec(lines[at] ?? '');
    if (!match) {
      prose.push(lines[at] ?? '');
      continue;
    }
    endProse(at);
    const close = lines.findIndex((line, index) => index > at && line.trimEnd() === '```');
    if (close < 0) return { parts, unclosed: firstLine + at };
    const quotes: string[] = [];
    while (lines[close + 1 + quotes.length]?.startsWith('> ') === true)
      quotes.push((lines[close + 1 + quotes.length] ?? '').slice('> '.length));
    parts.push({
      kind: 'block',
      language: match[1] ?? '',
      role: match[2] ?? '',
      attributes: readAttributes(match[3] ?? ''),
      text: lines
        .slice(at + 1, close)
        .map((line) => line + '\n')
        .join(''),
      quotes,
      line: firstLine + at,
      lineBelow: firstLine + close + 1,
    });
    at = close + quotes.length;
  }
  endProse(lines.length);
  return { parts };
}

/** `name="value"`, with `&quot;` for a quote inside, as Markdown reads it. */
function readAttributes(info: string): ReadonlyMap<string, string> {
  return new Map(
    [...info.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value.replaceAll('&quot;', '"'),
    ]),
  );
}
