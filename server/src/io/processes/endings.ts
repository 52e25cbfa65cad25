// Signals that ask this process to end: what it started runs in groups of its own, which no such signal reaches by itself.

export const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What runs, and is to end with this process. */
const running = new Set<() => void>();
let raised: NodeJS.Signals | undefined;

/**
 * Until it is released, something ends when this process is asked to: then it is called, and once all have been released the
 * process ends by that signal, unless others listen to it and end the process in their own way.
 * @param end asks it to end; may be called more than once
 * @returns releases it
 */
export function endsWithUs(end: () => void): () => void {
  if (running.size === 0) for (const signal of endings) process.on(signal, endAll);
  running.add(end);
  return () => {
    if (!running.delete(end) || running.size > 0) return;
    for (const signal of endings) process.off(signal, endAll);
    const signal = raised;
    raised = undefined;
    if (signal !== undefined) endUnlessHeard(signal);
  };
}

/** Ends this process as the signal would have done, unless others listen to it and end the process in their own way. */
export function endUnlessHeard(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

/** Asks everything that runs to end. */
export function endRunning(): void {
  for (const end of running) end();
}

function endAll(signal: NodeJS.Signals): void {
  raised = signal;
  endRunning();
}

/**
 * Does work that is cancelled when this process is asked to end, so that a command can still say what it did and what it did
 * not.
 */
export async function cancelledAtEnd<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const cancel = new AbortController();
  const stop = (): void => cancel.abort();
  for (const signal of endings) process.on(signal, stop);
  try {
    return await work(cancel.signal);
  } finally {
    for (const signal of endings) process.off(signal, stop);
  }
}
