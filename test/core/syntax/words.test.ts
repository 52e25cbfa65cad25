import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instruction, VariableReference, Word } from '../../../server/src/core/syntax/nodes';
import { parse } from '../../../server/src/core/syntax/parse';
import { mark, parseMarked } from '../../harness/marked';

function only(text: string): Instruction {
  const instructions = parse(text).instructions;
  assert.equal(instructions.length, 1);
  return instructions[0] as Instruction;
}

// What is left of a word when quotes and escapes are gone; the same as the builder's own word expansion gives.
const values: readonly (readonly [string, string])[] = [
  ['abc', 'abc'],
  ['"a"', 'a'],
  ["'a'", 'a'],
  ['a"b"c\'d\'', 'abcd'],
  ['""', ''],
  ['\\a', 'a'],
  ['C:\\app', 'C:app'],
  ['C:\\\\app', 'C:\\app'],
  ['"\\a"', '\\a'],
  ['"\\""', '"'],
  ['"\\\\"', '\\'],
  ['"\\$x"', '$x'],
  ["'\\a'", '\\a'],
  ['\\"a\\"', '"a"'],
  ['"it\'s"', "it's"],
  ["'\"'", '"'],
  ['$x', '$x'],
  ['"${x:-"y"}"', '${x:-"y"}'],
  ["a'$x'b", 'a$xb'],
  ['\\$x', '$x'],
  ['a\\', 'a'],
  ['é"😀"', 'é😀'],
];

for (const [raw, value] of values) {
  test(`value of ${raw}`, () => {
    const [word] = only(`COPY ${raw}\u000bx`).words;
    assert.deepEqual([word?.raw, word?.value], [raw, value]);
  });
}

test('with the backtick as escape character a backslash is an ordinary one', () => {
  const { instructions } = parse('# escape=`\nWORKDIR C:\\app\nENV a="`"b`c" d=`e `f=\\');
  assert.equal(instructions[0]?.words[0]?.value, 'C:\\app');
  assert.deepEqual(
    instructions[1]?.pairs.map(({ value }) => value?.value),
    ['"b`c', 'e', '\\'],
  );
});

test('a quote that is never closed takes the rest of the word and leaves it a value', () => {
  const [pair] = only('ENV a=b"c d\\"').pairs;
  assert.equal(pair?.value?.value, 'bc d"');
  assert.equal(only("RUN 'a b").words[0]?.value, 'a b');
});

interface Reference {
  readonly name: string;
  readonly modifier?: string;
  readonly operand?: string;
  readonly nested?: readonly Reference[];
}

function simplify(references: readonly VariableReference[]): readonly Reference[] {
  return references.map(({ name, modifier, operand, nested }) => ({
    name,
    ...(modifier === undefined ? {} : { modifier }),
    ...(operand === undefined ? {} : { operand }),
    ...(nested.length === 0 ? {} : { nested: simplify(nested) }),
  }));
}

// The marks stand around each reference, nested ones too.
const references: readonly (readonly [string, readonly Reference[]])[] = [
  ['«$a»', [{ name: 'a' }]],
  ['x«$a_1»-«${b}»y', [{ name: 'a_1' }, { name: 'b' }]],
  ['«${a:-b}»', [{ name: 'a', modifier: ':-', operand: 'b' }]],
  ['«${a-}»', [{ name: 'a', modifier: '-', operand: '' }]],
  ['«${a:+b}»', [{ name: 'a', modifier: ':+', operand: 'b' }]],
  ['«${a+b}»', [{ name: 'a', modifier: '+', operand: 'b' }]],
  ['«${a:?b}»', [{ name: 'a', modifier: ':?', operand: 'b' }]],
  ['«${a?b}»', [{ name: 'a', modifier: '?', operand: 'b' }]],
  ['«${a#b}»', [{ name: 'a', modifier: '#', operand: 'b' }]],
  ['«${a##b}»', [{ name: 'a', modifier: '##', operand: 'b' }]],
  ['«${a%b}»', [{ name: 'a', modifier: '%', operand: 'b' }]],
  ['«${a%%b}»', [{ name: 'a', modifier: '%%', operand: 'b' }]],
  ['«${a/b/c}»', [{ name: 'a', modifier: '/', operand: 'b/c' }]],
  ['«${a//b/c}»', [{ name: 'a', modifier: '//', operand: 'b/c' }]],
  ['«${a^^}»', [{ name: 'a', modifier: '^', operand: '^' }]],
  ['«${a:5}»', [{ name: 'a', modifier: ':5', operand: '' }]],
  [
    '«${a:-«${b:-«$c»}»}»d',
    [
      {
        name: 'a',
        modifier: ':-',
        operand: '${b:-$c}',
        nested: [{ name: 'b', modifier: ':-', operand: '$c', nested: [{ name: 'c' }] }],
      },
    ],
  ],
  [
    '«${a/«$b»/«$c»}»',
    [{ name: 'a', modifier: '/', operand: '$b/$c', nested: [{ name: 'b' }, { name: 'c' }] }],
  ],
  ["«${a:-'}$b'}»", [{ name: 'a', modifier: ':-', operand: "'}$b'" }]],
  ['«${a:-"}«$b»"}»', [{ name: 'a', modifier: ':-', operand: '"}$b"', nested: [{ name: 'b' }] }]],
  ['«${a:-\\}}»', [{ name: 'a', modifier: ':-', operand: '\\}' }]],
  ['"«$a»"', [{ name: 'a' }]],
  ['"\'«$a»\'"', [{ name: 'a' }]],
  ["'$a'", []],
  ["'\"'«$a»'\"'", [{ name: 'a' }]],
  ['\\$a', []],
  ['"\\$a"', []],
  ['\\\\«$a»', [{ name: 'a' }]],
  ['$', []],
  ['$(a)', []],
  ['a$.b', []],
  ['«$10»a', [{ name: '10' }]],
  ['«$@»«$?»a', [{ name: '@' }, { name: '?' }]],
  ['«$é»', [{ name: 'é' }]],
];

