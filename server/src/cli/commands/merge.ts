// `drydock merge REPORTS…`: joins the reports of shards into one, and decides on all of them.
import type { Severity } from '../../core/lint/finding';
import { isAtLeast } from '../../core/lint/run';
import { inWords } from '../../io/files/file-errors';
import { readText } from '../../io/files/read-text';
import { inRepository } from '../../io/surroundings/repository-root';
import type { Command, Ending } from '../command';
import { formats } from '../format/formats';
import { severities } from '../format/shown';
import { statisticsText } from '../format/statistics';
import {
  checkShards,
  hasFailedRun,
  mergeReports,
  mergeSarif,
  mergeStatistics,
  readReport,
  sarifSeverities,
} from '../merge-reports';
import type { Report } from '../merge-reports';
import { describeOptions, readOptions } from '../options';
import type { Given } from '../options';
import type { Terminal } from '../terminal';
import { jsonText } from '../visible';

const options = {
  format: {
    type: 'string',
    form: '--format FORMAT',
    does: 'what to print: every format of drydock check for reports in JSON, text\nfor statistics (default: the format of the reports)',
    values: Object.keys(formats) as (keyof typeof formats)[],
  },
  'fail-on': {
    type: 'string',
    form: '--fail-on SEVERITY',
    does: 'exit with 1 on findings of this severity or worse: error, warning,\ninfo or hint; and with 2 if a file was not checked',
    values: severities,
  },
  'allow-missing': {
    type: 'boolean',
    form: '--allow-missing',
    does: 'join what there is, although shards are missing',
  },
  hints: { type: 'boolean', form: '--hints', does: 'show hints too, in formats that leave them out' },
} as const;

const usage = `Usage: drydock merge REPORTS... [options]

Joins reports of drydock check --shard into one: those of --format json, --format sarif, or of
--statistics --format json. All must be of one kind, from the same folder. Each says which shard it
is of: without all of them nothing is joined, as what was not checked is not clean.

Options
${describeOptions(options)}
Exit status: 0 merged, 1 findings (only with --fail-on), 2 something could not be read
             or is missing.
`;

/** Of one report, in bytes. A string cannot be longer. */
const largest = 512_000_000;

type Values = Given<typeof options>['values'];

export const merge: Command = {
  usage,
  options,
  run(words, terminal): Ending {
    const given = readOptions(words, options);
    if ('wrong' in given) return given;
    if (given.words.length === 0) return { wrong: 'merge needs reports' };
    const found: Report[] = [];
    for (const path of given.words) {
      const read = readFile(path);
      if ('problem' in read) {
        terminal.complain(`${path}: ${read.problem}`);
        return 'unreadable';
      }
      found.push(read);
    }
    const { problem, missing, of } = checkShards(found);
    if (problem !== undefined) {
      terminal.complain(problem);
      return 'unreadable';
    }
    if (missing.length > 0) {
      const said = `${missing.length === 1 ? 'the report of shard' : 'the reports of shards'} ${numbers(missing)} of ${of} ${missing.length === 1 ? 'is' : 'are'} missing, so the files of ${missing.length === 1 ? 'it' : 'these'} are not known to be clean`;
      terminal.complain(
        given.values['allow-missing'] ? said : `${said}. Give --allow-missing to join the others`,
      );
      if (!given.values['allow-missing']) return 'unreadable';
    }
    return mergeAll(found, given.values, terminal);
  },
};

/** `2, 4-6 and 9` */
function numbers(all: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const one of all) {
    const range = ranges.at(-1);
    if (range && range[1] === one - 1) range[1] = one;
    else ranges.push([one, one]);
  }
  const words = ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
  return words.join(', ').replace(/, ([^,]*)$/, ' and $1');
}

function readFile(path: string): Report | { readonly problem: string } {
  try {
    const text = readText(path, largest);
    if (text === undefined) return { problem: 'is larger than 512 MB. Use more shards' };
    return readReport(text) ?? { problem: 'is not a whole report of drydock check in JSON or SARIF' };
  } catch (error) {
    return { problem: inWords(error) };
  }
}

function mergeAll(found: readonly Report[], values: Values, terminal: Terminal): Ending {
  const reports = found.flatMap((one) => (one.kind === 'reports' ? [one.reports] : []));
  const runs = found.flatMap((one) => (one.kind === 'sarif' ? one.runs : []));
  const statistics = found.flatMap((one) => (one.kind === 'statistics' ? one.statistics : []));
  const kinds = new Set(found.map(({ kind }) => kind));
  if (kinds.size > 1) return { wrong: 'the reports are of different kinds: give those of one format' };
  const { format } = values;
  if (kinds.has('sarif')) {
    if (format !== undefined && format !== 'sarif')
      return { wrong: 'SARIF stays SARIF: leave --format out, or merge reports in JSON' };
    terminal.print(Buffer.from(jsonText(mergeSarif(runs))));
    return ending(values, sarifSeverities(runs) as readonly Severity[], hasFailedRun(runs));
  }
  if (kinds.has('statistics')) {
    if (format !== undefined && format !== 'json' && format !== 'text')
      return { wrong: 'statistics need --format json or text' };
    const merged = mergeStatistics(statistics);
    terminal.print(Buffer.from(format === 'text' ? statisticsText(merged) : jsonText(merged)));
    return ending(
      values,
      merged.statistics.map(({ severity }) => severity),
      merged.errors > 0,
    );
  }
  const merged = mergeReports(reports);
  if ('problem' in merged) {
    terminal.complain(merged.problem);
    return 'unreadable';
  }
  const since = merged.reports.find((report) => report.since)?.since?.revision;
  const writer = formats[format ?? 'json']({
    hints: values.hints || values['fail-on'] === 'hint',
    fix: undefined,
    diff: false,
    rich: undefined,
    since,
    inRepository: inRepository(process.cwd()),
  });
  for (const report of merged.reports) terminal.print(Buffer.from(writer.file(report, undefined)));
  terminal.print(Buffer.from(writer.end()));
  const counted = merged.reports.flatMap(({ findings }) =>
    findings.filter(({ status }) => status !== 'kept'),
  );
  return ending(
    values,
    counted.map(({ severity }) => severity),
    merged.reports.some(
      ({ error, failures, problems = [] }) =>
        error !== undefined || failures !== undefined || problems.some(({ unreadable }) => unreadable),
    ),
  );
}

function ending({ 'fail-on': failOn }: Values, found: readonly Severity[], unchecked: boolean): Ending {
  if (failOn === undefined) return 'clean';
  if (unchecked) return 'unreadable';
  return found.some((severity) => isAtLeast(severity, failOn)) ? 'findings' : 'clean';
}
