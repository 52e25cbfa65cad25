// A fix that needs an answer from outside, from a registry or a package index.
import type { Edit } from '../text/edit';
import type { Span } from '../text/span';
import type { Facts } from '../lint/facts';
import type { Fix } from '../lint/finding';
import { questionKey } from '../lint/questions';
import type { Question } from '../lint/questions';

/**
 * The fix with its edits if the answer is among the facts, else the fix that asks for it.
 * @param reach the text the edits rely on: it tells two places with one question apart
 * @param edits made from the answer
 */
export function askFirst(
  facts: Facts,
  question: Question,
  { title, reach }: { readonly title: string; readonly reach: Span },
  edits: (answer: string) => readonly Edit[],
): Fix {
  const answer = facts.answers?.get(questionKey(question));
  return answer === undefined
    ? { title, reach, edits: [], asks: question }
    : { title, reach, edits: edits(answer) };
}
