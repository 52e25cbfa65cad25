// The settings of the editor, as the server reads them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig, optionsOf } from '../../server/src/core/lint/config';
import { rules } from '../../server/src/linter';
import { readSettings } from '../../server/src/lsp/settings';
import { settingSections } from '../../server/src/settings';
import type { SettingSection } from '../../server/src/settings';

const sections: readonly SettingSection[] = Object.values(settingSections);

/** Section `drydock` as an editor would send it. */
function section(
  value: (prefix: string, key: string, byDefault: unknown) => unknown,
): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  for (const { prefix, options } of sections) {
    const entries = Object.entries(options).map(
      ([key, option]) => [key, value(prefix, key, option.default)] as const,
    );
    if (prefix === '') Object.assign(raw, Object.fromEntries(entries));
    else raw[prefix.slice(0, -1)] = Object.fromEntries(entries);
  }
  return raw;
}

test('settings: the defaults are what counts without any', () => {
  for (const raw of [
    undefined,
    null,
    'x',
    [],
    {},
    section((_, __, byDefault) => byDefault),
    section(() => null),
  ]) {
    const { enable, config, languageFeatures, problems } = readSettings(raw);
    assert.deepEqual([enable, languageFeatures, problems], [true, 'auto', []]);
    assert.deepEqual(config, defaultConfig);
  }
});

test('settings: each wrong value is named, and its default counts', () => {
  const { enable, config, languageFeatures, problems } = readSettings(section(() => 5));
  assert.deepEqual([enable, languageFeatures], [true, 'auto']);
  assert.deepEqual(config, defaultConfig);
  const named = problems.map(
    (problem) => /^(drydock\.\S+) must (?:be|map) .*\.$/.exec(problem)?.[1] ?? problem,
  );
  const all = sections.flatMap(({ prefix, options }) =>
    Object.keys(options).map((key) => `drydock.${prefix}${key}`),
  );
  // The language client reads this one.
  assert.deepEqual(named.sort(), all.filter((name) => name !== 'drydock.trace.server').sort());
});

test('settings: rules take options as in a configuration file', () => {
  const { config, problems } = readSettings({
    enable: false,
    rules: { 'instruction-casing': { level: 'error', wanted: 'upper' } },
    packageCache: 'mount',
    ignoreComments: false,
    languageFeatures: 'off',
  });
  assert.deepEqual(problems, []);
  assert.deepEqual([config.rules.get('instruction-casing'), config.ignoreComments], ['error', false]);
  const values = (id: string): unknown =>
    optionsOf(rules.find((rule) => rule.id === id) ?? assert.fail(), config);
  assert.deepEqual(values('instruction-casing'), { wanted: 'upper' });
  assert.deepEqual(values('apk-no-cache'), { packageCache: 'mount' });
});

test('settings: options of rules have a mapping of their own beside the levels', () => {
  const { config, problems } = readSettings({
    rules: { 'instruction-casing': 'error' },
    ruleOptions: { 'instruction-casing': { wanted: 'upper' }, 'yum-yess': {}, 'run-sudo': { wanted: 1 } },
  });
  assert.equal(config.rules.get('instruction-casing'), 'error');
  assert.deepEqual(config.ruleOptions.get('instruction-casing'), { wanted: 'upper' });
  assert.deepEqual(problems, [
    'Unknown rule yum-yess in drydock.ruleOptions. Did you mean yum-yes?',
    'Unknown option wanted for run-sudo. The options are level.',
  ]);
  assert.deepEqual(readSettings({ ruleOptions: 'x' }).problems, [
    'drydock.ruleOptions must map rule names to their options.',
  ]);
});
