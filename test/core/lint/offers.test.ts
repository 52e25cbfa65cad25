// What there is to choose for a file: the fixes of findings, then what rules offer without one; each once a place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../../server/src/core/lint/config';
import { noFacts } from '../../../server/src/core/lint/facts';
import { findOffers } from '../../../server/src/core/lint/offers';
import type { Offers } from '../../../server/src/core/lint/offers';
import { defineRule } from '../../../server/src/core/lint/rule';
import type { Rule } from '../../../server/src/core/lint/rule';
import { lint } from '../../../server/src/core/lint/run';

const at = { start: 5, end: 6 };
const titled = (title: string) => ({ title, edits: [{ ...at, text: title }] });

const both = defineRule({
  id: 'both',
  summary: 'both',
  category: 'style',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  *check() {
    yield { at, message: 'found', fix: titled('one'), alternatives: [titled('two')] };
  },
  *offers() {
    yield { at, fix: titled('one') };
    yield { at, fix: titled('three') };
  },
});

function offersOf(rule: Rule): Offers {
  return findOffers(lint('FROM a\n', [rule], defaultConfig, noFacts), [rule], noFacts);
}

test('the fix of a finding and its alternatives come first, then what is offered besides', () => {
  assert.deepEqual(
    offersOf(both).fixes.map(({ fix }) => fix.title),
    ['one', 'two', 'three'],
  );
});

test('what a finding has already is not offered without it', () => {
  assert.deepEqual(
    offersOf(both).fixes.map(({ finding }) => finding?.message),
    ['found', 'found', undefined],
  );
});

test('what is offered is trusted no further than its rule declares', () => {
  assert.deepEqual(
    offersOf(both).fixes.map(({ fix }) => fix.safety),
    ['suggested', 'suggested', 'suggested'],
  );
});
