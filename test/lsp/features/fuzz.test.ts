// Every feature at every position of broken files: no exception, and no range outside the text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Position, Range } from 'vscode-languageserver';
import {
  apply,
  completion,
  definition,
  folding,
  formatDocument,
  formatOnType,
  formatRange,
  highlight,
  hover,
  links,
  plainInput,
  prepareRename,
  references,
  rename,
  signatureHelp,
  symbols,
} from './request';
import type { Input } from './request';

const spaces = { tabSize: 2, insertSpaces: true };

const broken = [
  '',
  '\n\r\n \t\n',
  '\uFEFFFROM a',
  '#',
  '# escape=\n# escape=`',
  '# escape=`\nFROM a`\nRUN `',
  'FROM',
  'FROM --platform=',
  'FROM $',
  'FROM ${',
  'FROM ${A:-${B',
  'FROM :@/: AS',
  'FROM a AS a\nFROM a AS a\nFROM a',
  'ONBUILD',
  'ONBUILD ONBUILD RUN x',
  'ONBUILD FROM a',
  'RUN <<',
  'RUN <<E',
  'RUN <<E\nE',
  'RUN <<"E"O"F" <<-X\n\tX\nEOF\n$A',
  'COPY <<E <<E /\nE\nE\nE',
  'RUN --mount=type=,from=,=,,x=$ --mount --network= --=x',
  'COPY --from=0 --from= --from="x',
  'RUN echo "\'`$(',
  'RUN echo $((',
  "RUN cat <<'A' $(cat <<B) `x\n$X\nA\nB\n",
  'RUN \\\n\\\n\\',
  'RUN a \\\n# c\n\n \\\nFROM b',
  'ENV',
  'ENV =',
  'ENV A B=C $A',
  'ENV "A"=\'$A\' A=$A',
  'ARG A=$A A=${A}',
  'LABEL "a"="b" c',
  'SHELL [',
  'CMD ["a", "\\u0041", "$X"',
  'HEALTHCHECK --interval CMD',
  'EXPOSE 80/ /tcp $/',
  'USER :\nUSER a:b:c',
  'WORKDIR C:\\\\\nRUN x\\\\\n',
  'from a\rrun b\r',
  'FROM a\nRUN \u0000\u{1F600} $\u00e9 \ud800',
  'FOO bar $A\nFROM a',
];

function positions({ document, text }: Input, every: number): Position[] {
  const found: Position[] = [];
  for (let offset = 0; offset <= text.length; offset += every) found.push(document.positionAt(offset));
  // Clients may be a step behind the text.
  return [...found, { line: document.lineCount, character: 3 }, { line: 0, character: 10_000 }];
}

/** All ranges in an answer, whatever its shape. */
function rangesIn(answer: unknown): Range[] {
  if (typeof answer !== 'object' || answer === null) return [];
  const own =
    'start' in answer && 'end' in answer && typeof answer.start === 'object' ? [answer as Range] : [];
  return [...own, ...Object.values(answer).flatMap(rangesIn)];
}

async function exercise(input: Input, every: number): Promise<void> {
  const { document, text } = input;
  const answers: unknown[] = [await symbols(input), await folding(input), await links(input)];
  const edits = await formatDocument(input, spaces);
  answers.push(edits);
  const formatted = apply(input, edits);
  assert.deepEqual(await formatDocument(plainInput(formatted), spaces), [], 'formatted twice');
  for (const position of positions(input, every)) {
    const items = await completion(input, position);
    for (const { label, textEdit } of items) {
      assert.ok(textEdit && 'range' in textEdit && label !== '');
      const { start, end } = textEdit.range;
      assert.equal(start.line, end.line);
      const cursor = document.offsetAt(position);
      assert.ok(document.offsetAt(start) <= cursor && cursor <= document.offsetAt(end), label);
    }
    answers.push(items, await hover(input, position), await signatureHelp(input, position));
    answers.push(
      await definition(input, position),
      await references(input, position, true),
      await highlight(input, position),
    );
    answers.push(await prepareRename(input, position), await rename(input, position, 'x_1'));
    answers.push(await formatOnType(input, position, '\\', spaces));
    answers.push(await formatRange(input, { start: position, end: position }, spaces));
  }
  for (const { start, end } of rangesIn(answers)) {
    assert.ok(start.line >= 0 && start.character >= 0 && end.line <= document.lineCount);
    assert.ok(document.offsetAt(start) <= document.offsetAt(end));
  }
  assert.equal(input.text, text);
}

for (const text of broken) {
  test(`nothing breaks on ${JSON.stringify(text)}`, async () => {
    await exercise(plainInput(text), 1);
    await exercise(plainInput(`FROM a AS s\nARG X=1\n${text}`), 3);
  });
}

const whole = `# syntax=docker/dockerfile:1
ARG V=1
FROM --platform=$BUILDPLATFORM golang:\${V} AS build
ARG V
ENV A=1 B="$V"
RUN --mount=type=cache,target=/x --mount=from=build,target=/y \\
    # why
    go build '$A' "$A" && sh -c 'echo $A'
COPY <<EOF <<-"X" /
$A
EOF
	$A
	X
ONBUILD RUN echo $A
FROM build
COPY --from=build --chown=$A /a /b
HEALTHCHECK --interval=3s CMD curl $B
LABEL a=b "c"="d e"
CMD ["sh", "-c", "$A"]
`;

test('nothing breaks on random damage', async () => {
  // A fixed sequence: a failure can be repeated.
  let seed = 20260101;
  const random = (limit: number): number => {
    seed = (seed * 48271) % 2147483647;
    return seed % limit;
  };
  const pieces = [
    '\n',
    '\\\n',
    '"',
    "'",
    '`',
    '$',
    '${',
    '}',
    '<<E',
    '\r\n',
    '#',
    '--mount=',
    '[',
    ' ',
    '\\',
    'FROM ',
    '=',
    ',',
  ];
  for (let round = 0; round < 60; round += 1) {
    let text = whole;
    for (let damage = 0; damage <= random(4); damage += 1) {
      const at = random(text.length);
      const cut = random(3) === 0 ? random(40) : 0;
      text = text.slice(0, at) + (pieces[random(pieces.length)] ?? '') + text.slice(at + cut);
    }
    if (random(4) === 0) text = text.slice(0, random(text.length));
    await exercise(plainInput(text), 41);
  }
});
