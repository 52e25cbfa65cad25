// Counts by rule instead of findings: `--statistics`, as a table or as data that `drydock merge` adds up.
import type { Severity } from '../../core/lint/finding';
import type { FileReport } from '../../service/report';
import { version } from '../../version';
import type { Format, FormatOptions, Shard, Writer } from './format';
import { severities, shownFindings } from './shown';

export interface RuleCount {
  readonly rule: string;
  /** The strongest that was found. */
  readonly severity: Severity;
  readonly findings: number;
  /** Files with at least one. */
  readonly files: number;
  /** Findings with a safe fix, and with a suggested one. */
  readonly safe: number;
  readonly suggested: number;
}

/** What `--statistics --format json` prints. */
export interface Statistics {
  /** Of this shape. */
  readonly version: 1;
  readonly drydock: string;
  /** Checked files. */
  readonly files: number;
  /** Files that could not be checked. */
  readonly errors: number;
  /** Which part of the files was counted; absent: all. */
  readonly shard?: Shard;
  /** The most frequent first. */
  readonly statistics: readonly RuleCount[];
}

export class Counter {
  #files = 0;
  #errors = 0;
  readonly #rules = new Map<string, RuleCount>();

  report(report: FileReport, options: Pick<FormatOptions, 'hints'>): void {
    if (report.since?.deleted) return;
    this.#files += 1;
    if (report.error !== undefined) this.#errors += 1;
    const seen = new Set<string>();
    for (const { rule, severity, fix } of shownFindings(report, options)) {
      this.#add({
        rule,
        severity,
        findings: 1,
        files: seen.has(rule) ? 0 : 1,
        safe: fix?.safety === 'safe' ? 1 : 0,
        suggested: fix?.safety === 'suggested' ? 1 : 0,
      });
      seen.add(rule);
    }
  }

  add({ files, errors, statistics }: Pick<Statistics, 'files' | 'errors' | 'statistics'>): void {
    this.#files += files;
    this.#errors += errors;
    for (const row of statistics) this.#add(row);
  }

  get result(): Statistics {
    const rows = [...this.#rules.values()];
    rows.sort((a, b) => b.findings - a.findings || (a.rule < b.rule ? -1 : 1));
    return { version: 1, drydock: version, files: this.#files, errors: this.#errors, statistics: rows };
  }

  #add(row: RuleCount): void {
    const known = this.#rules.get(row.rule);
    const stronger = (a: Severity, b: Severity): Severity =>
      severities.indexOf(a) <= severities.indexOf(b) ? a : b;
    this.#rules.set(row.rule, {
      rule: row.rule,
      severity: known ? stronger(known.severity, row.severity) : row.severity,
      findings: row.findings + (known?.findings ?? 0),
      files: row.files + (known?.files ?? 0),
      safe: row.safe + (known?.safe ?? 0),
      suggested: row.suggested + (known?.suggested ?? 0),
    });
  }
}

export const statisticsFormats = {
  text: statisticsWriter(statisticsText),
  // JSON has hints in every other form too.
  json: (options) =>
    statisticsWriter(
      (counts) =>
        `${JSON.stringify({ ...counts, ...(options.shard && { shard: options.shard }) }, undefined, 2)}\n`,
    )({ ...options, hints: true }),
} satisfies Readonly<Record<string, Format>>;

function statisticsWriter(print: (counts: Statistics) => string): Format {
  return (options): Writer => {
    const counter = new Counter();
    return {
      file(report) {
        counter.report(report, options);
        return '';
      },
      end: () => print(counter.result),
    };
  };
}

export function statisticsText({ files, errors, statistics }: Statistics): string {
  const rows = statistics.map(({ rule, severity, findings, files: inFiles, safe, suggested }) => [
    `${findings}`,
    `${inFiles}`,
    severity,
    rule,
    [...(safe > 0 ? [`${safe} safe`] : []), ...(suggested > 0 ? [`${suggested} suggested`] : [])].join(', '),
  ]);
  const table = columns([['findings', 'files', 'severity', 'rule', 'fixes'], ...rows]);
  const total = statistics.reduce((sum, { findings }) => sum + findings, 0);
  const unread = errors > 0 ? `, ${errors} not checked` : '';
  return `${rows.length > 0 ? table : ''}${files} ${files === 1 ? 'file' : 'files'}${unread}: ${total} ${total === 1 ? 'finding' : 'findings'} of ${rows.length} ${rows.length === 1 ? 'rule' : 'rules'}\n`;
}

/** Numbers to the right, words to the left. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => (at < 2 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}
