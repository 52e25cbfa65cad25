import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instruction } from '../../../server/src/core/syntax/nodes';
import { parse } from '../../../server/src/core/syntax/parse';
import type { Span } from '../../../server/src/core/text/span';
import { mark, parseMarked } from '../../harness/marked';

function first(text: string): Instruction {
  const [instruction] = parse(text).instructions;
  assert.ok(instruction);
  return instruction;
}

// Each row: which spans of the first instruction, and the text with marks where they belong.
const spans: readonly (readonly [string, (one: Instruction) => readonly Span[], string])[] = [
  ['instruction', (one) => [one.span], '  «RUN a \\\n# c\n  b  »\nX'],
  ['instruction in CRLF', (one) => [one.span], '«RUN a \\\r\n b»\r\nX\r\n'],
  ['instruction with a heredoc', (one) => [one.span], '«RUN <<A\nx\nA»\r\nX'],
  ['instruction to the end', (one) => [one.span], '«RUN a \\\n\n# c»'],
  ['instruction below a lone escape', (one) => [one.span], '«\\\n RUN a»'],
  ['keyword', (one) => [one.keywordSpan], '\t«run» a'],
  ['keyword over a join', (one) => [one.keywordSpan], '«RU\\\nN» a'],
  ['arguments', (one) => [one.argumentsSpan], 'RUN --a=b \\\n «b \\\n c»  '],
  ['arguments from the next line', (one) => [one.argumentsSpan], 'RUN \\\n\n «b»'],
  ['no arguments', (one) => [one.argumentsSpan], 'RUN«»  '],
  ['no arguments behind flags', (one) => [one.argumentsSpan], 'RUN --a \\\n --b«»  '],
  ['words of COPY', (one) => one.words.map(({ span }) => span), 'COPY «a» \\\n  «b\\\nc» «"d» «e"»'],
  ['words of RUN', (one) => one.words.map(({ span }) => span), 'RUN «a» «"b c"» \\\n# x\n «d\\ e»'],
  ['the one word of WORKDIR', (one) => one.words.map(({ span }) => span), 'WORKDIR «/a b»  '],
  ['words of ENV', (one) => one.words.map(({ span }) => span), 'ENV «a="b c"» \\\n «d=»'],
  ['pairs', (one) => one.pairs.map(({ span }) => span), 'ENV «a="b c"» \\\n «d=»'],
  ['keys', (one) => one.pairs.map(({ key }) => key.span), 'LABEL «a»="b c" \\\n «"d e"»=f'],
  ['values', (one) => one.pairs.flatMap(({ value }) => value?.span ?? []), 'ENV a=«"b \\\n c"» d=«» e=«f»'],
  [
    'the old form',
    (one) => one.pairs.flatMap(({ key, value }) => [key.span, value?.span ?? key.span]),
    'ENV «a» «b \\\n c»',
  ],
  ['JSON strings', (one) => (one.json ?? []).map(({ span }) => span), 'CMD [«"a"», \\\n «"b\\\n c"» ]'],
  [
    'JSON behind CMD',
    (one) => (one.json ?? []).map(({ span }) => span),
    'HEALTHCHECK --retries=1 CMD [«"a"»]',
  ],
  [
    'the trigger',
    (one) => (one.trigger ? [one.trigger.span] : []),
    'ONBUILD \\\n «COPY --from=x \\\n [ "a", "b" ]»',
  ],
  [
    "the trigger's strings",
    (one) => (one.trigger?.json ?? []).map(({ span }) => span),
    'ONBUILD COPY [ «"a"», «"b"» ]',
  ],
  ['a trigger with a heredoc', (one) => (one.trigger ? [one.trigger.span] : []), 'ONBUILD «RUN <<A\nx\nA»\n'],
  [
    'heredoc operators',
    (one) => one.heredocs.map(({ operator }) => operator.span),
    'RUN a «3<<-"A"» \\\n «<< B»\n\tA\nB\n',
  ],
  ['heredoc bodies', (one) => one.heredocs.map(({ body }) => body), 'RUN <<A <<B\n«x\r\ny\n»A\n«»B\n'],
  [
    'heredoc terminators',
    (one) => one.heredocs.flatMap(({ terminator }) => terminator ?? []),
    'RUN <<A <<-B\nx\n«A»\r\n«\tB»\n',
  ],
  ['a body without an end', (one) => one.heredocs.map(({ body }) => body), 'RUN <<A\n«x\nAA\n»'],
  ['comments inside', (one) => one.comments.map(({ span }) => span), 'RUN a \\\n  «# b »\r\n\n«#c \\»\n d'],
  ['blank lines inside', (one) => one.blankLines, 'RUN a \\\n«»\n# c\n« \t»\r\n d'],
  ['flags', (one) => one.flags.map(({ span }) => span), 'RUN «--a="b c"» \\\n «--d» -- --e'],
  ['names of flags', (one) => one.flags.map(({ nameSpan }) => nameSpan), 'RUN --«a»="b c" \\\n --«d»'],
  [
    'values of flags',
    (one) => one.flags.flatMap(({ value }) => value?.span ?? []),
    'RUN --a=«"b c"» --d=«» --e',
  ],
  [
    'options',
    (one) => one.flags.flatMap(({ options }) => options.map(({ span }) => span)),
    'RUN --mount=«type=bind»,«ro»,\\\n«src=a» b',
  ],
  [
    'keys of options',
    (one) => one.flags.flatMap(({ options }) => options.map(({ keySpan }) => keySpan)),
    'RUN --mount=«TYPE»=bind,«ro» b',
  ],
  [
    'values of options',
    (one) => one.flags.flatMap(({ options }) => options.flatMap(({ valueSpan }) => valueSpan ?? [])),
    'RUN --mount=type=«bind»,src=«»,x b',
  ],
  [
    'quoted options',
    (one) =>
      one.flags.flatMap(({ options }) => options.flatMap(({ span, valueSpan }) => [span, valueSpan ?? span])),
    'RUN --mount=\'«type=«a»»,«"src=«b,c»"»\' d',
  ],
  [
    'an open quote',
    (one) => one.words.flatMap(({ unterminated }) => unterminated ?? []),
    'RUN a"b" c«\'»d e',
  ],
];

