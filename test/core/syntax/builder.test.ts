import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instruction } from '../../../server/src/core/syntax/nodes';
import { parse } from '../../../server/src/core/syntax/parse';
import { TextFile } from '../../../server/src/core/text/document';
import { builderVectors } from './builder-vectors';

/** What the builder hands on for an instruction, in the notation of the vectors. */
function values(instruction: Instruction): readonly string[] {
  const { keyword, json, words, pairs, line, argumentsLogical: at } = instruction;
  const argument = line.text.slice(at.start, at.end);
  const strings = json?.map(({ value }) => value);
  switch (keyword) {
    case 'ENV':
    case 'LABEL':
      return pairs.flatMap(({ key, value }) => [key.raw, value?.raw ?? '']);
    case 'CMD':
    case 'ENTRYPOINT':
    case 'RUN':
    case 'SHELL':
      return strings ?? (argument ? [argument] : []);
    case 'HEALTHCHECK': {
      const form = words[0]?.raw;
      const rest = argument.slice(form?.length).trim();
      return form === undefined ? [] : [form, ...(strings ?? (rest ? [rest] : []))];
    }
    case 'ADD':
    case 'ARG':
    case 'COPY':
    case 'EXPOSE':
    case 'FROM':
    case 'MAINTAINER':
    case 'STOPSIGNAL':
    case 'USER':
    case 'VOLUME':
    case 'WORKDIR':
      return strings ?? words.map(({ raw }) => raw);
    case 'ONBUILD':
      return [];
    default:
      return [''];
  }
}

function describe(instruction: Instruction, file: TextFile): readonly string[] {
  const first = file.lineAt(instruction.span.start) + 1;
  const last = file.lineAt(instruction.span.end) + 1;
  const chain: string[] = [];
  let inner = instruction;
  for (let each: Instruction | undefined = instruction; each; each = each.trigger) {
    inner = each;
    const flags = each.flags.map(({ name, value }) => ` --${name}${value ? `=${value.value}` : ''}`);
    chain.push(each.keyword + flags.join(''));
  }
  return [
    `${first === last ? first : `${first}-${last}`} ${chain.join(' > ')}${inner.json ? ' json' : ''}`,
    ...values(inner),
    ...instruction.heredocs.map(
      ({ name, expand, stripTabs, content }) =>
        `<<${stripTabs ? '-' : ''}${expand ? name : `'${name}'`}\n${content}`,
    ),
  ];
}

for (const { title, text, instructions } of builderVectors) {
  test(`as the builder reads it: ${title}`, () => {
    const file = new TextFile(text);
    assert.deepEqual(
      parse(text).instructions.map((instruction) => describe(instruction, file)),
      instructions,
    );
  });
}
