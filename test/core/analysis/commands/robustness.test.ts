// The four questions about commands have an answer for any text, and cost in proportion to it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderOf } from '../../../../server/src/core/analysis/commands/folder';
import { guardOf } from '../../../../server/src/core/analysis/commands/guard';
import { ScriptFlow } from '../../../../server/src/core/analysis/commands/script-flow';
import { shellOf } from '../../../../server/src/core/analysis/commands/shell';
import { spellWord } from '../../../../server/src/core/shell/spelling';
import { userOf, userOfWrapper } from '../../../../server/src/core/analysis/commands/user';
import type { Model } from '../../../../server/src/core/model/model';
import type { ShellScript } from '../../../../server/src/core/shell/types';
import { modelOf } from '../../../harness/commands';

function askAll(model: Model): number {
  for (const command of model.commands) {
    userOf(model, command);
    for (const wrapper of command.wrappers) userOfWrapper(model, command, wrapper);
    folderOf(model, command);
    guardOf(model, command);
    for (const word of command.words) spellWord(word, shellOf(model, command));
  }
  return model.commands.length;
}

const texts: readonly string[] = [
  `FROM debian:12
WORKDIR /w
USER $A:x
RUN set -euo pipefail; (cd a && sudo -Eu "$B" sh -c 'cd /b; su - c -c "env -C d make {e,f}/*" || exit 1') | tee -a $(cd g; pwd)/log &
RUN if cd /a; then pushd b; elif ! { cd c; }; then popd; else exit; fi; for d in *; do cd $d || continue; done; y
RUN f() { cd /f; }; f && case $x in a) cd /a;; *) ! cd - ;; esac || true
RUN cd /a && bash -e <<A && runuser -u app -- sh <<'B' || :
cd b && \`cd c; z\`
A
su -c 'x' app; chroot --userspec=1 / y
B
ONBUILD RUN eval "cd x; set +e; z" | while read -r l; do gosu app:app z; done
ENTRYPOINT ["su", "-s", "/bin/bash", "-c", "cd /x && exec y || z", "-"]
HEALTHCHECK CMD chpst -u :1:2 x || exit 1`,
];

test('every prefix has an answer', () => {
  let asked = 0;
  for (const text of texts)
    for (let end = 0; end <= text.length; end += 1) asked += askAll(modelOf(text.slice(0, end)));
  assert.ok(asked > 1000);
});

test('deep constructs have an answer', () => {
  const depth = 400;
  for (const [open, close] of [
    ['(cd a; ', ')'],
    ['{ cd a; ', '; }'],
    ['if x; then cd a; ', '; fi'],
    ['for i in x; do cd a; ', '; done'],
    ['y $(cd a; ', ')'],
  ] as const)
    assert.ok(askAll(modelOf(`RUN ${open.repeat(depth)}x${close.repeat(depth)}`)) > 0);
});

/** How often the commands of a script are looked at while it is walked. */
function looksAt(text: string): number {
  let looks = 0;
  const model = modelOf(`WORKDIR /w\nRUN ${text}`);
  const [script] = model.instructions.slice(-1).flatMap((one) => model.scriptsOf(one));
  assert.ok(script && script.commands.length > 0);
  const commands = script.commands.map(
    (command) =>
      new Proxy(command, {
        get(target, key) {
          looks += 1;
          return Reflect.get(target, key) as unknown;
        },
        has(target, key) {
          looks += 1;
          return Reflect.has(target, key);
        },
      }),
  );
  const counted: ShellScript = { ...script, commands };
  new ScriptFlow(counted, '/w', (_, word) => word?.value);
  return looks;
}

const shapes: readonly (readonly [name: string, make: (count: number) => string])[] = [
  ['a row joined by &&', (count) => Array(count).fill('cd a').join(' && ')],
  ['a row of steps', (count) => Array(count).fill('cd a').join('; ')],
  ['alternatives', (count) => Array(count).fill('cd a').join(' || ')],
  ['a pipeline', (count) => Array(count).fill('cd a').join(' | ')],
  ['loops side by side', (count) => Array(count).fill('for i in x; do cd a; done').join('; ')],
  ['loops in loops', (count) => 'for i in x; do cd a; '.repeat(count / 8) + 'x' + '; done'.repeat(count / 8)],
  ['branches', (count) => Array(count).fill('if x; then cd a; else cd b; fi').join('; ')],
  ['subshells in subshells', (count) => '(cd a; '.repeat(count / 8) + 'x' + ')'.repeat(count / 8)],
];

for (const [name, make] of shapes) {
  test(`twice the text is twice the work: ${name}`, () => {
    const small = looksAt(make(800));
    const large = looksAt(make(1600));
    assert.ok(large <= small * 2.2, `${small} looks, then ${large}`);
  });
}

test('a script is walked once, and asks for its surroundings once', () => {
  const model = modelOf(`RUN ${Array(500).fill('cd a').join(' && ')}`);
  let asked = 0;
  const counted = new Proxy(model, {
    get(target, key) {
      if (key === 'environmentAt') asked += 1;
      const value = Reflect.get(target, key, target) as unknown;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  for (const command of model.commands) folderOf(counted, command);
  assert.equal(asked, 1);
});
