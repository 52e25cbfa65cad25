// Where fuzzing starts: every example of every rule, and a few files made for measuring.
import { readdirSync } from 'node:fs';
import { generateDockerfile } from '../bench/generate-dockerfile';
import { readExamples } from '../harness/examples';
import { parseMarked } from '../harness/marked';

const folder = 'server/src/rules';

export function seedTexts(): string[] {
  const examples = readdirSync(folder)
    .filter((name) => /^[a-z0-9-]+\.ts$/.test(name))
    .flatMap((name) => readExamples(`${folder}/${name}`).examples)
    .flatMap(({ source, fixed, alternatives }) => [
      source,
      fixed ?? '',
      ...alternatives.map((alternative) => alternative.fixed),
    ])
    .filter((text) => text !== '')
    .map((text) => parseMarked(text).text);
  return [...new Set(examples), ...[1, 2, 3, 4].map((seed) => generateDockerfile(40 * seed, seed))];
}
