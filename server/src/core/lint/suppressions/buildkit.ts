// `# check=skip=A,B;error=true`, as a directive at the top of a file and as a comment above an instruction, as
// BuildKit reads them.
import { checkOptions } from '../../syntax/directives';
import type { Dockerfile } from '../../syntax/nodes';
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
  const ends = lastEmptyComments(file);
  return (comment) => {
    const match = form.exec(comment.text);
    const target = match && ownerOf(file, comment.span);
    if (!target || checked.has(target.index) || comment.inside) return [];
    const { start } = comment.span;
    if (document.lineStart(document.lineAt(start)) < start || start < (ends.get(target.index) ?? 0))
      return [];
    checked.add(target.index);
    const value = match[1] ?? '';
    const from = start + 1 + match[0].length - value.length;
    return skips(value, from, comment.span, [target.index, target.index]);
  };
}

/** Where the last empty comment above an instruction begins, by its index: it ends what stands above it. */
function lastEmptyComments(file: Dockerfile): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const { span, text, inside } of file.comments) {
    const target = inside || text.trim() !== '' ? undefined : ownerOf(file, span);
    if (target) found.set(target.index, span.start);
  }
  return found;
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
