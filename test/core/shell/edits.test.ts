import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../server/src/core/text/edit';
import type { Edit } from '../../../server/src/core/text/edit';
import {
  addArguments,
  appendToChain,
  appendToOutermostChain,
  appendToScript,
  prependToCommand,
} from '../../../server/src/core/shell/edits';
import { removeCommand, removeWords } from '../../../server/src/core/shell/removal';
import { execFormWords } from '../../../server/src/core/shell/exec-form-words';
import type { Command } from '../../../server/src/core/shell/types';
import type { Model } from '../../../server/src/core/model/model';
import { commandOf, modelOf } from '../../harness/commands';

type Case = readonly [name: string, before: string, after: string | undefined];

/** Runs each case as it is, with CRLF, and with backticks as the escape character. */
function table(
  what: string,
  cases: readonly Case[],
  edit: (model: Model) => readonly Edit[] | Edit | undefined,
): void {
  for (const [name, before, after] of cases) {
    const variants: readonly (readonly [string, (text: string) => string])[] = [
      ['', (text) => text],
      [' (CRLF)', (text) => text.replaceAll('\n', '\r\n')],
      [' (backtick)', (text) => `# escape=\`\n${text.replace(/\\$/gm, '`')}`],
    ];
    for (const [suffix, change] of before.includes('<<') ? variants.slice(0, 2) : variants) {
      test(`${what}: ${name}${suffix}`, () => {
        const text = change(before);
        const model = modelOf(text);
        const edits = edit(model);
        const result = edits && applyEdits(text, 'start' in edits ? [edits] : edits);
        assert.equal(result, after === undefined ? undefined : change(after));
        if (result === undefined) return;
        const changed = modelOf(result);
        assert.deepEqual(
          changed.file.comments.map((one) => one.text),
          model.file.comments.map((one) => one.text),
        );
        assert.deepEqual(changed.file.problems, []);
        assert.ok(
          changed.instructions.every((one) => changed.scriptsOf(one).every(({ valid }) => valid)),
          result,
        );
      });
    }
  }
}

table(
  'append to a chain',
  [
    ['on one line', 'RUN apt-get install x', 'RUN apt-get install x && NEW'],
    ['in the middle of statements', 'RUN a; apt-get install x; b', 'RUN a; apt-get install x && NEW; b'],
    [
      'behind a pipeline',
      'RUN yes | apt-get install x >/dev/null',
      'RUN yes | apt-get install x >/dev/null && NEW',
    ],
    [
      '&& in front',
      'RUN a \\\n && apt-get install \\\n      x \\\n && b\nCMD c',
      'RUN a \\\n && apt-get install \\\n      x \\\n && b \\\n && NEW\nCMD c',
    ],
    [
      '&& at the end',
      'RUN a && \\\n\tapt-get install x \\\n\t\ty\nCMD c',
      'RUN a && \\\n\tapt-get install x \\\n\t\ty && \\\n\tNEW\nCMD c',
    ],
    [
      'comments at the joints are not copied',
      'RUN a \\\n    # about b\n\n    && apt-get install x\n',
      'RUN a \\\n    # about b\n\n    && apt-get install x \\\n    && NEW\n',
    ],
    [
      'only arguments on lines of their own',
      'RUN apt-get install \\\n      x \\\n      # why\n      y\n',
      'RUN apt-get install \\\n      x \\\n      # why\n      y \\\n    && NEW\n',
    ],
    [
      'a trailing comment line',
      'RUN a && \\\n  apt-get install x \\\n  # the end\n\nCMD b\n'.replace('\n\nCMD b', ''),
      'RUN a && \\\n  apt-get install x && \\\n  NEW \\\n  # the end\n',
    ],
    ['a shell comment behind it', 'RUN apt-get install x # why', 'RUN apt-get install x && NEW # why'],
    [
      'set -e and statements',
      'RUN set -eux; \\\n\ta; \\\n\tapt-get install x \\\n\t\ty; \\\n\tb\n',
      'RUN set -eux; \\\n\ta; \\\n\tapt-get install x \\\n\t\ty; \\\n\tNEW; \\\n\tb\n',
    ],
    [
      'set -e and semicolons on lines of their own',
      'RUN set -e; \\\n\tapt-get install \\\n\t\tx \\\n\t; \\\n\tb\n',
      'RUN set -e; \\\n\tapt-get install \\\n\t\tx \\\n\t; \\\n\tNEW \\\n\t; \\\n\tb\n',
    ],
    ['set -e, at the end', 'RUN set -e; a && apt-get install x', 'RUN set -e; a && apt-get install x && NEW'],
    [
      'set -e in a branch',
      'RUN set -e; if a; then apt-get install x; fi; b',
      'RUN set -e; if a; then apt-get install x; NEW; fi; b',
    ],
    ['in a branch', 'RUN if a; then apt-get install x; fi', 'RUN if a; then apt-get install x && NEW; fi'],
    ['in a subshell', 'RUN (a && apt-get install x) && b', 'RUN (a && apt-get install x && NEW) && b'],
    ['in a string', `RUN bash -c 'a && apt-get install x'`, `RUN bash -c 'a && apt-get install x && NEW'`],
    [
      'in a string of exec form',
      'RUN ["sh", "-c", "a && apt-get install x"]',
      'RUN ["sh", "-c", "a && apt-get install x && NEW"]',
    ],
    [
      'a heredoc',
      'RUN <<EOF\na\napt-get install \\\n  x\nb\nEOF\n',
      'RUN <<EOF\na\napt-get install \\\n  x \\\n    && NEW\nb\nEOF\n',
    ],
    [
      'a heredoc with set -e',
      'RUN <<EOF\n  set -e\n  apt-get install x\n  b\nEOF\n',
      'RUN <<EOF\n  set -e\n  apt-get install x\n  NEW\n  b\nEOF\n',
    ],
    [
      'a heredoc of data',
      'RUN cat <<EOF >/x && apt-get install x\nd\nEOF\n',
      'RUN cat <<EOF >/x && apt-get install x && NEW\nd\nEOF\n',
    ],
    [
      'a line of a heredoc that opens one',
      'RUN <<EOF\nset -e\ncat <<A >/x; apt-get install x\nd\nA\nb\nEOF\n',
      'RUN <<EOF\nset -e\ncat <<A >/x; apt-get install x; NEW\nd\nA\nb\nEOF\n',
    ],
    ['beside ||', 'RUN apt-get install x || true', undefined],
    ['in the background', 'RUN apt-get install x & b', undefined],
    ['in a condition', 'RUN if apt-get install x; then b; fi', undefined],
    ['in a substitution', 'RUN echo $(apt-get install x)', undefined],
    ['in a string with escapes', 'RUN sh -c "apt-get install \\"x\\""', undefined],
    ['in exec form', 'RUN ["apt-get", "install", "x"]', undefined],
    ['in front of exit', 'RUN apt-get install x && exit 0', undefined],
    ['in front of exec', 'RUN apt-get install x && exec b', undefined],
    [
      'the only statement of a shell with -e',
      'SHELL ["/bin/bash", "-ec"]\nRUN apt-get install x',
      'SHELL ["/bin/bash", "-ec"]\nRUN apt-get install x && NEW',
    ],
    ['in a broken script', 'RUN apt-get install x && b && &&', undefined],
  ],
  (model) => appendToChain(model, commandOf(model, 'apt-get'), 'NEW'),
);

table(
  'append behind what a command stands in',
  [
    ['nothing', 'RUN a && apt-get install x', 'RUN a && apt-get install x && NEW'],
    [
      'a loop',
      'RUN a && for p in x; do apt-get install $p; done',
      'RUN a && for p in x; do apt-get install $p; done && NEW',
    ],
    [
      'a branch, under set -e',
      'RUN set -e; a; if b; then apt-get install x; fi; c',
      'RUN set -e; a; if b; then apt-get install x; fi; NEW; c',
    ],
    [
      'a case on lines of its own',
      'RUN a && \\\n  case $b in \\\n    x) apt-get install x ;; \\\n  esac\n',
      'RUN a && \\\n  case $b in \\\n    x) apt-get install x ;; \\\n  esac && \\\n  NEW\n',
    ],
    [
      'groups in groups',
      'RUN ( { apt-get install x; } ) >/dev/null',
      'RUN ( { apt-get install x; } ) >/dev/null && NEW',
    ],
    ['a string', "RUN sh -c 'a && apt-get install x'", "RUN sh -c 'a && apt-get install x && NEW'"],
    ['a loop in a string', "RUN sh -c 'for p in x; do apt-get install $p; done'", undefined],
    ['a function', 'RUN f() { apt-get install x; }; f', undefined],
    ['what runs when something fails', 'RUN a || { b; apt-get install x; }', undefined],
    ['a loop in the background', 'RUN for p in x; do apt-get install $p; done & wait', undefined],
  ],
  (model) => appendToOutermostChain(model, commandOf(model, 'apt-get'), 'NEW'),
);

table(
  'append to a script',
  [
    ['the last list', 'RUN a; b && c', 'RUN a; b && c && NEW'],
    [
      'statements under set -e',
      'RUN set -e; \\\n\ta; \\\n\tb\n',
      'RUN set -e; \\\n\ta; \\\n\tb; \\\n\tNEW\n',
    ],
    ['statements, the status that of the last', 'RUN a; \\\n\tb\n', 'RUN a; \\\n\tb && NEW\n'],
    ['a chain under set -e', 'RUN set -e; a && b\n', 'RUN set -e; a && b && NEW\n'],
  ],
  (model) => {
    const [script] = model.scriptsOf(model.instructions[0]!);
    return script && appendToScript(model, script, 'NEW');
  },
);

test('what a string would read otherwise does not go into it: quotes, variables, escapes', () => {
  const model = modelOf(`RUN sh -c 'apt-get install x'`);
  for (const text of [`rm 'x'`, 'rm "x"', 'rm $X', 'rm \\x', 'rm `x`'])
    assert.equal(appendToChain(model, commandOf(model, 'apt-get'), text), undefined, text);
});

table(
  'put in front',
  [
    ['on one line', 'RUN apt-get install x', 'RUN NEW && apt-get install x'],
    ['in the middle', 'RUN a && b | apt-get install x', 'RUN a && NEW && b | apt-get install x'],
    [
      'one command a line',
      'RUN a && \\\n    apt-get install x',
      'RUN a && \\\n    NEW && \\\n    apt-get install x',
    ],
    ['&& in front', 'RUN a \\\n && apt-get install x', 'RUN a \\\n && NEW \\\n && apt-get install x'],
    ['with sudo and assignments', 'RUN A=1 sudo apt-get install x', 'RUN NEW && A=1 sudo apt-get install x'],
    ['under set -e', 'RUN set -e; apt-get install x; b', 'RUN set -e; NEW; apt-get install x; b'],
    ['behind ||', 'RUN a || apt-get install x', undefined],
  ],
  (model) => prependToCommand(model, commandOf(model, 'apt-get'), 'NEW'),
);

table(
  'remove a command',
  [
    ['first of two', 'RUN gone && b', 'RUN b'],
    ['last of two', 'RUN a && gone x', 'RUN a'],
    ['in the middle', 'RUN a && sudo gone >/dev/null && b', 'RUN a && b'],
    ['&& at the end', 'RUN a && \\\n    gone && \\\n    b\n', 'RUN a && \\\n    b\n'],
    ['&& at the end, last', 'RUN a && \\\n    gone \\\n      x\nCMD c\n', 'RUN a\nCMD c\n'],
    ['&& in front', 'RUN a \\\n && gone \\\n      x \\\n && b\n', 'RUN a \\\n && b\n'],
    ['&& in front, first', 'RUN gone \\\n && b \\\n && c\n', 'RUN b \\\n && c\n'],
    [
      'comments stay, && at the end',
      'RUN a && \\\n    # about gone\n    gone && \\\n    # about b\n    b\n',
      'RUN a && \\\n    # about gone\n    # about b\n    b\n',
    ],
    [
      'comments stay, && in front',
      'RUN a \\\n    # about gone\n    && gone \\\n      # an argument\n      x \\\n    # about b\n    && b\n',
      'RUN a \\\n    # about gone\n      # an argument\n    # about b\n    && b\n',
    ],
    ['comments stay, first', 'RUN gone && \\\n    # about b\n    b\n', 'RUN \\\n    # about b\n    b\n'],
    [
      'comments stay, last',
      'RUN a && \\\n    # about gone\n    gone\nCMD c\n',
      'RUN a\n    # about gone\nCMD c\n',
    ],
    ['a statement', 'RUN a; gone; b', 'RUN a; b'],
    ['the first statement', 'RUN gone; b', 'RUN b'],
    ['the last statement', 'RUN a; \\\n\tgone;\n', 'RUN a;\n'],
    ['behind &', 'RUN a & gone', 'RUN a &'],
    ['in a branch', 'RUN if a; then gone && b; fi', 'RUN if a; then b; fi'],
    ['in a heredoc', 'RUN <<EOF\na\n  gone \\\n    x\nb\nEOF\n', 'RUN <<EOF\na\nb\nEOF\n'],
    ['in a chain of a heredoc', 'RUN <<EOF\na &&\n  gone &&\n  b\nEOF\n', 'RUN <<EOF\na &&\n  b\nEOF\n'],
    ['last, with a shell comment behind', 'RUN a && \\\n  # about gone\n  gone # why\nCMD c\n', undefined],
    [
      'last, with a comment in front and a body behind',
      'RUN a <<EOF && \\\n  # about gone\n  gone\nx\nEOF\n',
      undefined,
    ],
    ['alone', 'RUN gone', undefined],
    ['alone in a branch', 'RUN if a; then gone; fi', undefined],
    ['a condition', 'RUN if gone && a; then b; fi', undefined],
    ['in a pipeline', 'RUN a && gone | b', undefined],
    ['beside ||', 'RUN a && gone || b', undefined],
    ['with a body', 'RUN gone <<EOF >/x && b\nx\nEOF\n', undefined],
  ],
  (model) => removeCommand(model, commandOf(model, 'gone')),
);

table(
  'remove a word',
  [
    ['in the middle', 'RUN x --gone y', 'RUN x y'],
    ['at the end', 'RUN x y --gone && z', 'RUN x y && z'],
    ['behind a redirection', 'RUN x >/y --gone z', 'RUN x >/y z'],
    ['on a line of its own', 'RUN x \\\n    --gone \\\n    y\n', 'RUN x \\\n    y\n'],
    ['first of its line', 'RUN x \\\n    --gone y\n', 'RUN x \\\n    y\n'],
    ['on the last line', 'RUN x \\\n    --gone\nCMD c\n', 'RUN x\nCMD c\n'],
    ['with comments', 'RUN x \\\n    # why\n    --gone \\\n    y\n', 'RUN x \\\n    # why\n    y\n'],
    [
      'with comments, on the last line',
      'RUN x \\\n    # why\n    --gone\nCMD c\n',
      'RUN x\n    # why\nCMD c\n',
    ],
    ['exec form', 'RUN ["x", "--gone", "y"]', 'RUN ["x", "y"]'],
    ['exec form, at the end', 'RUN ["x", "--gone"]', 'RUN ["x"]'],
    ['the command', 'RUN "--gone" x', undefined],
  ],
  (model) => {
    const command: Command = model.commands[0]!;
    return removeWords(
      model,
      command,
      command.words.find(({ value }) => value === '--gone')!,
    );
  },
);

table(
  'add an argument',
  [
    ['shell form', 'RUN x install y', 'RUN x install -y y'],
    ['in front of a continuation', 'RUN x install \\\n  y', 'RUN x install -y \\\n  y'],
    ['exec form', 'RUN ["x", "install", "y"]', 'RUN ["x", "install", "-y", "y"]'],
    ['exec form, at the end', 'RUN ["x", "install"]', 'RUN ["x", "install", "-y"]'],
    ['a string', `RUN sh -c "x install y"`, `RUN sh -c "x install -y y"`],
    ['a string with escapes', `RUN sh -c "x install \\"y\\""`, undefined],
  ],
  (model) => {
    const command = commandOf(model, 'x');
    return addArguments(command, command.args[0]!, '-y');
  },
);

test('scripts that need no shell', () => {
  const rows: readonly (readonly [string, readonly string[] | undefined])[] = [
    ['nginx -g "daemon off;"', ['nginx', '-g', 'daemon off;']],
    ['exec java -jar a.jar', ['java', '-jar', 'a.jar']],
    ['./run \\\n  a', ['./run', 'a']],
    ["sh -c 'a && b'", ['sh', '-c', 'a && b']],
    ['env A=1 x', ['env', 'A=1', 'x']],
    ['x $A', undefined],
    ['x "$(y)"', undefined],
    ['x *.c', undefined],
    ['x ~/y', undefined],
    ['A=1 x', undefined],
    ['x && y', undefined],
    ['x; y', undefined],
    ['x &', undefined],
    ['x | y', undefined],
    ['! x', undefined],
    ['x > y', undefined],
    ['x # y', undefined],
    ['(x)', undefined],
    ['cd /x', undefined],
    ['time x', undefined],
  ];
  for (const [script, expected] of rows) {
    const model = modelOf(`CMD ${script}`);
    const [found] = model.scriptsOf(model.instructions[0]!);
    assert.deepEqual(found && execFormWords(found), expected, script);
  }
});
