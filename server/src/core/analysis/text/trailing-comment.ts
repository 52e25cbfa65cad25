// Finds comments behind the words of an instruction. The builder knows comments only as lines of their own.
import { isReadable } from '../../shell/dialect';
import type { Model } from '../../model/model';
import { isSpace } from '../../syntax/characters';
import { parseJsonForm } from '../../syntax/json-form';
import { toDocumentSpan } from '../../syntax/logical-line';
import type { Instruction } from '../../syntax/nodes';
import type { Span } from '../../text/span';
import { isBrokenContinuation } from './broken-continuation';

export interface TrailingComment {
  /** The trigger, under ONBUILD. */
  readonly instruction: Instruction;
  /** From `#` to the last character of the comment on its line. */
  readonly at: Span;
  /** The same in logical offsets. */
  readonly logical: Span;
  /**
   * What the comment does. `words`: its words become arguments. `json`: the array in front is not read as one.
   * `heredoc`: the shell runs a line that holds no command, and not the body. `cuts`: a shell reads it, and the lines
   * below become part of it.
   */
  readonly effect: 'words' | 'json' | 'heredoc' | 'cuts';
}

const withWords: ReadonlySet<string> = new Set([
  'ADD',
  'ARG',
  'COPY',
  'ENV',
  'EXPOSE',
  'FROM',
  'LABEL',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]);
const withCommand: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'RUN']);

/** The comments behind the words of an instruction that do harm, one for each of its lines at most. */
export function trailingComments(model: Model, whole: Instruction): readonly TrailingComment[] {
  const instruction = whole.trigger ?? whole;
  const { keyword, line, argumentsLogical, json } = instruction;
  if (json || !line.text.includes('#') || isBrokenContinuation(model, whole)) return [];
  const isCommand = withCommand.has(keyword);
  if (!isCommand && !withWords.has(keyword)) return [];
  const comments = commentsIn(instruction);
  // `ENV CHANNEL #news`: nothing else is the value.
  const [pair] = instruction.pairs;
  if (pair?.legacy && pair.value?.logical.start === comments[0]?.start) return [];
  const effect = comments.length > 0 && effectOf(model, instruction, comments, isCommand);
  if (!effect) return [];
  const last = restOf(instruction, comments).trimEnd().length + argumentsLogical.start;
  return comments.flatMap((comment) => {
    // A shell knows a comment at its end.
    if (effect === 'cuts' && comment.start >= last) return [];
    const logical = effect === 'cuts' ? withoutOperator(line.text, comment) : comment;
    return [{ instruction, at: toDocumentSpan(line, logical), logical, effect }];
  });
}

/** An operator at the end of the line was meant for the shell: `# first && \`. */
function withoutOperator(text: string, { start, end }: Span): Span {
  const comment = text.slice(start, end);
  const operator = /(?:&&|\|\||;|\|)$/.exec(comment)?.[0] ?? '';
  return { start, end: start + comment.slice(0, comment.length - operator.length).trimEnd().length };
}

function effectOf(
  model: Model,
  instruction: Instruction,
  comments: readonly Span[],
  isCommand: boolean,
): TrailingComment['effect'] | undefined {
  const { keyword, heredocs, argumentsLogical, words } = instruction;
  const rest = restOf(instruction, comments);
  // Only a comment: the instruction lacks its arguments.
  if (rest.trim() === '') return undefined;
  const isCheck = keyword === 'HEALTHCHECK' && words[0]?.value.toUpperCase() === 'CMD';
  if (keyword === 'HEALTHCHECK' && !isCheck) return 'words';
  const body = isCheck ? rest.trimStart().slice('CMD'.length) : rest;
  if (keyword !== 'SHELL' && isArray(body)) return keyword === 'COPY' || keyword === 'ADD' ? 'words' : 'json';
  if (!isCommand) return 'words';
  if (!isReadable(model.shellAt(instruction).dialect)) return undefined;
  const [heredoc, more] = heredocs;
  if (keyword === 'RUN' && heredoc && !more && rest.trim() === heredoc.operator.raw) return 'heredoc';
  const [first] = comments;
  const below = first && rest.slice(first.start - argumentsLogical.start);
  return below?.trim() ? 'cuts' : undefined;
}

function isArray(text: string): boolean {
  const array = text.trim();
  const strings = parseJsonForm(array, 0, array.length, (start, end) => ({ start, end }));
  return Array.isArray(strings) && strings.length > 0;
}

/** The arguments with blanks in place of the comments. */
function restOf({ line, argumentsLogical }: Instruction, comments: readonly Span[]): string {
  let rest = '';
  let from = argumentsLogical.start;
  for (const { start, end } of comments) {
    rest += line.text.slice(from, start) + ' '.repeat(end - start);
    from = end;
  }
  return rest + line.text.slice(from, argumentsLogical.end);
}

/** A `#` behind a blank begins a comment, unless quotes, backquotes or braces are around it. */
function commentsIn({ line, argumentsLogical }: Instruction): readonly Span[] {
  const { text, segments } = line;
  const found: Span[] = [];
  let quote = '';
  for (const { logical, length } of segments) {
    const end = Math.min(logical + length, argumentsLogical.end);
    for (let at = Math.max(logical, argumentsLogical.start); at < end; at += 1) {
      const character = text.charAt(at);
      if (quote !== '') {
        if (character === quote) quote = '';
        else if (character === '\\' && quote !== "'") at += 1;
      } else if (character === '"' || character === "'" || character === '`') {
        quote = character;
      } else if (character === '\\') {
        at += 1;
      } else if (character === '$' && text[at + 1] === '{') {
        quote = '}';
      } else if (character === '#' && isSpace(text.charCodeAt(at - 1))) {
        let stop = end;
        while (stop > at && isSpace(text.charCodeAt(stop - 1))) stop -= 1;
        found.push({ start: at, end: stop });
        break;
      }
    }
  }
  return found;
}
