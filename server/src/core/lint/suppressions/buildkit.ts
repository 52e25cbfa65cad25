// `# check=skip=A,B;error=true`, as a directive at the top of a file and as a comment above an instruction, as
// BuildKit reads them.
import { checkOptions } from '../../syntax/directives';
import type { Comment, Dockerfile, Instruction } from '../../syntax/nodes';
import { firstNotBefore } from '../../text/search';
import type { Span } from '../../text/span';
import { ownerOf } from './suppression';
import type { CommentReader, Suppression, Surroundings } from './suppression';

// BuildKit cuts at the first blank: free text follows.
const form = /^[ \t]*check[ \t]*=[ \t]*([^ \t\r]+)/i;

/** The directives of a file that hide something. */
export function checkDirectives(file: Dockerfile): readonly Suppression[] {
  return file.directives
    .filter(({ name }) => name === 'check')
    .flatMap(({ value, valueSpan, span }) => skips(checkOptions(value), valueSpan.start, span, 'file'));
}

/**
 * Only the first check comment since the previous instruction counts, and since the last empty comment. It begins
 * its line.
 */
export function buildkitReader({ file, document }: Surroundings): CommentReader {
  const checked = new Set<number>();
  return (comment) => {
    const match = form.exec(comment.text);
    const target = match && ownerOf(file, comment.span);
    if (!target || checked.has(target.index) || comment.inside) return [];
    const { start } = comment.span;
    if (document.lineStart(document.lineAt(start)) < start || endsAbove(file, comment, target)) return [];
    checked.add(target.index);
    const value = match[1] ?? '';
    const from = start + 1 + match[0].length - value.length;
    return skips(value, from, comment.span, [target.index, target.index]);
  };
}

/** Whether an empty comment stands between a comment and the instruction below it. */
function endsAbove({ comments }: Dockerfile, { span }: Comment, target: Instruction): boolean {
  const next = firstNotBefore(comments, (one) => one.span.start <= span.start);
  for (let at = next; at < comments.length; at += 1) {
    const one = comments[at];
    if (!one || one.span.start > target.span.start) return false;
    if (one.text.trim() === '') return true;
  }
  return false;
}

/** `skip=A,B;error=true;experimental=…`: only `skip` hides. @param start offset of the value in the file */
function skips(
  value: string,
  start: number,
  span: Span,
  scope: Suppression['scope'],
): readonly Suppression[] {
  const found: Suppression[] = [];
  let offset = start;
  for (const part of value.split(';')) {
    const match = /^skip=(.+)$/.exec(part);
    if (match) {
      const ids = match[1] ?? '';
      found.push({
        form: 'buildkit',
        scope,
        ids: ids.split(',').map((id) => id.trim()),
        span,
        idsSpan: { start: offset + 'skip='.length, end: offset + part.length },
      });
    }
    offset += part.length + 1;
  }
  return found;
}
