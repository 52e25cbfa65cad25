// The change of a file as a unified diff, as `git apply` and `patch` take it.
import { commonLines, splitLines } from '../core/text/diff';

const context = 3;

/** Lines of the old text from `x` to `x2` become lines of the new text from `y` to `y2`; not included. */
interface Change {
  readonly x: number;
  readonly x2: number;
  readonly y: number;
  readonly y2: number;
}

/**
 * @param path with slashes, relative to the folder in which the patch is applied
 * @param before undefined: the file is new
 * @returns an empty text if nothing differs
 */
export function unifiedDiff(path: string, before: string | undefined, after: string): string {
  const [a, b] = [linesOf(before ?? ''), linesOf(after)];
  const changes = changesBetween(a, b);
  if (changes.length === 0) return '';
  const from = before === undefined ? '/dev/null' : quoted(`a/${path}`);
  return `--- ${from}\n+++ ${quoted(`b/${path}`)}\n${hunks(changes, a, b).join('')}`;
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : splitLines(text);
}

function changesBetween(a: readonly string[], b: readonly string[]): readonly Change[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  const shorter = Math.min(a.length, b.length) - head;
  while (tail < shorter && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const [endA, endB] = [a.length - tail, b.length - tail];
  const changes: Change[] = [];
  let [x, y] = [head, head];
  for (const [i, j] of [
    ...commonLines(a.slice(head, endA), b.slice(head, endB)),
    [endA - head, endB - head] as const,
  ]) {
    if (head + i > x || head + j > y) changes.push({ x, x2: head + i, y, y2: head + j });
    [x, y] = [head + i + 1, head + j + 1];
  }
  return changes;
}

/** Changes that lie close together share a hunk. */
function hunks(changes: readonly Change[], a: readonly string[], b: readonly string[]): readonly string[] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    if (last && before && change.x - before.x2 <= 2 * context) last.push(change);
    else groups.push([change]);
  }
  return groups.map((group) => hunk(group, a, b));
}

function hunk(group: readonly Change[], a: readonly string[], b: readonly string[]): string {
  const [first, last] = [group[0], group.at(-1)];
  if (!first || !last) return '';
  const start = Math.max(0, first.x - context);
  const end = Math.min(a.length, last.x2 + context);
  const lines: string[] = [];
  let at = start;
  for (const { x, x2, y, y2 } of group) {
    lines.push(
      ...signed(' ', a.slice(at, x)),
      ...signed('-', a.slice(x, x2)),
      ...signed('+', b.slice(y, y2)),
    );
    at = x2;
  }
  lines.push(...signed(' ', a.slice(at, end)));
  const startB = first.y - (first.x - start);
  const range = (from: number, count: number): string => `${count === 0 ? from : from + 1},${count}`;
  const endB = last.y2 + (end - last.x2);
  return `@@ -${range(start, end - start)} +${range(startB, endB - startB)} @@\n${lines.join('')}`;
}

function signed(sign: ' ' | '-' | '+', lines: readonly string[]): readonly string[] {
  return lines.map((line) => sign + (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`));
}

const escapes: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

/** A name with other characters would end early or look like another line. */
function quoted(path: string): string {
  if (/[\0-\x1F"\\\x7F]/.test(path))
    return `"${path.replace(/[\0-\x1F"\\\x7F]/g, (one) => escapes[one] ?? `\\${one.charCodeAt(0).toString(8).padStart(3, '0')}`)}"`;
  return path.includes(' ') ? `${path}\t` : path;
}
