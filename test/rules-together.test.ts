// All rules on files of our own, so that one sees how they read side by side: what each finding says, and what the
// file looks like after all fixes. `npm test -- together --update-goldens` writes the texts anew; read the difference.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { checkGolden, factsOf } from './harness/golden';

const folder = 'test/rules-together';

const names = readdirSync(folder)
  .filter((name) => name.endsWith('.Dockerfile'))
  .map((name) => name.replace(/\.Dockerfile$/, ''))
  .sort();

for (const name of names) {
  test(`rules together: ${name}`, () => {
    const text = readFileSync(`${folder}/${name}.Dockerfile`, 'utf8');
    checkGolden(text, factsOf(text), `${folder}/${name}.golden.txt`);
  });
}

test('rules together: every text belongs to a file', () => {
  const texts = readdirSync(folder).filter((name) => name.endsWith('.golden.txt'));
  assert.deepEqual(
    texts.sort(),
    names.map((name) => `${name}.golden.txt`),
  );
});
