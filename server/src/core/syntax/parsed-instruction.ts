// The only node that is not an object literal: words of RUN, CMD, ENV and similar instructions are made on demand.
// The shell layer and the pairs do not need them, and a long RUN has thousands.
import type { Span } from '../text/span';
import { noHeredocs } from './heredoc';
import type { JoinedLines } from './logical-line';
import type { Comment, Flag, Heredoc, Instruction, JsonString, LogicalLine, Pair, Word } from './nodes';
import { makeWords, splitQuoted, wordContext, wordsOfPairs } from './words';

/** The arguments as the parser read them. */
export interface Arguments {
  /** Undefined if they are made later: split at quotes as a shell reads them, or from the pairs. */
  readonly words: readonly Word[] | undefined;
  readonly json: readonly JsonString[] | undefined;
  readonly pairs: readonly Pair[];
}

type Head = Pick<
  Instruction,
  'index' | 'keyword' | 'keywordSpan' | 'flags' | 'argumentsLogical' | 'argumentsSpan' | 'onbuild'
> & { readonly trigger: ParsedInstruction | undefined };

export class ParsedInstruction implements Instruction {
  readonly index: number;
  readonly keyword: string;
  readonly keywordSpan: Span;
  span: Span;
  readonly line: LogicalLine;
  readonly flags: readonly Flag[];
  readonly argumentsLogical: Span;
  readonly argumentsSpan: Span;
  readonly json: readonly JsonString[] | undefined;
  readonly pairs: readonly Pair[];
  heredocs: readonly Heredoc[] = noHeredocs;
  readonly trigger: ParsedInstruction | undefined;
  readonly onbuild: boolean;
  readonly blankLines: readonly Span[];
  readonly comments: readonly Comment[];
  readonly #escape: number;
  #words: readonly Word[] | undefined;

  constructor(head: Head, joined: JoinedLines, read: Arguments, escape: number) {
    this.index = head.index;
    this.keyword = head.keyword;
    this.keywordSpan = head.keywordSpan;
    this.span = head.keywordSpan;
    this.line = joined.line;
    this.flags = head.flags;
    this.argumentsLogical = head.argumentsLogical;
    this.argumentsSpan = head.argumentsSpan;
    this.json = read.json;
    this.pairs = read.pairs;
    this.trigger = head.trigger;
    this.onbuild = head.onbuild;
    this.blankLines = joined.blankLines;
    this.comments = joined.comments;
    this.#escape = escape;
    this.#words = read.words;
  }

  get words(): readonly Word[] {
    this.#words ??= this.#makeWords();
    return this.#words;
  }

  #makeWords(): readonly Word[] {
    // Problems in pairs have already been reported.
    const context = wordContext(this.line, this.#escape, []);
    const { start, end } = this.argumentsLogical;
    const ranges = splitQuoted(this.line.text, start, end, this.#escape);
    return this.pairs.length > 0
      ? wordsOfPairs(context, this.pairs, ranges)
      : makeWords(context, ranges, 'shell');
  }

  /** Only for the parser: sets what is known after the heredocs of the line have been read. */
  finish(start: number, end: number, heredocs: readonly Heredoc[]): void {
    this.span = { start, end };
    this.heredocs = heredocs;
    this.trigger?.finish(this.trigger.keywordSpan.start, end, heredocs);
  }
}
