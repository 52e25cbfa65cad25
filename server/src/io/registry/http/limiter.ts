// How much runs at once. Users' acts go first: background work may fill only half of each limit, so an act never
// waits behind a queue of it, and of too long a queue the oldest work is dropped.
import pLimit, { type LimitFunction } from 'p-limit';
import { RegistryError } from '../errors';
import type { Limits, Trigger } from '../settings';

export interface Limiter {
  /** Runs the task when there is room for it. @throws RegistryError Cancelled for background work that was dropped */
  run<T>(origin: string, trigger: Trigger, task: () => Promise<T>): Promise<T>;
}

export function createLimiter(limits: Limits): Limiter {
  const half = (limit: number): number => Math.max(1, Math.floor(limit / 2));
  const all = pLimit(limits.inAll);
  const allBackground = pLimit(half(limits.inAll));
  const origins = new Map<string, LimitFunction>();
  /** Background work that has not begun, oldest first. */
  const waiting = new Set<() => void>();

  async function atOrigin<T>(key: string, limit: number, task: () => Promise<T>): Promise<T> {
    const queue = origins.get(key) ?? pLimit(limit);
    origins.set(key, queue);
    try {
      return await queue(task);
    } finally {
      if (queue.activeCount + queue.pendingCount === 0) origins.delete(key);
    }
  }

  function run<T>(origin: string, task: () => Promise<T>): Promise<T> {
    return atOrigin(origin, limits.perOrigin, () => all(task));
  }

  async function runBackground<T>(origin: string, task: () => Promise<T>): Promise<T> {
    let drop: () => void = () => undefined;
    const dropped = new Promise<never>((_, reject) => {
      drop = () => reject(new RegistryError({ code: 'Cancelled' }));
    });
    waiting.add(drop);
    const oldest = waiting.size > limits.backgroundQueue ? waiting.values().next().value : undefined;
    if (oldest) {
      waiting.delete(oldest);
      oldest();
    }
    const work = allBackground(() =>
      atOrigin(`background ${origin}`, half(limits.perOrigin), async () => {
        if (!waiting.delete(drop)) throw new RegistryError({ code: 'Cancelled' });
        return run(origin, task);
      }),
    );
    return Promise.race([work, dropped]);
  }

  return {
    run: (origin, trigger, task) => (trigger === 'user' ? run(origin, task) : runBackground(origin, task)),
  };
}
