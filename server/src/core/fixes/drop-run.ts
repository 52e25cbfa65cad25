// Removes a whole RUN that does nothing of use any more, with the remark above it that would be wrong then.
import { commentLines, startWithComments } from '../analysis/text/comment-lines';
import type { Fix } from '../lint/finding';
import type { Model } from '../model/model';
import type { Instruction } from '../syntax/nodes';
import type { Edit } from '../text/edit';

export interface DroppedRun {
  readonly edit: Edit;
  /** Whether a comment goes too: then the fix is not safe. */
  readonly losesComment: boolean;
}

/**
 * Removes a RUN.
 * @param keepsRemark whether the comment above it stays, because another step does the same
 * @returns undefined if it has comment lines inside, or if the next line would become a directive
 */
export function dropRun(model: Model, run: Instruction, keepsRemark = false): DroppedRun | undefined {
  const { document } = model;
  // If the first line of a fragment goes, the next one may read as a directive.
  if (run.index === 0 || run.comments.length > 0) return undefined;
  if (run.heredocs.some(({ terminator }) => !terminator)) return undefined;
  // A remark of the shell, behind the command.
  const ownRemark = /(?:^|\s)#/.test(document.slice(run.span));
  const first = document.lineAt(run.span.start);
  const last = document.lineAt(Math.max(run.span.start, run.span.end - 1));
  const remark = startWithComments(model, run.span.start);
  const losesComment =
    !keepsRemark && remark < document.lineStart(first) && isAbout(model, run, remark, last);
  const start = losesComment ? document.lineAt(remark) : first;
  const isBlank = (line: number): boolean =>
    line < document.lineCount && document.slice(document.line(line)).trim() === '';
  // Not two blank lines in a row where there was one on each side.
  const takesBlank = start > 0 && isBlank(start - 1) && isBlank(last + 1) && last + 2 < document.lineCount;
  const from = document.lineStart(start);
  const edit = takesBlank
    ? { start: from, end: document.fullLine(last + 1).end, text: '' }
    : document.removeLines({ start: from, end: run.span.end });
  return { edit, losesComment: losesComment || ownRemark };
}

/**
 * A fix that also removes the RUN whose work it makes needless.
 * @param run from `laterRemoval`
 */
export function andDrop(model: Model, fix: Fix | undefined, run: Instruction | undefined): Fix | undefined {
  const dropped = fix && run && dropRun(model, run);
  if (!dropped) return fix;
  const edits = [...fix.edits, dropped.edit].sort((a, b) => a.start - b.start || a.end - b.end);
  return { ...fix, edits, ...(dropped.losesComment && { safety: 'suggested' }) };
}

/**
 * Whether the comment above a RUN speaks of that RUN alone. A comment right above several steps is a heading, unless it
 * names what the RUN does.
 */
function isAbout(model: Model, run: Instruction, remark: number, last: number): boolean {
  const { document } = model;
  const next = last + 1;
  const isHeading =
    next < document.lineCount &&
    document.slice(document.line(next)).trim() !== '' &&
    !commentLines(model).has(next);
  if (!isHeading) return true;
  const comment = document.text.slice(remark, run.span.start).toLowerCase();
  const words =
    /\b(?:updat|refresh|list|metadata|index|clean|clear|remov|delet|purg|tid(?:y|ied)|cache|ignore)/;
  return (
    words.test(comment) ||
    model.commandsOf(run).some(({ program }) => program !== '' && comment.includes(program))
  );
}