for (const [marked, wanted] of references) {
  test(`references in ${marked}`, () => {
    const { text } = parseMarked(`ARG a=${marked}`);
    const [pair] = only(text).pairs;
    const found = pair?.value?.variables ?? [];
    assert.deepEqual(simplify(found), wanted);
    const all = (list: readonly VariableReference[]): readonly VariableReference[] =>
      list.flatMap((reference) => [reference, ...all(reference.nested)]);
    const flat = all(found);
    assert.equal(
      mark(
        text,
        flat.map(({ span }) => span),
      ),
      `ARG a=${marked}`,
    );
    for (const { name, nameSpan } of flat) assert.equal(text.slice(nameSpan.start, nameSpan.end), name);
  });
}

test('references keep their place over a continuation', () => {
  const marked = 'ENV a=«$b\\\nc»/«${d:-\\\ne}»';
  const { text } = parseMarked(marked);
  const [pair] = only(text).pairs;
  const found = pair?.value?.variables ?? [];
  assert.deepEqual(
    found.map(({ name, operand }) => [name, operand]),
    [
      ['bc', undefined],
      ['d', 'e'],
    ],
  );
  assert.equal(
    mark(
      text,
      found.map(({ span }) => span),
    ),
    marked,
  );
});

test('which instructions have references, and where', () => {
  const names = (words: readonly (Word | undefined)[]): string =>
    words.flatMap((word) => word?.variables.map(({ name }) => name) ?? []).join();
  for (const line of ['FROM', 'ADD', 'COPY', 'VOLUME', 'EXPOSE', 'USER', 'WORKDIR', 'STOPSIGNAL']) {
    assert.equal(names(only(`${line} $a "$b" '$c'`).words), 'a,b', line);
  }
  for (const line of [
    'RUN',
    'CMD',
    'ENTRYPOINT',
    'SHELL',
    'HEALTHCHECK CMD',
    'MAINTAINER',
    'ONBUILD RUN',
    'FOO',
  ]) {
    assert.equal(names(only(`${line} $a "$b"`).words), '', line);
  }
  assert.equal(names(only('ONBUILD COPY $a $b').trigger?.words ?? []), 'a,b');
  assert.equal(names(only('COPY ["$a", "${b}"]').words), 'a,b');
  for (const line of ['ENV', 'LABEL', 'ARG']) {
    const { words, pairs } = only(`${line} $k=$a d="$b"`);
    assert.equal(names(words), 'k,a,b', line);
    assert.equal(names(pairs.flatMap(({ key, value }) => [key, value])), 'k,a,b', line);
  }
  const { words, pairs } = only('ENV k $a "$b"');
  assert.equal(names(words), 'a,b');
  assert.equal(names([pairs[0]?.value]), 'a,b');
});

test('quotes leave flags before references are looked for', () => {
  const marked = 'RUN --mount=\'id=«$a»\',"target=«${b:-«$c»}»" --x=\\«$d» y';
  const { text } = parseMarked(marked);
  const { flags } = only(text);
  assert.deepEqual(
    flags.map(({ value }) => value?.value),
    ['id=$a,target=${b:-$c}', '$d'],
  );
  const found = flags.flatMap(({ value }) => value?.variables ?? []);
  assert.equal(
    mark(
      text,
      found.flatMap(({ span, nested }) => [span, ...nested.map((inner) => inner.span)]),
    ),
    marked,
  );
});

test('words of pairs and of what a shell reads are the same each time', () => {
  const { instructions } = parse('RUN a b\nENV a=b c="d"\nENV a b');
  for (const instruction of instructions) {
    assert.equal(instruction.words.length, 2);
    assert.equal(instruction.words, instruction.words);
  }
  assert.deepEqual(
    instructions[1]?.words.map(({ raw, value }) => [raw, value]),
    [
      ['a=b', 'a=b'],
      ['c="d"', 'c=d'],
    ],
  );
});

test('a pair may lack its value', () => {
  const pairs = (text: string): readonly (readonly (string | boolean | undefined)[])[] =>
    only(text).pairs.map(({ key, value, legacy }) => [key.value, value?.value, legacy]);
  assert.deepEqual(pairs('ARG a b= c=d "e"'), [
    ['a', undefined, false],
    ['b', '', false],
    ['c', 'd', false],
    ['e', undefined, false],
  ]);
  assert.deepEqual(pairs('ENV a'), [['a', undefined, true]]);
  assert.deepEqual(pairs('ENV a=b c'), [
    ['a', 'b', false],
    ['c', undefined, false],
  ]);
  assert.deepEqual(pairs('LABEL a b=c'), [['a', 'b=c', true]]);
  assert.deepEqual(pairs('ENV'), []);
});

test('options of a mount', () => {
  const { flags } = only(
    'RUN --mount=type=cache,TARGET=/a=b,ro --mount=\'"id=x,y","a""b=c",\' --mount= --other=a=b,c x',
  );
  assert.deepEqual(
    flags.map(({ options }) => options.map(({ key, value }) => [key, value])),
    [
      [
        ['type', 'cache'],
        ['target', '/a=b'],
        ['ro', undefined],
      ],
      [
        ['id', 'x,y'],
        ['a"b', 'c'],
        ['', undefined],
      ],
      [],
      [],
    ],
  );
});
