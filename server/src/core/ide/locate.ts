// Finds the node of the tree at an offset.
import type { Comment, Directive, Dockerfile, Heredoc, Instruction } from '../syntax/nodes';
import { lastNotAfter } from '../text/search';
import type { Span } from '../text/span';

/** Whether a cursor at `offset` is in the span or at one of its borders. */
export function at(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** The last element of a sorted list that begins at or before the offset. */
function lastBefore<T extends { readonly span: Span }>(sorted: readonly T[], offset: number): T | undefined {
  return sorted[lastNotAfter(sorted, ({ span }) => span.start <= offset)];
}

/**
 * The instruction that contains a cursor. Also after its last character on its last line and, if the file ends with a
 * continuation, on the empty lines that follow. Inside an ONBUILD, the trigger from its start on.
 */
export function instructionAt(file: Dockerfile, offset: number): Instruction | undefined {
  const found = lastBefore(file.instructions, offset);
  if (!found) return undefined;
  if (offset > found.span.end) {
    const between = file.text.slice(found.span.end, offset);
    if (/\S/.test(between)) return undefined;
    const continued = (): boolean =>
      found.heredocs.length === 0 &&
      file.text.slice(found.span.start, found.span.end).trimEnd().endsWith(file.escape);
    if (between.includes('\n') && !continued()) return undefined;
  }
  const { trigger } = found;
  return trigger && offset >= trigger.keywordSpan.start ? trigger : found;
}

/** The here-document whose body or terminator contains the cursor. */
export function heredocAt(instruction: Instruction, offset: number): Heredoc | undefined {
  return instruction.heredocs.find(({ body, terminator }) =>
    terminator ? body.start <= offset && offset <= terminator.end : body.start <= offset,
  );
}

/** The comment or directive that contains the cursor, after its `#`. */
export function commentAt(file: Dockerfile, offset: number): Comment | Directive | undefined {
  for (const list of [file.comments, file.directives]) {
    const found = lastBefore<Comment | Directive>(list, offset);
    if (found && found.span.start < offset && offset <= found.span.end) return found;
  }
  return undefined;
}
