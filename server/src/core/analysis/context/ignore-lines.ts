// Adds lines to an ignore file.

/** The text with lines at its end, with the line ends that it has. @param text empty for a new file */
export function appendedLines(text: string, lines: readonly string[]): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const start = text === '' || text.endsWith('\n') ? text : text + eol;
  return start + lines.map((line) => line + eol).join('');
}
