// JUnit's XML: each file is a suite, each finding a failed test, and a file without findings one test that passed.
import type { Format } from './format';
import { placeOf, shownFindings, troublesOf } from './shown';
import { attribute, content, xmlFile } from './xml';

export const formatJunit: Format = (options) => {
  const opened = xmlFile('<testsuites name="drydock">');
  return {
    file(report) {
      if (report.since?.deleted) return opened('');
      const path = options.inRepository(report.path);
      const findings = shownFindings(report, options);
      const troubles = troublesOf(report);
      const cases = [
        ...troubles.map((trouble) => testCase(path, 'checked', outcome('error', 'error', trouble, trouble))),
        ...findings.map((finding) => {
          const { line, column } = placeOf(finding);
          const { rule, severity, message, fix } = finding;
          const said = `${path}:${line}:${column}: ${severity}: ${message} [${rule}]${fix ? `\nFix: ${fix.title}` : ''}`;
          return testCase(path, `${rule} ${line}:${column}`, outcome('failure', severity, message, said));
        }),
      ];
      if (cases.length === 0) cases.push(testCase(path, 'no findings', ''));
      const name = attribute(path);
      return opened(
        `  <testsuite name="${name}" file="${name}" tests="${cases.length}" failures="${findings.length}" errors="${troubles.length}">\n${cases.join('')}  </testsuite>\n`,
      );
    },
    end: () => opened('</testsuites>\n'),
  };
};

function testCase(path: string, name: string, inner: string): string {
  const start = `    <testcase classname="${attribute(path)}" name="${attribute(name)}" time="0"`;
  return inner === '' ? `${start}/>\n` : `${start}>\n${inner}    </testcase>\n`;
}

function outcome(element: 'error' | 'failure', type: string, message: string, said: string): string {
  return `      <${element} type="${type}" message="${attribute(message)}">${content(said)}</${element}>\n`;
}
