// Prints findings and fixes for people.
import type { Reported, ResolvedFix } from '../../src/core/lint/run';
import { TextFile } from '../../src/core/text/document';
import { applyEdits } from '../../src/core/text/edit';
import type { CollectedFile } from './collection';

const around = 2;

/** The lines around a finding, with marks below the finding. */
export function excerpt(text: string, at: Reported['at']): string {
  const document = new TextFile(text);
  const first = document.lineAt(at.start);
  const last = Math.min(document.lineAt(Math.max(at.start, at.end - 1)), first + 20);
  const out: string[] = [];
  for (let line = Math.max(0, first - around); line <= last + around; line += 1) {
    const { start, end } = document.line(line);
    if (line > first && start >= text.length) break;
    const content = text.slice(start, end);
    out.push(`${String(line + 1).padStart(5)} | ${content}`);
    const from = Math.max(at.start, start);
    const to = Math.min(at.end, end);
    if (line >= first && line <= last && (from < to || (at.start === at.end && line === first))) {
      const indent = content.slice(0, from - start).replaceAll(/[^\t]/g, ' ');
      out.push(`      | ${indent}${'^'.repeat(Math.max(1, to - from))}`);
    }
  }
  return out.join('\n');
}

/** What a fix changes, as a diff without context. */
export function fixDiff(text: string, fix: Pick<ResolvedFix, 'edits' | 'files'>): string {
  const document = new TextFile(text);
  const hunks: { first: number; last: number; edits: ResolvedFix['edits'][number][] }[] = [];
  for (const edit of fix.edits) {
    const first = document.lineAt(edit.start);
    const last = document.lineAt(edit.end);
    const hunk = hunks.at(-1);
    if (hunk && first <= hunk.last) {
      hunk.edits.push(edit);
      hunk.last = Math.max(hunk.last, last);
    } else hunks.push({ first, last, edits: [edit] });
  }
  const out = hunks.flatMap(({ first, last, edits }) => {
    const start = document.lineStart(first);
    const { end } = document.line(last);
    const before = text.slice(start, end);
    const moved = edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
    return [
      `@@ line ${first + 1} @@`,
      ...changedLines(before.split(/\r?\n/), applyEdits(before, moved).split(/\r?\n/)),
    ];
  });
  for (const { path, text: content } of fix.files ?? []) {
    out.push(`@@ ${path} @@`, ...content.split('\n').map((line) => `+${line}`));
  }
  return out.join('\n');
}

function changedLines(before: readonly string[], after: readonly string[]): string[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before.at(-1 - tail) === after.at(-1 - tail)
  )
    tail += 1;
  return [
    ...before.slice(head, before.length - tail).map((line) => `-${line}`),
    ...after.slice(head, after.length - tail).map((line) => `+${line}`),
  ];
}

/** One finding with its lines and its fix, as a Markdown section. */
export function section(file: CollectedFile, finding: Reported): string {
  const { rule, severity, message, fix, alternatives } = finding;
  const line = new TextFile(file.text).lineAt(finding.at.start) + 1;
  const parts = [
    `### ${rule.id}: file ${file.number}, line ${line}`,
    `${file.name} — ${severity}: ${message}`,
    '```\n' + excerpt(file.text, finding.at) + '\n```',
  ];
  for (const one of fix ? [fix, ...alternatives] : alternatives) {
    parts.push(`${one.title} (${one.safety}):`, '```diff\n' + fixDiff(file.text, one) + '\n```');
  }
  return parts.join('\n\n') + '\n';
}

/** A Markdown table; numbers are set to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  const marks = head.map((_, column) => (typeof rows[0]?.[column] === 'number' ? '--:' : '---'));
  return [line(head), line(marks), ...rows.map(line)].join('\n') + '\n';
}
