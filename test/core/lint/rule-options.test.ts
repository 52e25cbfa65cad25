// The options that the rules have: told once, all of them read, and each value with an example that shows what it does.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { configOptions, defaultConfig, ownOptionsOf } from '../../../server/src/core/lint/config';
import { isShared, sharedOptions } from '../../../server/src/core/lint/option';
import { lint } from '../../../server/src/core/lint/run';
import type { Rule } from '../../../server/src/core/lint/rule';
import { rules } from '../../../server/src/rules/index.generated';
import { readExamples } from '../../harness/examples';
import type { Example } from '../../harness/examples';
import { parseMarked } from '../../harness/marked';
import { configWith, withOptions } from '../../harness/rule-options';

const config = { ...defaultConfig, allRules: true };
const rows = rules.flatMap((rule) =>
  Object.entries(rule.options ?? {}).map(([key, option]) => ({ rule, key, option })),
);

/** What is found in an example, and what the fixes are, when an option has another value than the example says. */
function outcome(rule: Rule, example: Example, change: Readonly<Record<string, unknown>>): string {
  const wanted = { ...example.options, ...change };
  const { profile } = configWith(rule, wanted);
  const { findings } = lint(
    parseMarked(example.source).text,
    [withOptions(rule, wanted)],
    { ...config, profile },
    { context: example.context, packages: example.packages },
  );
  return JSON.stringify(findings.map(({ at, severity, fix }) => [at, severity, fix]));
}

suite('the options of the rules', () => {
  test('there are some', () => assert.ok(rows.length > 3));

  for (const { rule, key, option } of rows) {
    test(`${rule.id}: ${key} takes its values and nothing else`, () => {
      for (const value of [option.default, ...(option.choices?.keys() ?? [])])
        assert.deepEqual(option.read(value), { value });
      for (const junk of [undefined, null, 7, '-nonsense-', [[]], { nonsense: [] }]) {
        const { value, problem } = option.read(junk);
        // A list of words takes any word, and of a mapping with wrong values nothing is left.
        if (typeof junk === 'string' && Array.isArray(option.default)) continue;
        assert.ok(value === undefined || JSON.stringify(value) === '{}');
        assert.match(problem ?? '', /^must be /);
      }
      assert.match(option.description, /[.!)]$/, 'the description is a sentence');
    });

    const { examples } = readExamples(`server/src/rules/${rule.id}.ts`);
    // An option without a list of values shows its default and another value. Of the profiles a rule shows those that
    // matter to it, or it has a verdict of its own for hadolint.
    const named = examples.flatMap(({ options }) => options[key] ?? []);
    const isProfile = option === sharedOptions.profile;
    const values = isProfile ? [...new Set(named)] : [...(option.choices?.keys() ?? [option.default])];
    if (isProfile)
      test(`${rule.id}: an example shows what a profile does`, () => {
        assert.ok(named.length > 0 || rule.hadolint);
      });
    for (const value of values) {
      test(`${rule.id}: an example shows what ${key}: ${String(value)} does`, () => {
        const others = option.choices
          ? [...option.choices.keys()].filter((other) => other !== value)
          : examples.flatMap(({ options }) => options[key] ?? []);
        const showing = examples.filter(({ options }) => (options[key] ?? option.default) === value);
        assert.ok(
          showing.some((example) =>
            others.some((other) => outcome(rule, example, {}) !== outcome(rule, example, { [key]: other })),
          ),
        );
      });
    }
  }

  test('each shared option is read by a rule, and no rule has its name for another', () => {
    for (const [key, option] of Object.entries(sharedOptions))
      assert.ok(
        rows.some((row) => row.key === key && row.option === option),
        key,
      );
    for (const { rule, key, option } of rows)
      assert.equal(Object.hasOwn(configOptions, key), isShared(key, option), `${rule.id}: ${key}`);
  });

  test('none is called like the level that stands beside it', () => {
    for (const rule of rules) assert.ok(!Object.hasOwn(ownOptionsOf(rule), 'level'), rule.id);
  });
});
