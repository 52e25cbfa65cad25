// What the bench measures has to be a file that builders would read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { syntaxProblems } from '../../server/src/core/analysis/text/syntax-problems';
import { defaultConfig } from '../../server/src/core/lint/config';
import { lint } from '../../server/src/linter';
import { generateDockerfile } from './generate-dockerfile';

for (const length of [30, 300, 5000]) {
  test(`a generated file of ${length} lines is sound and has something to find`, () => {
    const text = generateDockerfile(length);
    assert.equal(text.split('\n').length, length + 1);
    const { model, findings } = lint(text, { ...defaultConfig, allRules: true });
    assert.equal(syntaxProblems(model.file), 0);
    assert.ok(findings.length > length / 100, `${findings.length} findings`);
    assert.equal(generateDockerfile(length), text);
    assert.notEqual(generateDockerfile(length, 2), text);
  });
}
