// The text format: one line per finding, as compilers print them, and a summary.
import type { Severity } from '../../core/lint/finding';
import type { Format } from './format';

export const formatText: Format = (reports, { hints }) => {
  const lines: string[] = [];
  const counts = new Map<Severity, number>();
  let fixed = 0;
  let fixable = 0;
  for (const report of reports) {
    fixed += report.fixed ?? 0;
    for (const path of report.created ?? []) lines.push(`${path}: created`);
    for (const { severity, message, rule, range, fix } of report.findings) {
      counts.set(severity, (counts.get(severity) ?? 0) + 1);
      if (severity === 'hint' && !hints) continue;
      if (fix && fix.safety !== 'manual') fixable += 1;
      const { line, character } = range.start;
      lines.push(`${report.path}:${line + 1}:${character + 1}: ${severity}: ${message} [${rule}]`);
    }
  }
  const said = (['error', 'warning', 'info', 'hint'] as const)
    .map((severity) => [severity, counts.get(severity) ?? 0] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}${count === 1 || severity === 'info' ? '' : 's'}`);
  const parts = [said.length > 0 ? said.join(', ') : 'nothing found'];
  if (fixed > 0) parts.push(`${fixed} fixed`);
  if (fixable > 0) parts.push(`${fixable} can be fixed with --fix=suggested`);
  lines.push(`${reports.length} ${reports.length === 1 ? 'file' : 'files'}: ${parts.join('; ')}`);
  return lines.join('\n') + '\n';
};
