// Marked text: `«…»` around a span (they may nest), `‸` where the cursor is. Tests name places this way,
// never by coordinates.

export interface Marked {
  /** Without the marks. */
  readonly text: string;
  /** In the order in which the marks open. */
  readonly spans: readonly { readonly start: number; readonly end: number }[];
  readonly cursors: readonly number[];
}

/** @throws when a mark is not closed or not opened */
export function parseMarked(source: string): Marked {
  let text = '';
  const spans: { start: number; end: number }[] = [];
  const open: number[] = [];
  const cursors: number[] = [];
  for (const char of source) {
    if (char === '«') {
      open.push(spans.length);
      spans.push({ start: text.length, end: -1 });
    } else if (char === '»') {
      const index = open.pop();
      const closing = index === undefined ? undefined : spans[index];
      if (!closing) throw new Error('» without «');
      closing.end = text.length;
    } else if (char === '‸') cursors.push(text.length);
    else text += char;
  }
  if (open.length > 0) throw new Error('« without »');
  return { text, spans, cursors };
}

/** The text with marks put in again: for messages a person reads. Inner spans come inside outer ones. */
export function mark(
  text: string,
  spans: readonly { readonly start: number; readonly end: number }[],
): string {
  const inserts = spans.flatMap(({ start, end }) => [
    { at: start, order: start === end ? 1 : 2, length: end - start, text: '«' },
    { at: end, order: start === end ? 1 : 0, length: end - start, text: '»' },
  ]);
  // At one place: closing marks (inner first), then empty spans, then opening marks (outer first).
  inserts.sort(
    (a, b) => a.at - b.at || a.order - b.order || (a.order === 0 ? a.length - b.length : b.length - a.length),
  );
  let result = '';
  let position = 0;
  for (const insert of inserts) {
    result += text.slice(position, insert.at) + insert.text;
    position = insert.at;
  }
  return result + text.slice(position);
}
