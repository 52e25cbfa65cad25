// The edit that hides a finding by a comment: where it goes, what it is merged into, and that it does hide.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { defaultConfig } from '../../../server/src/core/lint/config';
import { noFacts } from '../../../server/src/core/lint/facts';
import { ignoreEdit } from '../../../server/src/core/lint/ignore';
import type { IgnoreScope } from '../../../server/src/core/lint/ignore';
import { defineRule } from '../../../server/src/core/lint/rule';
import type { Rule } from '../../../server/src/core/lint/rule';
import { lint } from '../../../server/src/core/lint/run';
import { applyEdits } from '../../../server/src/core/text/edit';
import { rules } from '../../../server/src/rules/index.generated';
import { readExamples } from '../../harness/examples';
import { parseMarked } from '../../harness/marked';

/** Finds each `bad`. */
const finder = defineRule({
  id: 'bad-word',
  summary: 'A word is bad',
  category: 'style',
  severity: 'info',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['hadolint:DL9001', 'buildkit:BadWord', 'trivy:DS-0099', 'checkov:CKV_DOCKER_99'],
  *check({ model: { document } }) {
    for (const { index } of document.text.matchAll(/\bbad\b(?!-)/g))
      yield { at: { start: index, end: index + 'bad'.length }, message: 'This word is bad' };
  },
});
const unknownToOthers = defineRule({ ...finder, alsoKnownAs: [] });

/** The text with its last finding ignored, which is then hidden; undefined where no comment can do it. */
function ignored(text: string, scope: IgnoreScope, rule: Rule = finder): string | undefined {
  const result = lint(text, [rule], defaultConfig, noFacts);
  const finding = result.findings.at(-1);
  assert.ok(finding);
  const edit = ignoreEdit(finding, scope, result);
  if (!edit) return undefined;
  const after = applyEdits(text, [edit]);
  const { findings } = lint(after, [rule], defaultConfig, noFacts);
  assert.equal(
    findings.length,
    scope === 'file' ? 0 : result.findings.length - 1,
    `still found in\n${after}`,
  );
  return after;
}

interface Case {
  readonly before: string;
  readonly after: string | undefined;
  readonly rule?: Rule;
}

const onLine: Readonly<Record<string, Case>> = {
  'stands above the instruction': {
    before: 'FROM bad\nRUN bad\n',
    after: 'FROM bad\n# drydock ignore=bad-word\nRUN bad\n',
  },
  'stands above the first line of an instruction, and as far in': {
    before: 'FROM a\n  RUN true && \\\n      bad\n',
    after: 'FROM a\n  # drydock ignore=bad-word\n  RUN true && \\\n      bad\n',
  },
  'ends its line as the file does': {
    before: 'FROM a\r\nRUN bad\r\n',
    after: 'FROM a\r\n# drydock ignore=bad-word\r\nRUN bad\r\n',
  },
  'stands behind a byte order mark': {
    before: '\uFEFFFROM bad\n',
    after: '\uFEFF# drydock ignore=bad-word\nFROM bad\n',
  },
  'has the form of the comments that the file has': {
    before: 'FROM a\n# hadolint ignore=DL1\nRUN true\n# more\nRUN bad\n',
    after: 'FROM a\n# hadolint ignore=DL1\nRUN true\n# more\n# hadolint ignore=DL9001\nRUN bad\n',
  },
  'has the form of Trivy': {
    before: 'FROM a\n#trivy:ignore:DS-0001\nRUN true\nRUN bad\n',
    after: 'FROM a\n#trivy:ignore:DS-0001\nRUN true\n# trivy:ignore:DS-0099\nRUN bad\n',
  },
  'has our own form where the finding has no other name': {
    before: 'FROM a\n# hadolint ignore=DL1\nRUN true\nRUN bad\n',
    after: 'FROM a\n# hadolint ignore=DL1\nRUN true\n# drydock ignore=bad-word\nRUN bad\n',
    rule: unknownToOthers,
  },
  'joins a comment of ours': {
    before: 'FROM a\n# drydock ignore=other, more so it is\nRUN bad\n',
    after: 'FROM a\n# drydock ignore=other, more,bad-word so it is\nRUN bad\n',
  },
  'joins a comment of ours inside the instruction': {
    before: 'FROM a\nRUN true \\\n  # drydock ignore=other\n  bad\n',
    after: 'FROM a\nRUN true \\\n  # drydock ignore=other,bad-word\n  bad\n',
  },
  'joins a comment of hadolint': {
    before: 'FROM a\n# hadolint ignore=DL3006\nRUN bad\n',
    after: 'FROM a\n# hadolint ignore=DL3006,DL9001\nRUN bad\n',
  },
  'joins a check of BuildKit': {
    before: 'FROM a\n# check=skip=Other;error=true\nRUN bad\n',
    after: 'FROM a\n# check=skip=Other,BadWord;error=true\nRUN bad\n',
  },
  'joins ours before one of hadolint': {
    before: 'FROM a\n# drydock ignore=other\n# hadolint ignore=DL3006\nRUN bad\n',
    after: 'FROM a\n# drydock ignore=other,bad-word\n# hadolint ignore=DL3006\nRUN bad\n',
  },
  'joins no comment for the stage, which would hide more': {
    before: '# hadolint stage ignore=DL3006\nFROM bad\nRUN bad\nRUN true\n',
    after: '# hadolint stage ignore=DL3006\nFROM bad\n# hadolint ignore=DL9001\nRUN bad\nRUN true\n',
  },
  'leaves a comment of hadolint on the line directly above': {
    before: 'FROM a\n# hadolint ignore=DL3006\nRUN bad\n',
    after: 'FROM a\n# drydock ignore=bad-word\n# hadolint ignore=DL3006\nRUN bad\n',
    rule: unknownToOthers,
  },
  'stands right above the instruction, below a comment of another tool that may stand further up': {
    before: 'FROM a\n# check=skip=Other\nRUN bad\n',
    after: 'FROM a\n# check=skip=Other\n# drydock ignore=bad-word\nRUN bad\n',
    rule: unknownToOthers,
  },
  'joins no comment of BuildKit that does not hide this check': {
    before: 'FROM a\n# check=skip=Other\nRUN bad\n',
    after: 'FROM a\n# check=skip=Other\n# drydock ignore=bad-word\nRUN bad\n',
    rule: defineRule({ ...finder, alsoKnownAs: ['buildkit:NoEmptyContinuation'] }),
  },
  'does not exist for what is outside of all instructions': { before: 'FROM a\n\n# bad\n', after: undefined },
};

