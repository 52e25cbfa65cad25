// The expander that the other tests of snippets rest on, against the grammar VS Code documents.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { expandSnippet } from './expand';

/** Body, what it becomes, and the tab stops in their order. */
const bodies: readonly (readonly [string, string, readonly number[]])[] = [
  ['FROM a', 'FROM a', [0]],
  ['FROM $1:${2}', 'FROM :', [1, 2, 0]],
  ['${2:b} ${1:a} $0', 'b a ', [1, 2, 0]],
  // Places with the same number mirror each other, whichever of them has the text.
  ['/$1 ${1:app} /$1', '/app app /app', [1, 0]],
  ['${1:app} ${2:./cmd/$1} $2', 'app ./cmd/app ./cmd/app', [1, 2, 0]],
  ['${2:x/${1:y}/z}', 'x/y/z', [1, 2, 0]],
  ['v${1|1.27,1.26|}-$1', 'v1.27-1.27', [1, 0]],
  ['${1|a\\,b,c\\|d,e\\\\|}', 'a,b', [1, 0]],
  ['\\$A \\${B} \\\\', '$A ${B} \\', [0]],
  ['${1:a\\}b\\$c}', 'a}b$c', [1, 0]],
  // A dollar that begins nothing, and a backslash in front of something ordinary, stand for themselves.
  ['$( \\n 5$', '$( \\n 5$', [0]],
  ['${10:ten} ${9:nine}', 'ten nine', [9, 10, 0]],
];

suite('expanding a snippet', () => {
  for (const [body, text, stops] of bodies) {
    test(body, () => {
      const expanded = expandSnippet(body);
      assert.deepEqual([expanded.text, expanded.stops, expanded.variables], [text, stops, []]);
    });
  }

  test('what is typed replaces a placeholder and follows into those that hold it', () => {
    const body = '${1:app} ${2:./cmd/$1} ${3|a,b|} $2';
    const typed = (values: readonly (readonly [number, string])[]): string =>
      expandSnippet(body, new Map(values)).text;
    assert.equal(typed([[1, 'api']]), 'api ./cmd/api a ./cmd/api');
    assert.equal(
      typed([
        [2, '.'],
        [3, 'b'],
      ]),
      'app . b .',
    );
    assert.deepEqual(expandSnippet(body).choices, new Map([[3, ['a', 'b']]]));
  });

  test('what the editor would take for a variable of its own is told', () => {
    assert.deepEqual(expandSnippet('GOOS=$TARGETOS ${PATH}').variables, ['TARGETOS', 'PATH']);
  });

  test('a body that is not well-formed is refused', () => {
    for (const body of ['${1:a', '${1|a,b}', '${1:a} ${1:b}', '${-1}'])
      assert.throws(() => expandSnippet(body), body);
  });
});
