// Formats pages of help.

const margin = 2;

/** Two columns. The right one may have several lines. */
export function table(rows: readonly (readonly [left: string, right: string])[]): string {
  const width = Math.max(0, ...rows.map(([left]) => left.length)) + margin;
  const indent = ' '.repeat(margin + width);
  return rows
    .map(
      ([left, right]) =>
        `${' '.repeat(margin)}${left.padEnd(width)}${right.replaceAll('\n', `\n${indent}`)}\n`,
    )
    .join('');
}