for (const [title, of, marked] of spans) {
  test(`span: ${title}`, () => {
    const { text } = parseMarked(marked);
    assert.equal(mark(text, of(first(text))), marked);
  });
}

test('comments stand in file order, with and without an instruction around them', () => {
  const { text, spans: wanted } = parseMarked('«# a»\nRUN b \\\n  «#c»\n d <<E\n# body\nE\n\t«#  e »\r\n');
  const { comments } = parse(text);
  assert.deepEqual(
    comments.map(({ span }) => span),
    wanted,
  );
  assert.deepEqual(
    comments.map((comment) => [comment.text, comment.inside]),
    [
      [' a', false],
      ['c', true],
      ['  e ', false],
    ],
  );
});

test('a trigger shares what belongs to its lines', () => {
  const [, onbuild] = parse('FROM a\nONBUILD RUN a \\\n# c\n\n <<E\nb\nE\n').instructions;
  assert.ok(onbuild?.trigger);
  const { trigger } = onbuild;
  assert.deepEqual([onbuild.onbuild, trigger.onbuild], [false, true]);
  assert.deepEqual([onbuild.index, trigger.index], [1, 1]);
  assert.equal(trigger.line, onbuild.line);
  assert.equal(trigger.heredocs, onbuild.heredocs);
  assert.equal(trigger.heredocs.length, 1);
  assert.equal(trigger.comments.length, 1);
  assert.equal(trigger.blankLines.length, 1);
  assert.equal(trigger.trigger, undefined);
});

