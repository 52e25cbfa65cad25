import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseChallenges } from '../../server/src/io/registry/auth/challenge';

type Expected = readonly (readonly [scheme: string, params: Readonly<Record<string, string>>])[];

/** Every line is one that a registry sends, or one that a parser was seen to fail on. */
const table: readonly (readonly [what: string, lines: readonly string[], expected: Expected])[] = [
  [
    'Docker Hub',
    [
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/python:pull"',
    ],
    [
      [
        'bearer',
        {
          realm: 'https://auth.docker.io/token',
          service: 'registry.docker.io',
          scope: 'repository:library/python:pull',
        },
      ],
    ],
  ],
  [
    'two header lines',
    ['Basic realm="a"', 'Bearer realm="https://b/t"'],
    [
      ['basic', { realm: 'a' }],
      ['bearer', { realm: 'https://b/t' }],
    ],
  ],
  [
    'two challenges in one line (Forgejo)',
    [
      'Bearer realm="https://c/v2/token",service="container_registry",scope="*",Basic realm="https://c/v2",service="container_registry",scope="*"',
    ],
    [
      ['bearer', { realm: 'https://c/v2/token', service: 'container_registry', scope: '*' }],
      ['basic', { realm: 'https://c/v2', service: 'container_registry', scope: '*' }],
    ],
  ],
  [
    'commas inside quotes',
    ['Bearer scope="repository:a:pull,push",realm="x, y"'],
    [['bearer', { scope: 'repository:a:pull,push', realm: 'x, y' }]],
  ],
  [
    'scope first, lower case scheme, capital names',
    ['bearer Scope="s",Realm="https://r"'],
    [['bearer', { scope: 's', realm: 'https://r' }]],
  ],
  [
    'blanks round commas and equals',
    ['Bearer realm = "https://r" ,\tservice= "s" , scope ="x"'],
    [['bearer', { realm: 'https://r', service: 's', scope: 'x' }]],
  ],
  [
    'unquoted values',
    ['Bearer realm=https://r/token?a=b,service=reg.example'],
    [['bearer', { realm: 'https://r/token?a=b', service: 'reg.example' }]],
  ],
  ['escaped quotes', ['Basic realm="a \\"b\\" \\\\c"'], [['basic', { realm: 'a "b" \\c' }]]],
  [
    'a parameter twice: the first counts',
    ['Bearer realm="https://good",realm="https://evil"'],
    [['bearer', { realm: 'https://good' }]],
  ],
  ['a scheme alone', ['Negotiate'], [['negotiate', {}]]],
  [
    'a scheme alone before another',
    ['Negotiate, Basic realm="r"'],
    [
      ['negotiate', {}],
      ['basic', { realm: 'r' }],
    ],
  ],
  [
    'a word with padding',
    ['Negotiate YIIB6g==, Bearer realm="https://r"'],
    [
      ['negotiate', {}],
      ['bearer', { realm: 'https://r' }],
    ],
  ],
  ['empty list elements', [', ,Basic realm="r", ,'], [['basic', { realm: 'r' }]]],
  ['a comma behind the scheme', ['Bearer ,realm="https://r"'], [['bearer', { realm: 'https://r' }]]],
  [
    'an error beside',
    ['Bearer realm="https://r",error="insufficient_scope"'],
    [['bearer', { realm: 'https://r', error: 'insufficient_scope' }]],
  ],
  ['an unclosed quote', ['Bearer realm="https://r'], [['bearer', { realm: 'https://r' }]]],
  ['no value', ['Bearer realm='], [['bearer', {}]]],
  ['parameters without a scheme', ['realm="y", service=x'], []],
  ['nothing', ['', '   ', ',,,'], []],
  ['not a header', ['"\\'], []],
];

for (const [what, lines, expected] of table) {
  test(`challenges: ${what}`, () => {
    const read = parseChallenges(lines).map(({ scheme, params }) => [scheme, Object.fromEntries(params)]);
    assert.deepEqual(read, expected);
  });
}

test('challenges: any text is read, and in linear time', () => {
  const pieces = ['Bearer', ' ', ',', '=', '"', '\\', 'realm', 'a', '\t', '====', '\u0000', 'é'];
  let seed = 7;
  for (let round = 0; round < 2_000; round++) {
    let line = '';
    for (let i = 0; i < 12; i++) {
      seed = (seed * 1_103_515_245 + 12_345) & 0x7fff_ffff;
      line += pieces[seed % pieces.length];
    }
    for (const { scheme } of parseChallenges([line])) assert.match(scheme, /^[!-~]+$/);
  }
  // Quadratic reading of these would take minutes.
  for (const unit of ['"', 'a ', 'a=', 'a="', '\\', ', ', 'Bearer a=b,'])
    parseChallenges([unit.repeat(50_000)]);
});
