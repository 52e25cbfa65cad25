// A finding for a person at a terminal: its line of the source, underlined, the fix, and where the rule is explained.
import type { Safety, Severity } from '../../core/lint/finding';
import type { ReportFinding } from '../../service/report';
import { visible } from '../visible';
import type { RichOptions } from './format';

/** What is shown of a finding. */
type Shown = Pick<ReportFinding, 'severity' | 'message' | 'rule' | 'range' | 'fix' | 'creates'>;

const colors: Readonly<Record<Severity, string>> = { error: '31', warning: '33', info: '36', hint: '34' };

/** What each kind of fix takes. */
const ways: Readonly<Record<Safety, string>> = {
  safe: '--fix',
  suggested: '--fix=suggested',
  manual: 'to complete by hand',
};

/** The first line. @param place path, line and column, harmless already */
export function heading(place: string, { severity, message, rule }: Shown, rich: RichOptions): string {
  const paint = painter(rich);
  const said = `${paint(colors[severity], severity)}: ${paint('1', visible(message))}`;
  return `${place}: ${said} ${paint('2', `[${rule}]`)}\n`;
}

/**
 * The lines below it.
 * @param source lines of the file
 * @param withPage whether to name the page of the rule
 */
export function excerpt(
  source: readonly string[],
  { severity, range, rule, fix, creates }: Shown,
  rich: RichOptions,
  withPage: boolean,
): string {
  const paint = painter(rich);
  const { start, end } = range;
  const number = String(start.line + 1);
  const margin = ' '.repeat(number.length + 2);
  const line = (source[start.line] ?? '').replace(/\r$/, '');
  const to = end.line === start.line ? end.character : line.length;
  const { before, marked, after } = cut(
    line,
    start.character,
    Math.max(to, start.character),
    rich.width - margin.length - 4,
  );
  const underline = ' '.repeat(widthOf(before)) + '^'.repeat(Math.max(1, widthOf(marked)));
  let lines = `${paint('2', ` ${number} |`)} ${before}${marked}${after}\n`;
  lines += `${paint('2', `${margin}|`)} ${paint(colors[severity], underline)}\n`;
  if (fix) lines += `${margin}  fix: ${visible(fix.title)} ${paint('2', `(${ways[fix.safety]})`)}\n`;
  else if (creates)
    lines += `${margin}  fix: Create ${creates.map(visible).join(', ')} ${paint('2', `(${ways.suggested})`)}\n`;
  const page = withPage ? rich.pageOf(rule) : undefined;
  if (page !== undefined) lines += `${margin}  why: ${paint('2', visible(page))}\n`;
  return `${lines}\n`;
}

interface Cut {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/** The part of a line around a place that fits, harmless. @param room in columns */
function cut(line: string, start: number, end: number, room: number): Cut {
  const width = Math.max(room, 20);
  const from = start < width / 2 ? 0 : start - Math.floor(width / 3);
  const till = Math.min(line.length, from + width);
  const shown = (text: string): string => visible(text.replaceAll('\t', '  '));
  return {
    before: (from > 0 ? '…' : '') + shown(line.slice(from, start)),
    marked: shown(line.slice(start, Math.min(end, till))),
    after: shown(line.slice(Math.min(end, till), till)) + (till < line.length ? '…' : ''),
  };
}

/** Columns that a text takes on a terminal: none for what is put above a letter, two for wide scripts and pictures. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/[\p{Mn}\p{Me}\u200C\u200D\uFE0F]/u.test(character)) continue;
    width +=
      /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}

function painter({ color }: RichOptions): (code: string, text: string) => string {
  return (code, text) => (color ? `\x1b[${code}m${text}\x1b[0m` : text);
}
