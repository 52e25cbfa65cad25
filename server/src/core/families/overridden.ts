// The body of the rules about instructions of which only the last in a stage counts. Other tools have one id for each.
import { commentLines } from '../analysis/text/comment-lines';
import type { Finding } from '../lint/finding';
import type { Model } from '../model/model';

/**
 * The instructions of a keyword that a later one in the same stage overrides. Triggers of ONBUILD act in another build
 * and are left out.
 * @param keyword in upper case
 */
export function* overridden(model: Model, keyword: string): Generator<Finding> {
  if (model.instructionsOf(keyword).length < 2) return;
  const { document } = model;
  for (const { instructions } of model.stages) {
    const all = instructions.filter((one) => one.keyword === keyword);
    const last = all.at(-1);
    if (!last) continue;
    for (const instruction of all.slice(0, -1)) {
      const line = document.lineAt(instruction.span.start);
      // A comment may say why it is there, so its author decides.
      const told = instruction.comments.length > 0 || commentLines(model).has(line - 1);
      yield {
        at: instruction.span,
        message: `The ${keyword} in line ${document.lineAt(last.span.start) + 1} overrides this one`,
        related: [{ at: last.keywordSpan, message: 'Only this one counts' }],
        tag: 'unnecessary',
        ...(!told && {
          fix: {
            title: `Remove the ${keyword} that has no effect`,
            edits: [document.removeLines(instruction.span)],
          },
        }),
      };
    }
  }
}

/** What hadolint finds instead: the later ones, which count. @param keyword in upper case */
export function* repeated({ file }: Model, keyword: string): Generator<Finding> {
  let known = false;
  for (const instruction of file.instructions) {
    const isMeant = instruction.keyword === keyword;
    if (isMeant && known) yield { at: instruction.span, message: `This ${keyword} overrides the one above` };
    known = isMeant || (known && instruction.keyword !== 'FROM');
  }
}
