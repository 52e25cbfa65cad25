// The text format: one line per finding, as compilers print them, and a summary. On a terminal with the place in the
// source and the fix below.
import type { Safety, Severity } from '../../core/lint/finding';
import { safePath, visible } from '../visible';
import { excerpt, heading } from './excerpt';
import type { Format, FormatOptions } from './format';

/** What a run found, for the summary. */
interface Tally {
  files: number;
  /** Of those, files that could not be read. */
  unread: number;
  readonly severities: Map<Severity, number>;
  /** Findings by the safety of their fix. */
  readonly fixable: Map<Safety, number>;
  fixed: number;
  /** Compared with a revision. */
  kept: number;
  gone: number;
}

export const formatText: Format = (options) => {
  const tally: Tally = {
    files: 0,
    unread: 0,
    severities: new Map(),
    fixable: new Map(),
    fixed: 0,
    kept: 0,
    gone: 0,
  };
  const explained = new Set<string>();
  return {
    file(report, text) {
      tally.gone += report.since?.fixed.length ?? 0;
      if (report.since?.deleted) return '';
      tally.files += 1;
      if (report.error !== undefined) tally.unread += 1;
      tally.fixed += report.fixed ?? 0;
      let lines = '';
      for (const created of report.created ?? []) lines += `${safePath(created)}: created\n`;
      const path = safePath(report.path);
      const source = options.rich && text !== undefined ? text.split('\n') : [];
      for (const finding of report.findings) {
        const { severity, message, rule, range, fix, status, creates } = finding;
        if (status === 'kept') {
          tally.kept += 1;
          continue;
        }
        count(tally.severities, severity);
        if (fix) count(tally.fixable, fix.safety);
        else if (creates) count(tally.fixable, 'suggested');
        if (severity === 'hint' && !options.hints) continue;
        const place = `${path}:${range.start.line + 1}:${range.start.character + 1}`;
        if (!options.rich) {
          lines += `${place}: ${severity}: ${visible(message)} [${rule}]\n`;
          continue;
        }
        lines += heading(place, finding, options.rich);
        lines += excerpt(source, finding, options.rich, !explained.has(rule));
        explained.add(rule);
      }
      return lines;
    },
    end: () => `${summary(tally, options)}\n`,
  };
};

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function summary(
  { files, unread, severities, fixable, fixed, kept, gone }: Tally,
  { hints, fix, diff, since }: FormatOptions,
): string {
  const said = (['error', 'warning', 'info', 'hint'] as const)
    .map((severity) => [severity, severities.get(severity) ?? 0] as const)
    .filter(([, found]) => found > 0)
    .map(([severity, found]) => {
      const hidden = severity === 'hint' && !hints ? ' (--hints shows them)' : '';
      return `${found} ${severity}${found === 1 || severity === 'info' ? '' : 's'}${hidden}`;
    });
  const nothing = files === 0 ? 'nothing to check' : files === unread ? 'not checked' : 'nothing found';
  const compared = since === undefined ? '' : ` new since ${visible(since)}`;
  const parts = [(said.length > 0 ? said.join(', ') : nothing) + compared];
  // What was not read is not clean.
  if (unread > 0 && (unread < files || said.length > 0)) parts.push(`${unread} not checked`);
  if (since !== undefined) parts.push(`${gone} fixed, ${kept} kept`);
  if (fixed > 0) parts.push(`${fixed} ${diff ? 'would be ' : ''}fixed`);
  const safe = fix === undefined ? (fixable.get('safe') ?? 0) : 0;
  const suggested = fix === 'suggested' ? 0 : (fixable.get('suggested') ?? 0);
  const can = [
    ...(safe > 0 ? [`${safe} can be fixed with --fix`] : []),
    ...(suggested > 0 ? [`${suggested} ${safe > 0 ? 'more' : 'can be fixed'} with --fix=suggested`] : []),
  ];
  if (can.length > 0) parts.push(can.join(', '));
  return `${files} ${files === 1 ? 'file' : 'files'}: ${parts.join('; ')}`;
}
