// Edits that leave the file without a new error: one that only moves the failure helps nobody.
import type { Config } from '../core/lint/config';
import type { Facts } from '../core/lint/facts';
import type { LintResult } from '../core/lint/run';
import { applyEdits, areApart, composeEdits } from '../core/text/edit';
import type { Edit } from '../core/text/edit';
import { lint } from '../linter';
import type { ExplainedEdit } from '../workflow/why/explanation';

interface Given {
  readonly config: Config;
  readonly facts: Facts;
}

/** How often the fix of a new error may bring another one. */
const most = 3;

/**
 * The edits after which no rule reports more errors than before. One that brings errors which have a fix takes that along:
 * the pip of a new release needs an environment, the packages of an old one come from its archive.
 */
export function harmlessEdits(
  result: LintResult,
  edits: readonly ExplainedEdit[],
  given: Given,
): readonly ExplainedEdit[] {
  if (edits.length === 0) return [];
  const before = errorsOf(result);
  const { text } = result.model.file;
  return edits.flatMap((edit) => withoutErrors(text, before, edit, given) ?? []);
}

/** @returns undefined if the edit brings an error that has no fix */
function withoutErrors(
  text: string,
  before: ReadonlyMap<string, number>,
  edit: ExplainedEdit,
  given: Given,
): ExplainedEdit | undefined {
  let made = edit;
  for (let round = 0; round <= most; round += 1) {
    const after = lint(applyEdits(text, made.edits), given.config, given.facts);
    const brought = [...errorsOf(after)].filter(([rule, count]) => count > (before.get(rule) ?? 0));
    const [first] = brought;
    if (!first) return made;
    // Which of several is the new one is not known.
    const fix = before.has(first[0]) ? undefined : fixOf(after.findings, first[0]);
    if (!fix) return undefined;
    made = {
      title: `${made.title}, and ${lowered(fix.title)}`,
      edits: composeEdits(text, made.edits, fix.edits),
    };
  }
  return undefined;
}

/** The fixes of all errors that a rule reports; undefined if one of them has none. */
function fixOf(findings: LintResult['findings'], rule: string): ExplainedEdit | undefined {
  const fixes = findings
    .filter((finding) => finding.rule.id === rule && finding.severity === 'error')
    .map(({ fix }) => fix);
  const [first] = fixes;
  if (!first || fixes.some((fix) => !fix || fix.edits.length === 0 || fix.files)) return undefined;
  const edits: readonly Edit[] = fixes.flatMap((fix) => fix?.edits ?? []).sort((a, b) => a.start - b.start);
  return areApart(edits) ? { title: first.title, edits } : undefined;
}

/** `Use archive.debian.org` → `use archive.debian.org`. */
function lowered(title: string): string {
  return title.slice(0, 1).toLowerCase() + title.slice(1);
}

/** How many errors each rule reports. */
function errorsOf({ findings, hidden }: LintResult): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, severity } of [...findings, ...hidden.map(({ finding }) => finding)])
    if (severity === 'error') counts.set(rule.id, (counts.get(rule.id) ?? 0) + 1);
  return counts;
}
