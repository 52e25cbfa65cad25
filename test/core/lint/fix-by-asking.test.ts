// The road of fixes that ask, with somebody who answers by heart: ask once, lint again, take the same fix.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../../server/src/core/lint/config';
import { noFacts } from '../../../server/src/core/lint/facts';
import { fixAll } from '../../../server/src/core/lint/fix';
import { fixByAsking } from '../../../server/src/core/lint/fix-by-asking';
import type { FixedByAsking } from '../../../server/src/core/lint/fix-by-asking';
import { askFirst } from '../../../server/src/core/fixes/ask-first';
import { findOffers } from '../../../server/src/core/lint/offers';
import type { OfferedFix } from '../../../server/src/core/lint/offers';
import { questionKey } from '../../../server/src/core/lint/questions';
import type { Answer, Reply } from '../../../server/src/core/lint/questions';
import { defineRule } from '../../../server/src/core/lint/rule';
import type { Rule } from '../../../server/src/core/lint/rule';
import { lint } from '../../../server/src/core/lint/run';
import { applyEdits } from '../../../server/src/core/text/edit';
import { rules } from '../../../server/src/rules/index.generated';

/** Answers from a table, fails for the rest, and keeps what it was asked. */
function answerer(replies: Readonly<Record<string, string | Reply>>): { answer: Answer; asked: string[] } {
  const asked: string[] = [];
  const answer: Answer = (question) => {
    const key = questionKey(question);
    asked.push(key);
    const reply = replies[key] ?? { kind: 'failed', message: `nobody knows ${key}` };
    return Promise.resolve(typeof reply === 'string' ? { kind: 'answer', text: reply } : reply);
  };
  return { answer, asked };
}

function run(
  text: string,
  answer: Answer,
  wanted: (offered: OfferedFix) => boolean = () => true,
  own: readonly Rule[] = rules,
): Promise<FixedByAsking> {
  return fixByAsking(
    (facts) => findOffers(lint(text, own, defaultConfig, facts), own, facts),
    noFacts,
    wanted,
    answer,
  );
}

const ofKind =
  (kind: string) =>
  ({ fix }: OfferedFix): boolean =>
    fix.asks?.kind === kind;

test('a version is asked for once and written for every image of the ARG', async () => {
  const text = 'ARG BASE=node\nFROM ${BASE} AS a\nFROM ${BASE}\nCOPY --from=team/app:latest /x /x\n';
  const { answer, asked } = answerer({ 'version node': '22.11.0', 'version team/app': '1.4' });
  const result = await run(text, answer, ofKind('version'));
  assert.equal(
    applyEdits(text, result.edits),
    'ARG BASE=node:22.11.0\nFROM ${BASE} AS a\nFROM ${BASE}\nCOPY --from=team/app:1.4 /x /x\n',
  );
  assert.deepEqual(asked.sort(), ['version node', 'version team/app']);
  assert.deepEqual([result.failures, result.notes, result.cancelled], [[], [], false]);
});

test('a rule that is off offers its fix all the same, also under a comment and where it would find nothing', async () => {
  const text =
    '# syntax=docker/dockerfile:1\n# drydock global ignore=image-digest-missing\nFROM alpine:3.20\nCOPY --from=uv /x /x\n';
  const off = { ...defaultConfig, rules: new Map([['image-digest-missing', 'off' as const]]) };
  const { findings } = lint(text, rules, off, noFacts);
  assert.ok(!findings.some(({ rule }) => rule.id === 'image-digest-missing'));
  const { answer } = answerer({
    'digest docker/dockerfile:1': 'sha256:a',
    'digest alpine:3.20': 'sha256:b',
    'digest uv': 'sha256:c',
  });
  const result = await run(text, answer);
  assert.equal(
    applyEdits(text, result.edits),
    '# syntax=docker/dockerfile:1@sha256:a\n# drydock global ignore=image-digest-missing\nFROM alpine:3.20@sha256:b\nCOPY --from=uv:latest@sha256:c /x /x\n',
  );
});

