import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../../server/src/core/syntax/parse';
import { mark, parseMarked } from '../../harness/marked';

// Marks stand around name and value of each directive; then the values, and what else is left.
interface Row {
  readonly marked: string;
  readonly found: readonly (readonly [name: string, value: string])[];
  readonly comments?: number;
  readonly instructions?: number;
}

const rows: readonly Row[] = [
  { marked: '# «syntax»=«docker/dockerfile:1»\nFROM a', found: [['syntax', 'docker/dockerfile:1']] },
  {
    marked: '#«SYNTAX» = «a b c» \t\r\n#«check»=«skip=all;error=true»\r\n# «Escape»\t=\t«`»\r\nFROM a',
    found: [
      ['syntax', 'a b c'],
      ['check', 'skip=all;error=true'],
      ['escape', '`'],
    ],
  },
  { marked: '\ufeff# «syntax»=«x»\nFROM a', found: [['syntax', 'x']] },
  {
    marked: '#!/usr/bin/x\n# «syntax»=«x»\n# escape=`\n# «check»=«y»\nFROM a',
    found: [
      ['syntax', 'x'],
      ['check', 'y'],
    ],
    comments: 2,
  },
  { marked: '#!x\n# «syntax»=«x»\n# syntax=y\n# check=z\nFROM a', found: [['syntax', 'x']], comments: 3 },
  { marked: ' #!x\n# syntax=x\nFROM a', found: [], comments: 2 },
  { marked: '# note\n# syntax=x\nFROM a', found: [], comments: 2 },
  { marked: '\n# syntax=x\nFROM a', found: [], comments: 1 },
  { marked: 'FROM a\n# syntax=x\n', found: [], comments: 1 },
  { marked: '# «syntax»=«x»\n# other=y\n# check=z\nFROM a', found: [['syntax', 'x']], comments: 2 },
  { marked: '# syntax:x\n# check=z\nFROM a', found: [], comments: 2 },
  { marked: '# syntax=\n# check=z\nFROM a', found: [], comments: 2 },
  { marked: '# «syntax»= «»\nFROM a', found: [['syntax', '']] },
  { marked: '# sy ntax=x\nFROM a', found: [], comments: 1 },
  // Only the escape character is found on an indented line; the others are looked for in the first column.
  { marked: ' # syntax=x\n# check=y\n # «escape»=«`»\nFROM a', found: [['escape', '`']], comments: 2 },
  { marked: '// «syntax»=«x y»\nFROM a', found: [['syntax', 'x y']] },
  { marked: '#!z\n// «syntax»=«x»\nFROM a', found: [['syntax', 'x']], comments: 1 },
  { marked: '// check=x\nFROM a', found: [], instructions: 2 },
  { marked: '# «check»=«x»\n// syntax=y\nFROM a', found: [['check', 'x']], instructions: 2 },
  { marked: '{ "a": {"syntax": "b"},\n "«syntax»": "«x:1»" }', found: [['syntax', 'x:1']], instructions: 0 },
  {
    marked: '#!z\n{"syntax": "a", "«s\\u0079ntax»": "«b\\"»"}\n',
    found: [['syntax', 'b"']],
    instructions: 0,
  },
  { marked: '{"a": ["syntax", "b"], "c": "syntax"}', found: [] },
  { marked: '{"syntax": 1}', found: [] },
  { marked: '{"syntax": "x"', found: [] },
];

for (const { marked, found, comments = 0, instructions = 1 } of rows) {
  test(`directives of ${JSON.stringify(marked)}`, () => {
    const { text } = parseMarked(marked);
    const file = parse(text);
    assert.deepEqual(
      file.directives.map(({ name, value }) => [name, value]),
      found,
    );
    assert.equal(
      mark(
        text,
        file.directives.flatMap(({ nameSpan, valueSpan }) => [nameSpan, valueSpan]),
      ),
      marked,
    );
    assert.equal(file.comments.length, comments);
    assert.equal(file.instructions.length, instructions);
    for (const { span, nameSpan, valueSpan } of file.directives) {
      assert.ok(span.start < nameSpan.start && valueSpan.end <= span.end);
    }
  });
}

test('a directive knows how it is written', () => {
  const forms = ['# syntax=a', '// syntax=a', '{"syntax":"a"}'].map(
    (text) => parse(text).directives[0]?.form,
  );
  assert.deepEqual(forms, ['hash', 'slashes', 'json']);
});

test('the first escape directive is the one in force', () => {
  assert.equal(parse('FROM a').escape, '\\');
  assert.equal(parse('# escape=`\nFROM a').escape, '`');
  assert.equal(parse('# escape=\\\n# escape=`\nFROM a').escape, '\\');
  assert.equal(parse('# escape=x\nFROM a').escape, '\\');
});
