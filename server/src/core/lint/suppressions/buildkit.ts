// Reads `# check=skip=A,B;error=true` like BuildKit: as a directive at the top of a file, and as a comment above an
// instruction.
import { checkOptions } from '../../syntax/directives';
import type { Dockerfile } from '../../syntax/nodes';
import type { Span } from '../../text/span';
import { ownerOf } from './suppression';
import type { CommentReader, Suppression, Surroundings } from './suppression';

// BuildKit stops at the first blank; the rest is free text.
const form = /^[ \t]*check[ \t]*=[ \t]*([^ \t\r]+)/i;

/** The directives of a file that hide findings. */
export function checkDirectives(file: Dockerfile): readonly Suppression[] {
  return file.directives
    .filter(({ name }) => name === 'check')
    .flatMap(({ value, valueSpan, span }) => skips(checkOptions(value), valueSpan.start, span, 'file'));
}

/** Only the first check comment after the previous instruction counts. */
export function buildkitReader({ file }: Surroundings): CommentReader {
  const checked = new Set<number>();
  return (comment) => {
    const match = form.exec(comment.text);
    const target = match && ownerOf(file, comment.span);
    if (!target || checked.has(target.index) || comment.inside) return [];
    checked.add(target.index);
    const value = match[1] ?? '';
    const start = comment.span.start + 1 + match[0].length - value.length;
    return skips(value, start, comment.span, [target.index, target.index]);
  };
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
