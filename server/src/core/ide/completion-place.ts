// The place of the cursor for completion. Derived from our own tree and the instruction's joined text before the
// cursor, so that half-typed files, continuations and ONBUILD need no special cases.
import type { Dockerfile, Instruction } from '../syntax/nodes';
import type { Span } from '../text/span';
import { instructions as knownInstructions } from '../knowledge/syntax/instructions';
import { fromDocument } from '../syntax/logical-line';
import { commentAt, heredocAt, instructionAt } from './locate';

export type Place =
  | { readonly kind: 'comment'; readonly token: Span; readonly before: string; readonly top: boolean }
  | { readonly kind: 'keyword'; readonly token: Span; readonly onbuild: boolean }
  | (InInstruction & { readonly kind: 'variable'; readonly braces: boolean; readonly atRuntime: boolean })
  | (InInstruction & { readonly kind: 'flag' })
  | (InInstruction & { readonly kind: 'flag-value'; readonly flag: string })
  | (InInstruction & {
      readonly kind: 'mount';
      readonly key: string | undefined;
      readonly others: ReadonlyMap<string, string>;
    })
  | (InInstruction & {
      readonly kind: 'argument';
      readonly words: readonly string[];
      /** Whether it is a text of a JSON array. */
      readonly json: boolean;
    });

export type ArgumentPlace = Extract<Place, { kind: 'argument' }>;

interface InInstruction {
  /** The text to replace: the part of the cursor's token that is on the cursor's line. */
  readonly token: Span;
  /** The part of the token before the cursor. */
  readonly prefix: string;
  /** The whole token. */
  readonly text: string;
  readonly instruction: Instruction;
  /** Names of the flags before the cursor. */
  readonly flags: readonly string[];
}

/** @returns undefined if nothing can be completed there */
export function placeOf(file: Dockerfile, offset: number): Place | undefined {
  const { text } = file;
  const { start: lineStart, end: lineEnd } = lineAround(text, offset);
  const comment = commentAt(file, offset);
  if (comment) {
    const hash = text.indexOf('#', comment.span.start) + 1;
    const above = text.slice(0, lineStart);
    // Directives end at the first other line.
    const top = file.directives.length === above.split('\n').length - 1 || 'nameSpan' in comment;
    return { kind: 'comment', token: { start: hash, end: lineEnd }, before: text.slice(hash, offset), top };
  }
  const line: Line = { start: lineStart, end: lineEnd, offset };
  const instruction = instructionAt(file, offset);
  if (!instruction) {
    const before = text.slice(lineStart, offset);
    return /^[ \t]*$/.test(before) ? keyword(file, line, false) : undefined;
  }
  if (offset <= instruction.keywordSpan.end) {
    return offset >= instruction.keywordSpan.start
      ? keyword(file, line, instruction.onbuild)
      : keyword(file, line, false);
  }
  if (instruction.keyword === 'ONBUILD') return keyword(file, line, true);
  if (heredocAt(instruction, offset)) return heredocVariable(file, instruction, line);
  return inArguments(file, instruction, line);
}

