// Scripts with the same text share what the parser made of it, and nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildModel } from '../../../server/src/core/model/model';
import type { Model } from '../../../server/src/core/model/model';
import { parse } from '../../../server/src/core/syntax/parse';
import { TextFile } from '../../../server/src/core/text/document';
import { mark, parseMarked } from '../../harness/marked';

function modelOf(text: string): Model {
  return buildModel(parse(text), new TextFile(text));
}

/** The text with every word of every command marked. */
function words({ commands }: Model, text: string): string {
  return mark(
    text,
    commands.flatMap((command) => command.words.map(({ span }) => span)),
  );
}

test('words of equal scripts keep their own places', () => {
  const source =
    'FROM debian:12\nRUN «apt-get» «install» «x»\nRUN «apt-get» «install» «x»\nRUN A=b «c» >d\nRUN A=b «c» >d\n';
  const { text } = parseMarked(source);
  assert.equal(words(modelOf(text), text), source);
});

test('a later file does not move the words of an earlier one', () => {
  const first = 'FROM debian:12\nRUN apt-get install x\n';
  const model = modelOf(first);
  const before = words(model, first);
  const second = `# much further down\n${first}`;
  words(modelOf(second), second);
  assert.equal(words(model, first), before);
});
