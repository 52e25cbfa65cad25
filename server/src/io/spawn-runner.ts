// Runs one program with an argument array, never through a shell, in a process group of its own, so that
// cancelling ends whatever it started too.
import { spawn } from 'node:child_process';
import { win32 } from 'node:path';

export interface CommandLine {
  /** Absolute path. */
  readonly program: string;
  readonly args: readonly string[];
  /** Added to the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
}

export type Stream = 'stdout' | 'stderr';

export interface Exit {
  /** Undefined when a signal ended it or it could not be started. */
  readonly code: number | undefined;
  readonly cancelled: boolean;
  /** Why it could not be started. */
  readonly problem?: string;
}

export interface Running {
  readonly pid: number | undefined;
  readonly done: Promise<Exit>;
  /** Asks the whole group to end, and insists after the grace period. May be called more than once. */
  cancel(): void;
}

/** Milliseconds between asking and insisting: buildx and buildah clean up their containers in it. */
const GRACE = 5000;

/**
 * @param onOutput gets text as it comes; a character is never split between two calls
 * @returns at once; errors of starting are part of `done`, which never rejects
 */
export function run(
  command: CommandLine,
  options: { readonly cwd: string; readonly grace?: number },
  onOutput: (text: string, stream: Stream) => void,
): Running {
  const windows = process.platform === 'win32';
  const child = spawn(command.program, [...command.args], {
    cwd: options.cwd,
    env: { ...process.env, ...command.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: false,
    windowsHide: true,
    detached: !windows,
  });
  let cancelled = false;
  let insist: NodeJS.Timeout | undefined;
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8');
    child[stream].on('data', (text: string) => onOutput(text, stream));
  }
  const signal = (name: 'SIGTERM' | 'SIGKILL'): void => {
    if (child.pid === undefined) return;
    if (windows) return endWindowsTree(child.pid);
    try {
      process.kill(-child.pid, name);
    } catch {
      // ESRCH: the group has ended in the meantime.
    }
  };
  const done = new Promise<Exit>((resolve) => {
    child.on('error', (error) => resolve({ code: undefined, cancelled, problem: error.message }));
    child.on('close', (code) => {
      clearTimeout(insist);
      // A grandchild may outlive the program we started.
      if (cancelled) signal('SIGKILL');
      resolve({ code: code ?? undefined, cancelled });
    });
  });
  return {
    pid: child.pid,
    done,
    cancel: () => {
      if (cancelled) return;
      cancelled = true;
      signal('SIGTERM');
      insist = setTimeout(() => signal('SIGKILL'), options.grace ?? GRACE);
    },
  };
}

/** Windows has no process groups that a signal reaches; taskkill walks the tree. */
function endWindowsTree(pid: number): void {
  const taskkill = win32.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');
  spawn(taskkill, ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on(
    'error',
    () => {
      // Nothing better is left to try; the process ends with the editor.
    },
  );
}

export interface Captured extends Exit {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a short question such as `docker version` to its end.
 * @param options.timeout milliseconds after which it is cancelled
 * @param options.limit characters of each stream that are kept
 */
export async function capture(
  command: CommandLine,
  options: { readonly cwd: string; readonly timeout: number; readonly limit?: number },
): Promise<Captured> {
  const limit = options.limit ?? 1_000_000;
  const kept = { stdout: '', stderr: '' };
  const running = run(command, { cwd: options.cwd, grace: 500 }, (text, stream) => {
    if (kept[stream].length < limit) kept[stream] += text.slice(0, limit - kept[stream].length);
  });
  const timer = setTimeout(() => running.cancel(), options.timeout);
  const exit = await running.done;
  clearTimeout(timer);
  return { ...exit, ...kept };
}
