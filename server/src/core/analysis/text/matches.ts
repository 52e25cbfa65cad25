// Finds text in the instructions of a file, also in heredocs, but not in comments.
import type { Model } from '../../model/model';
import type { Instruction } from '../../syntax/nodes';
import { lastNotAfter } from '../../text/search';
import type { Span } from '../../text/span';

interface TextMatch {
  readonly match: RegExpExecArray;
  readonly at: Span;
  /** The trigger, under ONBUILD. */
  readonly instruction: Instruction;
}

/** @param pattern with the flag g, and linear: no repetition may follow another that matches the same text */
export function* matchesIn(model: Model, pattern: RegExp): Generator<TextMatch> {
  const { document, instructions, file } = model;
  for (const match of document.text.matchAll(pattern)) {
    const at = { start: match.index, end: match.index + match[0].length };
    const before = ({ span }: { readonly span: Span }): boolean => span.start <= at.start;
    const instruction = instructions[lastNotAfter(instructions, before)];
    const comment = file.comments[lastNotAfter(file.comments, before)];
    if (!instruction || at.start >= instruction.span.end || (comment && at.start < comment.span.end))
      continue;
    yield { match, at, instruction };
  }
}
