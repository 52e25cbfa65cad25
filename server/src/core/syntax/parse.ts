// Turns text into nodes. Follows the builder's own parser line by line, and goes on after an error where the
// builder stops: a mistake becomes a problem in the list, never an exception.
import { hash, isSeparator, skipSpaces, trimSpaces } from './characters';
import { DirectiveBlock, jsonDirective } from './directives';
import { readFlags } from './flags';
import { noHeredocs, readHeredocs, takesHeredocs } from './heredoc';
import { notStrings, parseJsonForm } from './json-form';
import { LineCursor } from './line-cursor';
import { commentAt, escapeCode, joinLines, toDocumentSpan } from './logical-line';
import type { JoinedLines } from './logical-line';
import type { Comment, Dockerfile, Instruction, JsonString, Pair, SyntaxProblem } from './nodes';
import { ParsedInstruction } from './parsed-instruction';
import type { Arguments } from './parsed-instruction';
import { makePairs, makeWord, makeWords, splitAtBlanks, splitQuoted, wordContext } from './words';
import type { Reading, WordContext } from './words';

/** How the arguments of an instruction are read. */
interface Form {
  /**
   * `blank`: every blank separates. `quoted`: blanks in quotes do not. `whole`: everything is one word.
   * `pairs`: as quoted, and each word is a key with a value.
   */
  readonly split: 'blank' | 'quoted' | 'whole' | 'pairs';
  /** Whether a JSON array is read as one. */
  readonly json: boolean;
  /** Whether the builder expands variables. */
  readonly expands: boolean;
}

const shellForm: Form = { split: 'quoted', json: true, expands: false };
const paths: Form = { split: 'blank', json: true, expands: true };
const list: Form = { split: 'blank', json: false, expands: true };
const pairsForm: Form = { split: 'pairs', json: false, expands: true };
const stringForm: Form = { split: 'whole', json: false, expands: true };
const opaque: Form = { split: 'quoted', json: false, expands: false };

const forms: ReadonlyMap<string, Form> = new Map([
  ['ADD', paths],
  ['ARG', pairsForm],
  ['CMD', shellForm],
  ['COPY', paths],
  ['ENTRYPOINT', shellForm],
  ['ENV', pairsForm],
  ['EXPOSE', list],
  ['FROM', list],
  ['HEALTHCHECK', shellForm],
  ['LABEL', pairsForm],
  ['MAINTAINER', { split: 'whole', json: false, expands: false }],
  ['RUN', shellForm],
  ['SHELL', shellForm],
  ['STOPSIGNAL', stringForm],
  ['USER', stringForm],
  ['VOLUME', paths],
  ['WORKDIR', stringForm],
]);

/** Depth to which ONBUILD of ONBUILD is read. The builder forbids nesting; the limit stops the recursion. */
const maxTriggers = 4;

const noPairs: readonly Pair[] = [];

/**
 * Parses a Dockerfile, or any piece of one. Never throws; takes time in proportion to the text.
 * @param text the whole file, with or without a byte order mark
 */
export function parse(text: string): Dockerfile {
  const problems: SyntaxProblem[] = [];
  const comments: Comment[] = [];
  const instructions: Instruction[] = [];
  const block = new DirectiveBlock(text, problems);
  const bodyStart = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const json = jsonDirective(text, text.startsWith('#!', bodyStart) ? text.indexOf('\n') + 1 : bodyStart);
  if (json) return { text, escape: '\\', directives: [json], comments, instructions, problems };

  const cursor = new LineCursor(text, problems);
  while (cursor.advance()) {
    const lineStart = cursor.start === 0 ? bodyStart : cursor.start;
    const first = skipSpaces(text, lineStart, cursor.end);
    if (block.take(lineStart, first, cursor.end) || first === cursor.end) continue;
    if (text.charCodeAt(first) === hash) {
      comments.push(commentAt(text, first, cursor.end, false));
    } else {
      const joined = joinLines(cursor, first, escapeCode(block.escape));
      for (const comment of joined.comments) comments.push(comment);
      instructions.push(readInstruction(cursor, joined, first, instructions.length, block.escape, problems));
    }
  }
  problems.sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
  return { text, escape: block.escape, directives: block.directives, comments, instructions, problems };
}

