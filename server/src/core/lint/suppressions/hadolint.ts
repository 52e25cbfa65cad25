// Reads `# hadolint ignore=DL3006`, `# hadolint stage ignore=…` and `# hadolint global ignore=…` like hadolint.
import type { Comment } from '../../syntax/nodes';
import { fromMatch, ownerOf } from './suppression';
import type { CommentReader, Suppression, Surroundings } from './suppression';

// The whole comment must match; otherwise hadolint treats it as prose.
const form =
  /^[ \t]*hadolint[ \t]+(?:(stage|global)[ \t]+)?ignore[ \t]*=[ \t]*([DLSC0-9]+(?:[ \t]*,[ \t]*[DLSC0-9]+)*)[ \t]*(?:#.*)?$/;

export function hadolintReader(surroundings: Surroundings): CommentReader {
  return (comment) => {
    const match = form.exec(comment.text);
    if (!match) return [];
    const scope = match[1] === 'global' ? 'file' : scopeBelow(surroundings, comment, match[1] === 'stage');
    return scope === undefined ? [] : [fromMatch('hadolint', scope, match, comment)];
  };
}

/** The plain form applies to the next line; the stage form applies from a FROM there to the next FROM. */
function scopeBelow(
  { file, document }: Surroundings,
  comment: Comment,
  stage: boolean,
): Suppression['scope'] | undefined {
  const target = ownerOf(file, comment.span);
  if (!target || comment.inside) return undefined;
  if (document.lineAt(comment.span.start) + 1 !== document.lineAt(target.span.start)) return undefined;
  if (!stage) return [target.index, target.index];
  if (target.keyword !== 'FROM') return undefined;
  let last = target.index;
  while (last + 1 < file.instructions.length && file.instructions[last + 1]?.keyword !== 'FROM') last += 1;
  return [target.index + 1, last];
}
