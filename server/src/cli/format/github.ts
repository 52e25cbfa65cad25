// Workflow commands of GitHub Actions: each finding becomes an annotation on its line.
import type { Severity } from '../../core/lint/finding';
import { visible } from '../visible';
import type { Format } from './format';
import { placeOf, shownFindings, troublesOf } from './shown';
import { formatText } from './text';

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

export const formatGithub: Format = (options) => {
  // The log ends with the summary of the text format.
  const text = formatText({ ...options, rich: undefined });
  return {
    file(report, source) {
      text.file(report, source);
      const file = `file=${property(options.inRepository(report.path))}`;
      const troubles = troublesOf(report).map((trouble) => `::error ${file}::${data(trouble)}\n`);
      const findings = shownFindings(report, options).map((finding) => {
        const { severity, rule, message, fix } = finding;
        const { line, column, endLine, endColumn } = placeOf(finding);
        const place = `line=${line},endLine=${endLine},col=${column},endColumn=${endColumn}`;
        const said = fix ? `${message}\nFix: ${fix.title}` : message;
        return `::${commands[severity]} ${file},${place},title=${property(rule)}::${data(said)}\n`;
      });
      return [...troubles, ...findings].join('');
    },
    end: () => text.end(),
  };
};

/** The end of a command. Lines stay lines. */
function data(text: string): string {
  const lines = text.split('\n').map(visible);
  return lines.map((line) => line.replaceAll('%', '%25')).join('%0A');
}

/** The value of a property, which a comma or a colon would end. */
function property(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C');
}
