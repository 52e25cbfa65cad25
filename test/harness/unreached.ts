// The list of branches of rules that no example reaches yet. It may only shrink: a branch that is not on it fails,
// and so does an entry that is not needed any more.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { UnreachedBranch } from './rule-coverage';

const listPath = 'test/rules-unreached.json';

/** By file, then by line as written, the number of branches in it that do not run. */
export type UnreachedList = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** @returns the list; an empty one where there is no file */
export function readUnreached(): UnreachedList {
  if (!existsSync(listPath)) return {};
  return JSON.parse(readFileSync(listPath, 'utf8')) as UnreachedList;
}

/** Sets the entries of the files to what was found. */
export function writeUnreached(files: readonly string[], found: readonly UnreachedBranch[]): void {
  const list: Record<string, Readonly<Record<string, number>>> = { ...readUnreached() };
  for (const path of files) {
    const lines = countLines(path, found);
    if (lines.size > 0) list[path] = Object.fromEntries(lines);
    else delete list[path];
  }
  const sorted = Object.fromEntries(Object.entries(list).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(listPath, JSON.stringify(sorted, null, 2) + '\n');
}

/** @returns what is wrong, one sentence each */
export function compareUnreached(
  files: readonly string[],
  found: readonly UnreachedBranch[],
  list: UnreachedList,
): readonly string[] {
  return files.flatMap((path) => {
    const allowed = new Map(Object.entries(list[path] ?? {}));
    const lines = countLines(path, found);
    const missing = found.filter((branch) => {
      const line = lineOf(branch);
      return branch.path === path && (lines.get(line) ?? 0) > (allowed.get(line) ?? 0);
    });
    const stale = [...allowed].filter(([line, count]) => (lines.get(line) ?? 0) < count);
    return [
      ...missing.map(({ line, code }) => `${path}:${line}: no example reaches ${code}`),
      ...stale.map(([line]) => `${path}: take this line off ${listPath}, an example reaches it: ${line}`),
    ];
  });
}

function countLines(path: string, found: readonly UnreachedBranch[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const branch of found)
    if (branch.path === path) counts.set(lineOf(branch), (counts.get(lineOf(branch)) ?? 0) + 1);
  return counts;
}

function lineOf({ path, line }: UnreachedBranch): string {
  return (readFileSync(path, 'utf8').split('\n')[line - 1] ?? '').trim();
}
