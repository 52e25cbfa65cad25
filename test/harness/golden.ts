// A file's findings and fixes as a text that people read side by side: what each finding says, and the file after all fixes.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { defaultConfig } from '../../server/src/core/lint/config';
import type { Config } from '../../server/src/core/lint/config';
import type { Facts } from '../../server/src/core/lint/facts';
import type { LintResult, Reported } from '../../server/src/core/lint/run';
import { fixAll, lint } from '../../server/src/linter';
import { contextFrom } from './examples';
import { lineDiff } from './line-diff';

/** Every rule is on, as in the strictest team. */
export const everyRule: Config = { ...defaultConfig, allRules: true };

/** What a file says of its build context, in a comment: `# context: package.json src/ .git/`. */
export function factsOf(text: string): Facts {
  const files = /^# context: (.*)$/m.exec(text)?.[1];
  return { context: files === undefined ? undefined : contextFrom(new Map([['files', files]])) };
}

/** The line with a line below it that points at the span; of a longer span, its first line. */
function sourceOf({ document }: LintResult['model'], { start, end }: Reported['at']): readonly string[] {
  const number = document.lineAt(start);
  const { start: lineStart, end: lineEnd } = document.line(number);
  const head = `${number + 1} | `;
  const length = Math.max(1, Math.min(end, lineEnd) - start);
  return [
    head + document.slice({ start: lineStart, end: lineEnd }),
    ' '.repeat(head.length + start - lineStart) + '^'.repeat(length) + (end > lineEnd ? ' …' : ''),
  ];
}

function findingText(result: LintResult, finding: Reported): string {
  const { rule, at, message, severity, fix, alternatives, related } = finding;
  const { document } = result.model;
  return [
    ...sourceOf(result.model, at),
    `${severity}: ${message} (${rule.id})`,
    ...related.map((other) => `  line ${document.lineAt(other.at.start) + 1}: ${other.message}`),
    ...(fix ? [`  fix, ${fix.safety}: ${fix.title}`] : []),
    ...alternatives.map(({ safety, title }) => `  or, ${safety}: ${title}`),
  ].join('\n');
}

/**
 * All findings of a file and what all its fixes make of it.
 * @throws when a rule fails or a fix is refused
 */
function golden(text: string, facts: Facts): string {
  const result = lint(text, everyRule, facts);
  assert.deepEqual(result.failures, []);
  const fixed = fixAll(text, everyRule, facts, { safety: 'suggested' });
  assert.deepEqual(fixed.rejected, []);
  const left = lint(fixed.text, everyRule, facts).findings;
  return (
    [
      ...result.findings.map((finding) => findingText(result, finding)),
      fixed.text === text
        ? 'No fix changes the file.'
        : ['After all safe and suggested fixes:', ...lineDiff(text, fixed.text)].join('\n').trimEnd(),
      `Still found: ${left.map(({ rule }) => rule.id).join(', ') || 'nothing'}`,
    ].join('\n\n') + '\n'
  );
}

/**
 * Compares a file's findings and fixes with the text stored beside it; `--update-goldens` writes that text anew.
 * @param path of the stored text
 */
export function checkGolden(text: string, facts: Facts, path: string): void {
  const made = golden(text, facts);
  if (process.env['DRYDOCK_UPDATE_GOLDENS']) writeFileSync(path, made);
  assert.ok(existsSync(path), `npm test -- --update-goldens writes ${path}`);
  assert.equal(made, readFileSync(path, 'utf8'), path);
}
