// What the profile of hadolint finds, id by id: the lines that hadolint 2.15.1 reports for the same text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../server/src/core/lint/config';
import type { Config } from '../../server/src/core/lint/config';
import { noFacts } from '../../server/src/core/lint/facts';
import { readHadolintConfig } from '../../server/src/core/lint/hadolint-config';
import { lint, rules } from '../../server/src/linter';
import { withConfiguration } from './hadolint-verdicts/configured';
import { aboutEdges } from './hadolint-verdicts/edges';
import { aboutInstructions } from './hadolint-verdicts/instructions';
import { aboutPackages } from './hadolint-verdicts/packages';
import { aboutTheRest } from './hadolint-verdicts/rest';
import type { Verdicts } from './hadolint-verdicts/verdicts';

const asHadolint: Config = { ...defaultConfig, profile: 'hadolint' };
const verdicts = [aboutInstructions, aboutPackages, aboutTheRest, aboutEdges].flatMap(
  Object.entries<Verdicts[string]>,
);

for (const [id, texts] of verdicts) {
  test(`${id} has the lines of hadolint`, () => {
    for (const [text, lines] of texts) assert.deepEqual(linesOf(id, text), lines, text);
  });
}

for (const { id, config, texts } of withConfiguration) {
  test(`${id} has the lines of hadolint with ${JSON.stringify(config)}`, () => {
    const { config: read, problems } = readHadolintConfig(config, rules, asHadolint);
    assert.deepEqual(problems, []);
    for (const [text, lines] of texts) assert.deepEqual(linesOf(id, text, read), lines, text);
  });
}

/** Where the instructions with a finding start. */
function linesOf(id: string, text: string, config: Config = asHadolint): readonly number[] {
  const { model, findings } = lint(text, config, noFacts);
  const found = findings.filter(({ alsoKnownAs }) => alsoKnownAs.includes(`hadolint:${id}`));
  return model.file.instructions
    .filter(({ span }) => found.some(({ at }) => at.start >= span.start && at.start < span.end))
    .map(({ span }) => model.document.lineAt(span.start) + 1);
}
