// Vulnerabilities that a project has looked at and lives with: each with a reason, and until when that reason holds.
import type { Kind, Option, ReadValue } from '../../core/lint/option';
import { isRecord } from '../../core/text/record';
import type { Vulnerability } from './report';

export interface ScanIgnore {
  /** `CVE-2024-1234`, in any case. */
  readonly id: string;
  readonly reason: string;
  /** The last day on which it holds, as `2027-01-31`; absent: for good. */
  readonly until?: string;
  /** Only in this package; absent: in every one. */
  readonly package?: string;
}

const keys = ['id', 'reason', 'until', 'package'];
const day = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

export const ignoreEntry: Kind<ScanIgnore> = {
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'reason'],
    properties: {
      id: { type: 'string', description: 'The vulnerability: CVE-2024-1234.' },
      reason: { type: 'string', minLength: 1, description: 'Why it does no harm here. Reports show it.' },
      until: {
        type: 'string',
        pattern: day.source,
        description: 'The last day on which this holds: 2027-01-31.',
      },
      package: { type: 'string', description: 'Only in this package.' },
    },
  },
  read: readEntry,
};

function readEntry(raw: unknown): ReadValue<ScanIgnore> {
  if (!isRecord(raw)) return { problem: 'an entry is not a mapping with id and reason' };
  const { id, reason, until, package: name } = raw;
  if (!isText(id)) return { problem: 'an entry has no id' };
  const short = id.slice(0, 60);
  const unknown = Object.keys(raw).find((key) => !keys.includes(key));
  if (unknown !== undefined) return { problem: `${short} has the unknown key ${unknown.slice(0, 40)}` };
  if (!isText(reason)) return { problem: `${short} has no reason` };
  if (until !== undefined && !(isText(until) && day.test(until)))
    return { problem: `${short} has an until that is not a day such as 2027-01-31` };
  if (name !== undefined && !isText(name)) return { problem: `${short} has a package that is not a name` };
  return {
    value: {
      id: id.trim(),
      reason: reason.trim(),
      ...(until === undefined ? {} : { until }),
      ...(name === undefined ? {} : { package: name.trim() }),
    },
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** Wrong entries that a message names. */
const mostShown = 5;

/** A list of entries. One that is wrong is left out, so that it hides nothing. */
export const ignoreOption: Option<readonly ScanIgnore[]> = {
  description:
    'Vulnerabilities that you know of and live with: `{ id: CVE-2024-1234, reason: not reachable, until: 2027-01-31 }`, each with `id` and `reason`. `until` is the last day on which the reason holds, and `package` limits it to one package. They are shown as ignored and fail no gate.',
  default: [],
  called: 'a list of entries with id and reason',
  schema: { type: 'array', items: ignoreEntry.schema },
  read(raw) {
    if (!Array.isArray(raw)) return { problem: 'must be a list of entries with id and reason' };
    const read = raw.map((one) => ignoreEntry.read(one));
    const wrong = read.flatMap(({ problem }) => problem ?? []);
    const value = read.flatMap((one) => one.value ?? []);
    if (wrong.length === 0) return { value };
    return {
      value,
      problem: `must be a list of entries with id and reason: ${wrong.slice(0, mostShown).join(', ')}`,
    };
  },
};

export function matches(entry: ScanIgnore, { id, name }: Vulnerability): boolean {
  if (entry.id.toLowerCase() !== id.toLowerCase()) return false;
  return entry.package === undefined || entry.package.toLowerCase() === name.toLowerCase();
}

/** @param today as `2026-12-31` */
export function hasEnded({ until }: ScanIgnore, today: string): boolean {
  return until !== undefined && until < today;
}
