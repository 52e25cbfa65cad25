// A bounded part of `npm run fuzz`, the same in every run.
import { test } from 'node:test';
import { checkFrozen, checkText } from '../fuzz/check';
import { mutate } from '../fuzz/mutate';
import { seedTexts } from '../fuzz/seeds';
import { seededRandom } from '../harness/random';

const rounds = 400;

test('no text makes a rule throw, a fix do harm, or fix-all go on', () => {
  const seeds = seedTexts();
  const random = seededRandom(20);
  for (let round = 0; round < rounds; round += 1) {
    const text = mutate(seeds[Math.floor(random() * seeds.length)] ?? '', seeds, random);
    try {
      checkText(text);
    } catch (error) {
      throw new Error(`round ${round}: ${JSON.stringify(text)}`, { cause: error });
    }
  }
});

test('names that are not names, and options that nobody knows, do no harm either', () => {
  for (const text of [
    'ARG [NPM_TOKEN',
    'ARG A(TOKEN\nRUN echo $A',
    'RUN zypper --$e in',
    'RUN apt-get -$o install',
    'ROM \\ #\n" "',
  ]) {
    checkText(text);
  }
});

test('no rule changes what it is given', () => {
  for (const text of seedTexts()) checkFrozen(text);
});
