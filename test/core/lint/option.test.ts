// The makers of options: types, defaults, what their readers take and how they say no.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  describeOptions,
  flag,
  listOf,
  mapOf,
  oneOf,
  oneOrMore,
  readOptions,
  sharedOptions,
  text,
} from '../../../server/src/core/lint/option';
import type { Option } from '../../../server/src/core/lint/option';
import { defineRule } from '../../../server/src/core/lint/rule';

const host = text(/^[a-z.]+$/);
const colour = oneOf('The colour.', ['red', 'green', 'blue'], {
  former: { grey: 'grey is what no colour means' },
});
const made: Readonly<Record<string, Option<unknown>>> = {
  colour,
  strict: flag('Be strict.'),
  open: flag('Be open.', true),
  hosts: listOf('The hosts.', 'a list of hosts', host),
  names: mapOf('Names.', 'a mapping of hosts to names', host, text()),
  paths: mapOf('Paths.', 'a mapping of a and b to paths', ['a', 'b'], oneOrMore(text())),
};

/** Option, value, what is read of it, what is said about it. */
const rows: readonly (readonly [string, unknown, unknown, string | undefined])[] = [
  ['colour', 'green', 'green', undefined],
  ['colour', 'gren', undefined, 'must be red, green or blue. Did you mean green?'],
  ['colour', 'violet', undefined, 'must be red, green or blue'],
  ['colour', 'grey', undefined, 'must be red, green or blue: grey is what no colour means'],
  ['colour', 'constructor', undefined, 'must be red, green or blue'],
  ['colour', ['red'], undefined, 'must be red, green or blue'],
  ['strict', true, true, undefined],
  ['strict', 'yes', undefined, 'must be true or false'],
  ['open', false, false, undefined],
  ['hosts', ['a.example', 'b'], ['a.example', 'b'], undefined],
  ['hosts', [], [], undefined],
  ['hosts', 'a.example', ['a.example'], undefined],
  ['hosts', ['a', 'B!', 1, ''], ['a'], 'must be a list of hosts, but this does not fit: "B!", 1, ""'],
  ['hosts', { a: 1 }, undefined, 'must be a list of hosts, but this does not fit: {"a":1}'],
  ['hosts', ['B'], undefined, 'must be a list of hosts, but this does not fit: "B"'],
  ['names', { a: 'x' }, { a: 'x' }, undefined],
  [
    'names',
    { a: 'x', B: 'y', c: 1 },
    { a: 'x' },
    'must be a mapping of hosts to names, but this does not fit: B, c',
  ],
  ['names', ['a'], undefined, 'must be a mapping of hosts to names, but this does not fit: ["a"]'],
  [
    'names',
    'a'.repeat(60),
    undefined,
    `must be a mapping of hosts to names, but this does not fit: "${'a'.repeat(39)}…`,
  ],
  ['paths', { a: 'x', b: ['y', 'z'] }, { a: ['x'], b: ['y', 'z'] }, undefined],
  [
    'paths',
    { a: ['x', 1], c: 'y' },
    { a: ['x'] },
    'must be a mapping of a and b to paths, but this does not fit: a, c',
  ],
];

for (const [name, value, expected, problem] of rows) {
  test(`option ${name}: ${JSON.stringify(value).slice(0, 40)}`, () => {
    const read = made[name]?.read(value);
    assert.deepEqual(read?.value, expected);
    assert.equal(read?.problem, problem);
  });
}

test('options take their own defaults', () => {
  for (const [name, option] of Object.entries(made)) {
    assert.deepEqual(option.read(option.default).value, option.default, name);
    assert.equal(option.read(option.default).problem, undefined, name);
  }
});

test('a mapping keeps names that objects have anyway', () => {
  const read = mapOf('', '', text(), text()).read(JSON.parse('{"__proto__":"x"}'));
  assert.deepEqual(Object.entries(read.value ?? {}), [['__proto__', 'x']]);
});

test('schemas say what the readers take', () => {
  assert.deepEqual(made['colour']?.schema, { type: 'string', enum: ['red', 'green', 'blue'] });
  assert.deepEqual(made['strict']?.schema, { type: 'boolean' });
  assert.deepEqual(made['hosts']?.schema, { type: 'array', items: { type: 'string', pattern: '^[a-z.]+$' } });
  assert.deepEqual(made['names']?.schema, { type: 'object', additionalProperties: { type: 'string' } });
  const paths = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] };
  assert.deepEqual(made['paths']?.schema, {
    type: 'object',
    additionalProperties: false,
    properties: { a: paths, b: paths },
  });
});

test('a mapping of options: defaults for what is missing or wrong, sentences for what is wrong', () => {
  const options = { colour, strict: flag('') };
  const { values, problems } = readOptions(options, { colour: 'bleu', strict: null, other: 1 }, 'x.');
  assert.deepEqual(values, { colour: 'red', strict: false });
  assert.deepEqual(problems, ['x.colour must be red, green or blue. Did you mean blue?']);
  for (const junk of [null, 'x', 1, []]) assert.deepEqual(readOptions(options, junk, '').problems, []);
  // The names of an object's own methods are not values.
  assert.deepEqual(readOptions({ constructor: colour }, {}, '').values, { constructor: 'red' });
});

test('a rule sees its options by their types', () => {
  const rule = defineRule({
    id: 'painted-wrong',
    summary: 'Painted in another colour',
    category: 'style',
    severity: 'hint',
    fix: 'none',
    since: 'next',
    alsoKnownAs: [],
    options: {
      colour,
      hosts: listOf('The hosts.', 'a list of hosts', host),
      packageCache: sharedOptions.packageCache,
    },
    *check({ options }) {
      const typed: readonly ['red' | 'green' | 'blue', readonly string[], 'either' | 'mount'] = [
        options.colour,
        options.hosts,
        options.packageCache,
      ];
      // @ts-expect-error there is no such colour
      const wrong = options.colour === 'violet';
      // @ts-expect-error there is no such option
      yield { at: { start: 0, end: 0 }, message: [...typed, wrong, options.other].join(' ') };
    },
  });
  assert.deepEqual(describeOptions(rule), [
    '## Options',
    '',
    '### colour',
    '',
    'The colour. Default: `red`.',
    '',
    'In `.drydock.yaml`:',
    '',
    '```yaml',
    'rules:',
    '  painted-wrong: { colour: green }',
    '```',
    '',
    '### hosts',
    '',
    'The hosts. Default: `[]`.',
    '',
    'In `.drydock.yaml`:',
    '',
    '```yaml',
    'rules:',
    '  painted-wrong: { hosts: [] }',
    '```',
    '',
    '### packageCache',
    '',
    `${sharedOptions.packageCache.description} Default: \`either\`.`,
    '',
    '| Value | Meaning |',
    '| --- | --- |',
    ...[...(sharedOptions.packageCache.choices ?? [])].map(
      ([value, meaning]) => `| \`${value}\` | ${meaning} |`,
    ),
    '',
    'In `.drydock.yaml`, for every rule that reads it:',
    '',
    '```yaml',
    'packageCache: mount',
    '```',
    '',
  ]);
});

test('a page names the key of hadolint, and a rule without options has no such part', () => {
  const strict = flag('Be strict.', false, { hadolint: 'strict-labels' });
  assert.ok(
    describeOptions({ id: 'x', options: { strict } }).includes(
      'Drydock also reads `strict-labels` in `.hadolint.yaml`.',
    ),
  );
  assert.deepEqual(describeOptions({ id: 'x' }), []);
});