const inFile: Readonly<Record<string, Case>> = {
  'stands at the top': {
    before: 'FROM bad\nRUN bad\n',
    after: '# drydock global ignore=bad-word\nFROM bad\nRUN bad\n',
  },
  'stands below the directives': {
    before: '# syntax=docker/dockerfile:1\n# escape=`\nFROM bad\n',
    after: '# syntax=docker/dockerfile:1\n# escape=`\n# drydock global ignore=bad-word\nFROM bad\n',
  },
  'stands behind a byte order mark': {
    before: '\uFEFFFROM bad\n',
    after: '\uFEFF# drydock global ignore=bad-word\nFROM bad\n',
  },
  'stands below a line that names a program': {
    before: '#!/usr/bin/env docker\nFROM bad\n',
    after: '#!/usr/bin/env docker\n# drydock global ignore=bad-word\nFROM bad\n',
  },
  'joins a comment of ours': {
    before: 'FROM bad\n# drydock global ignore=other\n',
    after: 'FROM bad\n# drydock global ignore=other,bad-word\n',
  },
  'joins a comment of hadolint': {
    before: '# hadolint global ignore=DL3006\nFROM bad\n',
    after: '# hadolint global ignore=DL3006,DL9001\nFROM bad\n',
  },
  'joins a check of BuildKit': {
    before: '# check=skip=Other\nFROM bad\n',
    after: '# check=skip=Other,BadWord\nFROM bad\n',
  },
  'joins no comment for one instruction': {
    before: '# drydock ignore=other\nFROM bad\nRUN bad\n',
    after: '# drydock global ignore=bad-word\n# drydock ignore=other\nFROM bad\nRUN bad\n',
  },
};

for (const [scope, cases] of [
  ['line', onLine],
  ['file', inFile],
] as const) {
  suite(`an ignore comment for the ${scope}`, () => {
    for (const [name, { before, after, rule }] of Object.entries(cases))
      test(name, () => assert.equal(ignored(before, scope, rule), after));
  });
}

test('hides every finding of every example, and no other', () => {
  let count = 0;
  const config = { ...defaultConfig, allRules: true };
  for (const { id, after } of rules) {
    const [example] = readExamples(`server/src/rules/${id}.ts`).examples;
    // The examples of a rule about comments have comments that hide something already.
    if (!example || after) continue;
    const { text } = parseMarked(example.source);
    const facts = { context: example.context };
    const result = lint(text, rules, config, facts);
    if (result.hidden.length > 0) continue;
    for (const finding of result.findings) {
      const edit = ignoreEdit(finding, 'line', result);
      if (!edit) continue;
      const { hidden } = lint(applyEdits(text, [edit]), rules, config, facts);
      const names = new Set(hidden.map(({ finding: { rule } }) => rule.id));
      assert.deepEqual([...names], [finding.rule.id], `${id}: ${finding.message}`);
      count += 1;
    }
  }
  assert.ok(count > 50, `${count} findings were hidden`);
});
