// SARIF 2.1.0, which code scanning services read. Results come first, file by file, and the rules they name behind them.
import type { Severity } from '../../core/lint/finding';
import type { ReportFinding, ReportRange } from '../../service/report';
import { version } from '../../version';
import { ruleText } from '../../io/files/rule-pages';
import { visibleJson } from '../visible';
import type { Format, FormatOptions } from './format';
import { JsonArray } from './json-array';
import { ruleById, troublesOf } from './shown';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
/** Under this name SARIF readers look for the root of the sources. */
const root = '%SRCROOT%';

export const formatSarif: Format = (options) => {
  const results = new JsonArray('      ');
  const rules = new Map<string, number>();
  const notifications: object[] = [];
  let head = `{\n  "$schema": "${schema}",\n  "version": "2.1.0",\n  "runs": [\n    {\n      "columnKind": "utf16CodeUnits",\n      "results": `;
  const opened = (text: string): string => {
    const all = head + text;
    head = '';
    return all;
  };
  return {
    file(report, text) {
      const location = artifact(options.inRepository(report.path));
      for (const trouble of troublesOf(report))
        notifications.push({
          level: 'error',
          message: { text: trouble },
          locations: [{ physicalLocation: { artifactLocation: location } }],
        });
      // A byte order mark is not a column.
      const shift = text?.startsWith('\uFEFF') ? 1 : 0;
      const findings = report.findings.filter(({ severity }) => options.hints || severity !== 'hint');
      const written = findings.map((finding) => {
        const index = rules.get(finding.rule) ?? rules.size;
        rules.set(finding.rule, index);
        return results.add(resultOf(finding, index, location, shift));
      });
      return opened(written.join(''));
    },
    end: () => opened(`${results.end()},\n${tail(rules, notifications, options)}`),
  };
};

function tail(
  rules: ReadonlyMap<string, number>,
  notifications: readonly object[],
  { since, shard }: FormatOptions,
): string {
  const rest = {
    tool: {
      driver: { name: 'Drydock', version, semanticVersion: version, rules: [...rules.keys()].map(ruleOf) },
    },
    originalUriBaseIds: {
      [root]: { description: { text: 'The root of the repository, or the folder that Drydock ran in' } },
    },
    invocations: [
      {
        executionSuccessful: notifications.length === 0,
        ...(notifications.length > 0 && { toolExecutionNotifications: notifications }),
      },
    ],
    ...((since !== undefined || shard) && {
      properties: { ...(since !== undefined && { since }), ...(shard && { shard }) },
    }),
  };
  const fields = visibleJson(JSON.stringify(rest, undefined, 2))
    .split('\n')
    .slice(1, -1);
  return `${fields.map((line) => `    ${line}\n`).join('')}    }\n  ]\n}\n`;
}

function ruleOf(id: string): object {
  const rule = ruleById.get(id);
  if (!rule) return { id };
  const page = ruleText(id);
  return {
    id,
    shortDescription: { text: rule.summary },
    help: { text: `Run drydock explain ${id}`, ...(page !== undefined && { markdown: page }) },
    ...(rule.foreign && { helpUri: rule.foreign.page }),
    defaultConfiguration: { level: levels[rule.severity], enabled: rule.enabled !== false },
    properties: {
      category: rule.category,
      tags: [rule.category, 'dockerfile'],
      'problem.severity':
        rule.severity === 'error' || rule.severity === 'warning' ? rule.severity : 'recommendation',
      alsoKnownAs: rule.alsoKnownAs,
    },
  };
}

interface ArtifactLocation {
  readonly uri: string;
  readonly uriBaseId?: string;
}

/** @param path relative to the root; else absolute, or above it */
function artifact(path: string): ArtifactLocation {
  // A name may have any character, and half a pair of UTF-16 cannot be encoded.
  const parts = Buffer.from(path).toString('utf8').split('/').map(encodeURIComponent);
  const isAbsolute = path.startsWith('/') || /^[A-Za-z]:\//.test(path);
  if (!isAbsolute) return { uri: parts.join('/'), uriBaseId: root };
  return { uri: `file://${path.startsWith('/') ? '' : '/'}${parts.join('/').replace('%3A', ':')}` };
}

function resultOf(
  finding: ReportFinding,
  ruleIndex: number,
  artifactLocation: ArtifactLocation,
  shift: number,
): object {
  const { rule, severity, message, range, fingerprint, fix, status, alsoKnownAs } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation, region: region(range, shift) } }],
    partialFingerprints: { 'drydock/v1': fingerprint },
    // Fixed findings are left out: a reader that does not know this field would show them.
    ...(status !== undefined && { baselineState: status === 'new' ? 'new' : 'unchanged' }),
    ...(fix && {
      fixes: [
        {
          description: { text: fix.title },
          artifactChanges: [
            {
              artifactLocation,
              replacements: fix.edits.map((edit) => ({
                deletedRegion: region(edit.range, shift),
                insertedContent: { text: edit.newText },
              })),
            },
          ],
          properties: { safety: fix.safety },
        },
      ],
    }),
    properties: { severity, alsoKnownAs },
  };
}

function region({ start, end }: ReportRange, shift: number): object {
  const column = ({ line, character }: ReportRange['start']): number =>
    Math.max(0, character - (line === 0 ? shift : 0)) + 1;
  return {
    startLine: start.line + 1,
    startColumn: column(start),
    endLine: end.line + 1,
    endColumn: column(end),
  };
}
