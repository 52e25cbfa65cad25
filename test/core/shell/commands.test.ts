import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeCommand, modelOf } from '../../harness/commands';
import { mark, parseMarked } from '../../harness/marked';

// Marks stand around the spans of the commands, in source order.
const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ['one command', 'RUN «apt-get update»', ['apt-get update']],
  ['a list', 'RUN «a 1» && «b» || «c» ; «d» & «e»', ['a 1', 'b', 'c', 'd', 'e']],
  ['a pipeline', 'RUN ! «curl -fsSL x» | «tar -xz» 2>&1 >/dev/null', ['curl -fsSL x', 'tar -xz']],
  [
    'continuations with comments and blank lines',
    'RUN «apt-get install \\\n    # about curl\n\n  curl \\\n# about git\n  git» && \\\n «rm -rf /x»\n',
    ['apt-get install curl git', 'rm -rf /x'],
  ],
  ['a word cut by a continuation', 'RUN «apt-\\\nget up\\\ndate» && «b»', ['apt-get update', 'b']],
  ['CRLF', 'FROM a\r\nRUN «a \\\r\n  x» && \\\r\n  «b»\r\nCMD «c»\r\n', ['a x', 'b', 'c']],
  ['backticks as escape', '# escape=`\nRUN «a `\n  x» && «b»', ['a x', 'b']],
  ['quotes', `RUN «echo 'a b' "c d" e\\ f ""»`, ['echo a b c d e f ']],
  ['expansions', 'RUN «rm -rf "$A" *.deb ~/x {a,b}»', ['rm -rf «"$A"» «*.deb» ~/x «{a,b}»']],
  [
    'a path',
    'RUN «/usr/bin/apt-get update» && «"$B/bin/pip" install x»',
    ['apt-get update', 'pip install x'],
  ],
  ['an unknown program', 'RUN «$X y» && «"$PREFIX"pip z»', ['? y', '? z']],
  ['an assignment is no command', 'RUN A=1 && B=$(«date») «c»', ['c', 'date (substitution)']],
  [
    'constructs',
    'RUN if «a»; then «b»; elif «c»; then «d»; else «e»; fi; for i in $(«f»); do «g»; done; while «h»; do «i»; done; (« j»; { «k»; }); case $(«l») in x) «m»;; esac'.replace(
      '(« j»',
      '(«j»',
    ),
    [
      'a (condition)',
      'b (branch)',
      'c (condition)',
      'd (branch)',
      'e (branch)',
      'f (substitution)',
      'g (loop)',
      'h (loop condition)',
      'i (loop)',
      'j (subshell)',
      'k (subshell group)',
      'l (substitution)',
      'm (case)',
    ],
  ],
  ['a function', 'RUN f() { «a»; }; «f»', ['a (function)', 'f']],
  [
    'substitutions in words',
    'RUN «a "$(«b `«c»`»)" x»',
    ['a «"$(b `c`)"» x', 'b «`c`» (substitution)', 'c (substitution substitution)'],
  ],
  ['[[ ]]', 'RUN [[ -f $(«a») ]] && «b»', ['a (substitution)', 'b']],
  ['what stands before a syntax error', 'RUN «a» && «b» && && c', ['a', 'b']],
  ['an unclosed quote', 'RUN «a» && echo "b', ['a']],
  ['a shell comment', 'RUN «a» && «b» # && c', ['a', 'b']],
  ['flags of RUN', 'RUN --mount=type=cache,target=/x --network=none «a b»', ['a b']],
  ['ONBUILD', 'ONBUILD RUN «a» && «b»', ['a', 'b']],
  ['lower case', 'run «a»\ncmd «b»', ['a', 'b']],
  ['CMD and ENTRYPOINT', 'ENTRYPOINT exec «java -jar x»\nCMD «b»', ['exec java -jar x', 'b']],
  ['HEALTHCHECK', 'HEALTHCHECK --interval=5s CMD «curl -f x» || «exit 1»', ['curl -f x', 'exit 1']],
  ['HEALTHCHECK NONE', 'HEALTHCHECK NONE', []],
  ['exec form', 'RUN ["«apt-get", "install", \\\n "x y»"]', ['apt-get install x y']],
  ['exec form of CMD', 'CMD [ "«a»" ]\nENTRYPOINT []', ['a']],
  ['exec form of HEALTHCHECK', 'HEALTHCHECK CMD ["«curl", "-f»"]', ['curl -f']],
  [
    'a shell in exec form',
    'RUN ["«/bin/sh", "-c", "«a» && «b "$X"»»"]'.replaceAll('"$X"', "'$X'"),
    ["sh -c a && b '$X'", 'sh a', 'sh b $X'],
  ],
  [
    'escapes in a shell in exec form',
    'CMD ["«sh", "-c", "«echo \\"a b\\" d» && «c»»"]',
    ['sh -c echo "a b" d && c', 'sh echo a b d', 'sh c'],
  ],
  ['a heredoc', 'RUN <<EOF\n  «a 1»\n# c\n  «b» && «c»\nEOF\nRUN «d»', ['a 1', 'b', 'c', 'd']],
  ['a heredoc with tabs dropped', 'RUN <<-EOF\n\t\t«a 1»\n\t«b»\n\tEOF\n', ['a 1', 'b']],
  ['a heredoc with CRLF', 'RUN <<EOF\r\n«a x»\r\n«b»\r\nEOF\r\n', ['a x', 'b']],
  ['a heredoc for another interpreter', 'RUN <<EOF\n#!/usr/bin/env python3\nimport os\nEOF', []],
  ['a heredoc with a shell shebang', 'RUN <<EOF\n#!/bin/bash -e\n«a»\nEOF', ['a']],
  [
    'data in a heredoc',
    'RUN «cat» <<EOF >/x && «b»\napt-get install $(«date»)\nEOF',
    ['cat', 'b', 'date (substitution)'],
  ],
  ['quoted data in a heredoc', "RUN «cat» <<'EOF' >/x\n$(date)\nEOF", ['cat']],
  ['two heredocs', 'RUN «cat» <<A >/x && «tee /y» <<B\na\nA\nb\nB\nRUN «c»', ['cat', 'tee /y', 'c']],
  ['a heredoc fed to a shell', 'RUN «bash -ex» <<EOF\n«a» && «b»\nEOF', ['bash -ex', 'bash a', 'bash b']],
  ['a heredoc fed to a shell with a script', 'RUN «bash x.sh» <<EOF\na\nEOF', ['bash x.sh']],
  ['a heredoc fed to python', 'RUN «python3» <<EOF\nimport os\nEOF', ['python3']],
  ['PowerShell', 'SHELL ["powershell", "-Command"]\nRUN Get-Item x; if ($a) { b }', []],
  ['cmd', 'SHELL ["cmd", "/S", "/C"]\nRUN if exist x del y', []],
  ['a shell behind a launcher', 'SHELL ["conda", "run", "-n", "x", "/bin/bash", "-c"]\nRUN «a»', ['a']],
  ['an interpreter as SHELL', 'SHELL ["python3", "-c"]\nRUN print(1)', []],
  ['emoji', 'RUN «echo 🐳 é» && «b»', ['echo 🐳 é', 'b']],
];

