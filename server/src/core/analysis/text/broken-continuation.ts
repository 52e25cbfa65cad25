// Finds lines that were meant to continue: an escape character with more text after it, and an unknown word below.
import type { Span } from '../../text/span';
import type { Instruction } from '../../syntax/nodes';
import { isKeyword } from '../../knowledge/syntax/instructions';
import type { Model } from '../../model/model';

/**
 * The span from the escape character to the end of the line, if the instruction ends there and an unknown word
 * follows below. `\ ` behind a letter proves nothing: it is an escaped blank in a
 * shell.
 */
export function brokenContinuation({ file, document }: Model, instruction: Instruction): Span | undefined {
  const below = file.instructions[instruction.index + 1];
  if (!below || isKeyword(below.keyword) || instruction.heredocs.length > 0) return undefined;
  const end = instruction.span.end;
  const { start } = document.line(document.lineAt(Math.max(instruction.span.start, end - 1)));
  const text = file.text.slice(Math.max(start, instruction.span.start), end);
  const isBackslash = file.escape === '\\';
  const hash = text.search(isBackslash ? /\\[ \t]+(?:#|\/\/[ \t])/ : /`[ \t]+(?:#|\/\/[ \t])/);
  const found = hash >= 0 ? hash : text.search(isBackslash ? /(?<=[ \t])\\[ \t]+\w/ : /(?<=[ \t])`[ \t]+\w/);
  return found < 0 ? undefined : { start: end - text.length + found, end };
}

export function isBrokenContinuation(model: Model, instruction: Instruction): boolean {
  return brokenContinuation(model, instruction) !== undefined;
}
