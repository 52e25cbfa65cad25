// Sends one request for many askers of the same question. It is cancelled only when the last asker has gone, because
// cancelling it with the first would fail everyone who joined.
import { RegistryError } from '../errors';

interface Flight<T> {
  readonly promise: Promise<T>;
  readonly controller: AbortController;
  waiters: number;
}

/** @template T what a question is answered with */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>();
  /** Also flights that nobody waits for any more and that are still ending. */
  readonly #airborne = new Set<Flight<T>>();

  /**
   * Joins the flight of this key, or starts it.
   * @param start gets a signal that is aborted when nobody waits any more
   * @throws RegistryError Cancelled as soon as the caller's own signal is aborted
   */
  run(key: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal.aborted) return Promise.reject(new RegistryError({ code: 'Cancelled' }));
    const flight = this.#flights.get(key) ?? this.#takeOff(key, start);
    flight.waiters++;
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        reject(new RegistryError({ code: 'Cancelled' }));
        flight.waiters--;
        if (flight.waiters > 0) return;
        if (this.#flights.get(key) === flight) this.#flights.delete(key);
        flight.controller.abort(new RegistryError({ code: 'Cancelled' }));
      };
      signal.addEventListener('abort', leave, { once: true });
      flight.promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }

  /** Ends all flights and waits until each is down. */
  async abortAll(): Promise<void> {
    const all = [...this.#airborne];
    this.#flights.clear();
    for (const flight of all) flight.controller.abort(new RegistryError({ code: 'Cancelled' }));
    await Promise.allSettled(all.map((flight) => flight.promise));
  }

  #takeOff(key: string, start: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController();
    const flight: Flight<T> = { promise: start(controller.signal), controller, waiters: 0 };
    const land = (): void => {
      this.#airborne.delete(flight);
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    };
    flight.promise.then(land, land);
    this.#flights.set(key, flight);
    this.#airborne.add(flight);
    return flight;
  }
}
