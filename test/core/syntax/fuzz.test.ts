// What holds for any text at all, tried on mutated samples and on every beginning of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dockerfile, Instruction, VariableReference, Word } from '../../../server/src/core/syntax/nodes';
import { parse } from '../../../server/src/core/syntax/parse';
import { contains } from '../../../server/src/core/text/span';
import type { Span } from '../../../server/src/core/text/span';
import { seededRandom } from '../../harness/random';
import { builderVectors } from './builder-vectors';

/** Bits that mean something in one place or another. */
const bits = [
  '\\',
  '\\\n',
  ' \\\n',
  '\\ \t\n',
  '\\\\\n',
  '`\n',
  '\n',
  '\r\n',
  '\r',
  '\t',
  ' ',
  '\u00a0',
  '\ufeff',
  '\0',
  '#',
  '# c\n',
  '"',
  "'",
  '$',
  '${',
  '}',
  '$x',
  '${x:-y}',
  '${x:-${y}}',
  '${x#a}',
  '${x//a/b}',
  "${x:-'}'}",
  '\\$x',
  '<<EOF',
  '<<-EOF',
  '<<"EOF"',
  '3<<EOF',
  '<< EOF',
  '<<<',
  '\nEOF\n',
  '\n\tEOF\n',
  '\nFROM a AS b\n',
  '\nRUN ',
  '\nCOPY ',
  '\nENV ',
  '\nLABEL ',
  '\nARG ',
  '\nONBUILD ',
  '\nHEALTHCHECK CMD ',
  '\nCMD ',
  '\nUSER ',
  '\nSHELL ',
  '["a", "b c"]',
  '["\\u0041"]',
  '[1]',
  '[',
  ']',
  '--from=a ',
  '--mount=\'type=x,"a=b,c"\' ',
  '--x="a b" ',
  '-- ',
  '=',
  'a=b',
  'a="b c"',
  ',',
  '# escape=`\n',
  '# syntax=a/b:1 x\n',
  '#!x\n',
  '// syntax=q\n',
  '{"syntax":"a"}',
  'é',
  '😀',
] as const;

function check(text: string): void {
  const file = parse(text);
  const problem = (why: string): string => `${why} in ${JSON.stringify(text)}`;
  const whole = { start: 0, end: text.length };
  const inside = (outer: Span, inner: Span, what: string): void => {
    assert.ok(inner.start <= inner.end && contains(outer, inner), problem(what));
  };
  let behind = 0;
  for (const [index, instruction] of file.instructions.entries()) {
    assert.equal(instruction.index, index);
    inside(whole, instruction.span, 'instruction outside of the text');
    assert.ok(instruction.span.start >= behind, problem('instructions out of order'));
    behind = instruction.span.end;
    checkInstruction(text, instruction, inside, problem);
    for (const { span } of instruction.comments) inside(instruction.span, span, 'comment inside');
    for (const blank of instruction.blankLines) inside(instruction.span, blank, 'blank line inside');
  }
  for (const { at } of file.problems) inside(whole, at, 'problem outside of the text');
  for (const { span, nameSpan, valueSpan } of file.directives) {
    inside(whole, span, 'directive outside of the text');
    inside(span, nameSpan, 'directive name');
    inside(span, valueSpan, 'directive value');
  }
  checkCoverage(text, file, problem);
}

type Inside = (outer: Span, inner: Span, what: string) => void;

function checkInstruction(
  text: string,
  instruction: Instruction,
  inside: Inside,
  problem: (why: string) => string,
): void {
  const { span, line, keywordSpan, argumentsSpan, argumentsLogical, words, trigger } = instruction;
  inside(span, keywordSpan, 'keyword');
  inside(span, argumentsSpan, 'arguments');
  assert.ok(keywordSpan.end <= argumentsSpan.start, problem('arguments in front of the keyword'));
  for (const { logical, document, length } of line.segments) {
    assert.equal(
      text.slice(document, document + length),
      line.text.slice(logical, logical + length),
      problem('segment'),
    );
  }
  const word = (outer: Span, { span: at, logical, raw, variables, unterminated }: Word): void => {
    inside(outer, at, 'word');
    assert.equal(raw, line.text.slice(logical.start, logical.end), problem('raw text'));
    const here = text.slice(at.start, at.end);
    if (here.length === raw.length) assert.equal(here, raw, problem('text of the word'));
    else assert.ok(here.includes('\n'), problem('text of the word'));
    if (unterminated) inside(at, unterminated, 'open quote');
    for (const variable of variables) reference(at, variable);
  };
  const reference = (outer: Span, { span: at, nameSpan, nested }: VariableReference): void => {
    inside(outer, at, 'reference');
    inside(at, nameSpan, 'name of a reference');
    for (const inner of nested) reference(at, inner);
  };
  for (const each of words) {
    word(argumentsSpan, each);
    inside(argumentsLogical, each.logical, 'logical word');
  }
  for (const { span: at, key, value } of instruction.pairs) {
    inside(argumentsSpan, at, 'pair');
    word(at, key);
    if (value) word(at, value);
  }
  for (const { span: at, nameSpan, value, options } of instruction.flags) {
    inside(span, at, 'flag');
    inside(at, nameSpan, 'name of a flag');
    if (value) word(at, value);
    for (const option of options) {
      inside(value?.span ?? at, option.span, 'option');
      inside(option.span, option.keySpan, 'key of an option');
      if (option.valueSpan) inside(option.span, option.valueSpan, 'value of an option');
    }
  }
  for (const string of instruction.json ?? []) {
    inside(argumentsSpan, string.span, 'JSON string');
    assert.match(text.slice(string.span.start, string.span.end), /^"[^]*"$/, problem('JSON string'));
  }
  for (const { operator, body, terminator } of instruction.heredocs) {
    word(span, operator);
    // A body that never comes begins behind the end of the last line.
    inside({ start: span.start, end: Math.max(span.end, body.end) }, body, 'heredoc body');
    if (terminator) inside(span, terminator, 'heredoc terminator');
  }
  if (!trigger) return;
  inside(span, trigger.span, 'trigger');
  checkInstruction(text, trigger, inside, problem);
}

