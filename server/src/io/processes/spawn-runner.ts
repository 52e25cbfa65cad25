// Runs programs with a list of arguments, never through a shell. Each gets a process group of its own, so that
// cancelling also ends what it started.
import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { win32 } from 'node:path';
import { guarded, judge } from '../../workflow/run';
import type { Outcome, Run, Runner, RunOptions, Stream, Trouble } from '../../workflow/run';
import { endsWithUs } from './endings';

/** Milliseconds between asking a program to end and killing it: buildx and buildah need it to clean up. */
const usualGrace = 5000;

/** Characters of the standard error that are kept for its last words. */
const keptErrors = 4000;

interface Exit {
  /** Undefined if a signal ended it or it could not start. */
  readonly code: number | undefined;
  /** Why it could not be started. */
  readonly error?: NodeJS.ErrnoException;
}

interface Running {
  readonly done: Promise<Exit>;
  /** Asks the whole group to end, and kills it after the grace period. May be called more than once. */
  end(): void;
}

type Wanted = Pick<Run<unknown>, 'tool' | 'args' | 'env'>;

export class SpawnRunner implements Runner {
  readonly #grace: number;

  /** @param grace milliseconds between asking a program to end and ending it */
  constructor(grace = usualGrace) {
    this.#grace = grace;
  }

  async run<T, E>(run: Run<T, E>, options: RunOptions<E>): Promise<Outcome<T>> {
    const { tool, answer, limit } = run;
    if (options.signal?.aborted) return { kind: 'cancelled' };
    const reader = guarded(run.reader());
    let stopped: Trouble | undefined;
    let characters = 0;
    let errors = '';
    const stop = (why: Trouble): void => {
      stopped ??= why;
      running.end();
    };
    const push = (text: string, stream: Stream): void => {
      for (const event of reader.push(text, stream)) options.onEvent?.(event);
    };
    const cancel = (): void => stop({ kind: 'cancelled' });
    // Before the start: a signal may come while the program is being started.
    const release = endsWithUs(cancel);
    const running = start(run, options.folder, this.#grace, (text, stream) => {
      characters += text.length;
      if (stream === 'stderr') errors = (errors + text).slice(-keptErrors);
      if (characters > limit.characters) stop({ kind: 'tooMuch', characters: limit.characters });
      else if (answer === 'output' || stream === 'stderr') push(text, stream);
    });
    options.signal?.addEventListener('abort', cancel);
    const timer = Number.isFinite(limit.ms)
      ? setTimeout(() => stop({ kind: 'timedOut', ms: limit.ms }), limit.ms)
      : undefined;
    const exit = await running.done;
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', cancel);
    release();
    // podman exits with 0 when it is asked to end.
    if (stopped) return stopped;
    if (exit.error) return notStarted(exit.error, tool.program, options.folder);
    if (answer !== 'output' && !(await readAnswer(answer.file, limit.characters, push)))
      return { kind: 'tooMuch', characters: limit.characters };
    return judge(reader.end(exit.code), exit.code, errors);
  }
}

/** Node.js reports a missing program and a missing folder alike. */
async function notStarted(error: NodeJS.ErrnoException, program: string, folder: string): Promise<Trouble> {
  if (error.code !== 'ENOENT') return { kind: 'failed', exit: undefined, said: error.message };
  const there = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return there
    ? { kind: 'missing', program }
    : { kind: 'failed', exit: undefined, said: `${folder} is not a folder` };
}

/** Reads the file bit by bit, as the output comes. @returns false when it is too long */
async function readAnswer(
  file: string,
  characters: number,
  push: (text: string, stream: Stream) => void,
): Promise<boolean> {
  try {
    if ((await stat(file)).size > characters) return false;
    for await (const text of createReadStream(file, 'utf8')) push(String(text), 'stdout');
  } catch {
    // The program did not write its answer, so its reader gets nothing.
  }
  return true;
}

/**
 * @param onOutput gets text as it comes; a character is never split between two calls
 * @returns at once; errors of starting are part of `done`, which never rejects
 */
function start(
  { tool, args, env }: Wanted,
  folder: string,
  grace: number,
  onOutput: (text: string, stream: Stream) => void,
): Running {
  const windows = process.platform === 'win32';
  let child;
  try {
    child = spawn(tool.program, [...args], {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: false,
      windowsHide: true,
      detached: !windows,
    });
  } catch (error) {
    // An argument that no program can take, such as one with a zero character.
    return { done: Promise.resolve({ code: undefined, error: error as Error }), end: () => undefined };
  }
  const { pid } = child;
  let ended = false;
  let insist: NodeJS.Timeout | undefined;
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8');
    child[stream].on('data', (text: string) => onOutput(text, stream));
  }
  const signal = (name: 'SIGTERM' | 'SIGKILL'): void => {
    if (pid !== undefined) signalGroup(pid, name);
  };
  const done = new Promise<Exit>((resolve) => {
    child.on('error', (error) => resolve({ code: undefined, error }));
    child.on('close', (code) => {
      clearTimeout(insist);
      // A grandchild may outlive the program we started.
      if (ended) signal('SIGKILL');
      resolve({ code: code ?? undefined });
    });
  });
  return {
    done,
    end: () => {
      if (ended) return;
      ended = true;
      signal('SIGTERM');
      insist = setTimeout(() => signal('SIGKILL'), grace);
    },
  };
}

function signalGroup(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  if (process.platform === 'win32') return endWindowsTree(pid);
  try {
    process.kill(-pid, name);
  } catch {
    // ESRCH: the group has already ended.
  }
}

/** Windows has no process groups that a signal reaches; taskkill walks the tree. */
function endWindowsTree(pid: number): void {
  const taskkill = win32.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');
  spawn(taskkill, ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on(
    'error',
    () => {
      // There is nothing else to try; the process ends with the editor.
    },
  );
}
