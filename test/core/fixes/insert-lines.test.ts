// A file may end while its last instruction goes on, as it does while one types: lines put behind that would
// become part of the instruction.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../../server/src/core/lint/config';
import type { ContextFacts, Facts } from '../../../server/src/core/lint/facts';
import { lint, rules } from '../../../server/src/linter';
import { readExamples } from '../../harness/examples';
import { parseMarked } from '../../harness/marked';

const config = { ...defaultConfig, allRules: true };

const steps = 'FROM debian:12\nCOPY a /a\nEXPOSE 8080\nENTRYPOINT ["/a"]\nRUN echo a';
const python = 'FROM python:3.13-slim\nCOPY . .\nRUN pip install -r requirements.txt';
const copy = 'FROM node:22\nWORKDIR /app\nCOPY . .';
const context: ContextFacts = {
  entries: ['package.json', 'requirements.txt', 'src/'],
  ignoreFile: undefined,
  dockerfile: 'Dockerfile',
};

for (const [name, ending] of [
  ['an escape character', ' \\\n'],
  ['an escape character without an end of line', ' \\'],
  ['an escape character and blanks', ' \\ \t\r\n'],
  ['an escape character with a comment behind', ' \\\n# more to come\n'],
  ['an escape character with blank lines behind', ' \\\n\n  \n'],
  ['a heredoc without its end', ' <<EOF\nb\n'],
] as const) {
  test(`nothing is put behind ${name}`, () => {
    for (const [rule, text] of [
      ['user-missing', steps],
      ['healthcheck-missing', steps],
      ['copy-source-before-dependencies', python],
      ['copy-everything', copy],
    ] as const) {
      assert.ok(fixesOf(rule, `${text}\n`) > 0, `${rule} has a fix for a finished file`);
      assert.equal(fixesOf(rule, text + ending), 0, `${rule} with ${name}`);
    }
  });
}

function fixesOf(id: string, text: string): number {
  const { findings } = lint(text, config, { context });
  return findings
    .filter(({ rule }) => rule.id === id)
    .flatMap(({ fix, alternatives }) => [fix, ...alternatives])
    .filter((fix) => fix !== undefined).length;
}

test('no fix of any example puts lines behind an instruction that goes on', () => {
  let offered = 0;
  for (const { id } of rules) {
    for (const { source, context: files } of readExamples(`server/src/rules/${id}.ts`).examples) {
      const facts: Facts = { context: files };
      const text = parseMarked(source).text.trimEnd();
      const { model } = lint(text, config, facts);
      const open = `${text} ${model.file.escape}\n`;
      for (const { rule, fix, alternatives } of lint(open, config, facts).findings) {
        for (const { title, edits } of [fix, ...alternatives].filter((one) => one !== undefined)) {
          offered += 1;
          const behind = edits.filter(({ start, text: added }) => start > text.length && /\S/.test(added));
          assert.deepEqual(behind, [], `${rule.id}: "${title}" of\n${open}`);
        }
      }
    }
  }
  assert.ok(offered > 100, `${offered} fixes were offered`);
});
