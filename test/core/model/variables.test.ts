import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Model } from '../../../server/src/core/model/model';
import { modelOf } from '../../harness/commands';

/** What each LABEL of the file says, expanded, in order; `?` for what is not known. */
function labels(text: string): string[] {
  const model = modelOf(text);
  return model.instructions
    .filter(({ keyword }) => keyword === 'LABEL')
    .flatMap((label) =>
      label.pairs.map(({ value }) => (value ? (model.expand(value, label) ?? '?') : 'no value')),
    );
}

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'a global ARG has to be declared again',
    'ARG V=1\nFROM scratch\nLABEL a=$V\nARG V\nLABEL a=$V',
    ['?', '1'],
  ],
  ['the default in the stage wins over the global one', 'ARG V=1\nFROM scratch\nARG V=2\nLABEL a=$V', ['2']],
  ['an ARG without any default is not known', 'FROM scratch\nARG V\nLABEL a=$V', ['?']],
  [
    'several names in one ARG are read from left to right',
    'FROM scratch\nARG A=1 B=${A}2 C=$D D=3\nLABEL a=$A b=$B c=$C d=$D',
    ['1', '12', '?', '3'],
  ],
  [
    'ENV reads the environment from before it',
    'FROM scratch\nENV A=1\nENV A=2 B=$A\nLABEL a=$A b=$B',
    ['2', '1'],
  ],
  ['old form', 'FROM scratch\nENV A one  "two"\nLABEL a=$A', ['one  two']],
  [
    'the last of ARG and ENV wins',
    'FROM scratch\nENV X=env\nARG X=arg\nLABEL a=$X\nENV X=again\nLABEL a=$X\nARG X\nLABEL a=$X',
    ['arg', 'again', 'again'],
  ],
  [
    'a child inherits ARG and ENV',
    'FROM scratch AS a\nARG A=1\nENV B=2\nFROM a\nLABEL a=$A$B\nFROM scratch\nLABEL a=$A',
    ['12', '?'],
  ],
  [
    'later changes of the parent count, later ones of a sibling do not',
    'FROM scratch AS a\nENV X=1\nENV X=2\nFROM a AS b\nENV X=3\nFROM a\nLABEL a=$X',
    ['2'],
  ],
  [
    'the platform is not known',
    'FROM scratch\nARG TARGETARCH\nLABEL a=${TARGETARCH:-amd64} b=${TARGETARCH:+x}',
    ['?', '?'],
  ],
  ['a default for the platform holds', 'FROM scratch\nARG TARGETARCH=arm64\nLABEL a=$TARGETARCH', ['arm64']],
  [
    'PATH is there, whatever it is',
    'FROM scratch\nLABEL a=$PATH b=${PATH+set} c=${PATH:-x}',
    ['?', 'set', '?'],
  ],
  [
    'an unknown base may set anything',
    'FROM somebody/image\nLABEL a=$X b=${X:-d}\nENV X=1\nLABEL a=$X',
    ['?', '?', '1'],
  ],
  [
    'a known base sets what it sets',
    'FROM golang:1.22\nLABEL a=$GOPATH b=$GOLANG_VERSION c=${FOO:-none}',
    ['/go', '?', 'none'],
  ],
  [
    'modifiers, set',
    'FROM scratch\nENV V=v\nLABEL a=${V:-d} b=${V-d} c=${V:+d} d=${V+d} e=${V:?d} f=${V?d}',
    ['v', 'v', 'd', 'd', 'v', 'v'],
  ],
  [
    'modifiers, empty',
    'FROM scratch\nENV V=""\nLABEL a=x${V:-d} b=x${V-d} c=x${V:+d} d=x${V+d} e=x${V:?d} f=x${V?d}',
    ['xd', 'x', 'x', 'xd', '?', 'x'],
  ],
  [
    'modifiers, unset',
    'FROM scratch\nARG V\nLABEL a=x${V:-d} b=x${V-d} c=x${V:+d} d=x${V+d} e=x${V:?d}',
    ['xd', 'xd', 'x', 'x', '?'],
  ],
  ['nested defaults', 'FROM scratch\nARG A\nENV B=b\nLABEL a=${A:-${A:-"$B-c"}}', ['b-c']],
  [
    'modifiers nobody computes',
    'FROM scratch\nENV V=a.b\nLABEL a=${V%.*} b=${V#*.} c=${V/a/b} d=${V^^}',
    ['?', '?', '?', '?'],
  ],
  [
    'quotes and escapes',
    `FROM scratch\nENV V=v\nLABEL a='$V' b="$V" c=\\$V d="\\$V\\x" e=$V'$V'"\\"$V"`,
    ['$V', 'v', '$V', '$V\\x', 'v$V"v'],
  ],
  ['the escape of the file', '# escape=`\nFROM scratch\nENV V=v\nLABEL a=`$V b=\\$V', ['$V', '\\v']],
  ['names end where they end', 'FROM scratch\nENV A=1 AB=2\nLABEL a=$A-$AB.$A/${A}B$', ['1-2.1/1B$']],
  ['case matters', 'FROM scratch\nENV a=1\nLABEL x=$A$a', ['?']],
  [
    'triggers of the parent have run before the child',
    'FROM scratch AS a\nONBUILD ENV X=1\nONBUILD ARG Y=$X\nENV X=0\nFROM a AS b\nLABEL a=$X$Y\nFROM b\nLABEL a=$X\nFROM scratch\nLABEL a=${X-gone}',
    ['11', '1', 'gone'],
  ],
];

