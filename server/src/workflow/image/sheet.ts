// A report as headings, lines and tables, for a terminal and as Markdown. What comes from an image stays text in both.
import { textCell } from '../markdown';

export interface Sheet {
  readonly title: string;
  readonly sections: readonly SheetSection[];
}

export interface SheetSection {
  /** Empty for the first lines. */
  readonly title: string;
  readonly lines: readonly string[];
  readonly table?: SheetTable;
}

export interface SheetTable {
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly string[])[];
}

export interface SheetColumn {
  readonly title: string;
  readonly isNumber?: true;
}

/** @returns ends with a line break */
export function sheetText({ title, sections }: Sheet): string {
  const parts = sections.map(({ title: heading, lines, table }) =>
    [...(heading === '' ? [] : [heading]), ...lines, ...(table ? tableText(table) : [])].join('\n'),
  );
  return `${[title, ...parts].join('\n\n').replace('\n\n', '\n')}\n`;
}

function tableText({ columns, rows }: SheetTable): string[] {
  const hasHead = columns.some(({ title }) => title !== '');
  const all = hasHead ? [columns.map(({ title }) => title), ...rows] : rows;
  const widths = columns.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
  return all.map((row) => {
    const cells = row.map((cell, at) => {
      const width = widths[at] ?? 0;
      return columns[at]?.isNumber ? cell.padStart(width) : cell.padEnd(width);
    });
    return `  ${cells.join('  ')}`.trimEnd();
  });
}

/** @returns ends with a line break */
export function sheetMarkdown({ title, sections }: Sheet): string {
  const parts = sections.flatMap(({ title: heading, lines, table }) => [
    ...(heading === '' ? [] : [`## ${textCell(heading)}`]),
    ...lines.map(textCell),
    ...(table ? [tableMarkdown(table)] : []),
  ]);
  return `${[`# ${textCell(title)}`, ...parts].join('\n\n')}\n`;
}

function tableMarkdown({ columns, rows }: SheetTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ title }) => textCell(title))),
    line(columns.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
    ...rows.map((row) => line(row.map(textCell))),
  ].join('\n');
}
