// The findings of a scan as text for a terminal.
import type { Translate } from '../translate';
import type { Group, ScanFindings, Source } from './findings';
import { failing } from './policy';
import type { Vulnerability } from './report';
import { countBySeverity } from './summary';

/** Longer steps are cut. */
const longestStep = 100;

/** @returns lines without their ends */
export function findingsText(findings: ScanFindings, t: Translate): string[] {
  const { groups, change, judged } = findings;
  return [
    headline(findings, t),
    ...groups.flatMap((group) => [
      '',
      sourceText(group.source, findings.file, t),
      ...table(group.vulnerabilities, t),
    ]),
    ...(change ? ['', ...changeLines(change, t)] : []),
    ...(judged.ignored.length + judged.ended.length > 0 ? ['', ...ignoredLines(findings, t)] : []),
    '',
    ...notesOn(findings, t),
  ];
}

/** `app:1: 3 known vulnerabilities (1 critical, 2 high): 2 from the base image, 1 from your own steps` */
export function headline({ subject, judged, groups }: ScanFindings, t: Translate): string {
  const { counted } = judged;
  if (counted.length === 0) return t('{0}: no known vulnerabilities', subject);
  const counts = countBySeverity(counted, t);
  const said =
    counted.length === 1
      ? t('{0}: 1 known vulnerability ({1})', subject, counts)
      : t('{0}: {1} known vulnerabilities ({2})', subject, counted.length, counts);
  const [base, own] = [sumOf(groups, ['base']), sumOf(groups, ['step', 'steps'])];
  if (base + own === 0) return said;
  return `${said}: ${t('{0} from the base image, {1} from your own steps', base, own)}`;
}

function sumOf(groups: readonly Group[], origins: readonly Source['origin'][]): number {
  return groups
    .filter(({ source }) => origins.includes(source.origin))
    .reduce((sum, { vulnerabilities }) => sum + vulnerabilities.length, 0);
}

/** `Dockerfile:3: RUN apt-get install -y curl` */
export function sourceText({ origin, line, step }: Source, file: string | undefined, t: Translate): string {
  const said = step.length > longestStep ? `${step.slice(0, longestStep)}…` : step;
  const place = file === undefined || line === undefined ? said : `${file}:${line}: ${said}`;
  switch (origin) {
    case 'base':
      return t('{0} (the base image)', place);
    case 'step':
      return place;
    case 'steps':
      return t('{0} (or an instruction above it)', place);
    case 'image':
      return t('{0} (somewhere in the image: the scanner does not tell the layer)', place);
    case 'layer':
      return t('Layer of {0}', said);
    case 'unknown':
      return t('No layer known');
  }
}

function table(vulnerabilities: readonly Vulnerability[], t: Translate): string[] {
  const rows = vulnerabilities.map(({ severity, id, name, version, fixedIn }) => [
    severity,
    id,
    `${name} ${version}`.trim(),
    fixedIn === undefined ? t('no fix yet') : `→ ${fixedIn}`,
  ]);
  const widths = [0, 1, 2].map((column) =>
    rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0),
  );
  return rows.map((row) => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd());
}

function changeLines(
  { before, added, gone, kept }: NonNullable<ScanFindings['change']>,
  t: Translate,
): string[] {
  const part = (title: string, sign: string, all: readonly Vulnerability[]): string[] => [
    title,
    ...table(all, t).map((line) => line.replace(' ', sign)),
  ];
  return [
    t('Compared with {0}: {1} added, {2} gone, {3} kept', before, added.length, gone.length, kept.length),
    ...(added.length === 0 ? [] : part(t('Added'), '+', added)),
    ...(gone.length === 0 ? [] : part(t('Gone'), '-', gone)),
  ];
}

function ignoredLines({ judged }: ScanFindings, t: Translate): string[] {
  return [
    ...judged.ignored.map(({ vulnerability, by }) => {
      const what = `${vulnerability.id} ${vulnerability.name} ${vulnerability.version}`.trim();
      return by.until === undefined
        ? t('Ignored: {0} ({1})', what, by.reason)
        : t('Ignored until {2}: {0} ({1})', what, by.reason, by.until);
    }),
    ...judged.ended.map(({ id, reason, until }) =>
      t('Not ignored any more: {0} ended on {1} ({2}). Fix it, or renew the entry', id, until ?? '', reason),
    ),
  ];
}

/** What is left out, and what the gate says. */
export function notesOn(findings: ScanFindings, t: Translate): string[] {
  const { judged, policy } = findings;
  const notShown = judged.counted.length - judged.shown.length;
  return [
    ...(notShown > 0
      ? [t('Not shown: {0} of other severities than {1}', notShown, policy.severities.join(', '))]
      : []),
    ...(judged.unfixed > 0 ? [t('Left out: {0} that nothing fixes yet', judged.unfixed)] : []),
    gateText(findings, t),
  ];
}

export function gateText({ policy, failing: failed, change, judged }: ScanFindings, t: Translate): string {
  const { failOn } = policy;
  if (failOn === 'never') return t('No gate: choose one with --fail-on high');
  const scope = change ? t('new and {0} or worse', failOn) : t('{0} or worse', failOn);
  if (failed.length > 0) return t('Gate failed: {0} {1}', failed.length, scope);
  const hidden = change ? failing(judged.counted, failOn).length : 0;
  return hidden > 0
    ? t('Gate passed: none {0}; {1} were there before', scope, hidden)
    : t('Gate passed: none {0}', scope);
}
