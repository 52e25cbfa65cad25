// Limits how much runs at once, for one registry and for all together.
import pLimit from 'p-limit';
import type { LimitFunction } from 'p-limit';
import type { Limits } from '../settings';

export class Limiter {
  readonly #limits: Limits;
  readonly #all: LimitFunction;
  readonly #origins = new Map<string, LimitFunction>();

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#all = pLimit(limits.inAll);
  }

  /** Runs the task as soon as there is room for it. @param origin what `limits.perOrigin` counts by */
  async run<T>(origin: string, task: () => Promise<T>): Promise<T> {
    const queue = this.#origins.get(origin) ?? pLimit(this.#limits.perOrigin);
    this.#origins.set(origin, queue);
    try {
      return await queue(() => this.#all(task));
    } finally {
      if (queue.activeCount + queue.pendingCount === 0) this.#origins.delete(origin);
    }
  }
}
