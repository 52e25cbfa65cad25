// Which names in ignore comments a rule with `after` is told of: only those that certainly hide nothing.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { defaultConfig } from '../../../server/src/core/lint/config';
import type { Config } from '../../../server/src/core/lint/config';
import { noFacts } from '../../../server/src/core/lint/facts';
import { defineRule, sharedOptions } from '../../../server/src/core/lint/rule';
import { lint } from '../../../server/src/core/lint/run';

const base = { summary: 's', category: 'style', severity: 'info', fix: 'none', since: 'next' } as const;

const rules = [
  defineRule({
    ...base,
    id: 'tells-names',
    alsoKnownAs: [],
    check: () => [],
    *after({ unused }) {
      for (const { suppression, unused: names, unknown } of unused)
        yield { at: suppression.span, message: `${names.join(' ')} (${unknown.join(' ')})` };
    },
  }),
  defineRule({
    ...base,
    id: 'finds-bad',
    alsoKnownAs: ['hadolint:DL9001'],
    *check({ model: { instructions, document } }) {
      for (const { span } of instructions)
        if (document.slice(span).includes('bad')) yield { at: span, message: 'bad' };
    },
  }),
  defineRule({
    ...base,
    id: 'strict-about-odd',
    alsoKnownAs: ['hadolint:DL9002', 'buildkit:Odd'],
    options: { profile: sharedOptions.profile },
    *check({ model: { instructions, document }, options }) {
      for (const { span } of instructions)
        if (options.profile === 'strict' && document.slice(span).includes('odd'))
          yield { at: span, message: 'odd' };
    },
  }),
  defineRule({
    ...base,
    id: 'asks-context',
    alsoKnownAs: [],
    *check({ model: { instructions }, facts }) {
      for (const { span } of instructions)
        if (facts.context?.entries.length === 0) yield { at: span, message: 'empty' };
    },
  }),
  defineRule({ ...base, id: 'is-off', enabled: false, alsoKnownAs: ['hadolint:DL9003'], check: () => [] }),
  defineRule({
    ...base,
    id: 'throws',
    alsoKnownAs: [],
    check(): never {
      throw new Error('on purpose');
    },
  }),
];

function told(text: string, config: Partial<Config> = {}): readonly string[] {
  const { findings } = lint(text, rules, { ...defaultConfig, ...config }, noFacts);
  return findings.filter(({ rule }) => rule.id === 'tells-names').map(({ message }) => message);
}

suite('names that hide nothing', () => {
  const cases: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    'one without a finding': ['# drydock ignore=finds-bad\nRUN a\n', ['finds-bad ()']],
    'one whose finding is elsewhere': ['# drydock ignore=finds-bad\nRUN a\nRUN bad\n', ['finds-bad ()']],
    'not one with a finding': ['# drydock ignore=finds-bad\nRUN bad\n', []],
    'not one that another comment comes before': [
      '# drydock global ignore=finds-bad\nFROM a\n# hadolint ignore=DL9001\nRUN bad\n',
      [],
    ],
    'one that no rule has': [
      '# drydock ignore=finds-worse,finds-bad\nRUN bad\n',
      ['finds-worse (finds-worse)'],
    ],
    'not one that another tool may have': ['# hadolint ignore=DL9999,SC2086\nRUN a\n', []],
    'not one of a rule that is off': ['# drydock ignore=is-off\n# hadolint ignore=DL9003\nRUN a\n', []],
    'not one of a rule that has failed': ['# drydock ignore=throws\nRUN a\n', []],
    'not one of a rule that asks for an unknown fact': ['# drydock ignore=asks-context\nRUN a\n', []],
    'not the name of a rule that judges comments': ['# drydock ignore=tells-names\nRUN a\n', []],
    'one that a quiet profile does not need': [
      '# drydock ignore=strict-about-odd\nRUN odd\n',
      ['strict-about-odd ()'],
    ],
    'not one that another tool needs': ['# hadolint ignore=DL9002\nRUN odd\n# check=skip=Odd\nRUN odd\n', []],
    'one that no tool needs': ['# hadolint ignore=DL9002\nRUN a\n', ['DL9002 ()']],
    'not all checks of BuildKit': ['# check=skip=all\nRUN a\n', []],
    'one for a stage without its findings': [
      '# hadolint stage ignore=DL9001\nFROM a\nRUN a\nFROM b\nRUN bad\n',
      ['DL9001 ()'],
    ],
  };
  for (const [name, [text, expected]] of Object.entries(cases))
    test(name, () => {
      assert.deepEqual(told(text), expected);
    });
  test('none where comments hide nothing', () => {
    assert.deepEqual(told('# drydock ignore=finds-bad\nRUN a\n', { ignoreComments: false }), []);
  });
});
