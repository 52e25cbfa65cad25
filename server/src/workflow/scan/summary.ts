// Summarizes the vulnerable packages of a line in one sentence: how severe they are, and which updates help.
import { scanSeverities } from './report';
import type { ScanSeverity, Vulnerability } from './report';
import type { Translate } from '../translate';

/** Packages named in the message; the list of all is in the log. */
const namedPackages = 4;

export function worst(vulnerabilities: readonly Vulnerability[]): ScanSeverity {
  return (
    scanSeverities.find((level) => vulnerabilities.some(({ severity }) => severity === level)) ?? 'unknown'
  );
}

/** Those with a fix first, then by severity, then by name. */
export function ranked(vulnerabilities: readonly Vulnerability[]): Vulnerability[] {
  const weight = ({ fixedIn, severity }: Vulnerability): number =>
    (fixedIn === undefined ? scanSeverities.length : 0) + scanSeverities.indexOf(severity);
  return [...vulnerabilities].sort(
    (a, b) => weight(a) - weight(b) || compare(a.name, b.name) || compare(a.id, b.id),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** @param place what the packages came with: an image or an instruction */
export function summarize(vulnerabilities: readonly Vulnerability[], place: string, t: Translate): string {
  const counts = countBySeverity(vulnerabilities, t);
  const fixable = ranked(vulnerabilities).filter(({ fixedIn }) => fixedIn !== undefined);
  if (fixable.length === 0) {
    return vulnerabilities.length === 1
      ? t('1 known vulnerability from {0} ({1}), no fix yet', place, counts)
      : t('{0} known vulnerabilities from {1} ({2}), no fixes yet', vulnerabilities.length, place, counts);
  }
  const packages = new Map<string, string>();
  for (const { name, version, fixedIn } of fixable) {
    const key = `${name} ${version}`;
    if (!packages.has(key)) packages.set(key, `${key} → ${fixedIn ?? ''}`);
  }
  const named = [...packages.values()].slice(0, namedPackages).join(', ');
  const update =
    packages.size > namedPackages ? t('{0} and {1} more', named, packages.size - namedPackages) : named;
  return vulnerabilities.length === 1
    ? t('1 known vulnerability from {0} ({1}), fixed by an update: {2}', place, counts, update)
    : t(
        '{0} known vulnerabilities from {1} ({2}), {3} fixed by updates: {4}',
        vulnerabilities.length,
        place,
        counts,
        fixable.length,
        update,
      );
}

/** `2 critical, 1 high` */
export function countBySeverity(vulnerabilities: readonly Vulnerability[], t: Translate): string {
  const label: Readonly<Record<ScanSeverity, (count: number) => string>> = {
    critical: (count) => t('{0} critical', count),
    high: (count) => t('{0} high', count),
    medium: (count) => t('{0} medium', count),
    low: (count) => t('{0} low', count),
    negligible: (count) => t('{0} negligible', count),
    unknown: (count) => t('{0} of unknown severity', count),
  };
  return scanSeverities
    .flatMap((level) => {
      const count = vulnerabilities.filter(({ severity }) => severity === level).length;
      return count === 0 ? [] : [label[level](count)];
    })
    .join(', ');
}

/** A line per vulnerability, for the log. */
export function listed(vulnerabilities: readonly Vulnerability[]): string[] {
  return ranked(vulnerabilities).map(({ id, severity, name, version, fixedIn, link = '' }) =>
    `${severity}\t${id}\t${name} ${version}${fixedIn ? ` → ${fixedIn}` : ''}\t${link}`.trimEnd(),
  );
}
