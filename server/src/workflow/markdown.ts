// Foreign text in Markdown: it stays text, on one line, and opens nothing.

/** As text in a paragraph or in a cell of a table. */
export function textCell(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>|#~&]/g, '\\$&');
}

/** As a word of code. */
export function code(text: string): string {
  const line = oneLine(text).replaceAll('`', "'").replaceAll('|', '\\|');
  return line === '' ? '' : `\`${line}\``;
}

function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}
