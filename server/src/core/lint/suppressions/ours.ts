// `# drydock ignore=a,b why` and `# drydock global ignore=a,b why`.
import type { Comment, Instruction } from '../../syntax/nodes';
import type { TextFile } from '../../text/document';
import { fromMatch, ownerOf } from './suppression';
import type { CommentReader, Surroundings } from './suppression';

const form =
  /^[ \t]*drydock[ \t]+(global[ \t]+)?ignore[ \t]*=[ \t]*((?:[a-z0-9-]+|SC\d+)(?:[ \t]*,[ \t]*(?:[a-z0-9-]+|SC\d+))*)(?=$|[ \t;])/;

/** It holds for the instruction directly below its block of comment lines, or around it. */
export function oursReader({ file, document }: Surroundings): CommentReader {
  /** By number of the instruction. */
  const tops = new Map<number, number>();
  const adjoins = (comment: Comment, target: Instruction): boolean => {
    if (comment.inside) return true;
    const top = tops.get(target.index) ?? topOfBlock(document, target);
    tops.set(target.index, top);
    return document.lineAt(comment.span.start) >= top;
  };
  return (comment) => {
    const match = form.exec(comment.text);
    if (!match) return [];
    if (match[1]) return [fromMatch('drydock', 'file', match, comment)];
    const target = ownerOf(file, comment.span);
    if (!target || !adjoins(comment, target)) return [];
    return [fromMatch('drydock', [target.index, target.index], match, comment)];
  };
}

/** The first line of the comments directly above an instruction, or the instruction's own. */
function topOfBlock(document: TextFile, { span }: Instruction): number {
  let top = document.lineAt(span.start);
  while (
    top > 0 &&
    document
      .slice(document.line(top - 1))
      .trimStart()
      .startsWith('#')
  )
    top -= 1;
  return top;
}
