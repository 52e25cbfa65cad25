// Runs a program and waits for it, for work that cannot go on without its answer. Never for a server.
import { spawnSync } from 'node:child_process';
import { guarded, judge } from '../../workflow/run';
import type { Outcome, Run } from '../../workflow/run';

/** @param folder absolute path of the folder in which it runs. Never throws. */
export function runNow<T, E>(run: Run<T, E>, folder: string): Outcome<T> {
  const { tool, args, env, limit } = run;
  let ended;
  try {
    ended = spawnSync(tool.program, args, {
      cwd: folder,
      env: { ...process.env, ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: false,
      windowsHide: true,
      maxBuffer: limit.characters,
      killSignal: 'SIGKILL',
      ...(Number.isFinite(limit.ms) && { timeout: limit.ms }),
    });
  } catch (error) {
    // An argument that no program can take.
    return { kind: 'failed', exit: undefined, said: String(error) };
  }
  const { status, stdout, stderr, error } = ended;
  const { code, message = '' } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === 'ENOENT') return { kind: 'missing', program: tool.program };
  if (code === 'ETIMEDOUT') return { kind: 'timedOut', ms: limit.ms };
  if (code === 'ENOBUFS') return { kind: 'tooMuch', characters: limit.characters };
  if (error) return { kind: 'failed', exit: undefined, said: message };
  const reader = guarded(run.reader());
  reader.push(stdout, 'stdout');
  reader.push(stderr, 'stderr');
  return judge(reader.end(status ?? undefined), status ?? undefined, stderr);
}
