// BuildKit judges the fixes: it accepts what they give, and what it would build differs no more than the rules declare.
// `npm run prove` asks the same of a whole collection; here it is the rules' own examples and the files of the tests.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { before, describe as suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { lint, rules } from '../../server/src/linter';
import { buildKit } from '../../server/tools/corpus/buildkit';
import type { BuildKit } from '../../server/tools/corpus/buildkit';
import type { CollectedFile } from '../../server/tools/corpus/collection';
import { fixCollection } from '../../server/tools/corpus/fixing';
import { askOracle } from '../../server/tools/corpus/oracle';
import { proveEffects } from '../../server/tools/corpus/prove';
import { readExamples } from '../harness/examples';
import { everyRule } from '../harness/golden';
import { parseMarked } from '../harness/marked';

/** Files that the tests have for other ends, with many kinds of mistakes side by side. */
const files: readonly CollectedFile[] = ['test/documents', 'test/rules-together'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.Dockerfile'))
    .map((name, number) => ({
      number,
      name: `${folder}/${name}`,
      text: readFileSync(`${folder}/${name}`, 'utf8'),
    })),
);

/** What the fixes of a rule make of its examples, as the examples show it. */
const fixes = rules.flatMap((rule) =>
  readExamples(`server/src/rules/${rule.id}.ts`).examples.flatMap(({ source, fixed, alternatives, block }) =>
    [...(fixed === undefined ? [] : [fixed]), ...alternatives.map((other) => other.fixed)].map((after) => ({
      at: `${rule.id}, line ${String(block.line)}`,
      text: parseMarked(source).text,
      after,
    })),
  ),
);

suite('BuildKit', () => {
  let found: BuildKit | undefined;
  before(() => (found = buildKit()));

  /** The program; without it the test is skipped, and has to return. */
  function wantBuildKit(t: TestContext): readonly string[] | undefined {
    if (found?.kind === 'built') return [found.program];
    t.skip(`optional: ${found?.why ?? 'nobody looked for it'}`);
    return undefined;
  }

  test('accepts what the fixes give', (t) => {
    const oracle = wantBuildKit(t);
    if (!oracle) return;
    // Another frontend reads a file that asks for it.
    const judged = fixes.filter(({ after }) => !/^#\s*syntax\s*=.*-labs/m.test(after));
    const answers = askOracle(
      oracle,
      judged.flatMap(({ text, after }) => [text, after]),
    );
    const broken: string[] = [];
    const unsaid: string[] = [];
    let repaired = 0;
    judged.forEach(({ at, after }, index) => {
      const [first, second] = [answers[2 * index], answers[2 * index + 1]];
      if (second?.error === undefined) {
        if (first?.error !== undefined) repaired += 1;
        return;
      }
      if (first?.error === undefined) broken.push(`${at}: ${second.error}`);
      // Examples hold several mistakes, and not every one has a fix: what is left is found.
      const { findings } = lint(after, everyRule);
      if (!findings.some(({ severity }) => severity === 'error')) unsaid.push(`${at}: ${second.error}`);
    });
    assert.deepEqual(broken, [], 'refused for what a fix gave');
    assert.deepEqual(unsaid, [], 'refused for what no rule calls an error');
    assert.ok(repaired > 30, `${String(repaired)} examples build after the fix alone`);
  });

  test('builds after safe fixes what their rules declare', (t) => {
    const oracle = wantBuildKit(t);
    if (!oracle) return;
    const { markdown, ok } = proveEffects(files, rules, everyRule, oracle);
    assert.ok(ok, markdown);
  });

  for (const safety of ['safe', 'suggested'] as const)
    test(`accepts files after all ${safety} fixes`, (t) => {
      const oracle = wantBuildKit(t);
      if (!oracle) return;
      const { markdown, ok } = fixCollection(files, everyRule, safety, oracle);
      assert.ok(ok, markdown);
    });
});
