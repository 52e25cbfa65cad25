// The configuration: what is read of it, on top of what, and what is said about the rest.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { configOptions, defaultConfig, optionsOf } from '../../../server/src/core/lint/config';
import { readConfig } from '../../../server/src/core/lint/read-config';
import { readHadolintConfig } from '../../../server/src/core/lint/hadolint-config';
import { flag, listOf, oneOf, sharedOptions, text } from '../../../server/src/core/lint/option';
import { defineRule } from '../../../server/src/core/lint/rule';
import type { Rule } from '../../../server/src/core/lint/rule';
import { cpuTime } from '../../harness/cpu-time';

const common = {
  summary: 'For a test',
  category: 'style',
  severity: 'warning',
  fix: 'none',
  since: 'next',
} as const;

const casing = defineRule({
  ...common,
  id: 'casing',
  alsoKnownAs: ['hadolint:DL9001', 'buildkit:Casing'],
  options: {
    wanted: oneOf('The case.', ['consistent', 'upper', 'lower']),
    packageCache: sharedOptions.packageCache,
  },
  *check() {},
});
const registries = defineRule({
  ...common,
  id: 'registries',
  alsoKnownAs: ['hadolint:DL9001'],
  options: {
    trusted: listOf('Registries.', 'a list of registries', text(), { hadolint: 'trustedRegistries' }),
    strict: flag('Be strict.', false, { hadolint: 'verbose' }),
  },
  *check() {},
});
const plain = defineRule({
  ...common,
  id: 'plain-one',
  alsoKnownAs: ['hadolint:DL9002', 'trivy:DS-9003'],
  *check() {},
});
const rules: readonly Rule[] = [casing, registries, plain];

const keys = ['rules', ...Object.keys(configOptions)];
const allKeys = `${keys.slice(0, -1).join(', ')} and ${keys.at(-1)}`;
/** A file may also have what belongs to the project, and the sections of commands, which settings have not. */
const fileKeys = `${allKeys.replace(' and ', ', ')}, ownRules, targets, overrides, scan, cycle and packages`;
const levels = 'off, on, error, warning, info or hint';

