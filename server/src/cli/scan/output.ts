// Prints what a scan found, or writes it into a file.
import { inWords } from '../../io/files/file-errors';
import { writeWhole } from '../../io/files/rewrite';
import { version } from '../../version';
import type { ScanFindings } from '../../workflow/scan/findings';
import { findingsJson, findingsSarif } from '../../workflow/scan/findings-json';
import { findingsMarkdown } from '../../workflow/scan/findings-markdown';
import { findingsText } from '../../workflow/scan/findings-text';
import { english } from '../../workflow/translate';
import type { Terminal } from '../terminal';
import { jsonText } from '../visible';

export const findingFormats = ['text', 'json', 'sarif', 'markdown'] as const;

/** @param notes lines for people @returns why it could not be written, without a full stop */
export function writeFindings(
  findings: ScanFindings,
  notes: readonly string[],
  {
    format,
    output,
  }: { readonly format: (typeof findingFormats)[number]; readonly output: string | undefined },
  terminal: Terminal,
): string | undefined {
  const text = asText(findings, notes, format);
  if (output === undefined) {
    terminal.print(text);
    return undefined;
  }
  try {
    writeWhole(output, text);
  } catch (error) {
    return `cannot write ${output}: ${inWords(error)}`;
  }
  // Whoever looks at the log sees how it ended.
  terminal.note(
    [...findingsText({ ...findings, groups: [] }, english), `Written to ${output}`]
      .filter((line) => line !== '')
      .map((line) => `${line}\n`)
      .join(''),
  );
  return undefined;
}

function asText(
  findings: ScanFindings,
  notes: readonly string[],
  format: (typeof findingFormats)[number],
): string {
  switch (format) {
    case 'text':
      return [...findingsText(findings, english), ...notes].map((line) => `${line}\n`).join('');
    case 'markdown':
      return [...findingsMarkdown(findings, english), ...notes.map((note) => `- ${note}`)]
        .map((line) => `${line}\n`)
        .join('');
    case 'json':
      return jsonText(findingsJson(findings));
    case 'sarif':
      return jsonText(findingsSarif(findings, version));
  }
}