for (const [name, source, expected] of cases) {
  test(`commands: ${name}`, () => {
    const { text, spans } = parseMarked(source);
    const { commands } = modelOf(text);
    assert.deepEqual(commands.map(describeCommand), expected);
    const bySpan = [...commands].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
    assert.equal(
      mark(
        text,
        bySpan.map(({ span }) => span),
      ),
      mark(text, spans),
    );
  });
}

test('joints, pipelines and lists', () => {
  const { commands } = modelOf('RUN a && ! b | c |& d; e || f & g');
  const rows = commands.map(({ program, before, after, pipeline, negated, list }) =>
    [program, before, after, pipeline?.index, negated, list].map((cell) => cell ?? '-').join(' '),
  );
  assert.deepEqual(rows, [
    'a - && - false 0',
    'b && | 0 true 0',
    'c | |& 1 true 0',
    'd |& ; 2 true 0',
    'e ; || - false 1',
    'f || & - false 1',
    'g & - - false 2',
  ]);
});

test('assignments and redirections', () => {
  const text = 'RUN A=1 B="x $Y" sudo C=3 a 2>>/log <in >$OUT <<< str';
  const [command] = modelOf(text).commands;
  assert.deepEqual(
    command?.assignments.map(({ name, value, span }) => [
      name,
      value?.value,
      text.slice(span.start, span.end),
    ]),
    [
      ['A', '1', 'A=1'],
      ['B', undefined, 'B="x $Y"'],
      ['C', '3', 'C=3'],
    ],
  );
  assert.deepEqual(
    command.redirects.map(({ operator, target }) => [operator, target?.text]),
    [
      ['2>>', '/log'],
      ['<', 'in'],
      ['>', '$OUT'],
      ['<<<', 'str'],
    ],
  );
  assert.equal(text.slice(command.fullSpan.start, command.fullSpan.end), text.slice(4));
});

