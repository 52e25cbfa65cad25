// Runs git for questions about a repository: with arguments that are not read by a shell, within time and size, and without
// asking anybody for a password. Only commands that run no hook, filter or program of the repository.
import { spawnSync } from 'node:child_process';

export type GitAnswer =
  | { readonly kind: 'done'; readonly output: Buffer }
  /** Git is not there. */
  | { readonly kind: 'missing' }
  /** `said`: its last complaint, on one line and without a full stop. */
  | { readonly kind: 'failed'; readonly said: string };

const limits = { timeout: 120_000, maxBuffer: 512_000_000 };

/** @param folder absolute, in the repository. @param input for its standard input */
export function runGit(folder: string, args: readonly string[], input = ''): GitAnswer {
  const { status, stdout, stderr, error } = spawnSync('git', ['--no-pager', ...args], {
    cwd: folder,
    input,
    ...limits,
    env: {
      ...process.env,
      LC_ALL: 'C',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      // Names are paths, not patterns.
      GIT_LITERAL_PATHSPECS: '1',
    },
  });
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === 'ENOENT') return { kind: 'missing' };
  if (code === 'ETIMEDOUT')
    return { kind: 'failed', said: `git took more than ${limits.timeout / 1000} seconds` };
  if (code === 'ENOBUFS') return { kind: 'failed', said: 'git printed too much' };
  if (status === 0) return { kind: 'done', output: stdout };
  const said = String(stderr).trim().split('\n')[0] ?? '';
  return {
    kind: 'failed',
    said: said.replace(/^(?:fatal|error): /, '').replace(/\.$/, '') || error?.message || 'git failed',
  };
}
