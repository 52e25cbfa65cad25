import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromDocument, toDocument, toDocumentSpan } from '../../../server/src/core/syntax/logical-line';
import type { LogicalLine } from '../../../server/src/core/syntax/nodes';
import { parse } from '../../../server/src/core/syntax/parse';
import { mark, parseMarked } from '../../harness/marked';

function lineOf(text: string): LogicalLine {
  const [instruction] = parse(text).instructions;
  assert.ok(instruction);
  return instruction.line;
}

// The text of the joined line, and the document with marks around each piece that is kept.
const joins: readonly (readonly [string, string])[] = [
  ['RUN a', '  «RUN a»\n'],
  ['RUN a  b', '«RUN a »\\\n« b»\n'],
  ['RUN ab c', '«RUN a»\\\r\n  # x \\\r\n\r\n«b »\\ \t\r\n«c»\r\n'],
  ['RUN a', '«RUN a»\\\n\\\n'],
  ['RUN a', '\\\n \n«RUN a»'],
  ['', '«»\\\n\n'],
  ['RUN a \\b', '# escape=`\n«RUN a »`\n«\\b»'],
  ['RUN a\\\\', '«RUN a\\\\»\nRUN b'],
];

for (const [joined, marked] of joins) {
  test(`joins ${JSON.stringify(marked)}`, () => {
    const { text } = parseMarked(marked);
    const line = lineOf(text);
    assert.equal(line.text, joined);
    const pieces = line.segments.map(({ document, length }) => ({ start: document, end: document + length }));
    assert.equal(mark(text, pieces), marked);
  });
}

const sample = '# c\n  RUN apt-\\\nget \\\n# d\n\n  update \\\n é😀 <<E\nbody\nE\nCMD x\n';

test('every character of the joined line stands where it is said to', () => {
  const line = lineOf(sample);
  for (let at = 0; at < line.text.length; at += 1) {
    const place = toDocument(line, at);
    assert.equal(sample[place], line.text[at], `at ${at}`);
    assert.equal(fromDocument(line, place), at);
  }
});

test('a span ends behind its last character, however the line goes on', () => {
  const line = lineOf(sample);
  const { text, spans } = parseMarked(
    '# c\n  RUN «apt-\\\nget» \\\n# d\n\n  «update» \\\n «é😀» <<E\nbody\nE\nCMD x\n',
  );
  assert.equal(text, sample);
  for (const [i, word] of ['apt-get', 'update', 'é😀'].entries()) {
    const start = line.text.indexOf(word);
    assert.deepEqual(toDocumentSpan(line, { start, end: start + word.length }), spans[i]);
  }
  const upToJoin = line.text.indexOf('apt-') + 4;
  const piece = toDocumentSpan(line, { start: upToJoin - 1, end: upToJoin });
  assert.equal(sample.slice(piece.start, piece.end), '-');
});

test('an empty span clings to the character in front of it', () => {
  const { text, cursors } = parseMarked('RUN ab‸\\\n  c');
  const line = lineOf(text);
  assert.deepEqual(toDocumentSpan(line, { start: 6, end: 6 }), { start: cursors[0], end: cursors[0] });
  assert.deepEqual(toDocumentSpan(line, { start: 0, end: 0 }), { start: 0, end: 0 });
});

test('what the builder drops stands at the end of the piece in front of it', () => {
  const { text, cursors } = parseMarked('#‸ x\nRUN a \\‸\n #‸ c\n‸\n b <<E\nbo‸dy\nE\nCM‸D');
  const line = lineOf(text);
  const joint = 'RUN a '.length;
  const end = line.text.length;
  assert.deepEqual(
    cursors.map((cursor) => fromDocument(line, cursor)),
    [0, joint, joint, joint, end, end],
  );
  assert.equal(fromDocument(line, text.indexOf('\\')), joint);
});