/** The line of the cursor as editors count lines: a lone carriage return also ends a line. */
function lineAround(text: string, offset: number): Span {
  let start = offset;
  while (start > 0 && !/[\r\n]/.test(text[start - 1] ?? '')) start -= 1;
  let end = offset;
  while (end < text.length && !/[\r\n]/.test(text[end] ?? '')) end += 1;
  return { start, end };
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

const nothing = /(?!)/;

/** Extends a span from the cursor over matching characters on its line. */
function around({ text }: Dockerfile, { start, end, offset }: Line, left: RegExp, right: RegExp): Span {
  let first = offset;
  while (first > start && left.test(text[first - 1] ?? '')) first -= 1;
  let last = offset;
  while (last < end && right.test(text[last] ?? '')) last += 1;
  return { start: first, end: last };
}

function keyword(file: Dockerfile, line: Line, onbuild: boolean): Place {
  return { kind: 'keyword', token: around(file, line, /[A-Za-z-]/, /[A-Za-z-]/), onbuild };
}

const variableStart = /(\$\{?)([A-Za-z_][A-Za-z0-9_]*)?$/;

/** The variable that the user is typing before the cursor, if any. */
function variable(
  file: Dockerfile,
  instruction: Instruction,
  line: Line,
  before: string,
  flags: readonly string[],
): Place | undefined {
  const found = variableStart.exec(before);
  if (!found) return undefined;
  let escapes = 0;
  for (let at = found.index - 1; at >= 0 && before[at] === file.escape; at -= 1) escapes += 1;
  if (escapes % 2 === 1) return undefined;
  const start = line.offset - found[0].length;
  // A continuation splits the name: propose nothing.
  if (start < line.start || file.text.slice(start, line.offset) !== found[0]) return undefined;
  const braces = found[1] === '${';
  let { end } = around(file, line, nothing, /[A-Za-z0-9_]/);
  if (braces && file.text[end] === '}') end += 1;
  const atRuntime = ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'].includes(instruction.keyword);
  const text = file.text.slice(start, end);
  return {
    kind: 'variable',
    token: { start, end },
    prefix: found[0],
    text,
    instruction,
    flags,
    braces,
    atRuntime,
  };
}

function heredocVariable(file: Dockerfile, instruction: Instruction, line: Line): Place | undefined {
  const heredoc = heredocAt(instruction, line.offset);
  if (!heredoc || line.offset > heredoc.body.end) return undefined;
  if (!heredoc.expand && instruction.keyword !== 'RUN') return undefined;
  return variable(file, instruction, line, file.text.slice(line.start, line.offset), []);
}

/** Splits at blanks outside quotes. */
function splitWords(text: string, escape: string): { words: string[]; current: string; quote: string } {
  const words: string[] = [];
  let start = 0;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === escape && quote !== "'") at += 1;
    else if (quote) {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === ' ' || char === '\t') {
      if (at > start) words.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return { words, current: text.slice(start), quote };
}

function inArguments(file: Dockerfile, instruction: Instruction, line: Line): Place | undefined {
  const info = knownInstructions.get(instruction.keyword);
  if (!info) return undefined;
  const from = fromDocument(instruction.line, instruction.keywordSpan.end);
  const to = fromDocument(instruction.line, line.offset);
  const before = instruction.line.text.slice(from, to);
  const onNewLine =
    /^[ \t]*$/.test(file.text.slice(line.start, line.offset)) && line.start > instruction.span.start;
  const { words, current: last, quote } = splitWords(before, file.escape);
  // A continuation line begins a new word, whatever the end of the line above is.
  const current = onNewLine && quote === '' ? '' : last;
  if (onNewLine && quote === '' && last !== '') words.push(last);
  const flagWords: string[] = [];
  while (words[0]?.startsWith('--') === true) flagWords.push(words.shift() ?? '');
  const flags = flagWords.map((word) => word.slice(2).replace(/=.*$/s, ''));
  const inFlags = words.length === 0;

  const isFlag = inFlags && current.startsWith('--');
  const shell =
    instruction.keyword === 'RUN' || ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'].includes(instruction.keyword);
  // Nothing is expanded in single quotes.
  if (quote !== "'" && (info.expands || isFlag || (shell && instruction.json === undefined))) {
    const found = variable(file, instruction, line, before, flags);
    if (found) return found;
  }
  if (quote !== '') return quote === '"' ? jsonText(file, instruction, line, { before, flags }) : undefined;
  const token = around(file, line, /[^ \t]/, /[^ \t]/);
  const common = { instruction, flags };
  const piece = (span: Span) => ({
    token: span,
    prefix: file.text.slice(span.start, line.offset),
    text: file.text.slice(span.start, span.end),
    ...common,
  });
  if (isFlag && current.includes('=')) {
    const name = current.slice(2, current.indexOf('='));
    if (name === 'mount') return mount(piece, file, line, current.slice(current.indexOf('=') + 1));
    const start = around(file, line, /[^ \t=]/, nothing).start;
    return { kind: 'flag-value', flag: name, ...piece({ start, end: token.end }) };
  }
  if (inFlags && (isFlag || current === '-')) {
    const { start } = token;
    // Keep the value of the flag if only its name changes.
    const equals = file.text.slice(start, token.end).indexOf('=');
    return { kind: 'flag', ...piece({ start, end: equals < 0 ? token.end : start + equals + 1 }) };
  }
  return { kind: 'argument', words, json: false, ...piece(token) };
}

const jsonStart = /^[^["]*\[[ \t]*(?:"[^"\\]*"[ \t]*,[ \t]*)*"[^"\\]*$/;

/** A path in the JSON form of COPY and ADD. Of other instructions, nothing is known that stands in quotes. */
function jsonText(
  file: Dockerfile,
  instruction: Instruction,
  line: Line,
  { before, flags }: { readonly before: string; readonly flags: readonly string[] },
): Place | undefined {
  if (!['COPY', 'ADD'].includes(instruction.keyword) || !jsonStart.test(before)) return undefined;
  const texts = before.slice(before.indexOf('[')).match(/"[^"]*"?/g) ?? [];
  const words = texts.slice(0, -1).map((text) => text.slice(1, -1));
  // Behind the cursor, a blank may belong to the text, but more likely nobody has closed the quotes yet.
  const { start } = around(file, line, /[^"]/, nothing);
  const { end } = around(file, line, nothing, /[^\s",\]]/);
  return {
    kind: 'argument',
    words,
    json: true,
    token: { start, end },
    prefix: file.text.slice(start, line.offset),
    text: file.text.slice(start, end),
    instruction,
    flags,
  };
}

function mount(piece: (span: Span) => InInstruction, file: Dockerfile, line: Line, value: string): Place {
  const options = value.split(',');
  const current = options.pop() ?? '';
  const others = new Map<string, string>();
  const note = (option: string): void => {
    const equals = option.indexOf('=');
    const key = (equals < 0 ? option : option.slice(0, equals)).toLowerCase();
    if (key !== '') others.set(key, equals < 0 ? '' : option.slice(equals + 1));
  };
  options.forEach(note);
  // Also read the text after the cursor: type= may come later.
  const rest = /^[^ \t\r\n]*/.exec(file.text.slice(line.offset, line.end))?.[0] ?? '';
  rest.split(',').slice(1).forEach(note);
  const equals = current.indexOf('=');
  if (equals < 0) {
    const span = around(file, line, /[^ \t,=]/, /[^ \t,=]/);
    return { kind: 'mount', key: undefined, others, ...piece(span) };
  }
  const key = current.slice(0, equals).toLowerCase();
  const { start } = around(file, line, /[^ \t,=]/, nothing);
  const { end } = around(file, line, nothing, /[^ \t,]/);
  return { kind: 'mount', key, others, ...piece({ start, end }) };
}