function readInstruction(
  cursor: LineCursor,
  joined: JoinedLines,
  first: number,
  index: number,
  escape: '\\' | '`',
  problems: SyntaxProblem[],
): Instruction {
  const { line } = joined;
  const context = wordContext(line, escapeCode(escape), problems);
  const instruction = readLine(context, joined, index, 0, 0);
  const inner = instruction.trigger ?? instruction;
  const heredocs = takesHeredocs(inner.keyword, inner.json !== undefined)
    ? readHeredocs(context, cursor, line, problems)
    : noHeredocs;
  instruction.finish(first, cursor.end, heredocs);
  return instruction;
}

/** The instruction that begins at a logical offset. At an offset above 0 it is a trigger. */
function readLine(
  context: WordContext,
  joined: JoinedLines,
  index: number,
  from: number,
  depth: number,
): ParsedInstruction {
  const { line } = context;
  const { text } = line;
  const start = skipSpaces(text, from, text.length);
  const end = trimSpaces(text, start, text.length);
  let keywordEnd = start;
  while (keywordEnd < end && !isSeparator(text.charCodeAt(keywordEnd))) keywordEnd += 1;
  const keyword = text.slice(start, keywordEnd).toUpperCase();
  const keywordSpan = toDocumentSpan(line, { start, end: keywordEnd });
  const { flags, next } = readFlags(context, keywordEnd, end);
  const argumentsStart = skipSpaces(text, next, end);
  // No arguments: an empty range after the last word that exists.
  const argumentsLogical = argumentsStart < end ? { start: argumentsStart, end } : { start: end, end };
  const trigger =
    keyword === 'ONBUILD' && argumentsStart < end && depth < maxTriggers
      ? readLine(context, joined, index, argumentsStart, depth + 1)
      : undefined;
  const read = readArguments(context, keyword, argumentsLogical.start, end);
  const argumentsSpan = toDocumentSpan(line, argumentsLogical);
  return new ParsedInstruction(
    { index, keyword, keywordSpan, flags, argumentsLogical, argumentsSpan, trigger, onbuild: depth > 0 },
    joined,
    read,
    context.escape,
  );
}

function readArguments(context: WordContext, keyword: string, start: number, end: number): Arguments {
  const { text } = context.line;
  const form = forms.get(keyword) ?? opaque;
  const json = form.json ? readJson(context, keyword, start, end) : undefined;
  const reading: Reading = !form.expands ? 'shell' : json ? 'quiet' : 'builder';
  if (form.split === 'pairs') {
    const ranges = splitQuoted(text, start, end, context.escape);
    return { words: undefined, json, pairs: makePairs(context, keyword, ranges, end) };
  }
  if (form.split === 'whole') {
    const words = start < end ? [makeWord(context, start, end, reading)] : [];
    return { words, json, pairs: noPairs };
  }
  // The builder checks nothing in text that a shell reads, so its words can be made later.
  if (reading === 'shell') return { words: undefined, json, pairs: noPairs };
  const ranges = json ? splitQuoted(text, start, end, context.escape) : splitAtBlanks(text, start, end);
  return { words: makeWords(context, ranges, reading), json, pairs: noPairs };
}

function readJson(
  context: WordContext,
  keyword: string,
  start: number,
  end: number,
): readonly JsonString[] | undefined {
  const { text } = context.line;
  let at = start;
  if (keyword === 'HEALTHCHECK') {
    // CMD comes before the array.
    while (at < end && !isSeparator(text.charCodeAt(at))) at += 1;
    at = skipSpaces(text, at, end);
  }
  const json = parseJsonForm(text, at, end, context.source.locate);
  if (json !== notStrings) return json;
  context.problems.push({
    at: context.source.locate(at, end),
    kind: 'json-not-strings',
    message: 'The array holds something other than strings',
  });
  return undefined;
}
