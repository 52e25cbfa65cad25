// The fixes of a finding: its own first, then its alternatives. One that asks is in ask.ts.
import { join } from 'node:path';
import type { FileChange } from '../../core/lint/finding';
import { isAtLeast } from '../../core/lint/run';
import type { Reported, ResolvedFix } from '../../core/lint/run';
import { readForChange } from '../../io/files/read-text';
import { CodeActionKind } from '../library';
import { actionKind, findingAt, stale } from './action';
import type { ChangedFile, Refusal } from './action';
import { shape, span, text } from '../shape';

export const fix = actionKind({
  name: 'fix',
  lsp: CodeActionKind.QuickFix,
  needs: undefined,
  data: shape({ rule: text, at: span, title: text }),

  *offer({ here, analysis, can }) {
    for (const { finding, fix: one, best } of ranked(here)) {
      const { title, safety, files = [] } = one;
      if (one.asks) continue;
      const folder = files.length > 0 ? analysis.surroundings.contextFolder : undefined;
      if (files.length > 0 && (!can('otherFiles') || folder === undefined)) continue;
      const { rule, at } = finding;
      const [file] = files;
      yield {
        title,
        data: { rule: rule.id, at, title },
        findings: [finding],
        preferred: best && safety !== 'manual',
        ...(file && folder !== undefined && { shows: join(folder, file.path) }),
      };
    }
  },

  make(data, analysis) {
    const finding = findingAt(analysis, data);
    const chosen = finding && [finding.fix, ...finding.alternatives].find((one) => one?.title === data.title);
    if (!chosen || chosen.asks) return stale;
    if (!chosen.files?.length) return { edits: chosen.edits };
    if (analysis.surroundings.contextFolder === undefined) return stale;
    const files = readFiles(analysis.surroundings.contextFolder, chosen.files);
    return 'refused' in files ? files : { edits: chosen.edits, files };
  },
});

interface Ranked {
  readonly finding: Reported;
  readonly fix: ResolvedFix;
  readonly best: boolean;
}

/** The best fix of each finding, the gravest finding first and what is to be filled in last; then the other ways. */
function ranked(here: readonly Reported[]): readonly Ranked[] {
  const byWeight = [...here].sort(
    (a, b) =>
      Number(a.fix?.safety === 'manual') - Number(b.fix?.safety === 'manual') ||
      Number(isAtLeast(b.severity, a.severity)) - Number(isAtLeast(a.severity, b.severity)),
  );
  return [
    ...byWeight.flatMap((finding) => (finding.fix ? [{ finding, fix: finding.fix, best: true }] : [])),
    ...byWeight.flatMap((finding) => finding.alternatives.map((fix) => ({ finding, fix, best: false }))),
  ];
}

/** The files as they are now: they may have changed since the fix was offered. */
function readFiles(folder: string, changes: readonly FileChange[]): readonly ChangedFile[] | Refusal {
  const files: ChangedFile[] = [];
  for (const { path: name, before, text: after } of changes) {
    const path = join(folder, name);
    const read = readForChange(path);
    if ('problem' in read) return { refused: read.problem };
    if (before !== undefined && before !== read.text) return stale;
    files.push({ path, before: read.text, after });
  }
  return files;
}