suite('the configuration', () => {
  test('takes its own defaults, and nothing', () => {
    const values = Object.fromEntries(
      Object.entries(configOptions).map(([key, option]) => [key, option.default]),
    );
    for (const raw of [undefined, null, {}, { rules: null }, { rules: {} }, values]) {
      const { config, problems } = readConfig(raw, rules);
      assert.deepEqual(problems, []);
      assert.deepEqual(config, defaultConfig);
    }
  });

  test('has levels by our ids and those of other tools', () => {
    const { config, problems } = readConfig(
      { rules: { casing: 'error', 'plain-one': false, DL9001: 'info', 'hadolint:DL9002': true } },
      rules,
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(Object.fromEntries(config.rules), {
      casing: 'info',
      registries: 'info',
      'plain-one': 'on',
    });
    // As Trivy has printed it.
    for (const id of ['DS-9003', 'trivy:DS-9003', 'AVD-DS-9003'])
      assert.equal(readConfig({ rules: { [id]: 'off' } }, rules).config.rules.get('plain-one'), 'off');
  });

  test('has options beside a level, and keeps what it does not name', () => {
    const base = readConfig(
      { rules: { casing: { level: 'error', wanted: 'upper' } }, packageCache: 'mount' },
      rules,
    );
    assert.deepEqual(base.problems, []);
    assert.deepEqual(optionsOf(casing, base.config), { wanted: 'upper', packageCache: 'mount' });
    assert.equal(base.config.rules.get('casing'), 'error');
    const above = readConfig(
      { rules: { casing: 'hint', DL9001: { trusted: 'docker.io' } } },
      rules,
      base.config,
    );
    assert.deepEqual(above.problems, []);
    assert.equal(above.config.rules.get('casing'), 'hint');
    assert.deepEqual(optionsOf(casing, above.config), { wanted: 'upper', packageCache: 'mount' });
    assert.deepEqual(optionsOf(registries, above.config), { trusted: ['docker.io'], strict: false });
    assert.deepEqual(optionsOf(plain, above.config), {});
    const last = readConfig({ rules: { casing: { wanted: 'lower' } } }, rules, above.config);
    assert.equal(last.config.rules.get('casing'), 'hint');
    assert.deepEqual(optionsOf(casing, last.config)['wanted'], 'lower');
  });

  const wrong: readonly (readonly [unknown, string])[] = [
    ['x', 'The configuration must be a mapping of keys to values.'],
    [[], 'The configuration must be a mapping of keys to values.'],
    [{ ruels: {} }, 'Unknown key ruels. Did you mean rules?'],
    [{ colour: 'red' }, `Unknown key colour. The keys are ${fileKeys}.`],
    [{ constructor: 1 }, `Unknown key constructor. The keys are ${fileKeys}.`],
    [{ allRules: 'yes' }, 'allRules must be true or false.'],
    [{ ignoreComments: 1 }, 'ignoreComments must be true or false.'],
    [{ packageCache: 'mont' }, 'packageCache must be either or mount. Did you mean mount?'],
    [
      { packageCache: 'cleanup' },
      'packageCache must be either or mount: either replaces cleanup, which did the same.',
    ],
    [{ rules: 'off' }, `rules must map rule names to ${levels}.`],
    [{ rules: { casign: 'off' } }, 'Unknown rule casign in rules. Did you mean casing?'],
    [{ rules: { 'no-such-rule': 'off' } }, 'Unknown rule no-such-rule in rules.'],
    [{ rules: { casing: 'eror' } }, `rules.casing must be ${levels}. Did you mean error?`],
    [{ rules: { casing: 5 } }, `rules.casing must be ${levels}.`],
    [{ rules: { casing: { level: 'red' } } }, `rules.casing.level must be ${levels}.`],
    [{ rules: { casing: { wnated: 'upper' } } }, 'Unknown option wnated for casing. Did you mean wanted?'],
    [
      { rules: { casing: { colour: 1 } } },
      'Unknown option colour for casing. The options are level and wanted.',
    ],
    [
      { rules: { 'plain-one': { colour: 1 } } },
      'Unknown option colour for plain-one. The options are level.',
    ],
    [
      { rules: { casing: { wanted: 'uper' } } },
      'rules.casing.wanted must be consistent, upper or lower. Did you mean upper?',
    ],
    [
      { rules: { casing: { packageCache: 'mount' } } },
      'Unknown option packageCache for casing. Move packageCache out of rules, to the top level.',
    ],
  ];
  for (const [raw, problem] of wrong) {
    test(`says what is wrong with ${JSON.stringify(raw)}, and the rest holds`, () => {
      const { config, problems } = readConfig(raw, rules);
      assert.deepEqual([config, problems], [defaultConfig, [problem]]);
    });
  }

  test('says where each problem is', () => {
    const raw = {
      rules: { casing: { wanted: 1, colour: 1, level: 'x' }, nothing: 'off' },
      allRules: 1,
      x: 1,
    };
    assert.deepEqual(
      readConfig(raw, rules).places.map((keys) => keys.join('/')),
      ['rules/casing/wanted', 'rules/casing/colour', 'rules/casing/level', 'rules/nothing', 'allRules', 'x'],
    );
    assert.deepEqual(readConfig([], rules).places, [[]]);
    assert.deepEqual(
      readHadolintConfig({ override: { error: 1 }, ignored: 1, x: 1 }, rules).places.map((keys) =>
        keys.join('/'),
      ),
      ['override/error', 'ignored', 'x'],
    );
  });

  test('says twenty things about a file of another kind, and counts the rest', () => {
    const raw = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`key${at}`, 1]));
    const started = cpuTime();
    for (const { problems, places } of [
      readConfig(raw, rules),
      readConfig({ rules: raw }, rules),
      readHadolintConfig(raw, rules),
    ]) {
      assert.equal(problems.length, 21);
      assert.equal(problems.at(-1), '4980 more problems are not listed.');
      assert.equal(places.length, 21);
    }
    assert.ok(cpuTime() - started < 1000);
    const [long = ''] = readConfig({ ['k'.repeat(100_000)]: 1 }, rules).problems;
    assert.ok(long.length <= 301, String(long.length));
  });

  test('holds where a part of it is wrong', () => {
    const raw = { rules: { casing: { level: 'info', wanted: 1 }, nothing: 'off' }, allRules: true, x: 1 };
    const { config, problems } = readConfig(raw, rules);
    assert.equal(config.rules.get('casing'), 'info');
    assert.equal(config.allRules, true);
    assert.equal(optionsOf(casing, config)['wanted'], 'consistent');
    assert.equal(problems.length, 3);
  });

  test('is called as it is called where it comes from', () => {
    const raw = { rules: { casing: { wanted: 'x' }, nothing: 'off' }, allRules: 1, colour: 1 };
    assert.deepEqual(readConfig(raw, rules, defaultConfig, 'drydock.').problems, [
      'drydock.rules.casing.wanted must be consistent, upper or lower.',
      'Unknown rule nothing in drydock.rules.',
      'drydock.allRules must be true or false.',
      `Unknown key drydock.colour. The keys are ${allKeys}.`,
    ]);
  });
});

