// Reports for GitLab's Code Quality and for Code Climate. The first is a part of the second, and GitLab wants no more.
import type { Severity } from '../../core/lint/finding';
import type { Rule } from '../../core/lint/rule';
import { shortHash } from '../../service/identity';
import type { FileReport, ReportFinding } from '../../service/report';
import type { Format } from './format';
import { JsonArray } from './json-array';
import { placeOf, ruleById, shownFindings, troublesOf } from './shown';

const levels: Readonly<Record<Severity, string>> = {
  error: 'critical',
  warning: 'major',
  info: 'minor',
  hint: 'info',
};

/** As Code Climate names them. */
const categories: Readonly<Record<Rule['category'], string>> = {
  syntax: 'Bug Risk',
  build: 'Bug Risk',
  image: 'Bug Risk',
  stage: 'Bug Risk',
  package: 'Bug Risk',
  shell: 'Bug Risk',
  copy: 'Bug Risk',
  runtime: 'Bug Risk',
  security: 'Security',
  style: 'Style',
  label: 'Clarity',
};

export const formatGitlab = codeQuality((path, finding) => ({
  description: finding.message,
  check_name: finding.rule,
  fingerprint: fingerprint(path, finding.fingerprint),
  severity: levels[finding.severity],
  location: { path, lines: linesOf(finding) },
}));

/** A trivial fix takes as long as Code Climate says; others take a multiple. */
const trivial = 50_000;

export const formatCodeClimate = codeQuality((path, finding) => {
  const { line, column, endLine, endColumn } = placeOf(finding);
  const rule = ruleById.get(finding.rule);
  const ids = finding.alsoKnownAs.length > 0 ? ` Also known as ${finding.alsoKnownAs.join(', ')}.` : '';
  return {
    type: 'issue',
    check_name: finding.rule,
    description: finding.message,
    content: {
      body: `${rule?.summary ?? finding.message}.${ids} Run \`drydock explain ${finding.rule}\` for more.`,
    },
    categories: [categories[rule?.category ?? 'build']],
    location: {
      path,
      positions: { begin: { line, column }, end: { line: endLine, column: endColumn } },
    },
    remediation_points: finding.fix?.safety === 'safe' ? trivial : 4 * trivial,
    severity: levels[finding.severity],
    fingerprint: fingerprint(path, finding.fingerprint),
  };
});

function codeQuality(issueOf: (path: string, finding: ReportFinding) => object): Format {
  return (options) => {
    const issues = new JsonArray();
    return {
      file(report) {
        const path = options.inRepository(report.path);
        const findings = [...troubles(report), ...shownFindings(report, options)];
        return findings.map((finding) => issues.add(issueOf(path, finding))).join('');
      },
      end: () => `${issues.end()}\n`,
    };
  };
}

/** A file that was not checked must not look clean, and these formats know findings alone. */
function troubles(report: FileReport): readonly ReportFinding[] {
  const start = { line: 0, character: 0 };
  return troublesOf(report).map((message, at) => ({
    rule: 'drydock',
    alsoKnownAs: [],
    severity: 'error',
    range: { start, end: start },
    message,
    fingerprint: `drydock ${at}`,
    fix: null,
  }));
}

function linesOf(finding: ReportFinding): object {
  const { line, endLine } = placeOf(finding);
  return { begin: line, end: endLine };
}

/** Over all files. */
function fingerprint(path: string, inFile: string): string {
  return shortHash(path) + shortHash(`${path}\0${inFile}`);
}
