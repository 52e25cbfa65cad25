// Rules that ask where a COPY lands: `.` is the working directory, not any folder there is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../../server/src/core/lint/config';
import { noFacts } from '../../../server/src/core/lint/facts';
import { lint } from '../../../server/src/linter';

function found(text: string, rule: string): number {
  return lint(text, defaultConfig, noFacts).findings.filter((one) => one.rule.id === rule).length;
}

const cases: readonly (readonly [rule: string, text: string, expected: number])[] = [
  ['user-name-unresolvable', 'FROM scratch\nWORKDIR /app\nCOPY . .\nUSER app\n', 1],
  ['user-name-unresolvable', 'FROM scratch\nCOPY . .\nUSER app\n', 0],
  ['user-name-unresolvable', 'FROM scratch\nWORKDIR /etc\nCOPY users .\nUSER app\n', 0],
  ['user-name-unresolvable', 'FROM scratch\nCOPY users ./etc/\nUSER app\n', 0],
  ['user-name-unresolvable', 'FROM scratch\nCOPY x /etcetera\nUSER app\n', 1],
  ['user-name-unresolvable', 'FROM scratch\nCOPY x $D\nUSER app\n', 0],
  ['user-name-unresolvable', 'FROM scratch\nENV D=/app\nCOPY x $D\nUSER app\n', 1],
  ['no-shell-in-base', 'FROM scratch\nWORKDIR /app\nCOPY . .\nCMD ./run\n', 1],
  ['no-shell-in-base', 'FROM scratch\nCOPY . .\nCMD ./run\n', 0],
  ['no-shell-in-base', 'FROM scratch\nWORKDIR /usr\nCOPY tools ./bin\nCMD ./run\n', 0],
  ['no-shell-in-base', 'FROM gcr.io/distroless/static-debian12\nCOPY x $D/\nCMD ./run\n', 0],
];

for (const [rule, text, expected] of cases) {
  test(`${rule}: ${text.trim().replaceAll('\n', '⏎')}`, () => {
    assert.equal(found(text, rule), expected);
  });
}
