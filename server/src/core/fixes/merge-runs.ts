// The edits that merge consecutive RUNs into one, for steps that share what must not stay in a layer.
import { commentLines } from '../analysis/text/comment-lines';
import { lastingBuiltIns } from '../knowledge/programs/shell-builtins';
import type { Model } from '../model/model';
import type { Instruction } from '../syntax/nodes';
import type { Edit } from '../text/edit';

/** Nobody wants a longer RUN, and n findings with n edits each would take too long. */
const mostRuns = 50;

/**
 * Joins `first`, `last` and the instructions between them with `&&`. Comments between them stay, inside the RUN.
 * @returns undefined if another instruction stands in between, if there are too many, or if the commands would behave differently: a working
 * directory or variable that lasts, a background process, mounts, heredocs, other shells
 */
export function mergeRuns(model: Model, first: Instruction, last: Instruction): readonly Edit[] | undefined {
  if (last.index - first.index > mostRuns) return undefined;
  const runs = model.instructions.slice(first.index, last.index + 1);
  if (runs.length < 2 || !runs.every((run, at) => canMerge(model, run, at === 0))) return undefined;
  const { document, file } = model;
  const above = commentLines(model);
  return runs.slice(1).map((run, at) => {
    const start = runs[at]?.span.end ?? 0;
    const end = run.argumentsSpan.start;
    const lines: string[] = [];
    for (let line = document.lineAt(start) + 1; line < document.lineAt(run.span.start); line += 1) {
      if (above.has(line)) lines.push(document.slice(document.line(line)));
    }
    const text = [` && ${file.escape}`, ...lines, '    '].join(document.eol);
    return { start, end, text };
  });
}

/** A shell comment, which would swallow what follows, or an assignment, which may last. */
const unmergeable = /(?:^|\s)#|(?:^|[;&|])\s*[A-Za-z_]\w*=/;

function canMerge(model: Model, run: Instruction, isFirst: boolean): boolean {
  const [script, ...more] = model.scriptsOf(run);
  if (run.keyword !== 'RUN' || run.onbuild || run.json || !script?.valid || more.length > 0) return false;
  if (run.flags.length + run.heredocs.length + run.comments.length > 0) return false;
  const { text, lists, commands } = script;
  // In `x && a; b` and `x && a || b` the last command would run even if the first one fails.
  if (!isFirst && (lists.length > 1 || lists.some(({ joints }) => joints.includes('||')))) return false;
  if (commands.length === 0 || unmergeable.test(text) || lists.some(({ end }) => end === '&')) return false;
  return commands.every(
    ({ program, nesting }) => nesting.length > 0 || (program !== '' && !lastingBuiltIns.has(program)),
  );
}
