// What no fix may lose.
import type { Dockerfile } from '../syntax/nodes';

/** Whether `after` lacks a comment or directive of `before`. Indentation does not matter. */
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
