// What no fix may do: make the builder refuse more than before, or lose what an author wrote.
import { isKeyword } from '../knowledge/instructions';
import type { Dockerfile } from '../syntax/nodes';
import { parse } from '../syntax/parse';

/** Whether the builder finds more to refuse in a piece of a file than in what stood there before. */
export function addsProblems({ escape }: Dockerfile, before: string, after: string): boolean {
  // Behind a line end, where a byte order mark is none.
  const head = `${escape === '`' ? '# escape=`' : ''}\n`;
  return syntaxProblems(parse(head + after)) > syntaxProblems(parse(head + before));
}

/** What the builder would refuse to read: grammar problems and words that are no instruction. */
export function syntaxProblems(file: Dockerfile): number {
  let count = file.problems.length;
  for (const instruction of file.instructions) {
    if (!isKeyword(instruction.keyword)) count += 1;
    if (instruction.trigger && !isKeyword(instruction.trigger.keyword)) count += 1;
  }
  return count;
}

/** Whether a comment of `before` is missing from `after`, also as a directive; how it is indented does not matter. */
export function losesComment(before: Dockerfile, after: Dockerfile): boolean {
  const left = new Map<string, number>();
  const keep = (text: string): void => {
    left.set(text.trim(), (left.get(text.trim()) ?? 0) + 1);
  };
  for (const { text } of after.comments) keep(text);
  for (const { span } of after.directives)
    keep(after.text.slice(span.start, span.end).replace(/^\s*(?:#|\/\/)/, ''));
  for (const { text } of before.comments) {
    const count = left.get(text.trim()) ?? 0;
    if (count === 0) return true;
    left.set(text.trim(), count - 1);
  }
  return false;
}
