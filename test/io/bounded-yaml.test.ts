// YAML that nobody writes by hand is refused before it costs time; what people write is read, and mistakes have a place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseYaml, yamlValue } from '../../server/src/io/surroundings/bounded-yaml';
import { rules } from '../../server/src/linter';

const size = 64 * 1024;
const fill = (part: string): string => part.repeat(Math.floor(size / part.length));
const numbered = (line: (at: number) => string): string => {
  let text = '';
  for (let at = 0; text.length + line(at).length <= size; at += 1) text += line(at);
  return text;
};

const refused: Readonly<Record<string, readonly [text: string, problem: RegExp]>> = {
  'more than 64 KiB': [`# ${'x'.repeat(size)}`, /larger than 64 KiB/],
  'thousands of keys': [numbered((at) => `a${at}: off\n`), /too many entries/],
  'open brackets': [fill('['), /brackets more than 32 levels deep/],
  'open braces': [fill('{a: '), /brackets more than 32 levels deep/],
  'closed brackets': [fill(']'), /too many entries/],
  aliases: [`a: &a x\n${numbered((at) => `k${at}: *a\n`).slice(0, -20)}`, /more than 100 aliases/],
  'lists of lists': [fill('- '), /more than 16 entries within each other/],
  // The library would end the process here, and no handler could catch that.
  'keys that are keys': ['? '.repeat(5000), /more than 16 entries within each other/],
  tags: [fill('!x '), /too many entries/],
  quotes: [fill('"'), /too many entries/],
  documents: [fill('---\n'), /too many entries/],
  'empty lines': [fill('\n'), /too many entries/],
};

for (const [name, [text, problem]] of Object.entries(refused)) {
  test(`YAML of ${name} is refused`, () => {
    const parsed = parseYaml(text);
    assert.match(parsed.problem ?? '', problem);
  });
}

test('a configuration with every rule and a comment for each is read', () => {
  const lines = rules.map(({ id, summary }) => `  # ${summary.slice(0, 60)}\n  ${id}: { level: warning }\n`);
  const parsed = parseYaml(`rules:\n${lines.join('')}`);
  assert.ok(parsed.problem === undefined, parsed.problem);
  const { rules: read } = yamlValue(parsed.document) as { rules: object };
  assert.equal(Object.keys(read).length, rules.length);
});

test('a mistake has a place', () => {
  const parsed = parseYaml('a: 1\nb: c: d\n');
  assert.ok(parsed.problem !== undefined);
  assert.match(parsed.problem, /^The file is not valid YAML: .* at line 2, column 4$/);
  assert.deepEqual(parsed.at, { start: 8, end: 9 });
});