for (const [name, text, expected] of cases) {
  test(name, () => assert.deepEqual(labels(text), expected));
}

test('FROM knows global ARGs alone', () => {
  const model = modelOf(`ARG A=1 B=\${A}2
ARG B
FROM image:$A-$B-\${C:-3}$D
ARG A=9
FROM image:$A\${B%2}
FROM image:\${TARGETARCH}`);
  const sources = model.stages.map(({ from }) =>
    from?.words[0] ? model.expand(from.words[0], from) : 'none',
  );
  assert.deepEqual(sources, [undefined, undefined, undefined]);
  const first = model.stages[0]?.from;
  assert.ok(first?.words[0]);
  assert.equal(model.expansion(first.words[0], first, '').text, 'image:1-12-3');
});

function overridable(model: Model): (boolean | undefined)[] {
  const label = model.instructions.find(({ keyword }) => keyword === 'LABEL');
  return label ? label.pairs.map(({ value }) => value && model.expansion(value, label).overridable) : [];
}

test('a value that rests on an ARG says so, also through ENV', () => {
  const model = modelOf(`ARG G=1
FROM scratch
ARG G
ARG A=1
ENV E=1 F=$A
LABEL a=$A e=$E f=$F g=$G p=plain u=\${A:-x}`);
  assert.deepEqual(overridable(model), [true, false, true, true, false, true]);
});

test('what is declared, by whom, and since when', () => {
  const model = modelOf(`ARG G
FROM scratch AS a
ENV E=1
RUN true
FROM somebody/image
ARG A
RUN true
FROM python:3.13
RUN true`);
  const [arg, from, env, inScratch, , , inUnknown, , inPython] = model.file.instructions;
  assert.ok(arg && from && env && inScratch && inUnknown && inPython);
  assert.equal(model.isDeclared('G', arg), false);
  assert.equal(model.isDeclared('G', from), true);
  assert.equal(model.isDeclared('TARGETARCH', from), true);
  assert.equal(model.isDeclared('TARGETARCH', inScratch), false);
  assert.equal(model.isDeclared('E', env), false);
  assert.equal(model.isDeclared('E', inScratch), true);
  assert.equal(model.isDeclared('G', inScratch), false);
  assert.equal(model.isDeclared('PATH', inScratch), true);
  assert.equal(model.isDeclared('A', inUnknown), true);
  assert.equal(model.isDeclared('E', inUnknown), undefined);
  assert.equal(model.isDeclared('PYTHON_VERSION', inPython), true);
  assert.equal(model.isDeclared('PYTHON_VERSOIN', inPython), false);
});

test('maps of an environment hold what is in force there', () => {
  const model = modelOf('FROM scratch AS a\nENV A=1\nARG B=2\nFROM a\nENV C=$A$U\nARG D\nARG A=3\nRUN true');
  const [run] = model.instructions.filter(({ keyword }) => keyword === 'RUN');
  assert.ok(run);
  const { env, args, variables } = model.environmentAt(run);
  const sorted = (map: ReadonlyMap<string, unknown>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  assert.deepEqual(sorted(env), [
    ['A', '1'],
    ['C', undefined],
  ]);
  assert.deepEqual(sorted(args), [
    ['A', '3'],
    ['B', '2'],
    ['D', undefined],
  ]);
  assert.equal(variables.size, 4);
  assert.equal(variables.get('A')?.kind, 'arg');
  assert.deepEqual([env.has('B'), args.has('B'), env.size, [...args.keys()].length], [false, true, 2, 3]);
});

test('values that double with every line end as unknown', () => {
  const text = `FROM scratch\nENV A=0123456789\n${'ENV A=$A$A\n'.repeat(60)}LABEL a=$A b=\${A+set}`;
  assert.deepEqual(labels(text), ['?', 'set']);
});
