// What the profile of BuildKit finds, check by check: as many findings as BuildKit warns of, at the same lines.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../server/src/core/lint/config';
import { noFacts } from '../../server/src/core/lint/facts';
import type { Span } from '../../server/src/core/text/span';
import { lint } from '../../server/src/linter';
import { accepted } from './buildkit-verdicts/accepted';
import { buildkitVerdicts } from './buildkit-verdicts/checks';
import { refused } from './buildkit-verdicts/refused';

for (const [id, texts] of Object.entries(buildkitVerdicts)) {
  test(`${id} has the lines of BuildKit`, () => {
    for (const [text, lines] of texts) assert.deepEqual(linesOf(id, text), lines, text);
  });
}

function linesOf(id: string, text: string): readonly number[] {
  const { model, findings } = lint(text, { ...defaultConfig, profile: 'buildkit' }, noFacts);
  const { file, document } = model;
  const startOf = ({ start }: Span): number =>
    file.instructions.filter(({ span }) => span.start <= start).at(-1)?.span.start ?? start;
  return findings
    .filter(({ alsoKnownAs }) => alsoKnownAs.includes(`buildkit:${id}`))
    .map(({ at }) => document.lineAt(id === 'NoEmptyContinuation' ? at.start : startOf(at)) + 1)
    .sort((a, b) => a - b);
}

test('a directive makes each warning of BuildKit stop the build, in every profile', () => {
  const text = '# check=skip=FromAsCasing;error=true\nFROM debian:12 as a\nCMD exec a\nMAINTAINER b\n';
  for (const profile of ['recommended', 'strict', 'buildkit'] as const) {
    const { findings } = lint(text, { ...defaultConfig, profile }, noFacts);
    const errors = findings.filter(({ severity }) => severity === 'error');
    assert.deepEqual(
      errors.map(({ rule, related }) => [rule.id, related.at(-1)?.at.start]),
      [
        ['cmd-exec-form', 0],
        ['maintainer-deprecated', 0],
      ],
    );
  }
  const without = lint(text.replace('true', 'false'), defaultConfig, noFacts);
  assert.ok(without.findings.every(({ severity }) => severity !== 'error'));
});

test('where BuildKit is silent, our own findings stay what they are', () => {
  const text = '# check=error=true\nFROM debian:12\nWORKDIR a\nWORKDIR ~/b\n';
  const { findings } = lint(text, defaultConfig, noFacts);
  assert.deepEqual(
    findings
      .filter(({ rule }) => rule.id === 'workdir-relative')
      .map(({ severity, alsoKnownAs }) => [severity, alsoKnownAs.join().includes('buildkit')]),
    [
      ['error', true],
      ['warning', false],
    ],
  );
});

test('what BuildKit refuses has an error at the line that it names', () => {
  for (const [text, line] of refused) {
    const { model, findings } = lint(text, defaultConfig, noFacts);
    const lines = findings
      .filter(({ severity }) => severity === 'error')
      .map(({ at }) => model.document.lineAt(at.start) + 1);
    assert.ok(line === 0 ? lines.length > 0 : lines.includes(line), `${text} has errors at ${lines.join()}`);
  }
});

test('what BuildKit accepts has no error of syntax', () => {
  for (const text of accepted) {
    const { findings } = lint(text, defaultConfig, noFacts);
    const errors = findings.filter(
      ({ severity, rule }) => severity === 'error' && rule.category === 'syntax',
    );
    assert.deepEqual(
      errors.map(({ rule }) => rule.id),
      [],
      text,
    );
  }
});

test('a gate on the profiles of other builders and linters does not pass what they refuse to read', () => {
  const found = (text: string, profile: 'buildkit' | 'hadolint'): ReturnType<typeof lint>['findings'] =>
    lint(text, { ...defaultConfig, profile }, noFacts).findings;
  const errorsIn = (text: string, profile: 'buildkit' | 'hadolint'): readonly string[] =>
    found(text, profile)
      .filter(({ severity }) => severity === 'error')
      .map(({ rule }) => rule.id);
  const passed = refused.map(([text]) => text).filter((text) => found(text, 'buildkit').length === 0);
  // The value is that of an argument, which a build may set.
  assert.deepEqual(passed, ['ARG X=1\nFROM --platform=$X a']);
  for (const text of accepted) assert.deepEqual(errorsIn(text, 'buildkit'), [], text);
  for (const line of [
    'CPOY b c',
    'ENV b',
    'HEALTHCHECK b',
    'COPY b',
    'EXPOSE 1/x',
    'COPY --chown=1 --chown=2 b /c',
  ]) {
    const errors = found(`FROM a:1\n${line}\n`, 'hadolint').map(({ alsoKnownAs }) => alsoKnownAs[0]);
    assert.deepEqual(errors, ['hadolint:DL1000'], line);
  }
  // What an ONBUILD runs is read by the builds on the image; what cannot stand there at all is refused at once.
  assert.deepEqual(errorsIn('FROM a\nONBUILD CPOY b c\n', 'buildkit'), []);
  assert.deepEqual(errorsIn('FROM a\nONBUILD FROM b\n', 'buildkit'), ['onbuild-trigger-forbidden']);
});
