// Runs fix-all on the whole collection: does it settle, does it keep every comment, and does the builder still accept
// every file that it accepted before?
import type { Config } from '../../src/core/lint/config';
import { noFacts } from '../../src/core/lint/facts';
import { losesComment } from '../../src/core/lint/fix-guards';
import { syntaxProblems } from '../../src/core/analysis/text/syntax-problems';
import { diff } from '../../src/core/text/diff';
import { fixAll, lint } from '../../src/linter';
import type { CollectedFile } from './collection';
import { askOracle } from './oracle';
import { fixDiff, table } from './show';

interface FixedFile {
  readonly file: CollectedFile;
  readonly after: string;
}

export interface FixReport {
  readonly markdown: string;
  /** Nothing went wrong. */
  readonly ok: boolean;
}

/** @param oracle as `askOracle` takes it */
export function fixCollection(
  files: readonly CollectedFile[],
  config: Config,
  safety: 'safe' | 'suggested',
  oracle: readonly string[] | undefined,
): FixReport {
  const options = { safety };
  const applied = new Map<string, number>();
  const rejected = new Map<string, number[]>();
  const fixed: FixedFile[] = [];
  const wrong = { unsettled: [] as number[], comments: [] as number[], syntax: [] as number[] };
  for (const file of files) {
    const first = fixAll(file.text, config, noFacts, options);
    for (const { ruleId } of first.applied) applied.set(ruleId, (applied.get(ruleId) ?? 0) + 1);
    for (const id of first.rejected) rejected.set(id, [...(rejected.get(id) ?? []), file.number]);
    if (first.text === file.text) continue;
    fixed.push({ file, after: first.text });
    if (fixAll(first.text, config, noFacts, options).text !== first.text) wrong.unsettled.push(file.number);
    const before = lint(file.text, config).model.file;
    const after = first.result.model.file;
    if (losesComment(before, after)) wrong.comments.push(file.number);
    if (syntaxProblems(after) > syntaxProblems(before)) wrong.syntax.push(file.number);
  }
  const rows = [...applied]
    .sort((a, b) => b[1] - a[1])
    .map(([rule, count]) => [rule, count, (rejected.get(rule) ?? []).join(' ')]);
  for (const [rule, numbers] of rejected) if (!applied.has(rule)) rows.push([rule, 0, numbers.join(' ')]);
  const list = (numbers: readonly number[]): string =>
    numbers.length === 0 ? '0' : `${numbers.length} (${numbers.join(' ')})`;
  const out = [
    `## Fix-all, ${safety}: ${fixed.length} of ${files.length} files changed\n`,
    table(['Rule', 'Fixes applied', 'Rejected in files'], rows),
    `- does not settle: ${list(wrong.unsettled)}`,
    `- loses a comment: ${list(wrong.comments)}`,
    `- adds a syntax problem: ${list(wrong.syntax)}`,
  ];
  let ok = rejected.size === 0 && Object.values(wrong).every((numbers) => numbers.length === 0);
  if (oracle !== undefined) {
    const { accepted, broken } = whatBroke(oracle, fixed);
    out.push(
      `- accepted by the builder before: ${accepted}; refused after: ${list(broken.map(({ file }) => file.number))}`,
    );
    for (const { file, after, error } of broken) {
      out.push(
        `\n### File ${file.number}: ${error}\n\n\`\`\`diff\n${fixDiff(file.text, { edits: diff(file.text, after) })}\n\`\`\``,
      );
    }
    ok &&= broken.length === 0;
  }
  return { markdown: out.join('\n') + '\n', ok };
}

function whatBroke(
  oracle: readonly string[],
  fixed: readonly FixedFile[],
): { accepted: number; broken: (FixedFile & { error: string })[] } {
  const answers = askOracle(
    oracle,
    fixed.flatMap(({ file, after }) => [file.text, after]),
  );
  const accepted = fixed.flatMap((one, index) =>
    answers[2 * index]?.error === undefined ? [{ ...one, error: answers[2 * index + 1]?.error }] : [],
  );
  return {
    accepted: accepted.length,
    broken: accepted.flatMap(({ error, ...one }) => (error === undefined ? [] : [{ ...one, error }])),
  };
}
