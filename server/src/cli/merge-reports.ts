// Joins the reports of shards: JSON, SARIF or statistics. Reports come from files, which anybody may have written.
import { isRecord } from '../core/text/record';
import { byPath } from '../io/files/find-dockerfiles';
import type { FileReport } from '../service/report';
import type { Shard } from './format/format';
import { Counter } from './format/statistics';
import type { RuleCount, Statistics } from './format/statistics';
import { severities } from './format/shown';

/** What a file holds. `shard`: the part of the files that it is about; absent in that of a run over all files. */
export type Report = { readonly shard?: Shard | undefined } & (
  | { readonly kind: 'reports'; readonly reports: readonly FileReport[] }
  | { readonly kind: 'statistics'; readonly statistics: Statistics }
  | { readonly kind: 'sarif'; readonly runs: readonly SarifRun[] }
);

interface SarifRun {
  readonly [key: string]: unknown;
  readonly results: readonly SarifResult[];
  readonly rules: readonly { readonly id: string }[];
}

interface SarifResult {
  readonly [key: string]: unknown;
  readonly ruleId: string;
}

/** @returns undefined if the text is not a report that Drydock prints */
export function readReport(text: string): Report | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (Array.isArray(data)) return data.every(isFileReport) ? { kind: 'reports', reports: data } : undefined;
  if (!isRecord(data)) return undefined;
  const { shard, reports } = data;
  if (isShard(shard) && Array.isArray(reports))
    return reports.every(isFileReport) ? { kind: 'reports', reports, shard } : undefined;
  if (isStatistics(data))
    return shard === undefined || isShard(shard)
      ? { kind: 'statistics', statistics: data, shard }
      : undefined;
  if (data['version'] !== '2.1.0' || !Array.isArray(data['runs'])) return undefined;
  const runs = data['runs'].map(readRun);
  if (!runs.every((run) => run !== undefined)) return undefined;
  const properties = runs[0]?.['properties'];
  const said = isRecord(properties) ? properties['shard'] : undefined;
  return said === undefined || isShard(said) ? { kind: 'sarif', runs, shard: said } : undefined;
}

/** How reports go together. */
export interface ShardCheck {
  /** Why they cannot be joined; a clause. */
  readonly problem?: string;
  /** Parts that no report is about, from the first; empty where no report says that it is a part. */
  readonly missing: readonly number[];
  /** How many parts there are; 0 where no report says that it is one. */
  readonly of: number;
}

/** Whether reports are all of one run's parts. Those that are no parts may be of any folders. */
export function checkShards(all: readonly Report[]): ShardCheck {
  const shards = all.flatMap(({ shard }) => shard ?? []);
  const [first] = shards;
  const nothing = { missing: [], of: 0 };
  if (!first) return nothing;
  if (shards.length < all.length)
    return { ...nothing, problem: 'some reports are of shards and others are not. Give those of one run' };
  const other = shards.find(({ of }) => of !== first.of);
  if (other)
    return {
      ...nothing,
      problem: `one report is of ${first.of} shards and another of ${other.of}. Give those of one run`,
    };
  const parts = new Set<number>();
  for (const { part, of } of shards) {
    if (parts.has(part))
      return { ...nothing, problem: `two reports are of shard ${part}/${of}. Give each once` };
    parts.add(part);
  }
  const missing = Array.from({ length: first.of }, (_, index) => index + 1).filter(
    (part) => !parts.has(part),
  );
  return { missing, of: first.of };
}

/** As many as --shard takes: a report comes from a file, and a large number would be a list as large. */
const mostShards = 9999;

function isShard(value: unknown): value is Shard {
  if (!isRecord(value)) return false;
  const { part, of } = value;
  return isCount(part) && isCount(of) && part > 0 && part <= of && of <= mostShards;
}

/**
 * @returns the reports in the order of one run over all files; `problem`: which file comes twice
 */
export function mergeReports(
  lists: readonly (readonly FileReport[])[],
): { readonly reports: readonly FileReport[] } | { readonly problem: string } {
  const reports = lists.flat();
  const seen = new Set<string>();
  for (const { path } of reports) {
    if (seen.has(path)) return { problem: `two reports are about ${path}. Give each shard's report once` };
    seen.add(path);
  }
  const isGone = ({ since }: FileReport): number => (since?.deleted ? 1 : 0);
  return { reports: [...reports].sort((a, b) => isGone(a) - isGone(b) || byPath(a.path, b.path)) };
}

export function mergeStatistics(all: readonly Statistics[]): Statistics {
  const counter = new Counter();
  for (const one of all) counter.add(one);
  return counter.result;
}

