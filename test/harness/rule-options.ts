// Rules as a configuration makes them: what the examples of a rule say of its options.
import assert from 'node:assert/strict';
import { defaultConfig, optionsOf, ownOptionsOf } from '../../server/src/core/lint/config';
import { readConfig } from '../../server/src/core/lint/read-config';
import type { Config } from '../../server/src/core/lint/config';
import type { Rule } from '../../server/src/core/lint/rule';

/** @param options values of the rule's options, read as a configuration file would be */
export function configWith(rule: Rule, options: Readonly<Record<string, unknown>>): Config {
  const own = ownOptionsOf(rule);
  const entries = Object.entries(options);
  const raw = {
    ...Object.fromEntries(entries.filter(([key]) => !Object.hasOwn(own, key))),
    rules: { [rule.id]: Object.fromEntries(entries.filter(([key]) => Object.hasOwn(own, key))) },
  };
  for (const [key] of entries)
    assert.ok(key === 'profile' || rule.options?.[key], `${rule.id} reads the option ${key}`);
  const { config, problems } = readConfig(raw, [rule], defaultConfig);
  assert.deepEqual(problems, []);
  return config;
}

/** The rule with its options set, whatever the configuration it runs under says. */
export function withOptions(rule: Rule, options: Readonly<Record<string, unknown>>): Rule {
  const values = optionsOf(rule, configWith(rule, options));
  return { ...rule, check: (context) => rule.check({ ...context, options: values }) };
}
