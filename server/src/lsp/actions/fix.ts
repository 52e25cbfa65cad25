// The fixes of a finding: its own first, then its alternatives. One that asks is in ask.ts.
import { join } from 'node:path';
import type { FileChange } from '../../core/lint/finding';
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
    for (const finding of here) {
      const offered = [finding.fix, ...finding.alternatives].filter((one) => one !== undefined);
      for (const [index, { title, safety, files, asks }] of offered.entries()) {
        if (
          asks ||
          (files?.length && (!can('otherFiles') || analysis.surroundings.contextFolder === undefined))
        )
          continue;
        const { rule, at } = finding;
        const data = { rule: rule.id, at, title };
        yield { title, data, findings: [finding], preferred: index === 0 && safety !== 'manual' };
      }
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

/** The files as they are now: they may have changed since the fix was offered. */
function readFiles(folder: string, changes: readonly FileChange[]): readonly ChangedFile[] | Refusal {
  const files: ChangedFile[] = [];
  for (const { path: name, text: after } of changes) {
    const path = join(folder, name);
    const read = readForChange(path);
    if ('problem' in read) return { refused: read.problem };
    files.push({ path, before: read.text, after });
  }
  return files;
}