suite('a configuration of hadolint', () => {
  test('has levels, the strongest for an id in several lists, and ignored ids, which no level brings back', () => {
    const { config, problems } = readHadolintConfig(
      {
        override: { error: ['DL9001', 'DL9002'], style: ['DL9001', 'DL0000'] },
        ignored: ['DL9002', 'SC1000'],
      },
      rules,
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(Object.fromEntries(config.rules), {
      casing: 'error',
      registries: 'error',
      'plain-one': 'off',
    });
  });

  test('has options of rules under keys of its own', () => {
    const { config, problems } = readHadolintConfig(
      {
        trustedRegistries: 'docker.io',
        verbose: true,
        'label-schema': { version: 'semver' },
        'strict-labels': true,
      },
      rules,
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(optionsOf(registries, config), { trusted: ['docker.io'], strict: true });
    assert.deepEqual([config.labelSchema, config.strictLabels], [{ version: 'semver' }, true]);
    assert.deepEqual(readHadolintConfig({ 'strict-labels': 'yes' }, rules).problems, [
      'strict-labels must be true or false.',
    ]);
  });

  test('says whether comments count, and keeps what it does not name', () => {
    const base = readConfig({ allRules: true, rules: { casing: { wanted: 'upper' } } }, rules).config;
    const { config, problems } = readHadolintConfig(
      { 'disable-ignore-pragma': true, format: 'json' },
      rules,
      base,
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(config, { ...base, ignoreComments: false });
    for (const raw of [undefined, null, {}])
      assert.deepEqual(readHadolintConfig(raw, rules, base).config, base);
  });

  const wrong: readonly (readonly [unknown, string])[] = [
    [3, 'The configuration must be a mapping of keys to values.'],
    [{ ignored: 'DL9001' }, 'ignored must be a list of ids.'],
    [{ override: [] }, 'override must map error, warning, info or style to lists of ids.'],
    [{ override: { info: 'DL9001' } }, 'override.info must be a list of ids.'],
    [{ 'disable-ignore-pragma': 'yes' }, 'disable-ignore-pragma must be true or false.'],
    [{ rules: {} }, 'Unknown key rules: hadolint does not have it.'],
    [{ ignored: ['dl9001'] }, 'Unknown rule dl9001: hadolint does not have it. Did you mean DL9001?'],
    [{ override: { info: ['nonsense'] } }, 'Unknown rule nonsense: hadolint does not have it.'],
  ];
  for (const [raw, problem] of wrong) {
    test(`says what is wrong with ${JSON.stringify(raw)}, and the rest holds`, () => {
      const { config, problems } = readHadolintConfig(raw, rules);
      assert.deepEqual([config, problems], [defaultConfig, [problem]]);
    });
  }
});
