// Which shell reads a command's words, and what it makes of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shellOf } from '../../../../server/src/core/analysis/commands/shell';
import { spellWord } from '../../../../server/src/core/shell/spelling';
import { markedCommand } from '../../../harness/commands';

const shells: readonly (readonly [
  marked: string,
  dialect: string | undefined,
  braces: boolean | undefined,
])[] = [
  ['RUN «x»', 'dash', false],
  ['FROM alpine:3.20\nRUN «x»', 'ash', false],
  ['FROM fedora:40\nRUN «x»', 'bash', true],
  ['FROM example.com/x\nRUN «x»', 'posix', undefined],
  ['SHELL ["/bin/bash", "-c"]\nRUN «x»', 'bash', true],
  ['SHELL ["/bin/zsh", "-c"]\nRUN «x»', 'zsh', true],
  ["RUN bash -c '«x»'", 'bash', true],
  ["RUN «bash» -c 'x'", 'dash', false],
  ['SHELL ["/bin/bash", "-c"]\nRUN sh -c \'«x»\'', 'dash', false],
  ['SHELL ["/bin/bash", "-c"]\nRUN sudo -u app sh -ec \'«x»\'', 'dash', false],
  ["RUN su app -c '«x»'", 'posix', undefined],
  ["RUN su app -s /bin/bash -c '«x»'", 'bash', true],
  ["RUN su app --shell=/bin/sh -c '«x»'", 'dash', false],
  ["RUN bash -c 'sudo «x»'", 'bash', true],
  ["RUN bash -c 'flock /l «x»'", 'bash', true],
  ["RUN flock /l -c '«x»'", 'posix', undefined],
  ['SHELL ["/bin/bash", "-c"]\nRUN eval \'«x»\'', 'bash', true],
  ['RUN bash -c "sh -c \'«x»\'"', 'dash', false],
  ['RUN ["«x»"]', undefined, false],
  ['RUN ["bash", "-c", "«x»"]', 'bash', true],
  ['RUN bash <<EOF\n«x»\nEOF', 'bash', true],
  ['RUN <<EOF\n#!/bin/bash\n«x»\nEOF', 'bash', true],
  ['RUN <<EOF\n«x»\nEOF', 'dash', false],
];

for (const [marked, dialect, braces] of shells) {
  test(`shell: ${marked.replaceAll('\n', '⏎')}`, () => {
    const { model, command } = markedCommand(marked);
    const shell = shellOf(model, command);
    assert.deepEqual([shell.dialect, shell.expandsBraces], [dialect, braces]);
  });
}

/** What the last word stands for; `~` in front of what is a pattern. */
const words: readonly (readonly [marked: string, expected: readonly string[] | undefined])[] = [
  ['RUN «rm» /a', ['/a']],
  ['RUN «rm» /a/*', ['~/a/*']],
  ['RUN «rm» "/a/*"', ['/a/*']],
  ["RUN «rm» '/a/*'", ['/a/*']],
  ['RUN «rm» /a/\\*', ['/a/*']],
  ['RUN «rm» "/a"/*', ['~/a/*']],
  ['RUN «rm» $A', undefined],
  ['RUN «rm» "$A/*"', undefined],
  ['RUN «rm» /{a,b}/*', ['~/{a,b}/*']],
  ['RUN «rm» /{a,b}', ['/{a,b}']],
  ['SHELL ["/bin/bash", "-c"]\nRUN «rm» /{a,b}/*', ['~/a/*', '~/b/*']],
  ['SHELL ["/bin/bash", "-c"]\nRUN «rm» "/{a,b}"', ['/{a,b}']],
  ['SHELL ["/bin/bash", "-c"]\nRUN «rm» /{a,{b,c}}', ['/a', '/b', '/c']],
  ['SHELL ["/bin/bash", "-c"]\nRUN «rm» /{1..3}', undefined],
  ['SHELL ["/bin/bash", "-c"]\nRUN «rm» /{a,b}"{c,d}"', ['/a{c,d}', '/b{c,d}']],
  ['SHELL ["/bin/bash", "-c"]\nRUN «rm» ' + '{a,b}'.repeat(10), undefined],
  ['RUN «rm» /a/[a-z]*', ['~/a/[a-z]*']],
  ['RUN «rm» "/a/"[a-z]', ['~/a/[a-z]']],
  ["RUN «rm» '/a/*'*", ['~/a/**']],
  ["RUN «rm» '~/x'", ['~/x']],
  ['RUN «rm» "$HOME"/x', ['~/x']],
  ['RUN «rm» "${HOME}/*"', ['~/*']],
  ["RUN «rm» $'/a b'", ['$/a b']],
  ['SHELL ["/bin/bash", "-c"]\nRUN «rm» $\'/a\\\'b\'', ["/a'b"]],
  ['RUN «rm» ${X:-/a}/*', ['~/a/*']],
  ['RUN «rm» $(x)', undefined],
  ['RUN «rm» "`x`"', undefined],
  ['RUN «rm» "$@"', undefined],
  ['RUN «rm» a$', ['a$']],
  ['RUN «rm» "a$ \\" b"', ['a$ " b']],
  ['FROM example.com/x\nRUN «rm» /{a,b}', undefined],
  ['FROM example.com/x\nRUN «rm» /a/*', ['~/a/*']],
  ['RUN ["«rm»", "/{a,b}/*"]', ['/{a,b}/*']],
  ["RUN bash -c '«rm» /{a,b}'", ['/a', '/b']],
];

for (const [marked, expected] of words) {
  test(`spelled: ${marked.replaceAll('\n', '⏎')}`, () => {
    const { model, command } = markedCommand(marked);
    const word = command.args.at(-1);
    assert.ok(word);
    const found = spellWord(word, shellOf(model, command));
    assert.deepEqual(
      found?.map(({ text, isGlob }) => (isGlob ? `~${text}` : text)),
      expected,
    );
  });
}