test('what is known of a word', () => {
  const known = (word: string) => {
    const found = modelOf(`RUN x ${word}`).commands[0]?.args[0];
    return [found?.value, found?.pattern, found?.prefix, found?.suffix, found?.splits];
  };
  const rows: readonly (readonly [string, readonly unknown[]])[] = [
    ['abc', ['abc', 'abc', 'abc', 'abc', false]],
    [`'a b'"c"`, ['a bc', 'a bc', 'a bc', 'a bc', false]],
    ['/x/*', [undefined, '/x/*', '/x/', '', false]],
    ['a$B-c', [undefined, undefined, 'a', '-c', true]],
    ['"a${B:-$C}"', [undefined, undefined, 'a', '', false]],
    ['"$@"', [undefined, undefined, '', '', true]],
    ['$(b)', [undefined, undefined, '', '', true]],
    ["$'a\\tb'", ['a\tb', 'a\tb', 'a\tb', 'a\tb', false]],
    ['k=1.$V', [undefined, undefined, 'k=1.', '', true]],
    ["k='1 2'", ['k=1 2', 'k=1 2', 'k=1 2', 'k=1 2', false]],
  ];
  for (const [word, expected] of rows) assert.deepEqual(known(word), expected, word);
});

test('scripts: dialect, validity, options', () => {
  const rows: readonly (readonly [string, readonly unknown[]])[] = [
    ['FROM x\nRUN a', ['posix', true, false, false]],
    ['FROM debian\nRUN a', ['dash', true, false, false]],
    ['FROM alpine\nRUN a', ['ash', true, false, false]],
    ['FROM fedora\nRUN a', ['bash', true, false, false]],
    ['SHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nRUN a', ['bash', true, true, true]],
    ['SHELL ["bash", "-o", "pipefail", "-c"]\nRUN a', ['bash', true, false, true]],
    ['SHELL ["C:\\\\x\\\\pwsh.exe", "-Command"]\nRUN a', ['powershell', true, false, false]],
    ['RUN if a', ['posix', false, false, false]],
    ['RUN <<EOF\n#!/bin/sh -e\na\nEOF', ['posix', true, true, false]],
    ['RUN <<EOF\n#!/usr/bin/env -S node --x\na\nEOF', ['other', true, false, false]],
    ['RUN ["bash", "-euo", "pipefail", "-c", "a"]', ['bash', true, true, true]],
  ];
  for (const [text, expected] of rows) {
    const model = modelOf(text);
    const [script] = model.scriptsOf(model.instructions.at(-1)!);
    assert.deepEqual([script?.dialect, script?.valid, script?.errexit, script?.pipefail], expected, text);
  }
});
