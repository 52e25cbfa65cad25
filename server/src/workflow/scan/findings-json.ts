// The findings of a scan as data: our own form, which `--compare` reads again, and SARIF 2.1.0 for code scanning.
import type { JsonObject } from '../../core/text/record';
import { list, object, text } from '../foreign-json';
import type { ScanFindings, Source } from './findings';
import { finished, linkTo, severity } from './report';
import type { ScanSeverity, Vulnerability } from './report';
import type { ReportForm } from './report-reader';

/** The key that our reports begin with, and its value: the version of this form. */
const mark = 'drydockScan';

export function findingsJson(findings: ScanFindings): JsonObject {
  const { subject, scanner, file, groups, judged, change, policy, failing } = findings;
  return {
    [mark]: 1,
    subject,
    scanner: scanner ?? null,
    file: file ?? null,
    vulnerabilities: groups.flatMap(({ source, vulnerabilities }) =>
      vulnerabilities.map((one) => ({ ...asJson(one), from: sourceJson(source) })),
    ),
    ignored: judged.ignored.map(({ vulnerability, by }) => ({
      ...asJson(vulnerability),
      reason: by.reason,
      until: by.until ?? null,
    })),
    ended: judged.ended.map(({ id, reason, until }) => ({ id, reason, until })),
    leftOut: { unfixed: judged.unfixed, otherSeverities: judged.counted.length - judged.shown.length },
    ...(change && {
      change: {
        before: change.before,
        added: change.added.map(asJson),
        gone: change.gone.map(asJson),
        kept: change.kept.map(asJson),
      },
    }),
    gate: policy.failOn === 'never' ? null : { failOn: policy.failOn, failing: failing.length },
  };
}

function asJson({ id, severity, name, version, fixedIn, ecosystem, link }: Vulnerability): JsonObject {
  return { id, severity, package: name, version, fixedIn: fixedIn ?? null, ecosystem, link: link ?? null };
}

function sourceJson({ origin, line, step }: Source): JsonObject {
  return { origin, line: line ?? null, step };
}

/** Reads such a report again. Who was to blame is not known any more. */
export const ownReport: ReportForm = {
  field: { name: mark, isList: false },
  list: ['vulnerabilities'],
  entry: (found, at) => {
    const fixedIn = text(found['fixedIn']);
    const id = text(found['id']);
    return [
      {
        id,
        severity: severity(text(found['severity'])),
        name: text(found['package']),
        version: text(found['version']),
        kind: text(found['ecosystem']),
        layerId: '',
        at,
        ...linkTo(id, text(found['link'])),
        ...(fixedIn === '' ? {} : { fixedIn }),
      },
    ];
  },
  finish: (root, drafts) => {
    const more = list(root['ignored']).flatMap((one, at) => ownReport.entry(object(one), [at]));
    return { vulnerabilities: finished([...drafts, ...more], []), layers: [] };
  },
};

const levels: Readonly<Record<ScanSeverity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  negligible: 'note',
  unknown: 'warning',
};

/** The numbers that GitHub sorts by. https://docs.github.com/code-security/reference/code-scanning/sarif-support */
const scores: Readonly<Record<ScanSeverity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  negligible: '0.1',
  unknown: '5.0',
};

/** @param version of Drydock */
export function findingsSarif({ groups, judged, file, subject }: ScanFindings, version: string): JsonObject {
  const rules = new Map<string, JsonObject>();
  for (const one of [...judged.shown, ...judged.ignored.map(({ vulnerability }) => vulnerability)])
    if (!rules.has(one.id)) rules.set(one.id, ruleOf(one));
  const result = (one: Vulnerability, source: Source | undefined): JsonObject => ({
    ruleId: one.id,
    level: levels[one.severity],
    message: { text: sentenceOn(one, source) },
    locations: [locationOf(file ?? subject, source?.line ?? 1)],
    partialFingerprints: { drydock: `${one.id}/${one.ecosystem}/${one.name}` },
  });
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Drydock scan', version, rules: [...rules.values()] } },
        results: [
          ...groups.flatMap(({ source, vulnerabilities }) =>
            vulnerabilities.map((one) => result(one, source)),
          ),
          ...judged.ignored.map(({ vulnerability, by }) => ({
            ...result(vulnerability, undefined),
            suppressions: [{ kind: 'external', status: 'accepted', justification: by.reason }],
          })),
        ],
      },
    ],
  };
}

function ruleOf({ id, severity, name, link }: Vulnerability): JsonObject {
  return {
    id,
    shortDescription: { text: `${id} in ${name}` },
    ...(link === undefined ? {} : { helpUri: link }),
    properties: { 'security-severity': scores[severity], tags: ['security', severity] },
  };
}

function sentenceOn(
  { id, severity, name, version, fixedIn }: Vulnerability,
  source: Source | undefined,
): string {
  const fix = fixedIn === undefined ? 'no version fixes it yet' : `fixed in ${fixedIn}`;
  const from = source === undefined || source.step === '' ? '' : `, from ${source.step.slice(0, 200)}`;
  return `${name} ${version} has ${id} (${severity}), ${fix}${from}`;
}

function locationOf(file: string, startLine: number): JsonObject {
  return { physicalLocation: { artifactLocation: { uri: file }, region: { startLine } } };
}