test('a question that fails costs only its own fix', async () => {
  const text = 'FROM alpine:3.20\nFROM gone:1\n';
  const { answer } = answerer({
    'digest alpine:3.20': { kind: 'answer', text: 'sha256:b', note: 'the login was refused' },
  });
  const result = await run(text, answer, ofKind('digest'));
  assert.equal(applyEdits(text, result.edits), 'FROM alpine:3.20@sha256:b\nFROM gone:1\n');
  const places = [{ start: text.indexOf('gone'), end: text.length - 1 }];
  assert.deepEqual(result.failures, [
    { question: { kind: 'digest', reference: 'gone:1' }, message: 'nobody knows digest gone:1', places },
  ]);
  assert.deepEqual(result.notes, ['the login was refused']);
});

test('what cannot be written is named with its reason, and nobody is asked for it', async () => {
  const { answer, asked } = answerer({});
  const result = await run('FROM alpine:${TAG}\n', answer);
  assert.deepEqual(
    result.unanswerable.map(({ question }) => questionKey(question)),
    ['digest alpine:${TAG}'],
  );
  assert.match(result.unanswerable[0]?.reason ?? '', /variable/);
  assert.deepEqual([asked, result.asked, result.edits], [[], 0, []]);
});

test('who stops it gets no edit, also of what was answered already', async () => {
  const { answer } = answerer({ 'digest alpine:3.20': 'sha256:b', 'digest node:22': { kind: 'cancelled' } });
  const result = await run('FROM alpine:3.20\nFROM node:22\n', answer, ofKind('digest'));
  assert.deepEqual([result.cancelled, result.edits, result.failures], [true, [], []]);
});

test('two fixes of one reference are not written into each other', async () => {
  const text = 'FROM node\n';
  const { answer } = answerer({ 'version node': '22', 'digest node': 'sha256:d' });
  const result = await run(text, answer);
  assert.equal(result.fixed.length, 1);
  assert.ok(['FROM node:22\n', 'FROM node@sha256:d\n'].includes(applyEdits(text, result.edits)));
});

test('bulk asks nobody, and takes what has been answered', async () => {
  const text = '# syntax=docker/dockerfile:1\nFROM node\nUSER node\nCMD ["node"]\n';
  const withAnswers = (answers: ReadonlyMap<string, string>): string =>
    fixAll(text, (next) => lint(next, rules, defaultConfig, { ...noFacts, answers }), { safety: 'suggested' })
      .text;
  assert.equal(withAnswers(new Map()), text);
  const { answer } = answerer({ 'version node': '22' });
  const { answers } = await run(text, answer, ofKind('version'));
  assert.equal(withAnswers(answers), text.replace('FROM node', 'FROM node:22'));
});

test('answers that were known before stay among those that are given on', async () => {
  const text = 'FROM alpine:3.20\nFROM node:22\n';
  const { answer, asked } = answerer({ 'digest node:22': 'sha256:c' });
  const facts = { ...noFacts, answers: new Map([['digest alpine:3.20', 'sha256:b']]) };
  const { answers, edits } = await fixByAsking(
    (now) => findOffers(lint(text, rules, defaultConfig, now), rules, now),
    facts,
    ofKind('digest'),
    answer,
  );
  assert.deepEqual(asked, ['digest node:22']);
  assert.deepEqual(Object.fromEntries(answers), {
    'digest alpine:3.20': 'sha256:b',
    'digest node:22': 'sha256:c',
  });
  assert.equal(applyEdits(text, edits), 'FROM alpine:3.20\nFROM node:22@sha256:c\n');
});

test('a rule whose offers throw loses only those', async () => {
  const broken = defineRule({
    id: 'broken',
    summary: 'broken',
    category: 'style',
    severity: 'info',
    fix: 'suggested',
    since: 'next',
    alsoKnownAs: [],
    *check() {},
    *offers({ model, facts }) {
      const at = model.images[0]!.image.span;
      const what = { title: 'Ask', reach: at };
      yield { at, fix: askFirst(facts, { kind: 'digest', reference: 'x' }, what, () => []) };
      throw new Error('on purpose');
    },
  });
  const { answer, asked } = answerer({ 'digest alpine:3': 'sha256:a' });
  const result = await run('FROM alpine:3\n', answer, ofKind('digest'), [broken, ...rules]);
  assert.equal(applyEdits('FROM alpine:3\n', result.edits), 'FROM alpine:3@sha256:a\n');
  assert.deepEqual(asked, ['digest x', 'digest alpine:3']);
  assert.deepEqual(
    result.ruleFailures.map(({ ruleId }) => ruleId),
    ['broken'],
  );
});
