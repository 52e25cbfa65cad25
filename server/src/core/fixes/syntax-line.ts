// The `# syntax=` line at the top, which newer syntax needs: a fix that writes such syntax adds the line, too.
import type { Model } from '../model/model';
import type { Comment } from '../syntax/nodes';
import type { Edit } from '../text/edit';

/** A `# syntax=` line that is an ordinary comment, because it stands below a blank line or another comment. */
export function misplacedSyntaxLine({ file, document }: Model): Comment | undefined {
  // What else stands above FROM has to move down.
  const start = file.instructions.find(({ keyword }) => keyword === 'FROM' || keyword === 'ARG');
  const first = start?.span.start ?? 0;
  return file.comments.find(
    ({ span, inside }) =>
      !inside &&
      span.start < first &&
      /^#[ \t]*syntax[ \t]*=[ \t]*[^\s/:]*[/:]\S*[ \t]*$/i.test(document.slice(span)),
  );
}

/** Whether the engine decides which frontend reads the file. Windows images are built by one that fetches none. */
export function lacksSyntaxLine({ file, stages, finalStage }: Model): boolean {
  return (
    file.directives.every(({ name }) => name !== 'syntax') &&
    stages.some(({ from }) => from) &&
    finalStage?.base.distribution !== 'windows'
  );
}

/** The edits that put the line at the top: a misplaced one moves there. None if nothing is missing. */
export function addSyntaxLine(model: Model): readonly Edit[] {
  if (!lacksSyntaxLine(model)) return [];
  const { file, document } = model;
  const top = file.text.startsWith('\uFEFF') ? 1 : 0;
  const start = file.text.startsWith('#!', top) ? document.fullLine(0).end : top;
  const misplaced = misplacedSyntaxLine(model);
  const line = misplaced ? document.slice(misplaced.span) : '# syntax=docker/dockerfile:1';
  const added = { start, end: start, text: line + document.eol };
  return misplaced ? [added, document.removeLines(misplaced.span)] : [added];
}
