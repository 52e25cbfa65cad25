// Saves findings and compares them with an earlier run, to show what a change does to real files.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LintResult, Reported } from '../../src/core/lint/run';
import { fingerprint } from './collection';
import type { CollectedFile } from './collection';
import { section, table } from './show';

const path = 'out/corpus-baseline.json';

/** What is compared beside the place: `message` with the severity, `fix` with its safety. */
interface Kept {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly fix: string;
}

interface KeptFile {
  readonly text: string;
  readonly findings: readonly Kept[];
}

export interface LintedFile {
  readonly file: CollectedFile;
  readonly result: LintResult;
}

function keep({ rule, at, severity, message, fix, alternatives }: Reported): Kept {
  const fixes = [...(fix ? [fix] : []), ...alternatives].map(({ title, safety, edits, files }) => ({
    title,
    safety,
    edits,
    files,
  }));
  const kept = fixes.length > 0 ? fingerprint(JSON.stringify(fixes)) : '';
  return { rule: rule.id, start: at.start, end: at.end, message: `${severity}: ${message}`, fix: kept };
}

export function saveBaseline(linted: readonly LintedFile[]): string {
  const files = Object.fromEntries(
    linted.map(({ file, result }): [number, KeptFile] => [
      file.number,
      { text: fingerprint(file.text), findings: result.findings.map(keep) },
    ]),
  );
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(files));
  return path;
}

/** @returns a Markdown report; undefined when nothing was saved before */
export function compareWithBaseline(linted: readonly LintedFile[], samples: number): string | undefined {
  if (!existsSync(path)) return undefined;
  const kept = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, KeptFile>>;
  const changes = {
    new: [] as string[][],
    gone: [] as string[][],
    message: [] as string[][],
    fix: [] as string[][],
  };
  const counts = new Map<string, Record<keyof typeof changes, number>>();
  const note = (kind: keyof typeof changes, rule: string, text: string): void => {
    const count = counts.get(rule) ?? { new: 0, gone: 0, message: 0, fix: 0 };
    count[kind] += 1;
    counts.set(rule, count);
    changes[kind].push([rule, text]);
  };
  let compared = 0;
  for (const { file, result } of linted) {
    const before = kept[file.number];
    if (before?.text !== fingerprint(file.text)) continue;
    compared += 1;
    const left = new Map<string, Kept[]>();
    const key = ({ rule, start, end }: Kept): string => `${rule} ${start} ${end}`;
    for (const one of before.findings) left.set(key(one), [...(left.get(key(one)) ?? []), one]);
    for (const finding of result.findings) {
      const now = keep(finding);
      const old = left.get(key(now))?.shift();
      if (!old) note('new', now.rule, section(file, finding));
      else if (old.message !== now.message)
        note('message', now.rule, `Was: ${old.message}\n\n${section(file, finding)}`);
      else if (old.fix !== now.fix) note('fix', now.rule, section(file, finding));
    }
    for (const old of [...left.values()].flat()) {
      const line = file.text.slice(0, old.start).split('\n').length;
      const source = file.text.split('\n')[line - 1] ?? '';
      note(
        'gone',
        old.rule,
        `### ${old.rule}: file ${file.number}, line ${line}\n\n${old.message}\n\n\`\`\`\n${source}\n\`\`\`\n`,
      );
    }
  }
  const out = [`## Against the saved run (${compared} files)\n`];
  if (counts.size === 0) return `${out.join('')}\nNothing has changed.\n`;
  const rows = [...counts]
    .sort()
    .map(([rule, count]) => [rule, count.new, count.gone, count.message, count.fix]);
  out.push(table(['Rule', 'New', 'Gone', 'Other message', 'Other fix'], rows));
  const titles = { new: 'New', gone: 'Gone', message: 'Other message or severity', fix: 'Other fix' };
  for (const kind of ['new', 'gone', 'message', 'fix'] as const) {
    const perRule = new Map<string, string[]>();
    for (const [rule = '', text = ''] of changes[kind])
      perRule.set(rule, [...(perRule.get(rule) ?? []), text]);
    // Spread over the collection, so that one repository does not fill the list.
    const shown = [...perRule.values()].flatMap((texts) => spread(texts, samples));
    if (shown.length > 0) out.push(`## ${titles[kind]}\n`, ...shown);
  }
  return out.join('\n');
}

function spread<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, items.length / count);
  return Array.from({ length: Math.min(count, items.length) }, (_, i) => items[Math.floor(i * step)]).filter(
    (item) => item !== undefined,
  );
}
