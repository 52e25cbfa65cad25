// How much runs at once, at one registry and at all of them together.
import pLimit from 'p-limit';
import type { LimitFunction } from 'p-limit';
import type { Limits } from '../settings';

export interface Limiter {
  /** Runs the task as soon as there is room for it. @param origin what `limits.perOrigin` counts by */
  run<T>(origin: string, task: () => Promise<T>): Promise<T>;
}

export function createLimiter(limits: Limits): Limiter {
  const all = pLimit(limits.inAll);
  const origins = new Map<string, LimitFunction>();
  return {
    async run(origin, task) {
      const queue = origins.get(origin) ?? pLimit(limits.perOrigin);
      origins.set(origin, queue);
      try {
        return await queue(() => all(task));
      } finally {
        if (queue.activeCount + queue.pendingCount === 0) origins.delete(origin);
      }
    },
  };
}
