// The one way to lint and to fix a file: what comes back, what is said of our own bugs, and the report made of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../server/src/core/lint/config';
import type { Facts } from '../../server/src/core/lint/facts';
import { fixFile, lintFile } from '../../server/src/service/lint-file';
import type { Linted } from '../../server/src/service/lint-file';
import { report } from '../../server/src/service/report';
import type { FileReport } from '../../server/src/service/report';
import { noSurroundings } from '../../server/src/service/surroundings';
import { assertDescribed, describedFields } from '../harness/report-schema';

const dirty = 'FROM alpine:3.20\nRUN apk add curl\nUSER nobody\nCMD ["curl"]\n';
const fixedText = dirty.replace('apk add', 'apk add --no-cache');
const rulesIn = ({ result }: Linted): string[] => result.findings.map(({ rule }) => rule.id);

/** Every rule that asks about the build context fails with this. */
const broken: Facts = {
  get context(): never {
    throw new Error('a rule of ours has a bug');
  },
};

test('linting gives the findings of the text, by the configuration handed in', () => {
  const linted = lintFile(dirty, noSurroundings());
  assert.equal(linted.text, dirty);
  assert.ok(rulesIn(linted).includes('apk-no-cache'));
  assert.deepEqual(linted.failures, []);
  const config = { ...defaultConfig, rules: new Map([['apk-no-cache', 'off' as const]]) };
  assert.ok(!rulesIn(lintFile(dirty, noSurroundings(config))).includes('apk-no-cache'));
});

test('fixing gives the fixed text, what was done, and what is left in that text', () => {
  const fixed = fixFile(dirty, noSurroundings(), { safety: 'safe' });
  assert.equal(fixed.text, fixedText);
  assert.deepEqual(
    fixed.applied.map(({ ruleId }) => ruleId),
    ['apk-no-cache'],
  );
  assert.ok(!rulesIn(fixed).includes('apk-no-cache'));
  assert.equal(fixed.result.model.document.text, fixedText);
  const none = fixFile(dirty, noSurroundings(), {
    safety: 'safe',
    wanted: ({ rule }) => rule.id === 'run-sudo',
  });
  assert.deepEqual([none.text, none.applied], [dirty, []]);
});

test('a rule that throws is a failure that names it, and the other rules go on, also in a run that fixes', () => {
  const text = 'FROM node:22\nCOPY . /app\nRUN apk add curl\n';
  const around = { ...noSurroundings(), facts: broken };
  const linted = lintFile(text, around);
  const names = linted.failures.map(({ ruleId }) => ruleId);
  assert.ok(names.includes('copy-everything'), names.join());
  assert.ok(rulesIn(linted).includes('apk-no-cache'));
  const [failure] = linted.failures;
  assert.equal(failure?.message, `The rule ${failure?.ruleId} failed: a rule of ours has a bug`);
  assert.match(failure?.detail ?? '', /lint-file\.test/, 'the detail says where');
  const fixed = fixFile(text, around, { safety: 'safe' });
  assert.deepEqual(
    fixed.failures.map(({ ruleId }) => ruleId),
    names,
  );
  assert.match(fixed.text, /apk add --no-cache/);
});

test('the report says where, with lines and characters of the text it is about', () => {
  const { findings, ...rest } = report({ path: 'a/Dockerfile', outcome: lintFile(dirty, noSurroundings()) });
  assert.deepEqual(rest, { version: 1, drydock: 'development', path: 'a/Dockerfile' });
  const finding = findings.find(({ rule }) => rule === 'apk-no-cache');
  const end = { line: 1, character: 'RUN apk add'.length };
  assert.deepEqual(finding?.range, { start: { line: 1, character: 'RUN apk '.length }, end });
  assert.deepEqual(finding?.fix?.edits, [{ range: { start: end, end }, newText: ' --no-cache' }]);
});

test('a report has what went wrong, and nothing about what did not happen', () => {
  const unreadable = report({ path: 'Dockerfile', outcome: undefined, error: 'gone', withText: true });
  assert.deepEqual(unreadable, {
    version: 1,
    drydock: 'development',
    path: 'Dockerfile',
    findings: [],
    error: 'gone',
  });
  const fixed = fixFile(fixedText, { ...noSurroundings(), facts: broken }, { safety: 'safe' });
  const problems = [{ path: '.drydock.yaml', message: 'is odd', unreadable: true }];
  const said = report({
    path: 'Dockerfile',
    outcome: { ...fixed, failures: [{ ruleId: 'r', message: 'm', detail: 'd' }] },
    problems,
  });
  assert.equal(said.fixed, 0);
  assert.equal('text' in said, false);
  assert.deepEqual(said.problems, problems);
  assert.deepEqual(said.failures, [{ rule: 'r', message: 'm' }]);
});

test('the schema describes every field of a report, and no other', () => {
  const text = 'FROM node:22\nCOPY . /app\nRUN apk add curl\n';
  const around = { ...noSurroundings(), facts: broken };
  const everything: FileReport[] = [
    report({
      path: 'a',
      outcome: lintFile(text, around),
      problems: [{ path: 'b', message: 'is odd', line: 2, unreadable: true }],
    }),
    report({ path: 'c', outcome: fixFile(text, around, { safety: 'suggested' }), withText: true }),
    report({ path: 'd', outcome: undefined, error: 'gone' }),
    report({
      path: 'f',
      outcome: lintFile(text, around),
      before: { revision: '0', previousPath: 'g', outcome: lintFile(`${text}RUN sudo ls\n`, around) },
    }),
    report({
      path: 'h',
      outcome: undefined,
      before: { revision: '0', deleted: true, outcome: lintFile(text, around) },
    }),
    report({
      path: 'i',
      outcome: lintFile(text, {
        ...noSurroundings(),
        facts: {
          context: { entries: ['.env', '.git/', 'a.js'], ignoreFile: undefined, dockerfile: 'Dockerfile' },
        },
      }),
    }),
    // The command line adds it after the files are there.
    { ...report({ path: 'e', outcome: lintFile(text, around) }), created: ['.dockerignore'] },
  ];
  const seen = assertDescribed(JSON.parse(JSON.stringify(everything)));
  assert.deepEqual([...seen].sort(), describedFields().sort());
});