/** What is neither instruction nor comment nor directive is blank. */
function checkCoverage(text: string, file: Dockerfile, problem: (why: string) => string): void {
  if (file.directives[0]?.form === 'json') return;
  const taken = [...file.instructions, ...file.comments.filter(({ inside }) => !inside), ...file.directives]
    .map(({ span }) => span)
    .sort((a, b) => a.start - b.start);
  let position = text.startsWith('\ufeff') ? 1 : 0;
  for (const { start, end } of [...taken, { start: text.length, end: text.length }]) {
    assert.match(text.slice(position, start), /^[\s\u0085]*$/, problem('text that belongs to nothing'));
    assert.ok(start >= position, problem('nodes that overlap'));
    position = end;
  }
}

test('every beginning of a file is read', () => {
  for (const { text } of builderVectors) {
    for (let end = 0; end <= text.length; end += 1) check(text.slice(0, end));
  }
});

test('mutated files are read', () => {
  const random = seededRandom(20260821);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  for (let round = 0; round < 4000; round += 1) {
    let text = random() < 0.5 ? pick(builderVectors).text : '';
    for (let changes = 1 + Math.floor(random() * 12); changes > 0; changes -= 1) {
      const at = Math.floor(random() * (text.length + 1));
      const gone = random() < 0.3 ? Math.floor(random() * 6) : 0;
      text = text.slice(0, at) + (gone > 0 ? '' : pick(bits)) + text.slice(at + gone);
    }
    check(text);
  }
});

/** How often the parser looks at characters while it reads a text, and how many it skips at a time. */
function work(text: string): number {
  const { charCodeAt, indexOf, startsWith, includes } = String.prototype;
  let steps = 0;
  Object.assign(String.prototype, {
    charCodeAt(this: string, at: number): number {
      steps += 1;
      return charCodeAt.call(this, at);
    },
    indexOf(this: string, wanted: string, from = 0): number {
      const found = indexOf.call(this, wanted, from);
      steps += (found < 0 ? this.length : found) - from + 1;
      return found;
    },
    startsWith(this: string, wanted: string, from?: number): boolean {
      steps += wanted.length;
      return startsWith.call(this, wanted, from);
    },
    includes(this: string, wanted: string): boolean {
      steps += this.length;
      return includes.call(this, wanted);
    },
  });
  try {
    for (const { words } of parse(text).instructions) steps += words.length;
  } finally {
    Object.assign(String.prototype, { charCodeAt, indexOf, startsWith, includes });
  }
  return steps;
}

// Texts that would show it if something were looked at again and again.
const growing: Readonly<Record<string, (count: number) => string>> = {
  instructions: (count) => 'RUN a "b" && c $d\nENV a=${b:-c} d="e f"\n'.repeat(count),
  'one RUN': (count) => `RUN a${' \\\n && b "c d" $e'.repeat(count)}`,
  'comments within': (count) => `RUN a \\\n${'# b\n\n'.repeat(count)}c`,
  'a long heredoc': (count) => `RUN <<EOF\n${'EO F\n'.repeat(count)}EOF`,
  'many heredocs': (count) => `RUN${' <<A'.repeat(count)}\n${'x\nA\n'.repeat(count)}`,
  'heredocs without end': (count) => 'RUN <<A\n'.repeat(count),
  'one ENV': (count) => `ENV${' \\\n a=$b'.repeat(count)}`,
  'open references': (count) => `ENV a=${'${b:-'.repeat(count)}`,
  'open references side by side': (count) => `ENV a="${'${b '.repeat(count)}"`,
  'open quotes': (count) => `COPY${" 'a".repeat(count)}`,
  'open quotes and references': (count) => `ARG a=${`"\${b:-'`.repeat(count)}`,
  'a long JSON form': (count) => `CMD ["a"${', \\\n"b"'.repeat(count)}]`,
  'nearly JSON': (count) => `CMD [${'"b", '.repeat(count)}`,
  options: (count) => `RUN --mount=${'a=b,'.repeat(count)} c`,
  flags: (count) => `RUN ${'--a="b" '.repeat(count)}c`,
  triggers: (count) => 'ONBUILD '.repeat(count),
  backslashes: (count) => `RUN a ${'\\'.repeat(count)}\nRUN b`,
  'a blank directive': (count) => `# syntax=a${' '.repeat(count)}b`,
  'open heredoc operands': (count) => `RUN << ${'${a:-'.repeat(count)}`,
};

for (const [title, text] of Object.entries(growing)) {
  test(`work grows with the text and no faster: ${title}`, () => {
    const small = work(text(200));
    const large = work(text(2000));
    assert.ok(large <= small * 11, `${small} steps became ${large} for ten times the text`);
  });
}

test('nesting without an end is no danger', () => {
  for (const open of ['${a:-', '"${a:-', '${a/${', '<<${a:-', 'ONBUILD ', '[', '{"a":', '["']) {
    for (const keyword of ['ENV a=', 'RUN << ', 'CMD ', 'COPY ', 'RUN --mount=', '', '# syntax=']) {
      const { instructions } = parse(keyword + open.repeat(12_000));
      assert.ok(instructions.length <= 1);
    }
  }
});
