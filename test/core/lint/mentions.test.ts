// Rules that name the words they are about, and are skipped in files that have none of these.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { defaultConfig } from '../../../server/src/core/lint/config';
import { noFacts } from '../../../server/src/core/lint/facts';
import type { Rule } from '../../../server/src/core/lint/rule';
import { lint } from '../../../server/src/core/lint/run';
import { mentionsIn, wordKeys } from '../../../server/src/core/text/mentions';
import { rules } from '../../../server/src/rules/index.generated';
import { readExamples } from '../../harness/examples';
import { parseMarked } from '../../harness/marked';

const picky = rules.filter(({ mentions }) => mentions);
const always: readonly Rule[] = picky.map(({ mentions: _, ...rule }) => rule);
const words = new Map(picky.map(({ id, mentions }) => [id, mentions]));
const folder = 'server/src/rules';
const pages = readdirSync(folder).filter((file) => !/\.parts\.ts$|generated/.test(file));
const texts = pages.flatMap((page) =>
  readExamples(join(folder, page)).examples.map(({ source }) => parseMarked(source).text),
);

suite('the words that rules are about', () => {
  test('many rules name some, each as the text is read', () => {
    assert.ok(picky.length > 80);
    for (const { id, mentions } of picky)
      for (const word of mentions ?? []) assert.match(word, /^[a-z]+$/, id);
  });

  test('a rule loses no finding by them', () => {
    assert.ok(texts.length > 500);
    for (const text of texts) {
      const mentions = mentionsIn(text);
      for (const profile of ['recommended', 'hadolint'] as const) {
        const config = { ...defaultConfig, profile, allRules: profile === 'recommended' };
        for (const { rule } of lint(text, always, config, noFacts).findings)
          assert.ok(mentions.some(wordKeys(words.get(rule.id) ?? [])), `${rule.id} in ${text}`);
      }
    }
  });

  test('a file without the word costs no look at the rule', () => {
    const throws: Rule = {
      ...rules[0],
      id: 'throws',
      mentions: ['apt'],
      check: () => {
        throw new Error('was asked');
      },
    } as Rule;
    const config = { ...defaultConfig, allRules: true };
    assert.deepEqual(lint('FROM debian:12\nRUN dnf -y install x\n', [throws], config, noFacts).failures, []);
    assert.equal(lint('FROM debian:12\nRUN apt-get update\n', [throws], config, noFacts).failures.length, 1);
  });

  const cases: readonly [name: string, text: string, words: readonly string[], expected: boolean][] = [
    ['a word of two parts', 'RUN apt-get update', ['apt'], true],
    ['a word before a digit', 'RUN pip3 install x', ['pip'], true],
    ['any case', 'run APT update', ['apt'], true],
    ['a part of a word', 'RUN aptly', ['apt'], false],
    ['one of several', 'RUN yum update', ['dnf', 'yum'], true],
    ['quotes inside a word', 'RUN c"ur"l -k https://a', ['curl'], true],
    ['an escape inside a word', 'RUN c\\url https://a', ['curl'], true],
    ['a word behind an escape', 'RUN printf "[global]\\ntrusted-host = a"', ['trusted'], true],
    ['a word over two lines', 'RUN cu\\\nrl https://a', ['curl'], true],
    ['a comment inside a word', 'RUN cu\\\n# why\nrl https://a', ['curl'], true],
    ['a word over two lines with a backtick', '# escape=`\nRUN cu`\r\nrl https://a', ['curl'], true],
    ['a new line between words', 'RUN cu \\\n  rl https://a', ['curl'], false],
  ];
  for (const [name, text, words, expected] of cases)
    test(name, () => {
      assert.equal(mentionsIn(text).some(wordKeys(words)), expected);
    });
});
