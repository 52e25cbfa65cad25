// What of a report is shown, what counts, and whether the gate lets it pass. The day comes from outside: nothing here
// knows the time.
import { flag, listOf, oneOf } from '../../core/lint/option';
import type { Kind, OptionValues } from '../../core/lint/option';
import { hasEnded, ignoreOption, matches } from './ignores';
import type { ScanIgnore } from './ignores';
import { scanSeverities } from './report';
import type { ScanSeverity, Vulnerability } from './report';
import { ranked } from './summary';

/** `never`: the scan has no gate. */
export type ScanGate = ScanSeverity | 'never';

const severityKind: Kind<ScanSeverity> = {
  schema: { type: 'string', enum: scanSeverities },
  read(raw) {
    const value = scanSeverities.find((one) => typeof raw === 'string' && one === raw.toLowerCase());
    return value === undefined ? { problem: JSON.stringify(raw) } : { value };
  },
};

/** Shared by the settings of the editor and by the section `scan` of `.drydock.yaml`. */
export const shownOptions = {
  severities: listOf(
    'Which severities are shown: `critical`, `high`, `medium`, `low`, `negligible`, `unknown`. Empty: all of them.',
    'a list of severities',
    severityKind,
  ),
  ignoreUnfixed: flag('Leave out vulnerabilities that no version of the package fixes yet.'),
};

/** The section `scan` of `.drydock.yaml`. */
export const scanSection = {
  ...shownOptions,
  failOn: oneOf('The gate: `drydock scan` exits with 1 on a vulnerability of this severity or worse.', [
    'never',
    ...scanSeverities,
  ]),
  ignore: ignoreOption,
};

export type ScanPolicy = OptionValues<typeof scanSection>;

export const everything: ScanPolicy = { severities: [], ignoreUnfixed: false, failOn: 'never', ignore: [] };

export interface Ignored {
  readonly vulnerability: Vulnerability;
  readonly by: ScanIgnore;
}

export interface Judged {
  /** What counts, best to act on first: neither ignored nor left out for want of a fix. */
  readonly counted: readonly Vulnerability[];
  /** Of these, the severities that are asked for. */
  readonly shown: readonly Vulnerability[];
  readonly ignored: readonly Ignored[];
  /** Number of those left out because nothing fixes them yet. */
  readonly unfixed: number;
  /** Entries that would hide something that is there, but have ended. */
  readonly ended: readonly ScanIgnore[];
}

/** @param today as `2026-12-31` */
export function judge(
  vulnerabilities: readonly Vulnerability[],
  { severities, ignoreUnfixed, ignore }: ScanPolicy,
  today: string,
): Judged {
  const byId = new Map<string, ScanIgnore[]>();
  for (const entry of ignore) {
    const key = entry.id.toLowerCase();
    byId.set(key, [...(byId.get(key) ?? []), entry]);
  }
  const counted: Vulnerability[] = [];
  const ignored: Ignored[] = [];
  const ended = new Set<ScanIgnore>();
  let unfixed = 0;
  for (const vulnerability of vulnerabilities) {
    const entries = (byId.get(vulnerability.id.toLowerCase()) ?? []).filter((one) =>
      matches(one, vulnerability),
    );
    const by = entries.find((one) => !hasEnded(one, today));
    if (by) ignored.push({ vulnerability, by });
    else {
      for (const one of entries) ended.add(one);
      if (ignoreUnfixed && vulnerability.fixedIn === undefined) unfixed += 1;
      else counted.push(vulnerability);
    }
  }
  const all = ranked(counted);
  const shown = severities.length === 0 ? all : all.filter(({ severity }) => severities.includes(severity));
  return { counted: all, shown, ignored, unfixed, ended: [...ended] };
}

/** Those that fail the gate. */
export function failing(vulnerabilities: readonly Vulnerability[], gate: ScanGate): readonly Vulnerability[] {
  if (gate === 'never') return [];
  const worst = scanSeverities.indexOf(gate);
  return vulnerabilities.filter(({ severity }) => scanSeverities.indexOf(severity) <= worst);
}
