import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FormattingOptions } from 'vscode-languageserver';
import { apply, formatDocument, formatOnType, formatRange, plainInput, request } from './request';

const spaces = { tabSize: 4, insertSpaces: true };
const tabs = { tabSize: 4, insertSpaces: false };

async function format(text: string, settings: FormattingOptions = spaces): Promise<string> {
  const input = plainInput(text);
  return apply(input, await formatDocument(input, settings));
}

const cases: [name: string, before: string, after: string, settings?: FormattingOptions][] = [
  ['instructions begin at the margin', '  FROM a\n\tRUN b\n', 'FROM a\nRUN b\n'],
  ['one step for continuations', 'RUN a \\\nb \\\n  c\n', 'RUN a \\\n    b \\\n      c\n'],
  ['tabs where the editor has them', 'RUN a \\\n  b\n', 'RUN a \\\n\tb\n', tabs],
  [
    'relative indentation stays',
    'RUN if x; then \\\n  a && \\\n    b; \\\n  fi\n',
    'RUN if x; then \\\n    a && \\\n      b; \\\n    fi\n',
  ],
  [
    'far to the right moves as a block',
    'RUN a \\\n            b \\\n            c\n',
    'RUN a \\\n    b \\\n    c\n',
  ],
  ['comments may stand further left', 'RUN a \\\n# why\n  b\n', 'RUN a \\\n    # why\n    b\n'],
  ['blanks of empty lines go', 'FROM a\n   \n\nRUN b \\\n  \n  c\n', 'FROM a\n\n\nRUN b \\\n\n    c\n'],
  ['CRLF stays', '  FROM a\r\nRUN b \\\r\n c\r\n', 'FROM a\r\nRUN b \\\r\n    c\r\n'],
  ['mixed indentation keeps its columns', 'RUN a \\\n\tb \\\n        c\n', 'RUN a \\\n    b \\\n        c\n'],
  [
    'runs of blanks, blanks at line ends, lists',
    'FROM    debian:12   \nRUN   rm     -rf /x   \nENTRYPOINT ["a"  ,  "b"]',
    'FROM debian:12\nRUN rm -rf /x\nENTRYPOINT ["a", "b"]',
  ],
  [
    'steps of blanks become tabs',
    'FROM debian:12\nRUN \\\n  apt-get update \\\n  && apt-get install -y \\\n    bash \\\n    curl \\\n  && true\n',
    'FROM debian:12\nRUN \\\n\tapt-get update \\\n\t&& apt-get install -y \\\n\t\tbash \\\n\t\tcurl \\\n\t&& true\n',
    tabs,
  ],
  [
    'every gap of an instruction',
    'FROM  --platform=x\ta   AS  b\nCOPY   --from=c\t /d  "e  f"   /g\nENV  A=1   B="x  y"\nONBUILD   RUN\ta    b\nEXPOSE 1   2\n',
    'FROM --platform=x a AS b\nCOPY --from=c /d "e f" /g\nENV A=1 B="x  y"\nONBUILD RUN a b\nEXPOSE 1 2\n',
  ],
  [
    'lists in every place',
    'CMD [ "a" ]\nRUN   [ "a","b" ]\nHEALTHCHECK  --interval=1s   CMD   [ "a" ,"b  c" ]\nSHELL ["a",\t"-c"]\nCMD [ ]\n',
    'CMD ["a"]\nRUN ["a", "b"]\nHEALTHCHECK --interval=1s CMD ["a", "b  c"]\nSHELL ["a", "-c"]\nCMD []\n',
  ],
  [
    'blanks before and after a continuation',
    'RUN a     \\  \n    b\t\t\\\n    c\n',
    'RUN a \\\n    b \\\n    c\n',
  ],
  ['blanks after comments', '# a  b   \nFROM a\n  # c  \nRUN b\n', '# a  b\nFROM a\n# c\nRUN b\n'],
  // Things that may not change.
  ['blanks in quotes', 'RUN echo "a  b"  \'c   d\'  e\\  f\n', 'RUN echo "a  b" \'c   d\' e\\  f\n'],
  ['blanks in a substitution in quotes', 'RUN x="$(echo "a  b")"\n', 'RUN x="$(echo "a  b")"\n'],
  [
    'blanks of an operand',
    'RUN y=${x:-a   b}   z\nRUN ${x:-a   b}\n',
    'RUN y=${x:-a   b} z\nRUN ${x:-a   b}\n',
  ],
  ['blanks of here-documents', 'RUN <<E\na   b  \nE\n', 'RUN <<E\na   b  \nE\n'],
  ['blanks of values that are the whole line', 'FROM a\nENV A b   c\n', 'FROM a\nENV A b   c\n'],
  ['blanks of a path', 'FROM a\nWORKDIR /a  b\n', 'FROM a\nWORKDIR /a  b\n'],
  ['heredocs of RUN', 'RUN <<E\n  a\n E\nE\n', 'RUN <<E\n  a\n E\nE\n'],
  ['heredocs of ADD, terminator too', 'ADD <<E /x\nline\nE\n', 'ADD <<E /x\nline\nE\n'],
  ['heredocs behind continuations', 'COPY <<E \\\n/x\n a\nE\n', 'COPY <<E \\\n    /x\n a\nE\n'],
  ['heredocs under ONBUILD', 'ONBUILD RUN <<E\n  a\nE\n', 'ONBUILD RUN <<E\n  a\nE\n'],
  [
    'a string over two lines',
    'RUN echo "a \\\n  b" && \\\n  c\nRUN d \\\n  e\n',
    'RUN echo "a \\\n  b" && \\\n  c\nRUN d \\\n    e\n',
  ],
  ['a word over two lines', 'RUN apt\\\n-get x\n  CMD y\n', 'RUN apt\\\n-get x\nCMD y\n'],
  [
    'a string in a substitution in a string',
    'RUN echo "$(echo "a \\\n b")"\n',
    'RUN echo "$(echo "a \\\n b")"\n',
  ],
  ['a value that is the whole line', 'FROM a\nLABEL a "b \\\n  c"\n', 'FROM a\nLABEL a "b \\\n  c"\n'],
  [
    'a value in the old form of ENV and LABEL',
    ' FROM a\nENV A x \\\n  y\nLABEL b c \\\n d\nONBUILD ENV A x \\\n  y\nENV A=x \\\n  B=y\n',
    'FROM a\nENV A x \\\n  y\nLABEL b c \\\n d\nONBUILD ENV A x \\\n  y\nENV A=x \\\n    B=y\n',
  ],
];

