// Behind which steps a lonely update may move.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../server/src/core/lint/config';
import { noFacts } from '../../server/src/core/lint/facts';
import { lint } from '../../server/src/linter';

/** Steps behind an update that must stay where it is, and one behind which it may move. */
const behindUpdate: readonly (readonly [string, boolean])[] = [
  ['RUN apt-get install -y x', true],
  ['RUN make\nRUN apt-get install -y x', false],
  ['RUN make && apt-get install -y x', false],
  ['RUN apt-get install -y x && make', true],
  ['USER app\nRUN sudo apt-get install -y x', false],
  ['RUN apt-get install -y x\nRUN make\nRUN apt-get install -y y', true],
  ['RUN apt-get install -y x\nUSER app\nRUN sudo apt-get install -y y', false],
];

for (const [text, expected] of behindUpdate) {
  test(`the update moves behind: ${text}`, () => {
    const { findings } = lint(`FROM debian:12\nRUN apt-get update\n${text}\n`, defaultConfig, noFacts);
    const found = findings.filter(({ rule }) => rule.id === 'package-update-alone');
    assert.deepEqual(
      found.map(({ fix }) => fix !== undefined),
      [expected],
    );
  });
}