// The mark is the place of the problem.
const problems: readonly (readonly [string, string])[] = [
  ['heredoc-unterminated', 'RUN «<<A»\nx\n'],
  ['heredoc-unterminated', 'RUN <<A «<<B» <<C\nA\nx\n'],
  ['heredoc-unterminated', 'ONBUILD COPY «<<A» /x'],
  ['repeated-directive', '# syntax=a\n# «syntax»=b\nFROM a'],
  ['repeated-directive', '# escape=`\n# «Escape»=`\nFROM a'],
  ['unknown-escape', '# escape=«x»\nFROM a'],
  ['unknown-escape', '# escape= «»\nFROM a'],
  ['directive-check-invalid', '# check=«bogus»\nFROM a'],
  ['directive-check-invalid', '# check=«error=maybe»\nFROM a'],
  ['directive-check-invalid', '# check=«skip=A; error=true»\nFROM a'],
  ['directive-check-invalid', '# check = «skip = A»\nFROM a'],
  ['open-quote', 'ENV a=«"»b c'],
  ['open-quote', "LABEL a=b c=d«'»"],
  ['open-quote', "LABEL k it«'»s"],
  ['open-quote', 'ARG a=«"»b'],
  ['open-quote', 'COPY a «"»b'],
  ['open-quote', 'WORKDIR «"»/a b'],
  ['open-quote', 'FROM «"»a'],
  ['open-quote', 'RUN --mount=a=«"»b c'],
  ['variable-malformed', 'ENV a="«${b:-\'}"»'],
  ['variable-malformed', 'ENV a=b«${»'],
  ['variable-malformed', 'COPY «${}»b c'],
  ['variable-malformed', 'WORKDIR /a/«${b»'],
  ['variable-malformed', 'ENV a=${b:-«${c»'],
  ['variable-malformed', 'ENV a=«${b/c}»'],
  ['flag-malformed', 'RUN «--=a» b'],
  ['flag-malformed', "RUN --mount=«'a=\"b'» c"],
  ['flag-malformed', "RUN --mount=«a'\"'b» c"],
  ['json-not-strings', 'CMD «["a", 1]»'],
  ['json-not-strings', 'HEALTHCHECK CMD «[["a"]]»'],
  ['json-not-strings', 'ONBUILD RUN «[null]»'],
];

for (const [kind, marked] of problems) {
  test(`problem: ${kind} in ${JSON.stringify(marked)}`, () => {
    const { text } = parseMarked(marked);
    const found = parse(text).problems;
    assert.deepEqual(
      found.map((problem) => [problem.kind, mark(text, [problem.at])]),
      [[kind, marked]],
    );
    assert.match(found[0]?.message ?? '', /^[A-Z].*[^.]$/);
  });
}

test('what only a shell reads is not a problem of syntax', () => {
  const text = [
    'FROM a:${V:-1}',
    'RUN echo "it\'s" \'${\' ${ $((1+1)) "',
    "CMD echo 'a",
    'ENTRYPOINT [ -f x ]',
    'HEALTHCHECK CMD test "',
    "MAINTAINER O'Neill ${}",
    'LABEL a="${b:-c d}" e=\'${\' f=\\${ g=\\"',
    'COPY ["a b", "it\'s"]',
    'RUN --mount=type=cache,target=/x true',
    'FOO "',
  ].join('\n');
  assert.deepEqual(parse(text).problems, []);
});

test('a line may hold 65,535 bytes, as UTF-8 and with its carriage return', () => {
  const kinds = (line: string): readonly string[] => parse(`${line}\nRUN b`).problems.map(({ kind }) => kind);
  const filled = (unit: string, count: number, rest = ''): string => `RUN ${unit.repeat(count)}${rest}`;
  assert.deepEqual(kinds(filled('x', 65_531)), []);
  assert.deepEqual(kinds(filled('x', 65_532)), ['line-too-long']);
  assert.deepEqual(kinds(filled('x', 65_531, '\r')), ['line-too-long']);
  assert.deepEqual(kinds(filled('é', 32_765, 'x')), []);
  assert.deepEqual(kinds(filled('é', 32_766)), ['line-too-long']);
  assert.deepEqual(kinds(filled('€', 21_843, 'xx')), []);
  assert.deepEqual(kinds(filled('€', 21_844)), ['line-too-long']);
  assert.deepEqual(kinds(filled('😀', 16_382, 'xxx')), []);
  assert.deepEqual(kinds(filled('😀', 16_383)), ['line-too-long']);
  const { instructions } = parse(`${filled('x', 70_000)}\nRUN b`);
  assert.equal(instructions.length, 2);
});

test('goes on behind every mistake', () => {
  const text = '# escape=x\nENV a="b\nFOO\nCOPY ${\n\nRUN --mount=\'"\' x\nCMD [1]\nFROM a AS b\n';
  assert.deepEqual(
    parse(text).instructions.map(({ keyword }) => keyword),
    ['ENV', 'FOO', 'COPY', 'RUN', 'CMD', 'FROM'],
  );
  assert.deepEqual(
    parse(text).problems.map(({ kind }) => kind),
    ['unknown-escape', 'open-quote', 'variable-malformed', 'flag-malformed', 'json-not-strings'],
  );
});

test('a file that is empty, or holds nothing to build, has no instructions', () => {
  for (const text of ['', '\n\n', '# a\n  # b', '\ufeff', ' \t\r\n', '\u00a0\n']) {
    const file = parse(text);
    assert.deepEqual(file.instructions, [], JSON.stringify(text));
    assert.deepEqual(file.problems, []);
  }
});
