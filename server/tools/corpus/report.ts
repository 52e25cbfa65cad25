// The table of what the rules find in a collection, with how many findings a person has read and how many were wrong.
import { existsSync, readFileSync } from 'node:fs';
import type { Rule } from '../../src/core/lint/rule';
import type { LintedFile } from './baseline';
import { table } from './show';

interface Reading {
  /** Findings that were read by hand. */
  readonly read: number;
  /** Of them, those that were wrong. */
  readonly false: number;
  /** Of them, those about which people may differ. */
  readonly debatable?: number;
}

/** @param readings path of a JSON file: readings by rule id */
export function reportOf(linted: readonly LintedFile[], rules: readonly Rule[], readings: string): string {
  const known = existsSync(readings)
    ? (JSON.parse(readFileSync(readings, 'utf8')) as Readonly<Record<string, Reading>>)
    : {};
  const counts = new Map<string, { findings: number; files: number }>();
  for (const { result } of linted) {
    const here = new Set<string>();
    for (const { rule } of result.findings) {
      const count = counts.get(rule.id) ?? { findings: 0, files: 0 };
      count.findings += 1;
      if (!here.has(rule.id)) count.files += 1;
      here.add(rule.id);
      counts.set(rule.id, count);
    }
  }
  const rows = rules.map(({ id, enabled, severity }) => {
    const { findings = 0, files = 0 } = counts.get(id) ?? {};
    const reading = known[id];
    return [
      `[${id}](rules/${id}.md)`,
      enabled === false ? 'off' : severity,
      findings,
      files,
      reading?.read ?? 0,
      reading?.false ?? 0,
      reading?.debatable ?? 0,
    ];
  });
  return [
    '# The rules on real files\n',
    `What every rule finds in ${linted.length} Dockerfiles of public repositories, with all rules on. "Read" findings were`,
    'judged by hand: "false" is wrong, "debatable" is true but perhaps not worth a change.\n',
    table(['Rule', 'Default', 'Findings', 'Files', 'Read', 'False', 'Debatable'], rows),
  ].join('\n');
}
