// For language models and the programs around them: a short line for each finding, its fix as the lines that change, how
// to apply it, and what was left out.
import { lineDiff } from '../../core/text/diff';
import type { Safety } from '../../core/lint/finding';
import type { ReportFinding, ReportFix } from '../../service/report';
import { safePath, visible } from '../visible';
import type { Format, FormatOptions } from './format';
import { placeOf, shownFindings, troublesOf } from './shown';

/** Of one file and of the whole run; the rest is counted. */
const mostInFile = 40;
const mostInRun = 200;
/** Of the lines that a fix changes, and of one line. */
const mostLines = 12;
const longestLine = 200;

const ways: Readonly<Record<Safety, string>> = {
  safe: 'safe',
  suggested: 'suggested, may change the image',
  manual: 'manual, complete it by hand',
};

export const formatAgent: Format = (options) => {
  const counts = { files: 0, shown: 0, cutLines: 0, fixed: 0, kept: 0, gone: 0 };
  const fixes = new Map<Safety, number>();
  const left = new Map<string, number>();
  return {
    file(report, text) {
      counts.files += report.since?.deleted ? 0 : 1;
      counts.fixed += report.fixed ?? 0;
      counts.kept += report.findings.filter(({ status }) => status === 'kept').length;
      counts.gone += report.since?.fixed.length ?? 0;
      const source = text?.split('\n') ?? [];
      const path = safePath(report.path);
      let [lines, inFile] = [
        troublesOf(report).map((trouble) => `${path}:1:1 drydock error ${visible(trouble)}\n`),
        0,
      ];
      for (const finding of shownFindings(report, options)) {
        const safety = finding.fix?.safety ?? (finding.creates && 'suggested');
        if (safety) fixes.set(safety, (fixes.get(safety) ?? 0) + 1);
        if (inFile === mostInFile || counts.shown === mostInRun) {
          left.set(finding.rule, (left.get(finding.rule) ?? 0) + 1);
          continue;
        }
        inFile += 1;
        counts.shown += 1;
        const said = findingLines(path, finding, source);
        counts.cutLines += said.cut;
        lines = [...lines, said.text];
      }
      return lines.join('');
    },
    end: () => summary(counts, fixes, left, options),
  };
};

function findingLines(
  path: string,
  finding: ReportFinding,
  source: readonly string[],
): { readonly text: string; readonly cut: number } {
  const { rule, severity, message, fix, creates } = finding;
  const { line, column } = placeOf(finding);
  const head = `${path}:${line}:${column} ${rule} ${severity} ${visible(message)}\n`;
  const created = creates ? `  fix (${ways.suggested}): Create ${creates.map(visible).join(', ')}\n` : '';
  if (!fix) return { text: head + created, cut: 0 };
  const changed = changedLines(source, fix);
  const shown = changed.slice(0, mostLines).map((one) => `  ${short(one)}\n`);
  const more = changed.length - shown.length;
  const rest = more > 0 ? `  … ${more} more changed ${more === 1 ? 'line' : 'lines'}\n` : '';
  return {
    text: `${head}  fix (${ways[fix.safety]}): ${visible(fix.title)}\n${shown.join('')}${rest}`,
    cut: more,
  };
}

/** The lines that a fix takes away (`-`) and brings (`+`), with the number of the first of each place. */
function changedLines(source: readonly string[], { edits }: ReportFix): readonly string[] {
  const places: { first: number; last: number; edits: ReportFix['edits'][number][] }[] = [];
  for (const edit of edits) {
    const { start, end } = edit.range;
    const place = places.at(-1);
    if (place && start.line <= place.last) {
      place.last = Math.max(place.last, end.line);
      place.edits.push(edit);
    } else places.push({ first: start.line, last: end.line, edits: [edit] });
  }
  return places.flatMap((place) => {
    const before = source.slice(place.first, place.last + 1).join('\n');
    const starts = lineStarts(source, place.first, place.last);
    let [after, at] = ['', 0];
    for (const { range, newText } of place.edits) {
      const offset = ({ line, character }: typeof range.start): number =>
        (starts[line - place.first] ?? before.length) + character;
      after += before.slice(at, offset(range.start)) + newText;
      at = offset(range.end);
    }
    after += before.slice(at);
    const changed = lineDiff(before, after).filter(({ sign }) => sign !== ' ');
    return [`line ${place.first + 1}`, ...changed.map(({ sign, line }) => `${sign} ${line}`)];
  });
}

function lineStarts(source: readonly string[], first: number, last: number): readonly number[] {
  const starts = [0];
  for (let line = first; line < last; line += 1)
    starts.push((starts.at(-1) ?? 0) + (source[line]?.length ?? 0) + 1);
  return starts;
}

function short(line: string): string {
  const text = visible(line.replaceAll('\t', '  ').replace(/\r$/, ''));
  return text.length > longestLine
    ? `${text.slice(0, longestLine)}… (${text.length - longestLine} more characters)`
    : text;
}

function summary(
  counts: Readonly<Record<'files' | 'shown' | 'cutLines' | 'fixed' | 'kept' | 'gone', number>>,
  fixes: ReadonlyMap<Safety, number>,
  left: ReadonlyMap<string, number>,
  { fix, since }: FormatOptions,
): string {
  const cut = [...left.values()].reduce((sum, count) => sum + count, 0);
  const found = counts.shown + cut;
  const lines = [
    `${found} ${since === undefined ? '' : 'new '}${found === 1 ? 'finding' : 'findings'} in ${counts.files} ${counts.files === 1 ? 'file' : 'files'}`,
  ];
  if (since !== undefined)
    lines.push(`since ${visible(since)}: ${counts.gone} fixed, ${counts.kept} kept and not shown`);
  if (fix !== undefined) lines.push(`applied: ${counts.fixed} fixes`);
  const ways = [
    ...(fix === undefined && fixes.has('safe') ? [`drydock check --fix (${fixes.get('safe')} safe)`] : []),
    ...(fix !== 'suggested' && fixes.has('suggested')
      ? [`drydock check --fix=suggested (also ${fixes.get('suggested')} suggested)`]
      : []),
  ];
  if (ways.length > 0) lines.push(`apply: ${ways.join(', ')}; add --diff to see the changes only`);
  if (found > 0) lines.push('explain: drydock explain RULE');
  if (cut > 0) {
    const rules = [...left].sort((a, b) => b[1] - a[1]).slice(0, 10);
    lines.push(
      `cut: ${cut} findings, most of ${rules.map(([rule, count]) => `${rule} (${count})`).join(', ')}; --select RULE or one path shows them`,
    );
  }
  if (counts.cutLines > 0) lines.push(`cut: ${counts.cutLines} changed lines; --diff shows them`);
  return `${lines.join('\n')}\n`;
}
