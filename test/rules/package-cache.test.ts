// How the rules about the caches of package managers take their shared option, and what else asks for the lists.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../server/src/core/lint/config';
import { noFacts } from '../../server/src/core/lint/facts';
import { lint } from '../../server/src/linter';

test('a question to the index keeps the update', () => {
  const fixes = (command: string): boolean[] =>
    lint(`FROM alpine:3.20\nRUN apk update && ${command}apk add --no-cache x\n`, defaultConfig, noFacts)
      .findings.filter(({ rule }) => rule.id === 'apk-no-cache')
      .map(({ fix }) => fix !== undefined);
  assert.deepEqual(fixes(''), [true]);
  assert.deepEqual(fixes('apk search y && '), [false]);
});

test('where mounts are wanted, nobody asks for options and removals', () => {
  const text = 'FROM alpine:3.20\nRUN apt-get update\nRUN apk add curl\nRUN pip install flask\n';
  const found = (packageCache: 'either' | 'mount'): string[] =>
    lint(text, { ...defaultConfig, packageCache, allRules: true }, noFacts)
      .findings.map(({ rule }) => rule.id)
      .filter((id) => /^(?:apt-lists-cleanup|apk-no-cache|pip-no-cache-dir)$/.test(id));
  const all = ['apt-lists-cleanup', 'apk-no-cache', 'pip-no-cache-dir'];
  assert.deepEqual(found('either'), all);
  assert.deepEqual(found('mount'), []);
});
