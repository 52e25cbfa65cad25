// The XML that Checkstyle prints, which Jenkins, reviewdog and others read.
import type { Severity } from '../../core/lint/finding';
import type { Format } from './format';
import { placeOf, shownFindings, troublesOf } from './shown';
import { attribute, xmlFile } from './xml';

/** Checkstyle has no hints. */
const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  hint: 'info',
};

export const formatCheckstyle: Format = (options) => {
  const opened = xmlFile('<checkstyle version="4.3">');
  return {
    file(report) {
      const lines = [
        ...troublesOf(report).map((trouble) => errorLine(1, 1, 'error', trouble, 'drydock')),
        ...shownFindings(report, options).map((finding) => {
          const { line, column } = placeOf(finding);
          return errorLine(
            line,
            column,
            levels[finding.severity],
            finding.message,
            `drydock.${finding.rule}`,
          );
        }),
      ];
      if (report.since?.deleted) return opened('');
      const name = attribute(options.inRepository(report.path));
      return opened(`  <file name="${name}">\n${lines.join('')}  </file>\n`);
    },
    end: () => opened('</checkstyle>\n'),
  };
};

function errorLine(line: number, column: number, severity: string, message: string, source: string): string {
  return `    <error line="${line}" column="${column}" severity="${severity}" message="${attribute(message)}" source="${attribute(source)}"/>\n`;
}
