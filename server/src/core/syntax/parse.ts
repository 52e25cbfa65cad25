// Text to nodes. Follows the builder's own parser line by line where that accepts a file, and goes on
// where it stops: a mistake is a problem in the list and never an exception.
import { HASH, isSeparator, skipSpaces, trimSpaces } from './characters';
import { DirectiveBlock, jsonDirective } from './directives';
import { readFlags } from './flags';
import { NO_HEREDOCS, readHeredocs, takesHeredocs } from './heredoc';
import { NOT_STRINGS, parseJsonForm } from './json-form';
import { LineCursor } from './line-cursor';
import { commentAt, escapeCode, joinLines, toDocumentSpan } from './logical-line';
import type { JoinedLines } from './logical-line';
import type {
  Comment,
  Dockerfile,
  Heredoc,
  Instruction,
  JsonString,
  Pair,
  SyntaxProblem,
  Word,
} from './nodes';
import { makePairs, makeWord, makeWords, splitAtBlanks, splitQuoted, wordsOfPairs } from './words';
import type { Ranges, Reading, WordContext } from './words';

/** How the arguments of an instruction are read. */
interface Form {
  /**
   * `blank`: every blank separates. `quoted`: blanks in quotes do not. `whole`: there is one word, blanks
   * and all. `pairs`: as quoted, and each word is a key with a value.
   */
  readonly split: 'blank' | 'quoted' | 'whole' | 'pairs';
  /** Whether a JSON array is read as one. */
  readonly json: boolean;
  /** Whether the builder puts in variables. */
  readonly expands: boolean;
}

const SHELL_FORM: Form = { split: 'quoted', json: true, expands: false };
const PATHS: Form = { split: 'blank', json: true, expands: true };
const LIST: Form = { split: 'blank', json: false, expands: true };
const PAIRS: Form = { split: 'pairs', json: false, expands: true };
const STRING: Form = { split: 'whole', json: false, expands: true };
const OPAQUE: Form = { split: 'quoted', json: false, expands: false };

const FORMS: ReadonlyMap<string, Form> = new Map([
  ['ADD', PATHS],
  ['ARG', PAIRS],
  ['CMD', SHELL_FORM],
  ['COPY', PATHS],
  ['ENTRYPOINT', SHELL_FORM],
  ['ENV', PAIRS],
  ['EXPOSE', LIST],
  ['FROM', LIST],
  ['HEALTHCHECK', SHELL_FORM],
  ['LABEL', PAIRS],
  ['MAINTAINER', { split: 'whole', json: false, expands: false }],
  ['RUN', SHELL_FORM],
  ['SHELL', SHELL_FORM],
  ['STOPSIGNAL', STRING],
  ['USER', STRING],
  ['VOLUME', PATHS],
  ['WORKDIR', STRING],
]);

/** ONBUILD of ONBUILD is read this deep. The builder forbids it; what matters is that it ends. */
const MAX_TRIGGERS = 4;

const NO_PAIRS: readonly Pair[] = [];

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
    if (text.charCodeAt(first) === HASH) {
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
  const source = {
    text: line.text,
    locate: (start: number, end: number) => toDocumentSpan(line, { start, end }),
  };
  const context: WordContext = { line, source, escape: escapeCode(escape), problems };
  const head = readHead(context, 0, 0);
  const inner = head.trigger ?? head;
  const heredocs = takesHeredocs(inner.keyword, inner.json !== undefined)
    ? readHeredocs(context, cursor, line, problems)
    : NO_HEREDOCS;
  return finish(head, { joined, index, heredocs, end: cursor.end, start: first, onbuild: false });
}

/** What can be said of an instruction from its joined line alone. */
interface Head extends Pick<
  Instruction,
  | 'keyword'
  | 'keywordSpan'
  | 'line'
  | 'flags'
  | 'argumentsLogical'
  | 'argumentsSpan'
  | 'words'
  | 'json'
  | 'pairs'
> {
  readonly trigger: Head | undefined;
}

interface Rest {
  readonly joined: JoinedLines;
  readonly index: number;
  readonly heredocs: readonly Heredoc[];
  readonly start: number;
  readonly end: number;
  readonly onbuild: boolean;
}

function finish(head: Head, rest: Rest): Instruction {
  const { trigger } = head;
  return {
    ...head,
    index: rest.index,
    span: { start: rest.start, end: rest.end },
    heredocs: rest.heredocs,
    trigger: trigger && finish(trigger, { ...rest, start: trigger.keywordSpan.start, onbuild: true }),
    onbuild: rest.onbuild,
    blankLines: rest.joined.blankLines,
    comments: rest.joined.comments,
  };
}

function readHead(context: WordContext, from: number, depth: number): Head {
  const { line } = context;
  const { text } = line;
  const start = skipSpaces(text, from, text.length);
  const end = trimSpaces(text, start, text.length);
  let keywordEnd = start;
  while (keywordEnd < end && !isSeparator(text.charCodeAt(keywordEnd))) keywordEnd += 1;
  const keyword = text.slice(start, keywordEnd).toUpperCase();
  const { flags, next } = readFlags(context, keywordEnd, end);
  const argumentsStart = skipSpaces(text, next, end);
  // No arguments: an empty range behind the last thing that is there.
  const argumentsLogical = argumentsStart < end ? { start: argumentsStart, end } : { start: end, end };
  const trigger =
    keyword === 'ONBUILD' && argumentsStart < end && depth < MAX_TRIGGERS
      ? readHead(context, argumentsStart, depth + 1)
      : undefined;
  return {
    keyword,
    keywordSpan: toDocumentSpan(line, { start, end: keywordEnd }),
    line,
    flags,
    argumentsLogical,
    argumentsSpan: toDocumentSpan(line, argumentsLogical),
    trigger,
    ...readArguments(context, keyword, argumentsLogical.start, end),
  };
}

interface Arguments {
  readonly words: readonly Word[];
  readonly json: readonly JsonString[] | undefined;
  readonly pairs: readonly Pair[];
}

function readArguments(context: WordContext, keyword: string, start: number, end: number): Arguments {
  const { text } = context.line;
  const form = FORMS.get(keyword) ?? OPAQUE;
  const json = form.json ? readJson(context, keyword, start, end) : undefined;
  const reading: Reading = !form.expands ? 'shell' : json ? 'quiet' : 'builder';
  if (form.split === 'pairs') {
    const ranges = splitQuoted(text, start, end, context.escape);
    const pairs = makePairs(context, keyword, ranges, end);
    return { words: wordsOfPairs(context, pairs, ranges), json, pairs };
  }
  if (form.split === 'whole') {
    const words = start < end ? [makeWord(context, start, end, reading)] : [];
    return { words, json, pairs: NO_PAIRS };
  }
  const ranges: Ranges =
    form.split === 'blank' && !json
      ? splitAtBlanks(text, start, end)
      : splitQuoted(text, start, end, context.escape);
  return { words: makeWords(context, ranges, reading), json, pairs: NO_PAIRS };
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
    // In front of the array stands CMD.
    while (at < end && !isSeparator(text.charCodeAt(at))) at += 1;
    at = skipSpaces(text, at, end);
  }
  const json = parseJsonForm(text, at, end, context.source.locate);
  if (json !== NOT_STRINGS) return json;
  context.problems.push({
    at: context.source.locate(at, end),
    kind: 'json-not-strings',
    message: 'The array holds something other than strings',
  });
  return undefined;
}
