// What the profile of BuildKit finds in triggers of ONBUILD, where a stage of the file runs them. The answers are those of
// BuildKit 0.32.2.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../../server/src/core/lint/config';
import { noFacts } from '../../../server/src/core/lint/facts';
import { fixAll, lint } from '../../../server/src/linter';

const config = { ...defaultConfig, profile: 'buildkit' as const };

/** Line and check of each finding. */
function found(
  text: string,
  profile: (typeof config)['profile'] | 'recommended' = 'buildkit',
): readonly string[] {
  const { findings, model } = lint(text, { ...config, profile }, noFacts);
  return findings.flatMap(({ at, alsoKnownAs }) =>
    alsoKnownAs
      .filter((id) => id.startsWith('buildkit:'))
      .map((id) => `${model.document.lineAt(at.start) + 1} ${id.slice('buildkit:'.length)}`),
  );
}

const base = 'FROM debian:12 AS b\n';

const cases: readonly (readonly [text: string, expected: readonly string[]])[] = [
  [
    `${base}ONBUILD CMD a\nONBUILD WORKDIR $X\nFROM b\n`,
    ['4 JSONArgsRecommended', '4 UndefinedVar', '4 WorkdirRelativePath'],
  ],
  // A comment above the ONBUILD does not reach the stage that runs it.
  [`${base}# check=skip=all\nONBUILD CMD a\nFROM b\n`, ['4 JSONArgsRecommended']],
  [`# check=skip=all\n${base}ONBUILD CMD a\nFROM b\n`, []],
  [`${base}ONBUILD CMD ["a"]\nFROM b\nCMD ["c"]\n`, ['3 MultipleInstructionsDisallowed']],
  [
    `${base}ONBUILD ENV a b\nONBUILD ARG PASSWORD=a\nONBUILD EXPOSE 80/TCP\nFROM b\n`,
    ['5 LegacyKeyValueFormat', '5 SecretsUsedInArgOrEnv', '5 ExposeProtoCasing'],
  ],
  // Only stages that the last one needs run them, and only those right on it.
  [`${base}ONBUILD CMD a\nFROM b\nRUN x\nFROM b\n`, ['5 JSONArgsRecommended']],
  [`${base}ONBUILD CMD a\nFROM b AS c\nFROM c\n`, ['3 JSONArgsRecommended']],
  [`${base}ONBUILD CMD a\nFROM b AS c\nFROM c\nFROM debian:12\n`, []],
  [`${base}SHELL ["/bin/bash", "-c"]\nONBUILD CMD a\nFROM b\n`, []],
  [`${base}ONBUILD WORKDIR /x\nFROM b\nWORKDIR y\n`, []],
  [`${base}ONBUILD RUN <<E\na\nE\nFROM b\n`, []],
  [`${base}onbuild CMD ["a"]\nONBUILD run a\nFROM b\n`, ['2 ConsistentInstructionCasing']],
  [`${base}ONBUILD CMD a\n`, []],
];

test('triggers are checked where they run', () => {
  for (const [text, expected] of cases)
    for (const spelling of [text, text.replaceAll('\n', '\r\n')])
      assert.deepEqual(found(spelling), expected, text);
});

test('only the profile of BuildKit does that, and offers no fix for it', () => {
  const text = `${base}ONBUILD CMD a\nFROM b\n`;
  assert.deepEqual(found(text, 'recommended'), []);
  const { findings } = lint(text, config, noFacts);
  assert.deepEqual(
    findings.map(({ fix, alternatives, related }) => [fix, alternatives, related[0]?.message]),
    [[undefined, [], 'This stage runs it']],
  );
  const fixed = fixAll(text, config, noFacts, { safety: 'suggested' });
  assert.equal(fixed.text, text);
  assert.equal(fixed.result.findings.length, 1);
});

test('many stages with many triggers are not checked', () => {
  const many = `${base}${'ONBUILD CMD a\n'.repeat(500)}${Array.from({ length: 500 }, (_, at) => `FROM ${at > 0 ? `s${at - 1}` : 'b'} AS s${at}\n${'ONBUILD CMD a\n'.repeat(50)}`).join('')}`;
  assert.deepEqual(found(many), []);
});
