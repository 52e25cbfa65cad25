// Gives one question to a registry a deadline.
import { RegistryError } from '../errors';

/**
 * Ends the task when the time is up. A server that sends single bytes slowly trips no other timer.
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
