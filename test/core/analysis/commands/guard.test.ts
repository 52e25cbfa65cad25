// What becomes of the step when a command fails.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guardOf } from '../../../../server/src/core/analysis/commands/guard';
import { markedCommand } from '../../../harness/commands';

const cases: readonly (readonly [marked: string, expected: string])[] = [
  ['RUN «x»', 'stops'],
  ['RUN «x» && y', 'stops'],
  ['RUN y && «x»', 'stops'],
  ['RUN y; «x»', 'stops'],
  ['RUN ["«x»"]', 'stops'],
  // Swallowed.
  ['RUN «dnf» check-update; true', 'ignored ;'],
  ['RUN «x»; y', 'ignored ;'],
  ['RUN «x» && y; z', 'ignored ;'],
  ['RUN «x» || true', 'ignored ||'],
  ['RUN «x» || :', 'ignored ||'],
  ['RUN «x» && y || echo no', 'ignored ||'],
  ['RUN «x» || exit 0', 'ignored ||'],
  ['RUN «x» & y', 'ignored &'],
  ['RUN «x» &', 'ignored &'],
  ['RUN «x» | y', 'ignored |'],
  ['RUN y | «x»', 'stops'],
  ['RUN y | «x» | z', 'ignored |'],
  ['RUN y "$(«x»)"', 'ignored substitution'],
  ['RUN export A=$(«x»)', 'ignored substitution'],
  ['RUN A=$(«x») && y', 'stops'],
  ['RUN <<EOF\n«x»\ny\nEOF', 'ignored newline'],
  ['RUN <<EOF\ny\n«x»\nEOF', 'stops'],
  // Asked.
  ['RUN «x» || y', 'decides ||'],
  ['RUN «x» || exit 1', 'stops'],
  ['RUN «x» || { echo no; exit 1; }', 'stops'],
  ['RUN «x» || false', 'stops'],
  ['RUN «x» || false || true', 'ignored ||'],
  ['RUN y || «x»', 'stops'],
  ['RUN if «x»; then y; fi', 'decides condition'],
  ['RUN if y && «x»; then z; fi', 'decides condition'],
  ['RUN while «x»; do y; done', 'decides condition'],
  ['RUN if y; then «x»; fi', 'stops'],
  ['RUN if y; then «x»; z; fi', 'ignored ;'],
  ['RUN if y; then z; else «x»; fi', 'stops'],
  ['RUN case y in a) «x»;; esac', 'stops'],
  ['RUN for a in b; do «x»; done', 'stops'],
  ['RUN ! «x»', 'decides !'],
  ['RUN ! { «x»; }', 'decides !'],
  ['RUN { «x»; } || true', 'ignored ||'],
  ['RUN ( «x» ) || true', 'ignored ||'],
  ['RUN ( «x» && y ) && z', 'stops'],
  ['RUN { «x»; y; } && z', 'ignored ;'],
  ['RUN f() { «x»; }; f', 'unknown'],
  // set -e, and a shell that starts with it.
  ['RUN set -e; «x»; y', 'stops'],
  ['RUN set -eux; «x»; y', 'stops'],
  ['RUN set -o errexit; «x»; y', 'stops'],
  ['RUN set -e; set +e; «x»; y', 'ignored ;'],
  ['RUN set -e; «x» && y; z', 'ignored ;'],
  ['RUN set -e; y && «x»; z', 'stops'],
  ['RUN set -e; if «x»; then y; fi; z', 'decides condition'],
  ['RUN set -e; if y; then «x»; z; fi; z', 'stops'],
  ['RUN set -e; { «x»; y; } || true', 'ignored ;'],
  ['RUN set -e; ( «x»; y ); z', 'stops'],
  ['RUN set -e; ( «x»; y ) || true', 'ignored ;'],
  ['RUN set -e; A=$(«x»); y', 'stops'],
  ["RUN set -e; sh -c '«x»; y'; z", 'ignored ;'],
  ["RUN sh -ec '«x»; y'", 'stops'],
  ["RUN sh -ec '«x»; y'; z", 'ignored ;'],
  ["RUN sh -ec '«x»; y' || true", 'ignored ||'],
  ["RUN su app -c '«x»' && y", 'stops'],
  ["RUN su app -c '«x»; y'", 'ignored ;'],
  ["RUN set -e; eval '«x»; y'", 'stops'],
  ['RUN set $A; «x»; y', 'unknown'],
  ['RUN if y; then set -e; fi; «x»; z', 'unknown'],
  ['RUN (set -e; y); «x»; z', 'ignored ;'],
  ['SHELL ["/bin/bash", "-ec"]\nRUN «x»; y', 'stops'],
  ['RUN <<EOF\nset -e\n«x»\ny\nEOF', 'stops'],
  ['RUN <<EOF\n#!/bin/bash -e\n«x»\ny\nEOF', 'stops'],
  ['RUN ["sh", "-c", "«x»; y"]', 'ignored ;'],
  ['RUN ["sh", "-ec", "«x»; y"]', 'stops'],
  // pipefail.
  ['SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN «x» | y', 'stops'],
  ['RUN set -o pipefail && «x» | y', 'stops'],
  ['RUN set -euo pipefail; «x» | y; z', 'stops'],
  ['RUN set -o pipefail; set +o pipefail; «x» | y', 'ignored |'],
  ['RUN set -o pipefail; «x» | y || true', 'ignored ||'],
  // A script in a heredoc that a command reads.
  ['RUN bash <<EOF\n«x»\nEOF', 'stops'],
  ['RUN bash <<EOF || true\n«x»\nEOF', 'ignored ||'],
  ['RUN bash -e <<EOF\n«x»\ny\nEOF', 'stops'],
  ['RUN bash <<EOF && z\n«x»\nEOF', 'stops'],
];

for (const [marked, expected] of cases) {
  test(`guard: ${marked.replaceAll('\n', '⏎')}`, () => {
    const { model, command } = markedCommand(marked);
    const guard = guardOf(model, command);
    assert.equal('by' in guard ? `${guard.kind} ${guard.by}` : guard.kind, expected);
  });
}
