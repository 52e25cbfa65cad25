// One question to a registry as a piece of work: with a deadline, and for background work with a second try.
import { RegistryError } from '../errors';

/**
 * Ends the task when the time is up; a drip of bytes keeps every other timer happy.
 * @throws RegistryError Timeout, and what the task throws
 */
export async function withDeadline<T>(
  signal: AbortSignal,
  milliseconds: number,
  host: string,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new RegistryError({ code: 'Timeout', host })),
    milliseconds,
  );
  const onAbort = (): void => controller.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await task(controller.signal);
  } catch (error) {
    throw controller.signal.reason instanceof RegistryError ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

/** Background work is tried again once after a broken connection or a server error, a little later. */
export async function twice<T>(
  task: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
  random: () => number,
): Promise<T> {
  try {
    return await task(signal);
  } catch (error) {
    const fault = error instanceof RegistryError ? error.fault : undefined;
    const passing = fault?.code === 'ServerError' || (fault?.code === 'Network' && fault.reason === 'reset');
    if (!passing || signal.aborted) throw error;
    await pause(250 + 750 * random(), signal);
    return task(signal);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(new RegistryError({ code: 'Cancelled' })); // whoever set the deadline knows the real reason
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
