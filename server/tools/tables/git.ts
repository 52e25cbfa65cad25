// Reads from git directories without a work tree.
import { spawnSync } from 'node:child_process';

const most = 2 ** 30;

/** What a git command prints. @throws with what git says if it fails */
export function git(folder: string, args: readonly string[], input?: string): Buffer {
  const { status, stdout, stderr, error } = spawnSync('git', ['-C', folder, ...args], {
    maxBuffer: most,
    ...(input !== undefined && { input }),
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`git ${args[0] ?? ''} in ${folder}: ${stderr.toString()}`);
  return stdout;
}

/** Names of objects that one call of git reads. */
const atOnce = 2000;

/**
 * The texts of objects, in order; undefined for those that are not there.
 * @param specs hashes, or `COMMIT:PATH`
 */
export function readObjects(folder: string, specs: readonly string[]): readonly (string | undefined)[] {
  const found: (string | undefined)[] = [];
  for (let at = 0; at < specs.length; at += atOnce) {
    const some = specs.slice(at, at + atOnce);
    const out = git(folder, ['cat-file', '--batch'], some.map((spec) => `${spec}\n`).join(''));
    let from = 0;
    for (const spec of some) {
      const end = out.indexOf(10, from);
      const head = out.subarray(from, end).toString();
      from = end + 1;
      const size = / (?:blob|tree|commit|tag) (\d+)$/.exec(head)?.[1];
      if (size === undefined) {
        if (!head.endsWith(' missing')) throw new Error(`git says "${head}" about ${spec}`);
        found.push(undefined);
        continue;
      }
      found.push(out.subarray(from, from + Number(size)).toString());
      from += Number(size) + 1;
    }
  }
  return found;
}
