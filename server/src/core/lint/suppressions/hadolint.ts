// `# hadolint ignore=DL3006`, `# hadolint stage ignore=…` and `# hadolint global ignore=…`, as hadolint reads them.
import type { Comment } from '../../syntax/nodes';
import { fromMatch, ownerOf } from './suppression';
import type { CommentReader, Suppression, Surroundings } from './suppression';

// The whole comment has to match, else hadolint takes it for prose.
const form =
  /^[ \t]*hadolint[ \t]+(?:(stage|global)[ \t]+)?ignore[ \t]*=[ \t]*([DLSC0-9]+(?:[ \t]*,[ \t]*[DLSC0-9]+)*)[ \t]*(?:#.*)?$/;

export function hadolintReader(surroundings: Surroundings): CommentReader {
  return (comment) => {
    const match = form.exec(comment.text);
    if (!match) return [];
    if (comment.inside) return [];
    const scope = match[1] === 'global' ? 'file' : scopeBelow(surroundings, comment, match[1] === 'stage');
    return scope === undefined ? [] : [fromMatch('hadolint', scope, match, comment)];
  };
}

/** It holds for the line below it; its stage form for the rest of the stage that this line is in. */
function scopeBelow(
  { file, document }: Surroundings,
  comment: Comment,
  stage: boolean,
): Suppression['scope'] | undefined {
  const target = ownerOf(file, comment.span);
  if (!target) return undefined;
  const adjoins = document.lineAt(comment.span.start) + 1 === document.lineAt(target.span.start);
  if (!stage) return adjoins ? [target.index, target.index] : undefined;
  const first = adjoins ? target.index + 1 : target.index;
  let end = first;
  while (end < file.instructions.length && file.instructions[end]?.keyword !== 'FROM') end += 1;
  return end > first ? [first, end - 1] : undefined;
}
