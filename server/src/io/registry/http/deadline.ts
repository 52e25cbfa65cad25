// Gives one question to a registry a deadline.
import { RegistryError } from '../errors';

/** Stops the clock of a deadline while somebody else works, such as a person who types a password. */
export type Pause = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Ends the task when the time is up. A server that sends single bytes slowly trips no other timer.
 * @throws RegistryError Timeout, and what the task throws
 */
export async function withDeadline<T>(
  signal: AbortSignal,
  milliseconds: number,
  host: string,
  task: (signal: AbortSignal, pause: Pause) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const controller = new AbortController();
  let left = milliseconds;
  let since = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const run = (): void => {
    since = performance.now();
    timer = setTimeout(() => controller.abort(new RegistryError({ code: 'Timeout', host })), left);
  };
  const pause: Pause = async (work) => {
    clearTimeout(timer);
    left = Math.max(0, left - (performance.now() - since));
    try {
      return await work();
    } finally {
      run();
    }
  };
  run();
  const onAbort = (): void => controller.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await task(controller.signal, pause);
  } catch (error) {
    throw controller.signal.reason instanceof RegistryError ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
