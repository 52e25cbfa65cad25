// Edits that leave the file without a new error: one that only moves the failure helps nobody.
import type { Config } from '../core/lint/config';
import type { Facts } from '../core/lint/facts';
import type { LintResult } from '../core/lint/run';
import { applyEdits } from '../core/text/edit';
import { lint } from '../linter';
import type { ExplainedEdit } from '../workflow/why/explanation';

/** The edits after which no rule reports more errors than before. */
export function harmlessEdits(
  result: LintResult,
  edits: readonly ExplainedEdit[],
  { config, facts }: { readonly config: Config; readonly facts: Facts },
): readonly ExplainedEdit[] {
  if (edits.length === 0) return [];
  const { text } = result.model.file;
  const before = errorsOf(result);
  return edits.filter((one) => {
    const after = errorsOf(lint(applyEdits(text, one.edits), config, facts));
    return [...after].every(([rule, count]) => count <= (before.get(rule) ?? 0));
  });
}

/** How many errors each rule reports. */
function errorsOf({ findings, hidden }: LintResult): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, severity } of [...findings, ...hidden.map(({ finding }) => finding)])
    if (severity === 'error') counts.set(rule.id, (counts.get(rule.id) ?? 0) + 1);
  return counts;
}
