// The text format: one line per finding, as compilers print them, and a summary.
import { TextFile } from '../../core/text/document';
import type { Severity } from '../../core/lint/finding';
import type { CheckedFile } from '../check';

/** @param hints whether hints are shown too */
export function formatText(files: readonly CheckedFile[], hints: boolean): string {
  const lines: string[] = [];
  const counts = new Map<Severity, number>();
  let fixed = 0;
  let fixable = 0;
  for (const file of files) {
    fixed += file.fixed ?? 0;
    const document = new TextFile(file.text ?? '');
    for (const finding of file.findings) {
      counts.set(finding.severity, (counts.get(finding.severity) ?? 0) + 1);
      if (finding.severity === 'hint' && !hints) continue;
      if (finding.fix && finding.fix.edits.length > 0 && finding.fix.safety !== 'manual') fixable += 1;
      const line = document.lineAt(finding.at.start);
      const column = finding.at.start - document.lineStart(line) + 1;
      lines.push(
        `${file.path}:${line + 1}:${column}: ${finding.severity}: ${finding.message} [${finding.rule.id}]`,
      );
    }
  }
  const said = (['error', 'warning', 'info', 'hint'] as const)
    .map((severity) => [severity, counts.get(severity) ?? 0] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}${count === 1 || severity === 'info' ? '' : 's'}`);
  const parts = [said.length > 0 ? said.join(', ') : 'nothing found'];
  if (fixed > 0) parts.push(`${fixed} fixed`);
  if (fixable > 0) parts.push(`${fixable} can be fixed with --fix=suggested`);
  lines.push(`${files.length} ${files.length === 1 ? 'file' : 'files'}: ${parts.join('; ')}`);
  return lines.join('\n') + '\n';
}