for (const [name, before, after, settings] of cases) {
  test(`format: ${name}`, async () => {
    assert.equal(await format(before, settings), after);
    assert.equal(await format(after, settings), after, 'formatting twice changes nothing more');
  });
}

test('multi-line instructions can be left alone', async () => {
  const input = plainInput('  FROM a\nRUN b \\\n c\n');
  const edits = await formatDocument(input, { ...spaces, ignoreMultilineInstructions: true });
  assert.equal(apply(input, edits), 'FROM a\nRUN b \\\n c\n');
});

test('a range formats its lines and no others', async () => {
  const { input, spans } = request(' FROM a\n«RUN b \\\n  c \\\n»    d\n RUN e\n');
  const [span] = spans;
  assert.ok(span);
  const range = { start: input.document.positionAt(span.start), end: input.document.positionAt(span.end) };
  const result = apply(input, await formatRange(input, range, spaces));
  assert.equal(result, ' FROM a\nRUN b \\\n    c \\\n    d\n RUN e\n');
});

const typed: [name: string, source: string, after: string][] = [
  ['the next line is indented', 'RUN a \\‸\nb\n', 'RUN a \\\n    b\n'],
  ['unless it is an instruction', 'RUN a \\‸\nRUN b\n', 'RUN a \\\nRUN b\n'],
  ['or indented already', 'RUN a \\‸\n  b\n', 'RUN a \\\n  b\n'],
  ['not in a here-document', 'RUN <<E\na \\‸\nb\nE\n', 'RUN <<E\na \\\nb\nE\n'],
  ['not in a comment', 'FROM a\n# a \\‸\nb\n', 'FROM a\n# a \\\nb\n'],
  ['not in the middle of a line', 'RUN a \\‸n\nb\n', 'RUN a \\n\nb\n'],
  ['not inside a string', 'RUN echo "a \\‸\nb"\n', 'RUN echo "a \\\nb"\n'],
];

for (const [name, source, after] of typed) {
  test(`on type: ${name}`, async () => {
    const { input, position } = request(source);
    assert.equal(apply(input, await formatOnType(input, position, '\\', spaces)), after);
  });
}

test('on type: only the escape character of the file', async () => {
  const { input, position } = request('# escape=`\nRUN a `‸\nb\n');
  assert.equal(
    apply(input, await formatOnType(input, position, '`', spaces)),
    '# escape=`\nRUN a `\n    b\n',
  );
  assert.deepEqual(await formatOnType(input, position, '\\', spaces), []);
});

test('the end of the file and of its lines is as the editor wants it', async () => {
  const text = 'FROM a  \nRUN b';
  assert.equal(await format(text, { ...spaces, trimTrailingWhitespace: false }), text);
  assert.equal(await format(text, { ...spaces, insertFinalNewline: true }), 'FROM a\nRUN b\n');
  const lines = 'FROM a\r\nRUN b\r\n  \r\n\r\n';
  assert.equal(await format(lines, { ...spaces, trimFinalNewlines: true }), 'FROM a\r\nRUN b\r\n');
  assert.equal(
    await format('FROM a\r\nRUN b', { ...spaces, insertFinalNewline: true }),
    'FROM a\r\nRUN b\r\n',
  );
  // The last lines belong to a here-document that nothing ends.
  const open = 'RUN <<E\na\n\n\n';
  assert.equal(await format(open, { ...spaces, trimFinalNewlines: true }), open);
  for (const whole of ['', '\n', 'RUN a \\\n', 'FROM a\n'])
    assert.equal(
      await format(whole, { ...spaces, insertFinalNewline: true, trimFinalNewlines: true }),
      whole,
    );
});

test('an indentation that no editor has is not believed', async () => {
  for (const tabSize of [1e9, -5, Number.NaN])
    assert.ok((await format('RUN a \\\nb\n', { ...spaces, tabSize })).length < 40);
});
