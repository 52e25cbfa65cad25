// All rules on files of our own, so that one sees how they read side by side: what each finding says, and what the
// file looks like after all fixes. `npm test -- together --update-goldens` writes the texts anew; read the difference.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { defaultConfig } from '../server/src/core/lint/config';
import type { Config } from '../server/src/core/lint/config';
import type { Facts } from '../server/src/core/lint/facts';
import type { LintResult, Reported } from '../server/src/core/lint/run';
import { fixAll, lint } from '../server/src/linter';
import { contextFrom } from './harness/examples';
import { lineDiff } from './harness/line-diff';

const folder = 'test/rules-together';
const config: Config = { ...defaultConfig, allRules: true };

/** What a file says of its build context, in a comment: `# context: package.json src/ .git/`. */
function factsOf(text: string): Facts {
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

function golden(text: string): string {
  const facts = factsOf(text);
  const result = lint(text, config, facts);
  assert.deepEqual(result.failures, []);
  const fixed = fixAll(text, config, facts, { safety: 'suggested' });
  assert.deepEqual(fixed.rejected, []);
  const left = lint(fixed.text, config, facts).findings;
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

const names = readdirSync(folder)
  .filter((name) => name.endsWith('.Dockerfile'))
  .map((name) => name.replace(/\.Dockerfile$/, ''))
  .sort();

for (const name of names) {
  test(`rules together: ${name}`, () => {
    const made = golden(readFileSync(`${folder}/${name}.Dockerfile`, 'utf8'));
    const path = `${folder}/${name}.golden.txt`;
    if (process.env['DRYDOCK_UPDATE_GOLDENS']) writeFileSync(path, made);
    assert.ok(existsSync(path), `npm test -- together --update-goldens writes ${path}`);
    assert.equal(made, readFileSync(path, 'utf8'), path);
  });
}

test('rules together: every text belongs to a file', () => {
  const texts = readdirSync(folder).filter((name) => name.endsWith('.golden.txt'));
  assert.deepEqual(
    texts.sort(),
    names.map((name) => `${name}.golden.txt`),
  );
});
