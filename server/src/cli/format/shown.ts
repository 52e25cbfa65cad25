// What formats for people and CI systems show of a report, and where.
import type { Severity } from '../../core/lint/finding';
import { namedRules } from '../../linter';
import type { FileReport, ReportFinding } from '../../service/report';
import type { FormatOptions } from './format';

/** The findings that somebody should look at: no hints unless wanted, and none that an earlier revision had. */
export function shownFindings(
  { findings }: FileReport,
  { hints }: Pick<FormatOptions, 'hints'>,
): readonly ReportFinding[] {
  return findings.filter(({ severity, status }) => status !== 'kept' && (hints || severity !== 'hint'));
}

/** A range as people and most formats count: from 1. `column` counts UTF-16 units, and `endColumn` is not included. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function placeOf({ range: { start, end } }: Pick<ReportFinding, 'range'>): Place {
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

export const ruleById = new Map(namedRules.map((rule) => [rule.id, rule]));

/** Strongest first. */
export const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** Why a file was not checked, or not all of it; empty if it was. */
export function troublesOf({ error, failures = [] }: FileReport): readonly string[] {
  return [...(error === undefined ? [] : [error]), ...failures.map(({ message }) => message)];
}