/** One log with one run. */
export function mergeSarif(runs: readonly SarifRun[]): object {
  const rules = new Map<string, { readonly index: number; readonly rule: object }>();
  for (const rule of runs.flatMap((run) => run.rules))
    if (!rules.has(rule.id)) rules.set(rule.id, { index: rules.size, rule });
  const results = runs
    .flatMap((run) => run.results)
    .map((result) => ({ ...result, ruleIndex: rules.get(result.ruleId)?.index ?? -1 }))
    .map((result) => ({ result, uri: uriOf(result) }))
    .sort((a, b) => byPath(a.uri, b.uri))
    .map(({ result }) => result);
  const invocations = runs.flatMap(
    (run) => (Array.isArray(run['invocations']) ? run['invocations'] : []) as unknown[],
  );
  const [first] = runs;
  const tool = isRecord(first?.['tool']) && isRecord(first['tool']['driver']) ? first['tool']['driver'] : {};
  const whole: SarifRun = first ?? { rules: [], results: [], tool: {} };
  const { rules: _rules, tool: _tool, properties, ...rest } = whole;
  const { shard: _shard, ...kept } = isRecord(properties) ? properties : {};
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        ...rest,
        ...(Object.keys(kept).length > 0 && { properties: kept }),
        results,
        tool: { driver: { ...tool, rules: [...rules.values()].map(({ rule }) => rule) } },
        invocations,
      },
    ],
  };
}

/** The levels of all results, for a gate. */
export function sarifSeverities(runs: readonly SarifRun[]): readonly string[] {
  return runs
    .flatMap(({ results }) => results)
    .filter((result) => result['baselineState'] !== 'unchanged')
    .flatMap(({ properties }) =>
      isRecord(properties) && typeof properties['severity'] === 'string' ? properties['severity'] : [],
    );
}

/** Whether a run says that a file was not checked. */
export function hasFailedRun(runs: readonly SarifRun[]): boolean {
  return runs.some(
    (run) =>
      Array.isArray(run['invocations']) &&
      run['invocations'].some((one) => isRecord(one) && one['executionSuccessful'] === false),
  );
}

function uriOf(result: SarifResult): string {
  const [location] = Array.isArray(result['locations']) ? (result['locations'] as unknown[]) : [];
  const physical = isRecord(location) ? location['physicalLocation'] : undefined;
  const artifact = isRecord(physical) ? physical['artifactLocation'] : undefined;
  return isRecord(artifact) && typeof artifact['uri'] === 'string' ? artifact['uri'] : '';
}

function readRun(run: unknown): SarifRun | undefined {
  const tool = isRecord(run) ? run['tool'] : undefined;
  const driver = isRecord(tool) ? tool['driver'] : undefined;
  if (!isRecord(run) || !isRecord(driver) || driver['name'] !== 'Drydock') return undefined;
  const { results = [] } = run;
  const { rules = [] } = driver;
  const hasText = (key: string) => (one: unknown) => isRecord(one) && typeof one[key] === 'string';
  if (!Array.isArray(results) || !results.every(hasText('ruleId'))) return undefined;
  if (!Array.isArray(rules) || !rules.every(hasText('id'))) return undefined;
  return { ...run, results: results as SarifResult[], rules: rules as { id: string }[] };
}

function isFileReport(one: unknown): one is FileReport {
  if (!isRecord(one) || one['version'] !== 1 || typeof one['path'] !== 'string') return false;
  const { findings, since, error, failures, problems } = one;
  return (
    areFindings(findings) &&
    (since === undefined || (isRecord(since) && areFindings(since['fixed']))) &&
    (error === undefined || typeof error === 'string') &&
    (problems === undefined || (Array.isArray(problems) && problems.every(isRecord))) &&
    (failures === undefined ||
      (Array.isArray(failures) &&
        failures.every((failure) => isRecord(failure) && typeof failure['message'] === 'string')))
  );
}

function areFindings(all: unknown): boolean {
  return Array.isArray(all) && all.every(isFinding);
}

function isFinding(one: unknown): boolean {
  if (!isRecord(one)) return false;
  const { rule, severity, message, fingerprint, range, fix, alsoKnownAs } = one;
  return (
    [rule, severity, message, fingerprint].every((text) => typeof text === 'string') &&
    severities.some((known) => known === severity) &&
    isRange(range) &&
    Array.isArray(alsoKnownAs) &&
    (fix === null || isFix(fix))
  );
}

function isFix(fix: unknown): boolean {
  if (!isRecord(fix) || typeof fix['title'] !== 'string' || !Array.isArray(fix['edits'])) return false;
  return (
    ['safe', 'suggested', 'manual'].some((known) => known === fix['safety']) &&
    fix['edits'].every(
      (edit) => isRecord(edit) && isRange(edit['range']) && typeof edit['newText'] === 'string',
    )
  );
}

function isRange(range: unknown): boolean {
  return (
    isRecord(range) &&
    [range['start'], range['end']].every(
      (position) => isRecord(position) && isCount(position['line']) && isCount(position['character']),
    )
  );
}

function isStatistics(data: unknown): data is Statistics {
  if (!isRecord(data) || data['version'] !== 1 || !isCount(data['files']) || !isCount(data['errors']))
    return false;
  const { statistics } = data;
  return Array.isArray(statistics) && statistics.every(isRuleCount);
}

function isRuleCount(row: unknown): row is RuleCount {
  if (!isRecord(row) || typeof row['rule'] !== 'string') return false;
  return (
    severities.some((known) => known === row['severity']) &&
    ['findings', 'files', 'safe', 'suggested'].every((key) => isCount(row[key]))
  );
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
