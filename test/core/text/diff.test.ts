import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diff } from '../../../server/src/core/text/diff';
import { applyEdits } from '../../../server/src/core/text/edit';

function random(seed: number): () => number {
  return () => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return seed / 0x7fffffff;
  };
}

test('edits turn one text into the other and touch no more lines than needed', () => {
  const cases: readonly [string, string, number][] = [
    ['a\nb\nc\n', 'a\nb\nc\n', 0],
    ['a\nb\nc\n', 'a\nx\nc\n', 1],
    ['a\nb\nc\n', 'a\nc\n', 1],
    ['a\nb\nc\nd\ne\n', 'A\nb\nc\nd\nE\n', 2],
    ['', 'x', 1],
    ['x\r\ny\r\n', 'x\r\nz\r\n', 1],
    ['a\nb', 'a\nb\nc', 1],
  ];
  for (const [before, after, count] of cases) {
    const edits = diff(before, after);
    assert.equal(edits.length, count, JSON.stringify([before, after, edits]));
    assert.equal(applyEdits(before, edits), after);
  }
});

test('an inserted word is the only text replaced', () => {
  assert.deepEqual(diff('RUN apk add curl\n', 'RUN apk add --no-cache curl\n'), [
    { start: 12, end: 12, text: '--no-cache ' },
  ]);
});

test('random edits round trip', () => {
  const next = random(7);
  for (let run = 0; run < 400; run += 1) {
    const lines = Array.from(
      { length: Math.floor(next() * 30) },
      () => 'abcd'[Math.floor(next() * 4)] + '\n',
    );
    const changed = lines.flatMap((line) => {
      const dice = next();
      return dice < 0.15 ? [] : dice < 0.3 ? [line, 'new\n'] : dice < 0.45 ? ['other\n'] : [line];
    });
    const before = lines.join('');
    const after = changed.join('');
    assert.equal(applyEdits(before, diff(before, after)), after);
  }
});
